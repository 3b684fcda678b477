import assert from "node:assert/strict";
import { problems, settings } from "../support/given";

describe("the tags", () => {
    it("are such as AWS accepts", () => {
        assert.equal(problems({ tags: { "aws:x": "y", team: 5, cost: "a,b", ["x".repeat(129)]: "y" } }).length, 4);
        assert.deepEqual(settings({ tags: { team: "shop", "cost/center": "" } }).tags, { team: "shop", "cost/center": "" });
    });

    it("leave the program's own tags to it, in whatever case: deploy roles are bound to them", () => {
        const others = "project, stack, service, managed-by, name are the program's own";
        for (const name of ["project", "Stack", "SERVICE", "managed-by", "Name"]) {
            assert.deepEqual(problems({ tags: { [name]: "x" } }), [`fargate:tags.${name}: ${name} | another name: ${others}`]);
        }
        assert.deepEqual(settings({ tags: { projects: "x", nam: "y" } }).tags, { projects: "x", nam: "y" });
    });

    it("leave tags that start with aws: to Amazon, in whatever case", () => {
        const allowed = "a name that does not start with aws:, which is Amazon's";
        assert.deepEqual(problems({ tags: { "AWS:x": "y" } }), [`fargate:tags.AWS:x: AWS:x | ${allowed}`]);
        settings({ tags: { "team:aws:x": "y" } });
    });

    it("are there once each, since IAM knows no case", () => {
        assert.deepEqual(problems({ tags: { Team: "a", team: "b", TEAM: "c" } }), [
            "fargate:tags.team: team | each name once: IAM knows no case",
            "fargate:tags.TEAM: TEAM | each name once: IAM knows no case",
        ]);
    });

    it("are 45 at most, beside the program's own five", () => {
        const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${index}`, "x"]));
        settings({ tags: tags(45) });
        assert.deepEqual(problems({ tags: tags(46) }), ["fargate:tags: 46 tags | at most 45, beside the program's own"]);
    });
});
