import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { override } from "./components/overridden";
import { waitsEnd } from "./components/rollout";
import { lookUp } from "./lookups";
import { clientsFor } from "./lookups/aws-clients";
import { releaseRunner } from "./lookups/release";
import { rolloutWatch } from "./lookups/rollout";
import { providerArgs } from "./model/tags";
import { overrides } from "./overrides";
import { entrance } from "./program/entrance";
import type { Given } from "./program/given";
import { images } from "./program/images";
import { keeping, logs } from "./program/keeping";
import { network } from "./program/network";
import { outputs } from "./program/outputs";
import { watch } from "./program/watch";
import { workloads } from "./program/workloads";
import { readSettings } from "./settings";

/** The architecture, in the order data flows. */
async function program(overridesOf = overrides) {
    const settings = readSettings();
    const overriddenIn = override(overridesOf(settings));
    const provider = new aws.Provider("aws", providerArgs(settings));
    // A plan has no engine, and rolls nothing out.
    const onEcs = pulumi.runtime.getEngine() && {
        watch: rolloutWatch(() => clientsFor(settings.aws)),
        runRelease: settings.releases === "skip" ? undefined : releaseRunner(() => clientsFor(settings.aws)),
    };
    const given: Given = { settings, found: await lookUp(settings, provider), onAws: { provider }, onEcs };

    const kept = keeping(given);
    const ground = network(given);
    const written = logs(given, ground.network);
    const front = entrance(given, kept, ground.network, written);
    const built = images(given, kept);
    const running = workloads(given, kept, ground, built, front.loadBalancer);
    watch(given, kept, front, running);
    const overridden = overriddenIn();
    await waitsEnd(running.services.map(({ made }) => made.revision));
    return {
        ...(front.url && { url: front.url }),
        ...outputs(given, ground.network, built, running),
        ...(written && { logBucket: written.bucketName }),
        ...(kept.topicArn !== undefined && { alarmTopic: kept.topicArn }),
        ...(Object.keys(overridden).length > 0 && { overridden }),
    };
}

export = program;
