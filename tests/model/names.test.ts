import assert from "node:assert/strict";
import fc from "fast-check";
import { SERVICE_NAME, SERVICE_NAME_LIMIT, serviceName, serviceNameRoom, stackPrefix } from "../../model/names";

const name = fc.integer({ min: 1, max: 40 }).map(length => "x".repeat(length));

describe("names that other systems know", () => {
    it("start with project and stack, which deploy policies are written against", () => {
        assert.equal(stackPrefix({ project: "fargate", stack: "dev" }), "fargate-dev");
        assert.equal(serviceName({ project: "fargate", stack: "dev" }, "web"), "fargate-dev-web");
    });

    it("leave a service the room that keeps its longest role name within IAM's 64 characters", () => {
        fc.assert(
            fc.property(name, name, (project, stack) => {
                const room = serviceNameRoom({ project, stack });
                const roleName = (length: number) => `${serviceName({ project, stack }, "x".repeat(length))}-execution`;
                if (room > 0) assert.ok(roleName(room).length <= 64);
                if (room < SERVICE_NAME_LIMIT && room >= 0) assert.ok(roleName(room + 1).length > 64);
                assert.ok(room <= SERVICE_NAME_LIMIT);
            }),
        );
    });

    it("leave a target group's name, with the 8 characters that Pulumi adds, within ELB's 32", () => {
        assert.equal(SERVICE_NAME_LIMIT, 20);
    });

    it("are lower-case letters, digits and single hyphens inside", () => {
        for (const good of ["a", "web", "web-2", "a-b-c"]) assert.match(good, SERVICE_NAME);
        for (const bad of ["", "2web", "-web", "web-", "we--b", "Web", "web_1", "wéb", "web "])
            assert.doesNotMatch(bad, SERVICE_NAME);
    });
});
