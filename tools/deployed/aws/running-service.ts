import type { Clients } from "../../../lookups/aws-clients";
import type { Connection } from "../../../lookups/aws-connection";
import type { DeclaredRollout } from "../../../model/rollout-state";

/** A service as ECS names it. */
type Named = Pick<DeclaredRollout, "cluster" | "serviceName">;

/** A rollout that ECS has not ended. */
export interface OpenRollout {
    readonly arn: string;
    /** Task definition that it rolls out. */
    readonly to: string;
    /** What it came from, and goes back to; undefined for a service's first. */
    readonly from?: string;
}

/** How far ECS got with taking a rollout back. */
export interface WayBack {
    readonly status: string;
    readonly reason?: string;
    /** Of the revision that it goes back to. */
    readonly running: number;
    readonly desired: number;
}

/** New tasks for all that run, of the same revision. */
export async function forceDeployment({ ecs }: Clients, { cluster, serviceName: service }: Named): Promise<void> {
    const { UpdateServiceCommand } = await import("@aws-sdk/client-ecs");
    await ecs.send(new UpdateServiceCommand({ cluster, service, forceNewDeployment: true }));
}

export async function setDesiredCount(
    { ecs }: Clients,
    { cluster, serviceName: service }: Named,
    desiredCount: number,
): Promise<void> {
    const { UpdateServiceCommand } = await import("@aws-sdk/client-ecs");
    await ecs.send(new UpdateServiceCommand({ cluster, service, desiredCount }));
}

/** Between how many tasks Application Auto Scaling keeps a service now, which a schedule may have changed; undefined where nothing scales it. */
export async function scalingBounds(
    { at }: Connection,
    { cluster, serviceName }: Named,
): Promise<{ readonly min: number; readonly max: number } | undefined> {
    const { ApplicationAutoScalingClient, DescribeScalableTargetsCommand } =
        await import("@aws-sdk/client-application-auto-scaling");
    const { ScalableTargets: [found] = [] } = await new ApplicationAutoScalingClient(at("autoscaling")).send(
        new DescribeScalableTargetsCommand({
            ServiceNamespace: "ecs",
            ScalableDimension: "ecs:service:DesiredCount",
            ResourceIds: [`service/${cluster.slice(cluster.lastIndexOf("/") + 1)}/${serviceName}`],
        }),
    );
    return found && { min: found.MinCapacity ?? 0, max: found.MaxCapacity ?? 0 };
}

/** The rollout that is under way; undefined where none is. */
export async function openRollout({ ecs }: Clients, { cluster, serviceName: service }: Named): Promise<OpenRollout | undefined> {
    const { DescribeServiceDeploymentsCommand, DescribeServiceRevisionsCommand, ListServiceDeploymentsCommand } =
        await import("@aws-sdk/client-ecs");
    const list = new ListServiceDeploymentsCommand({ cluster, service, status: ["PENDING", "IN_PROGRESS"] });
    const { serviceDeployments: [open] = [] } = await ecs.send(list);
    const arn = open?.serviceDeploymentArn;
    if (arn === undefined) return undefined;
    const describe = new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] });
    const { serviceDeployments: [deployment] = [] } = await ecs.send(describe);
    // The newest of what it replaces: several are there where a rollout came upon another one.
    const [target, source] = [deployment?.targetServiceRevision?.arn, deployment?.sourceServiceRevisions?.[0]?.arn];
    const serviceRevisionArns = [target, source].flatMap(one => one ?? []);
    const { serviceRevisions = [] } = await ecs.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns }));
    const definition = (revision: string | undefined) =>
        serviceRevisions.find(({ serviceRevisionArn }) => serviceRevisionArn === revision)?.taskDefinition;
    const from = source === undefined ? undefined : definition(source);
    return { arn, to: definition(target) ?? "", ...(from !== undefined && { from }) };
}

export async function rollBack({ ecs }: Clients, { arn }: OpenRollout): Promise<void> {
    const { StopServiceDeploymentCommand } = await import("@aws-sdk/client-ecs");
    await ecs.send(new StopServiceDeploymentCommand({ serviceDeploymentArn: arn, stopType: "ROLLBACK" }));
}

export async function wayBack({ ecs }: Clients, { arn }: OpenRollout): Promise<WayBack> {
    const { DescribeServiceDeploymentsCommand } = await import("@aws-sdk/client-ecs");
    const describe = new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] });
    const { serviceDeployments: [deployment] = [] } = await ecs.send(describe);
    const { runningTaskCount = 0, requestedTaskCount = 0 } = deployment?.sourceServiceRevisions?.[0] ?? {};
    return {
        status: deployment?.status ?? "",
        reason: deployment?.statusReason,
        running: runningTaskCount,
        desired: requestedTaskCount,
    };
}
