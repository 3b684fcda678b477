import assert from "node:assert/strict";
import { withNewBuilds } from "../../../tools/review/builds";
import { review } from "../../../tools/review/changes";
import { reviewText } from "../../../tools/review/text";
import { fixture } from "../../fixtures/review/fixture";

const TAG = "0123456789abcdef";

/** What the explanation says of services, and of resources. */
function told(name: string, tags: Readonly<Record<string, string>>) {
    const [, services = "", ...blocks] = reviewText(review(withNewBuilds(fixture(name).preview, tags)), [], []).split("\n\n");
    return { services: services.split("\n").map(line => line.trim()), changes: blocks.join("\n\n") };
}

describe("images that CI has yet to build", () => {
    it("restart tasks that nothing else restarts", () => {
        const { services, changes } = told("scaling-limits", { web: TAG });
        assert.match(
            services[0] ?? "",
            /^web {2}restarts 3 to 6 tasks and then runs 2 to 10 because image c1c2d3e→a new build \(content 0123456\); about/,
        );
        assert.match(changes, /^ {2}update +ecs\.TaskDefinition web-task-definition +containerDefinitions$/m);
        assert.match(changes, /^ {2}update +ecs\.Service web +taskDefinition$/m);
    });

    it("are told with what else restarts the tasks", () => {
        const { services } = told("environment", { web: TAG });
        assert.match(
            services[0] ?? "",
            /^web {2}restarts 2 tasks because environment GREETING added \(hello\) and image b1c2d3e→a new build \(content 0123456\); about/,
        );
    });

    it("are in no stack's own repository", () => {
        const { preview } = fixture("new-service");
        const urn = "urn:pulumi:dev::fargate::fargate:index:Image$docker-build:index:Image::worker-image";
        const own = {
            op: "create",
            urn,
            type: "docker-build:index:Image",
            name: "worker-image",
            isComponent: false,
            reasons: [],
        };
        const found = review(withNewBuilds({ ...preview, steps: [...preview.steps, own] }, { worker: TAG }));
        assert.deepEqual(
            found.changes.filter(({ name }) => name === "worker-image"),
            [],
        );
        assert.equal(found.services.find(({ name }) => name === "worker")?.outcome, "starts");
        assert.equal(found.services.find(({ name }) => name === "web")?.outcome, "runs on");
    });

    it("leave everything else as it is", () => {
        const { preview } = fixture("tags");
        assert.deepEqual(withNewBuilds(preview, {}), preview);
    });
});
