import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { Recorded, RecorderOptions, SECRET, idOf, record } from "../../tools/recorder";

describe("the recorder fails a run", () => {
    it("with the program's own error, thrown or rejected", async () => {
        await fails(() => {
            throw new Error("thrown");
        }, /^thrown$/);
        await fails(async () => {
            await Promise.resolve();
            throw new Error("rejected");
        }, /^rejected$/);
    });

    it("for an error in an output that nobody awaits", async () => {
        await fails(() => void pulumi.output(1).apply(() => assert.fail("in apply")), /in apply/);
        await fails(() => {
            const vpc = new aws.ec2.Vpc("vpc");
            vpc.id.apply(() => assert.fail("in apply of an output"));
        }, /in apply of an output/);
    });

    it("for a promise that nobody awaits", async () => {
        await fails(() => void Promise.reject(new Error("forgotten")), /^forgotten$/);
    });

    it("for an argument that fails, which mocks alone would swallow together with its resource", async () => {
        await fails(() => {
            const broken = pulumi.output("x").apply((): string => assert.fail("no argument"));
            new aws.ec2.Vpc("vpc", { cidrBlock: broken });
        }, /no argument/);
    });

    it("for a provider function that it does not know, with what it was asked", async () => {
        await fails(() => aws.ec2.getVpc({ id: "vpc-1" }), /unknown call aws:ec2\/getVpc:getVpc with \{"id":"vpc-1"\}/);
    });

    it("for a provider function that fails, with its message", async () => {
        const calls = { "aws:ec2/getVpc:getVpc": () => assert.fail("no such VPC") };
        await fails(() => aws.ec2.getVpc({ id: "vpc-1" }), /no such VPC/, { calls });
    });

    it("for a second resource of one type and name, also below another parent", async () => {
        await fails(() => {
            new aws.ec2.Vpc("vpc");
            new aws.ec2.Vpc("vpc");
        }, /duplicate resource aws:ec2\/vpc:Vpc vpc/);
        await fails(() => {
            new aws.ec2.Vpc("vpc", {}, { parent: new Group("a") });
            new aws.ec2.Vpc("vpc", {}, { parent: new Group("b") });
        }, /duplicate resource aws:ec2\/vpc:Vpc vpc/);
    });

    it("with a stack trace that names the line of the source", async () => {
        const lineOf = (error: unknown) => Number(/recorder\.test\.ts:(\d+)/.exec(String((error as Error).stack))?.[1]);
        const here = new Error("here");
        const program = () => Promise.reject(new Error("on the next line"));
        const thrown: unknown = await run(program).catch((error: unknown) => error);
        assert.equal(lineOf(thrown), lineOf(here) + 1);
    });

    it("and leaves nothing behind for the next one", async () => {
        await fails(() => void pulumi.output(1).apply(() => assert.fail("first")), /first/);
        const { resources } = await run(vpc("vpc"));
        assert.deepEqual(names(resources), ["vpc"]);
    });
});

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

describe("what the recorder answers", () => {
    it("are ids from type and name, so that crossed wires show", async () => {
        const { outputs } = await run(() => {
            const [vpc, other, subnet] = [new aws.ec2.Vpc("a"), new aws.ec2.Vpc("b"), new aws.ec2.Subnet("a", { vpcId: "x" })];
            return { ids: pulumi.all([vpc.id, other.id, subnet.id]) };
        });
        assert.deepEqual(outputs.ids, ["Vpc:a", "Vpc:b", "Subnet:a"]);
        assert.equal(idOf("aws:ec2/vpc:Vpc", "a"), "Vpc:a");
    });

    it("are the configuration it was given, secret keys marked as such", async () => {
        const config = { "fargate:a": "1", "fargate:b": "2" };
        const isSecret = (key: string) =>
            (pulumi.runtime as unknown as { isConfigSecret: (key: string) => boolean }).isConfigSecret(key);
        const { outputs } = await run(
            () => ({ all: pulumi.runtime.allConfig(), stack: pulumi.getStack(), secret: Object.keys(config).filter(isSecret) }),
            { config, secretKeys: ["fargate:b"] },
        );
        assert.deepEqual(outputs.secret, ["fargate:b"]);
        assert.deepEqual(outputs.all, config);
        assert.equal(outputs.stack, "test");
    });

    it("belong to one run: the next has no configuration, resource or project of it", async () => {
        await run(vpc("vpc"), { config: { "fargate:a": "1" } });
        const { resources, outputs } = await run(
            () => {
                new aws.ec2.Vpc("vpc");
                return {
                    all: pulumi.runtime.allConfig(),
                    project: pulumi.getProject(),
                    stack: pulumi.getStack(),
                };
            },
            { project: "other", stack: "another" },
        );
        assert.deepEqual(outputs, { all: {}, project: "other", stack: "another" });
        assert.deepEqual(
            resources.map(({ urn }) => urn),
            ["urn:pulumi:another::other::pulumi:pulumi:Stack$aws:ec2/vpc:Vpc::vpc"],
        );
    });

    it("belong to one run, also where two are started at once", async () => {
        const [first, failed, second] = await Promise.allSettled([
            run(vpc("first"), { stack: "one" }),
            run(() => assert.fail("between")),
            run(vpc("second"), { stack: "two" }),
        ]);
        assert.ok(first.status === "fulfilled" && failed.status === "rejected" && second.status === "fulfilled");
        assert.match(first.value.resources.map(({ urn }) => urn).join(), /^urn:pulumi:one::[^,]*::first$/);
        assert.match(second.value.resources.map(({ urn }) => urn).join(), /^urn:pulumi:two::[^,]*::second$/);
    });
});

class Group extends pulumi.ComponentResource {
    constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
        super("test:index:Group", name, { of: "things" }, opts);
        this.registerOutputs({ size: pulumi.output(1), password: pulumi.secret("hunter2") });
    }
}

/** A program that declares one VPC. */
function vpc(name: string): () => void {
    return () => {
        new aws.ec2.Vpc(name);
    };
}

function run<T>(
    program: () => Promise<T> | T,
    options: Partial<RecorderOptions> = {},
): Promise<{ resources: Recorded[]; outputs: T }> {
    return record(async () => program(), { project: "fargate", stack: "test", ...options });
}

async function fails(program: () => unknown, message: RegExp, options: Partial<RecorderOptions> = {}): Promise<void> {
    await assert.rejects(run(program, options), { message });
}

function names(resources: readonly Recorded[]): string[] {
    return resources.map(({ name }) => name);
}

function dependenciesOf(name: string, resources: readonly Recorded[]): string[] {
    const dependencies = resources.find(resource => resource.name === name)?.dependencies ?? [];
    return dependencies.map(urn => urn.replace(/^.*::/, "")).sort();
}
