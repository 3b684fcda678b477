import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { RecorderOptions, idOf } from "../../../tools/inventory/recorder";
import { Group, names, run, vpc } from "../../support/recording";

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

async function fails(program: () => unknown, message: RegExp, options: Partial<RecorderOptions> = {}): Promise<void> {
    await assert.rejects(run(program, options), { message });
}
