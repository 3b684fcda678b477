import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { Recorded, SECRET } from "../../../tools/inventory/recorder";
import { Group, names, run } from "../../support/recording";

describe("a recorded resource", () => {
    it("has type, name, resolved inputs, and whether it is a component", async () => {
        const { resources } = await run(() => {
            const group = new Group("group");
            new aws.ec2.Vpc(
                "vpc",
                { cidrBlock: pulumi.output("10.0.0.0/16"), tags: { Name: pulumi.interpolate`${"a"}-b` } },
                { parent: group },
            );
        });
        assert.deepEqual(
            resources.map(({ type, name, isComponent, inputs }) => ({ type, name, isComponent, inputs })),
            [
                { type: "test:index:Group", name: "group", isComponent: true, inputs: { of: "things" } },
                {
                    type: "aws:ec2/vpc:Vpc",
                    name: "vpc",
                    isComponent: false,
                    inputs: { cidrBlock: "10.0.0.0/16", tags: { Name: "a-b" } },
                },
            ],
        );
    });

    it("has a parent", async () => {
        const { resources } = await run(() => {
            new aws.ec2.Vpc("vpc", {}, { parent: new Group("group") });
        });
        const [group, vpc] = resources;
        assert.equal(vpc?.parent, group?.urn);
        assert.match(group?.parent ?? "", /pulumi:pulumi:Stack::fargate-test$/);
    });

    it("has everything that comes before it, by data or by dependsOn", async () => {
        const { resources } = await run(() => {
            const vpc = new aws.ec2.Vpc("vpc");
            const role = new aws.iam.Role("role", { assumeRolePolicy: "{}" });
            new aws.ec2.Subnet("subnet", { vpcId: vpc.id }, { dependsOn: [role] });
            new aws.ec2.Vpc("alone");
        });
        assert.deepEqual(dependenciesOf("subnet", resources), ["role", "vpc"]);
        assert.deepEqual(dependenciesOf("alone", resources), []);
    });

    it("has the explicit providers that it uses or hands down", async () => {
        const { resources } = await run(() => {
            const provider = new aws.Provider("aws", { region: "eu-west-1" });
            new aws.ec2.Vpc("vpc", {}, { parent: new Group("group", { provider }) });
            new aws.ec2.Vpc("default");
        });
        const [provider, group, vpc, other] = resources;
        assert.deepEqual([group?.providers, vpc?.providers], [[provider?.urn], [provider?.urn]]);
        assert.deepEqual(other?.providers, []);
    });

    it("has the outputs that it registers, where it is a component", async () => {
        const { resources } = await run(() => {
            new Group("group");
            new aws.ec2.Vpc("vpc");
        });
        assert.deepEqual(
            resources.map(({ outputs }) => outputs),
            [{ size: 1, password: SECRET }, undefined],
        );
    });

    it("has ignored and replacing changes, retention and timeouts", async () => {
        const customTimeouts = { create: "1m", update: "2m", delete: "3m" };
        const options = { ignoreChanges: ["tags"], replaceOnChanges: ["cidrBlock"], retainOnDelete: true };
        const { resources } = await run(() => {
            new aws.ec2.Vpc("special", {}, { ...options, customTimeouts });
            new aws.ec2.Vpc("plain");
        });
        const [special, plain] = resources.map(({ ignoreChanges, replaceOnChanges, retainOnDelete, timeouts }) => ({
            ...{ ignoreChanges, replaceOnChanges, retainOnDelete, timeouts },
        }));
        assert.deepEqual(special, { ...options, timeouts: customTimeouts });
        const none = { create: "", update: "", delete: "" };
        assert.deepEqual(plain, { ignoreChanges: [], replaceOnChanges: [], retainOnDelete: false, timeouts: none });
    });

    it("hides secrets, whole or inside a structure", async () => {
        const { resources } = await run(() => {
            new aws.ssm.Parameter("parameter", { type: "SecureString", value: pulumi.secret("hunter2") });
            new aws.ec2.Vpc("vpc", { tags: { a: "b", c: pulumi.secret("hunter2") } });
        });
        assert.doesNotMatch(JSON.stringify(resources), /hunter2/);
        assert.equal(resources[0]?.inputs["value"], SECRET);
        assert.deepEqual(resources[1]?.inputs["tags"], { a: "b", c: SECRET });
    });

    it("stands where the program declared it, not where its inputs were ready", async () => {
        const { resources } = await run(() => {
            const late = pulumi.output(new Promise<string>(resolve => setTimeout(resolve, 20, "10.0.0.0/16")));
            new aws.ec2.Vpc("first", { cidrBlock: late });
            new aws.ec2.Vpc("second");
        });
        assert.deepEqual(names(resources), ["first", "second"]);
    });
});

function dependenciesOf(name: string, resources: readonly Recorded[]): string[] {
    const dependencies = resources.find(resource => resource.name === name)?.dependencies ?? [];
    return dependencies.map(urn => urn.replace(/^.*::/, "")).sort();
}
