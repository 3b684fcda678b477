import assert from "node:assert/strict";
import { Circumstances, blocks, evaluate, messageOf } from "../../../tools/policy/evaluate";
import { refusedText } from "../../../tools/policy/exceptions";
import { METRIC_ALARM } from "../../../tools/inventory/types/cloudwatch";
import { REPOSITORY, REPOSITORY_LIFECYCLE } from "../../../tools/inventory/types/ecr";
import { SERVICE } from "../../../tools/inventory/types/ecs";
import { LOAD_BALANCER } from "../../../tools/inventory/types/elb";
import { BUCKET } from "../../../tools/inventory/types/s3";
import type { PolicyException } from "../../../settings";
import { resource } from "../../support/resources";

const TODAY = "2026-11-22";
const PRODUCTION: Circumstances = { profile: "production", exceptions: [], today: TODAY };

const TAGS = { tags: { project: "fargate", stack: "prod", "managed-by": "pulumi" } };
const SOUND = { ...TAGS, deploymentCircuitBreaker: { enable: true, rollback: true } };
const one = resource(SERVICE, { ...SOUND, platformVersion: "1.3.0" }, { name: "one" });
const two = resource(SERVICE, { ...SOUND, platformVersion: "1.3.0" }, { name: "two" });
const alarm = resource(METRIC_ALARM, { ...TAGS, alarmActions: ["arn:aws:sns:…"], dimensions: { of: "one", and: "two" } });

const exception = (given: Partial<PolicyException> = {}): PolicyException => ({
    rule: "services-run-the-latest-platform",
    reason: "A library needs it.",
    until: "2026-12-31",
    ...given,
});
const judge = (exceptions: readonly PolicyException[]) => evaluate([one, two, alarm], { ...PRODUCTION, exceptions });

