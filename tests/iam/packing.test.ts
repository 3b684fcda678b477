import assert from "node:assert/strict";
import fc from "fast-check";
import { PolicyDocument, Statement, policy } from "../../iam/documents";
import { INLINE_ROOM, MANAGED_ROOM, carried, isCarried, packed, policySize } from "../../iam/packing";
import { executionPolicies, executionPolicy, taskPolicies } from "../../iam/tasks";
import { AWS_LIMIT } from "../../model/limits";
import { Request, isAllowed } from "./evaluate";

const PLACE = { region: "ap-northeast-2", account: "123456789012", logGroup: "fargate-dev-web" };
const REPOSITORY = "arn:aws:ecr:ap-northeast-2:123456789012:repository/fargate-dev-web";
const parameters = (count: number) =>
    Array.from({ length: count }, (_, index) => `arn:aws:ssm:ap-northeast-2:123456789012:parameter/fargate/dev/key-${index}`);
const needs = (count: number) => ({ ...PLACE, repositoryArn: REPOSITORY, secretArns: parameters(count) });

/** Each request that one statement allows, action by action, resource by resource, value by value. */
function requests({ Statement }: PolicyDocument): Request[] {
    return Statement.flatMap(({ Action, Resource = [], Condition }) =>
        Action.flatMap(action =>
            Resource.flatMap(arn => contexts(Condition).map(context => ({ action, resources: [{ arn }], context }))),
        ),
    );
}

function contexts(condition: Statement["Condition"]): Record<string, string>[] {
    return Object.entries(condition?.["StringEquals"] ?? {}).reduce<Record<string, string>[]>(
        (all, [key, values]) => all.flatMap(context => [values].flat().map(value => ({ ...context, [key]: value }))),
        [{}],
    );
}

describe("the policies of a task's role", () => {
    it("are one inline policy while two of it fit a role, the old one beside the new one in an update", () => {
        const few = executionPolicies(needs(25));
        assert.equal(few.form, "inline");
        assert.deepEqual(few.documents, [executionPolicy(needs(25))]);
        assert.equal(2 * INLINE_ROOM, AWS_LIMIT.inlinePolicies);
    });

    it("are managed ones beyond, whatever their number: 60 parameters are more than an inline policy may be", () => {
        assert.ok(policySize(executionPolicy(needs(80))) > AWS_LIMIT.inlinePolicies);
        for (const count of [40, 60, 80, 120]) {
            const many = executionPolicies(needs(count));
            assert.equal(many.form, "managed");
            assert.ok(isCarried(many));
            for (const document of many.documents) assert.ok(policySize(document) <= AWS_LIMIT.managedPolicy);
        }
    });

    it("of which a role carries both sets, old and new, or none", () => {
        const most = executionPolicies(needs(200));
        assert.equal(most.documents.length, MANAGED_ROOM);
        assert.ok(isCarried(most) && 2 * MANAGED_ROOM === AWS_LIMIT.managedPolicies);
        assert.ok(!isCarried(executionPolicies(needs(240))));
    });

    it("allow together exactly what one policy of any size would", () => {
        const whole = executionPolicy(needs(120));
        const { documents } = executionPolicies(needs(120));
        for (const request of requests(whole)) assert.ok(isAllowed({ identity: documents }, request), JSON.stringify(request));
        for (const document of documents)
            for (const request of requests(document))
                assert.ok(isAllowed({ identity: [whole] }, request), JSON.stringify(request));
    });

    it("have one form whether or not the repository is there yet, and whichever order secrets are written in", () => {
        const unknown = { ...needs(0), repositoryArn: Promise.resolve(REPOSITORY) };
        for (const count of [26, 27, 28, 29, 30, 31, 32, 60]) {
            const secretArns = parameters(count);
            const known = executionPolicies({ ...needs(0), secretArns });
            const later = executionPolicies({ ...unknown, secretArns: [...secretArns].reverse() });
            assert.deepEqual([later.form, later.documents.length], [known.form, known.documents.length]);
        }
    });

    it("split permissions too, by what they are about", () => {
        const resources = Array.from({ length: 200 }, (_, index) => `arn:aws:s3:::bucket-of-shop-${index}/*`);
        const split = taskPolicies([{ actions: ["s3:GetObject"], resources }]);
        assert.ok(split.form === "managed" && isCarried(split));
        assert.deepEqual(
            split.documents.flatMap(({ Statement }) => Statement.flatMap(({ Resource = [] }) => Resource)),
            resources,
        );
        assert.equal(taskPolicies([{ actions: ["s3:GetObject"], resources: resources.slice(0, 50) }]).form, "inline");
    });
});

describe("statements in managed policies", () => {
    const list = (length: number) => fc.array(fc.stringMatching(/^[a-z]{1,60}$/), { minLength: 1, maxLength: length });
    const statement = fc
        .record({ Action: list(20), Resource: list(150), values: list(150) })
        .map(({ Action, Resource, values }): Statement => ({
            Effect: "Allow",
            Action: Action.map(action => `s3:${action}`),
            Resource,
            Condition: { StringEquals: { "aws:a": values } },
        }));

    it("fit, stay in order, and allow what they did", () => {
        fc.assert(
            fc.property(fc.array(statement, { minLength: 1, maxLength: 5 }), fc.nat(), (statements, pick) => {
                const documents = packed(statements);
                for (const document of documents) assert.ok(policySize(document) <= AWS_LIMIT.managedPolicy);
                const all = requests(policy(...statements));
                const one = all[pick % all.length];
                assert.ok(one !== undefined && isAllowed({ identity: documents }, one));
                assert.deepEqual(packed(statements), documents);
            }),
            { numRuns: 30, seed: 12 },
        );
    });

    it("are moved whole while each fits by itself, so that roles which fit today stay as they are", () => {
        const half = (sid: string): Statement => ({
            Sid: sid,
            Effect: "Allow",
            Action: ["s3:GetObject"],
            Resource: ["x".repeat(2900), "y"],
        });
        const sids = packed(["A", "B", "C"].map(half)).map(({ Statement }) => Statement.map(({ Sid }) => Sid));
        assert.deepEqual(sids, [["A", "B"], ["C"]]);
    });

    it("are never cut where their values are needed together, and told where they fit nothing", () => {
        const Condition = {
            "ForAllValues:StringEquals": { "aws:TagKeys": Array.from({ length: 900 }, (_, index) => `key-${index}`) },
        };
        const whole = policy({ Effect: "Allow", Action: ["s3:PutObject"], Resource: ["*"], Condition });
        assert.deepEqual(packed(whole.Statement), [whole]);
        assert.ok(!isCarried(carried(whole)));
    });
});
