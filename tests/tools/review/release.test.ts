import assert from "node:assert/strict";
import type { Preview } from "../../../tools/deployed/preview";
import { review } from "../../../tools/review/changes";
import { serviceSentence } from "../../../tools/review/words";
import { BASE, changed, inputs } from "../../fixtures/review/edited";

const SERVICE = "fargate:index:Service";
const DEFINITION = "aws:ecs/taskDefinition:TaskDefinition";
const RELEASE = { command: ["npm", "run", "migrate"], timeoutMinutes: 10 };

const sentence = (preview: Preview) => {
    const web = review(preview).services.find(({ name }) => name === "web");
    assert.ok(web);
    return serviceSentence(web, text => `[${text}]`);
};

describe("a release in a review", () => {
    it("is said to run first where the revision changes", () => {
        assert.match(sentence(inputs(SERVICE, { release: RELEASE })), /^restarts .*; runs \[npm run migrate\] first; about /);
        assert.doesNotMatch(sentence(BASE), /first/);
    });

    it("is not where the revision stays; another command is a difference that restarts nothing", () => {
        const before = inputs(SERVICE, { release: RELEASE }, BASE, "before");
        const both = inputs(SERVICE, { release: { ...RELEASE, command: ["true"] } }, before);
        const same = changed(DEFINITION, () => ({ op: "same", reasons: [] }), both);
        assert.doesNotMatch(sentence(same), /first/);
        const web = review(same).services.find(({ name }) => name === "web");
        assert.deepEqual(
            web?.inPlace.map(({ what, before: old, after }) => [what, old, after]),
            [["release", "npm run migrate, at most 10 min", "true, at most 10 min"]],
        );
    });
});