describe("a policy verdict", () => {
    it("has a finding for each resource that is not as a rule has it, and blocks", () => {
        const verdict = judge([]);
        assert.deepEqual(
            verdict.findings.map(({ rule, resource: name, type, urn, severity, controls, what }) => ({
                rule,
                name,
                type,
                urn,
                severity,
                controls,
                what,
            })),
            [one, two].map(({ name, type, urn }) => ({
                rule: "services-run-the-latest-platform",
                name,
                type,
                urn,
                severity: "medium",
                controls: ["ECS.10"],
                what: "platformVersion is 1.3.0",
            })),
        );
        assert.ok(blocks(verdict));
    });

    it("tells resource, what is wrong, reason and fix in one message", () => {
        const [finding] = judge([]).findings;
        assert.ok(finding);
        assert.equal(
            messageOf(finding),
            'one: platformVersion is 1.3.0. A fixed version keeps a kernel and runtime whose flaws are known. Fix: Set platformVersion to "LATEST".',
        );
    });

    it("does not block for what an exception covers, and shows its reason and last day", () => {
        const verdict = judge([exception()]);
        assert.deepEqual(verdict.findings, []);
        assert.deepEqual(
            verdict.excepted.map(({ finding, reason, until }) => [finding.resource, reason, until]),
            [
                ["one", "A library needs it.", "2026-12-31"],
                ["two", "A library needs it.", "2026-12-31"],
            ],
        );
        assert.ok(!blocks(verdict));
    });

    it("excepts the named resource alone", () => {
        const verdict = judge([exception({ resource: "two" })]);
        assert.deepEqual(
            verdict.findings.map(finding => finding.resource),
            ["one"],
        );
    });

    it("excepts the named rule alone", () => {
        const verdict = judge([exception({ rule: "services-roll-back" })]);
        assert.equal(verdict.findings.length, 2);
    });

    it("holds an exception until its last day is over", () => {
        assert.deepEqual(judge([exception({ until: TODAY })]).refused, []);
        const ended = exception({ until: "2026-11-21" });
        const verdict = judge([ended]);
        assert.deepEqual(
            verdict.refused.map(refused => refused.exception),
            [ended],
        );
        assert.equal(verdict.findings.length, 2);
        assert.deepEqual(verdict.excepted, []);
    });

    it("blocks for an exception that ended, even where its finding is gone", () => {
        const ended = exception({ until: "2025-12-31" });
        const verdict = evaluate([], { ...PRODUCTION, exceptions: [ended] });
        assert.deepEqual(verdict.findings, []);
        assert.ok(blocks(verdict));
        assert.match(
            verdict.refused.map(refusedText).join(),
            /^The exception from services-run-the-latest-platform \("A library needs it\."\) ended on 2025-12-31\. Fix/,
        );
    });

    it("blocks for an exception that lasts longer than 400 days from today, and does not apply it", () => {
        assert.deepEqual(judge([exception({ until: "2027-12-27" })]).refused, []);
        for (const until of ["2027-12-28", "9999-12-31"]) {
            const verdict = judge([exception({ until })]);
            assert.ok(blocks(verdict));
            assert.equal(verdict.findings.length, 2);
            assert.match(
                verdict.refused.map(refusedText).join(),
                /lasts until \d{4}-12-\d\d\. Allowed: 400 days.*2027-12-27 today/,
            );
        }
    });

    it("takes an exception from a critical rule for a named resource alone", () => {
        const bucket = resource(BUCKET, {}, { name: "open" });
        const rule = "buckets-block-public-access";
        const of = (given: Partial<PolicyException>) =>
            evaluate([bucket], { ...PRODUCTION, exceptions: [exception({ rule, ...given })] });
        const blanket = of({});
        assert.ok(blanket.findings.some(finding => finding.rule === rule));
        assert.match(blanket.refused.map(refusedText).join(), /names no resource\. Allowed: one resource each/);
        const named = of({ resource: "open" });
        assert.ok(!named.findings.some(finding => finding.rule === rule));
        assert.deepEqual(named.refused, []);
    });

    it("names exceptions that except nothing, and does not block for them", () => {
        const idle = exception({ resource: "three" });
        const verdict = evaluate([], { ...PRODUCTION, exceptions: [idle] });
        assert.deepEqual(verdict.unused, [idle]);
        assert.ok(!blocks(verdict));
    });

    it("applies rules for production in production alone", () => {
        const repository = resource(REPOSITORY, {
            ...TAGS,
            imageTagMutability: "IMMUTABLE",
            imageScanningConfiguration: { scanOnPush: true },
            encryptionConfigurations: [{ encryptionType: "KMS" }],
            forceDelete: true,
        });
        const lifecycle = resource(REPOSITORY_LIFECYCLE, { repository: "Repository" });
        const rules = (profile: Circumstances["profile"]) =>
            evaluate([repository, lifecycle], { ...PRODUCTION, profile }).findings.map(({ rule }) => rule);
        assert.deepEqual(rules("production"), ["repositories-are-protected"]);
        assert.deepEqual(rules("development"), []);
    });

    it("passes over a part that a key of the stack file turns off, for the reason that it gives, and over nothing else", () => {
        const rule = "load-balancers-have-a-firewall";
        const turnedOff = [{ key: "firewall.off", rule, reason: "CloudFront has one." } as const];
        const balancer = resource(LOAD_BALANCER, { ...TAGS, dropInvalidHeaderFields: true, subnets: ["a", "b"] });
        const { findings, excepted } = evaluate([balancer], { ...PRODUCTION, turnedOff });
        assert.deepEqual(
            findings.map(finding => finding.rule),
            ["load-balancers-are-protected", "load-balancers-keep-access-logs"],
        );
        assert.deepEqual(
            excepted
                .filter(({ key }) => key !== undefined)
                .map(({ finding, reason, key, until }) => [finding.rule, reason, key, until]),
            [[rule, "CloudFront has one.", "firewall.off", undefined]],
        );
        assert.ok(evaluate([balancer], PRODUCTION).findings.some(finding => finding.rule === rule));
    });

    it("gives known conflicts with the reason that is written in the rule, and without an end", () => {
        const balancer = resource(LOAD_BALANCER, { internal: false });
        const conflicts = evaluate([balancer], PRODUCTION).excepted;
        assert.deepEqual(
            conflicts.map(({ finding, until }) => [finding.rule, until]),
            [["load-balancers-are-internal", undefined]],
        );
    });
});
