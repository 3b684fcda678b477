import * as assert from "node:assert/strict";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { NoEngine, asNoEngine } from "../../../tools/sandbox/engine";
import { collect } from "../../../tools/sandbox/operations";
import { countByOperation, describeChanges, describeLacking, describeOutputs } from "../../../tools/sandbox/report";

const QUIET = { now: () => undefined, line: () => undefined, end: () => undefined };

function step(op: string, type: string, name: string, custom: boolean, diffs: string[] = []): EngineEvent {
    const urn = `urn:pulumi:dev::fargate::${type}::${name}`;
    const state = { type, urn, custom, id: "", parent: "", inputs: {}, outputs: {}, provider: "" };
    return {
        sequence: 1,
        timestamp: 1,
        resourcePreEvent: { metadata: { op, urn, type, diffs, new: state, provider: "" } },
    } as unknown as EngineEvent;
}

describe("the sandbox's report", () => {
    it("counts resources in the cloud, and shows components beside them", () => {
        const { operations, onEvent } = collect(QUIET);
        onEvent(step("same", "aws:ec2/vpc:Vpc", "network", true));
        onEvent(step("update", "fargate:index:Task", "web-task", false, ["environment"]));
        onEvent(step("create-replacement", "aws:ecs/taskDefinition:TaskDefinition", "web", true));
        onEvent(step("replace", "aws:ecs/taskDefinition:TaskDefinition", "web", true, ["containerDefinitions"]));
        onEvent(step("delete-replaced", "aws:ecs/taskDefinition:TaskDefinition", "web", true));
        onEvent(step("update", "aws:ecs/service:Service", "web", true, ["taskDefinition"]));
        assert.equal(countByOperation(operations), "1 replaced, 1 updated, 1 unchanged");
        assert.equal(
            describeChanges(operations),
            [
                "  ~ update   Task                web-task  environment",
                "  ± replace  ecs.TaskDefinition  web       containerDefinitions",
                "  ~ update   ecs.Service         web       taskDefinition",
                "",
                "1 to replace, 1 to update, 1 unchanged; 1 with them that only groups or configures.",
            ].join("\n"),
        );
    });

    it("leaves out providers that the engine makes by itself, and names as many as it sums up", () => {
        const { operations, onEvent } = collect(QUIET);
        onEvent(step("create", "pulumi:providers:aws", "default_7_48_0", true));
        onEvent(step("create", "pulumi:providers:pulumi", "default", true));
        onEvent(step("create", "pulumi:providers:aws", "aws", true));
        onEvent(step("create", "awsx:ec2:Vpc", "network", false));
        onEvent(step("create", "aws:ec2/vpc:Vpc", "network", true));
        const lines = describeChanges(operations).split("\n");
        assert.equal(lines.length, 3 + 2);
        assert.equal(lines.pop(), "1 to create, 0 unchanged; 2 with them that only group or configure.");
    });

    it("names what the emulator lacked in this update, and no more", () => {
        const why = "The execute_command action has not been implemented";
        const before = [{ service: "ecs", operation: "ExecuteCommand", count: 1, why }];
        const elb = { service: "elasticloadbalancing", operation: "DescribeTrustStores", count: 1, why: "" };
        assert.deepEqual(describeLacking(before, [...before, elb]), [
            "The emulator lacks elasticloadbalancing:DescribeTrustStores; this says nothing about AWS.",
        ]);
        assert.deepEqual(describeLacking(before, [{ service: "ecs", operation: "ExecuteCommand", count: 2, why }]), [
            `The emulator lacks ecs:ExecuteCommand (${why}); this says nothing about AWS.`,
        ]);
    });

    it("says so when nothing changes", () => {
        const { operations, onEvent } = collect(QUIET);
        onEvent(step("same", "aws:ec2/vpc:Vpc", "network", true));
        assert.equal(describeChanges(operations), "No changes: 1 resource is as declared.");
    });

    it("aligns outputs, maps by service included", () => {
        assert.equal(describeOutputs({ url: "http://x", images: { web: "a@b" } }), "  url         http://x\n  images.web  a@b");
    });

    it("tells a missing plugin from other failures", () => {
        const missing = asNoEngine(new Error("stderr:\nerror: could not load plugin for awsx provider: not found\nmore"));
        assert.ok(missing instanceof NoEngine);
        assert.match(
            missing.message,
            /^A Pulumi plugin is missing: error: could not load plugin for awsx provider: not found\nNext: install Pulumi/,
        );
        const other = new Error("error: creating VPC: AccessDenied");
        assert.equal(asNoEngine(other), other);
    });
});
