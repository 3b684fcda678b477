import * as pulumi from "@pulumi/pulumi";
import type { Place } from "../iam/documents";
import { endedTasks, endingCertificate, failedRollouts } from "../model/alarm-events";
import type { ServiceThresholds, StackThresholds } from "../model/alarm-thresholds";
import { Front, loadBalancerAlarms, requestAlarms, taskAlarms } from "../model/alarms";
import { Deployment, OWN_NAME, logicalName, serviceName, stackAlarmsPrefix, stackPrefix } from "../model/names";
import { partitionOf } from "../model/partitions";
import type { ServiceSettings } from "../settings";
import { Alarms } from "./alarms";

type Text = pulumi.Input<string>;

/** The ECS cluster. */
interface Cluster {
    /** ARN of the cluster. */
    readonly arn: pulumi.Output<string>;
    /** Name of the cluster. */
    readonly clusterName: Text;
}

interface WatchedService {
    readonly service: ServiceSettings;
    readonly deployment: Deployment;
    readonly thresholds: ServiceThresholds;
    readonly topicArn: Text;
}

/** What those who use a service feel. Its rollouts look at these alarms: they are there before the service, and so are part of it. */
export function watchRequests(
    { service: { name }, deployment, thresholds, topicArn }: WatchedService,
    front: Front<Text>,
    parent: pulumi.Resource,
): Alarms {
    const alarms = requestAlarms(name, thresholds, front);
    const args = { prefix: serviceName(deployment, name), alarms, topicArn, tags: { service: name } };
    return new Alarms(logicalName.requestAlarms(name), args, { parent });
}

/**
 * What ECS is told of them. By name alone: another threshold is no change of the service, which would start its tasks anew. And where there are none any
 * more, that they do not count: without a word the provider leaves ECS those that it knows, and finds them again in every preview.
 *
 * @param wasTold whether ECS knows of any
 */
export function deploymentAlarms(
    { service, deployment }: Pick<WatchedService, "service" | "deployment">,
    names: readonly Text[],
    wasTold: boolean,
) {
    if (names.length > 0) return { alarmNames: [...names], enable: true, rollback: true };
    // ECS wants a name even then, and does not ask whether there is such an alarm.
    return wasTold
        ? { alarmNames: [`${serviceName(deployment, service.name)}-errors`], enable: false, rollback: false }
        : undefined;
}

/** How a service's tasks are. */
export function watchTasks(
    { service, deployment, thresholds, topicArn }: WatchedService,
    {
        cluster,
        ecsService,
        front,
    }: { readonly cluster: Cluster; readonly ecsService: Text; readonly front: Front<Text> | undefined },
    options: pulumi.ComponentResourceOptions,
): Alarms {
    const { name } = service;
    const prefix = serviceName(deployment, name);
    const stops = endedTasks(cluster.arn, pulumi.interpolate`service:${ecsService}`);
    const names = { cluster: cluster.clusterName, service: ecsService, stopsRule: `${prefix}-${stops.key}`, front };
    return new Alarms(
        logicalName.taskAlarms(name),
        {
            prefix,
            alarms: taskAlarms<Text>(name, service, thresholds, names),
            events: thresholds.stoppedTasks === undefined ? [] : [stops],
            topicArn,
            tags: { service: name },
        },
        options,
    );
}

interface WatchedStack {
    readonly deployment: Deployment;
    readonly place: Place;
    readonly thresholds: StackThresholds;
    readonly topicArn: Text;
}

/** What no single service is to blame for. */
export function watchStack(
    { deployment, place: { region, account }, thresholds, topicArn }: WatchedStack,
    { loadBalancer, certificateArn }: { readonly loadBalancer: Text | undefined; readonly certificateArn: Text | undefined },
    options: pulumi.ComponentResourceOptions,
): Alarms {
    const { rollouts, certificateDays } = thresholds;
    const where = `stack ${deployment.stack} of ${deployment.project}`;
    const serviceArns = `arn:${partitionOf(region)}:ecs:${region}:${account}:service/${stackPrefix(deployment)}/`;
    const events = [
        rollouts && failedRollouts(serviceArns, where),
        certificateDays !== undefined &&
            certificateArn !== undefined &&
            endingCertificate(certificateArn, certificateDays, where),
    ];
    return new Alarms(
        OWN_NAME.alarms,
        {
            prefix: stackAlarmsPrefix(deployment),
            alarms: loadBalancer === undefined ? [] : loadBalancerAlarms<Text>(thresholds, loadBalancer),
            events: events.filter(event => typeof event === "object"),
            topicArn,
        },
        options,
    );
}
