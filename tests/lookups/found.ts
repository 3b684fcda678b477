import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import * as path from "node:path";
import { Lookups, lookUp } from "../../lookups";
import { contentTag } from "../../model/content-hash";
import { PROJECT_FOLDER } from "../../settings";
import { Call, record } from "../../tools/inventory/recorder";
import { Given, REGION, settings } from "../support/given";

export const IDENTITY = "aws:index/getCallerIdentity:getCallerIdentity";
export const ZONES = "aws:index/getAvailabilityZones:getAvailabilityZones";
export const ZONE = "aws:route53/getZone:getZone";
export const ECR_IMAGE = "aws:ecr/getImage:getImage";
export const TOKEN = "aws:ecr/getAuthorizationToken:getAuthorizationToken";
export const REGISTRY_IMAGE = "docker:index/getRegistryImage:getRegistryImage";
export const LOG_GROUPS = "aws:cloudwatch/getLogGroups:getLogGroups";
export const STATE = "pulumi:pulumi:readStackResourceOutputs";

export const NAT = { network: { egress: "nat", zones: [`${REGION}a`, `${REGION}b`] } };
export const absent: Call = () => {
    throw new Error("reading ECR Images: empty result\nstack trace that nobody wants to read");
};

/** A new stack where AWS has no image, and everything else that a service of the stack asks for. */
export const CALLS: Readonly<Record<string, Call>> = {
    [IDENTITY]: () => ({ accountId: "123456789012" }),
    [ECR_IMAGE]: absent,
    [LOG_GROUPS]: () => ({ logGroupNames: [] }),
    [STATE]: () => ({ outputs: {} }),
};

/** Tag of the sample service's content. */
export const TAG = contentTag({
    context: path.join(PROJECT_FOLDER, "app"),
    dockerfile: path.join(PROJECT_FOLDER, "app/Dockerfile"),
    args: {},
    platform: "linux/arm64",
});

/** The stack's state, with one build of these tags. */
export const stateWith =
    (...tags: string[]): Call =>
    inputs => {
        assert.deepEqual(inputs, { stackName: "organization/fargate/dev" });
        return {
            outputs: { a: { type: "aws:ec2/vpc:Vpc", outputs: {} }, b: { type: "docker-build:index:Image", outputs: { tags } } },
        };
    };

/** What the lookups find; every call that is not answered fails. */
export async function found(given: Given, calls: Readonly<Record<string, Call>> = {}): Promise<Lookups> {
    let lookups: Lookups | undefined;
    const program = async () => {
        lookups = await lookUp(settings(given), new aws.Provider("aws", { region: REGION }));
    };
    await record(program, { project: "fargate", stack: "dev", calls: { ...CALLS, ...calls } });
    assert.ok(lookups !== undefined);
    return lookups;
}

/** Each line of the one error, which the engine prints without a stack. */
export async function refused(
    given: Given,
    calls: Readonly<Record<string, Call>>,
    lines: readonly (string | RegExp)[],
): Promise<void> {
    const error: unknown = await found(given, calls).catch((reason: unknown) => reason);
    assert.ok(pulumi.RunError.isInstance(error), String(error));
    const told = error.message.split("\n");
    assert.equal(told.length, lines.length, error.message);
    for (const [index, line] of lines.entries()) {
        if (typeof line === "string") assert.equal(told[index], line);
        else assert.match(told[index] ?? "", line);
    }
}
