import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import type { Deployment } from "@pulumi/pulumi/automation";
import { PROJECT_FOLDER } from "../../settings";
import { sample } from "../support/sample";
import { Change, openSession } from "./harness";

/** Parts that production has and the recorded stack has not, turned off. */
const OFF: readonly Change[] = [
    [["fargate:alarms"], { enabled: false }],
    [["fargate:dashboard"], false],
    [["fargate:encryption"], { customerKey: false }],
    [["fargate:firewall"], { off: "Another one stands in front." }],
    [["fargate:flowLogs"], false],
    [["fargate:loadBalancer"], { accessLogs: false }],
];

/** The rule that keeps 200 builds takes the place of the one that kept 200 images: see CHANGELOG.md. */
const BUILDS = "replace ecr.LifecyclePolicy web-registry-lifecycle";
/** Of Container Insights, which has no part that turns it off and leaves the cluster as it is. */
const INSIGHTS = "create cloudwatch.LogGroup cluster-insights";

/** What runs somewhere must not change by itself: who means to change it records it anew (CONTRIBUTING.md) and says so in CHANGELOG.md. */
for (const stack of ["dev", "prod"]) {
    describe(`a ${stack} that was made by an earlier program`, function () {
        this.timeout(5 * 60_000);

        it("gets what is new, loses nothing, and without the new parts changes nothing else", async () => {
            const session = await openSession(`engine-recorded-${stack}`, stack, sample(stack));
            try {
                await session.stack.importStack(recordedState(stack, await zoneId(session.emulator.url)));
                const whole = await session.preview();
                assert.deepEqual(
                    whole.filter(operation => !operation.startsWith("create ")),
                    // The new parts are told to what is there, in place.
                    stack === "prod"
                        ? [
                              BUILDS,
                              "update cloudwatch.LogGroup web-task-logs",
                              "update ecs.Service web",
                              "update lb.LoadBalancer load-balancer",
                          ]
                        : [BUILDS],
                );
                await session.configure(...(stack === "prod" ? OFF : []));
                assert.deepEqual(await session.preview(), stack === "prod" ? [INSIGHTS, BUILDS] : [BUILDS]);
            } finally {
                await session.close();
            }
        });
    });
}

/** The sandbox makes the stack's hosted zone, under another id each time; none for a stack without a domain. */
async function zoneId(emulator: string): Promise<string | undefined> {
    const Authorization =
        "AWS4-HMAC-SHA256 Credential=sandbox/20260101/us-east-1/route53/aws4_request, SignedHeaders=host, Signature=0";
    const answer = await fetch(`${emulator}/2013-04-01/hostedzone`, { headers: { Authorization } });
    return /<Id>\/hostedzone\/(\w+)<\/Id>/.exec(await answer.text())?.[1];
}

function recordedState(stack: string, zone = ""): Deployment {
    const text = readFileSync(path.join(PROJECT_FOLDER, "tests", "fixtures", "state", `${stack}.json`), "utf8");
    const recorded = /"aws:route53\/record:Record".*?"zoneId":"(\w+)"/.exec(text)?.[1];
    return JSON.parse(recorded === undefined ? text : text.replaceAll(recorded, zone)) as Deployment;
}
