import assert from "node:assert/strict";
import { Step, changedKeys, isUnknown, parsePreview } from "../../../tools/deployed/preview";

const URN = "urn:pulumi:dev::fargate::fargate:index:Service$aws:ecs/service:Service::web";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

function step(given: {
    oldInputs?: object;
    newInputs?: object;
    oldOutputs?: object;
    diffReasons?: string[];
    detailedDiff?: object;
}): Step {
    const { oldInputs = {}, newInputs = oldInputs, oldOutputs = {}, ...rest } = given;
    const json = {
        op: "update",
        urn: URN,
        oldState: { custom: true, inputs: oldInputs, outputs: oldOutputs },
        newState: { custom: true, inputs: newInputs },
    };
    const [parsed] = parsePreview({ steps: [{ ...json, ...rest }] }).steps;
    assert.ok(parsed);
    return parsed;
}

describe("what a preview says", () => {
    it("is of the project and the stack that its URNs name", () => {
        const { project, stack, steps } = parsePreview({ steps: [{ op: "same", urn: URN, newState: { custom: true } }] });
        assert.deepEqual({ project, stack }, { project: "fargate", stack: "dev" });
        assert.equal(steps[0]?.type, "aws:ecs/service:Service");
        assert.equal(steps[0].name, "web");
    });

    it("is refused where it is none, with what is missing", () => {
        for (const json of [{}, [], null, "no", { config: {} }])
            assert.throws(() => parsePreview(json), { name: "TypeError", message: "it has neither steps nor diagnostics" });
    });

    it("holds the engine's errors, not its warnings", () => {
        const diagnostics = [
            { severity: "warning", message: "careful" },
            { severity: "error", message: "  no such image\n" },
        ];
        assert.deepEqual(parsePreview({ diagnostics }).errors, ["no such image"]);
    });

    it("is not told by what a refresh read", () => {
        const steps = ["refresh", "read", "same", "create"].map(op => ({ op, urn: URN, newState: {} }));
        assert.deepEqual(
            parsePreview({ steps }).steps.map(({ op }) => op),
            ["same", "create"],
        );
    });
});

describe("the properties that change", () => {
    it("are the provider's", () => {
        assert.deepEqual(changedKeys(step({ oldInputs: { a: 1, b: 1 }, newInputs: { a: 2, b: 1 }, diffReasons: ["a"] })), ["a"]);
    });

    it("are also those of a detailed difference, by their first key", () => {
        const detailedDiff = { "networkConfiguration.subnets[0]": {}, "tags.team": {} };
        const found = changedKeys(step({ newInputs: { networkConfiguration: {} }, detailedDiff }));
        assert.deepEqual(found, ["networkConfiguration", "tags"]);
    });

    it("leave out a set whose defaults AWS filled in, which the provider names with every update", () => {
        const strategies = { capacityProviderStrategies: [{ capacityProvider: "FARGATE_SPOT", weight: 1 }] };
        const filledIn = { capacityProviderStrategies: [{ base: 0, weight: 1, capacityProvider: "FARGATE_SPOT" }] };
        const found = step({
            oldInputs: strategies,
            oldOutputs: filledIn,
            diffReasons: ["capacityProviderStrategies", "tagsAll"],
        });
        assert.deepEqual(changedKeys(found), ["tagsAll"]);
    });

    it("keep what AWS has otherwise, though the program says what it said before", () => {
        const inputs = { healthCheckGracePeriodSeconds: 30 };
        const outputs = { healthCheckGracePeriodSeconds: 77 };
        const found = step({ oldInputs: inputs, oldOutputs: outputs, diffReasons: ["healthCheckGracePeriodSeconds"] });
        assert.deepEqual(changedKeys(found), ["healthCheckGracePeriodSeconds"]);
    });

    it("keep what the provider alone computes", () => {
        assert.deepEqual(changedKeys(step({ diffReasons: ["subnetMappings"] })), ["subnetMappings"]);
    });

    it("are the inputs that differ where nobody names any, with the order of lists", () => {
        const found = step({
            oldInputs: { command: ["a", "b"], port: 80, gone: 1 },
            newInputs: { command: ["b", "a"], port: 80, fresh: 1 },
        });
        assert.deepEqual(changedKeys(found), ["command", "fresh", "gone"]);
    });

    it("are unknown by the engine's own marks, and by no other text", () => {
        assert.equal(isUnknown(UNKNOWN), true);
        assert.equal(isUnknown("04da6b54-80e4-46f7-96ec-b56ff0331ba8"), false);
        assert.equal(isUnknown(undefined), false);
    });
});
