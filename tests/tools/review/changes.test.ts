import assert from "node:assert/strict";
import { review, unacknowledged } from "../../../tools/review/changes";
import { Step, parsePreview } from "../../../tools/deployed/preview";
import { countsText } from "../../../tools/review/words";
import { BASE } from "../../fixtures/review/edited";
import { fixture } from "../../fixtures/review/fixture";

const DEFINITION = "aws:ecs/taskDefinition:TaskDefinition";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

describe("what a change takes over", () => {
    it("is imported, and then changed where it is", () => {
        const state = (retentionInDays: number) => ({
            inputs: { name: "thing", retentionInDays },
            outputs: {},
            dependencies: [],
            isRetained: false,
        });
        const known = { urn: `urn:pulumi:dev::fargate::${LOG_GROUP}::thing`, type: LOG_GROUP, name: "thing", isComponent: false };
        const steps: Step[] = [
            { ...known, op: "import", before: state(1), after: state(1), reasons: [] },
            { ...known, op: "update", before: state(1), after: state(7), reasons: ["retentionInDays"] },
        ];
        const told = review({ ...BASE, steps: [...BASE.steps, ...steps] });
        assert.deepEqual(
            told.changes.filter(({ name }) => name === "thing").map(({ op, properties }) => [op, ...properties]),
            [["import"], ["update", "retentionInDays"]],
        );
        assert.equal(countsText(told), "1 imported, 3 changed in place");
        assert.deepEqual(told.losses, []);
    });
});

describe("what a change takes away", () => {
    const deleted = (type: string, more: Partial<Step> = {}): Step => ({
        op: "delete",
        urn: `urn:pulumi:dev::fargate::${type}::thing`,
        type,
        name: "thing",
        isComponent: false,
        before: { inputs: { name: "thing" }, outputs: {}, dependencies: [], isRetained: false },
        reasons: [],
        ...more,
    });
    const losses = (...steps: Step[]) => review({ ...BASE, steps: [...BASE.steps, ...steps] }).losses;

    it("is for good where taking the change back does not bring it back", () => {
        const [loss] = losses(deleted(LOG_GROUP));
        assert.deepEqual([loss?.isForGood, loss?.lost, loss?.of], [true, "all log lines in", "thing"]);
        for (const type of ["aws:sqs/queue:Queue", "aws:kms/key:Key", "aws:ec2/eip:Eip"])
            assert.equal(losses(deleted(type))[0]?.isForGood, true);
        assert.equal(losses(deleted("aws:iam/role:Role"))[0]?.isForGood, false);
    });

    it("is told of what another one takes the place of: whose name goes, and until when requests fail", () => {
        const before = { inputs: {}, outputs: { dnsName: "lb-1.elb.amazonaws.com" }, dependencies: [], isRetained: false };
        const after = { inputs: { internal: true }, outputs: {}, dependencies: [], isRetained: false };
        const told = (type: string) => {
            const [loss] = losses(deleted(type, { op: "replace", before, after, reasons: ["internal"] }));
            return loss && [loss.isForGood, [loss.lost, loss.of].filter(Boolean).join(" "), ...loss.reasons];
        };
        assert.deepEqual(told("aws:lb/loadBalancer:LoadBalancer"), [
            true,
            "its own name in DNS, for another load balancer's, which this stack's records move to: lb-1.elb.amazonaws.com",
            "internal",
        ]);
        assert.deepEqual(told("aws:lb/targetGroup:TargetGroup")?.slice(0, 2), [
            false,
            "its registered tasks: requests fail until the new one has healthy ones",
        ]);
        assert.deepEqual(told("aws:acm/certificate:Certificate")?.slice(0, 2), [
            false,
            "names that the new one is not for; the listener has the old one until the new one is issued",
        ]);
    });

    it("is for good where nobody has said anything about its type", () => {
        assert.deepEqual(
            [losses(deleted("aws:new/thing:Thing"))[0]?.isForGood, losses(deleted("aws:new/thing:Thing"))[0]?.lost],
            [true, "nobody has said what goes with it"],
        );
    });

    it("is nothing where the engine only forgets it", () => {
        const before = { inputs: {}, outputs: {}, dependencies: [], isRetained: true };
        assert.equal(losses(deleted(LOG_GROUP, { before }))[0]?.isForGood, false);
    });

    it("is told with the reason where a new one comes instead", () => {
        const state = { inputs: {}, outputs: {}, dependencies: [], isRetained: false };
        const replaced = deleted("aws:iam/rolePolicy:RolePolicy", {
            op: "replace",
            before: state,
            after: state,
            reasons: ["policy"],
        });
        assert.deepEqual(losses(replaced)[0]?.reasons, ["policy"]);
        assert.equal(losses(replaced)[0]?.lost, "nothing that the new one does not have");
    });

    it("is no component, no provider, and no old revision of a task definition", () => {
        assert.deepEqual(
            losses(deleted("fargate:index:Service", { isComponent: true, name: "x" }), deleted("pulumi:providers:aws")),
            [],
        );
        assert.ok(BASE.steps.some(({ op, type }) => op === "replace" && type === DEFINITION));
    });

    it("is acknowledged by its URN and by nothing else", () => {
        const found = review({ ...BASE, steps: [...BASE.steps, deleted(LOG_GROUP), deleted("aws:iam/role:Role")] });
        const urn = `urn:pulumi:dev::fargate::${LOG_GROUP}::thing`;
        assert.deepEqual(
            unacknowledged(found, []).map(loss => loss.urn),
            [urn],
        );
        assert.deepEqual(unacknowledged(found, ["thing"]).length, 1);
        assert.deepEqual(unacknowledged(found, [urn]), []);
    });
});

describe("an explanation", () => {
    it("is the same whatever the order in which the engine took its steps", () => {
        for (const name of ["zone", "egress-back", "removed-service"]) {
            const { preview } = fixture(name);
            assert.deepEqual(review({ ...preview, steps: [...preview.steps].reverse() }), review(preview));
        }
    });

    it("is of no change where nothing changes", () => {
        const still = parsePreview({
            steps: [{ op: "same", urn: "urn:pulumi:dev::fargate::pulumi:pulumi:Stack::fargate-dev", newState: {} }],
        });
        const { differs, services, losses, changes, uncertain, tags } = review(still);
        assert.deepEqual(
            { differs, services, losses, changes, uncertain, tags },
            { differs: false, services: [], losses: [], changes: [], uncertain: [], tags: undefined },
        );
    });
});
