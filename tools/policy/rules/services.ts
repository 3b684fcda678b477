import type { Graph } from "../../inventory/graph";
import { UNKNOWN, at, listOf, mayBe, show } from "../../inventory/inputs";
import type { Resource } from "../../inventory/resource";
import { SCALING_POLICY } from "../../inventory/types/autoscaling";
import { SERVICE } from "../../inventory/types/ecs";
import { STATE_MACHINE } from "../../inventory/types/sfn";
import { runsOfTasks } from "../reading/state-machines";
import { METRIC_ALARM } from "../../inventory/types/cloudwatch";
import { Rule, resourceRule, stackRule } from "../rule";

const servicesHaveAlarms = stackRule({
    name: "services-have-alarms",
    title: "An alarm watches every service.",
    controls: [],
    severity: "medium",
    reason: "Customers would be the first to notice.",
    fix: "Take enabled: false out of fargate:alarms, or make an aws.cloudwatch.MetricAlarm with the service among its dimensions.",
    standing: { is: "met", where: "components/watch.ts" },
    profile: "production",
    types: [SERVICE],
    find: stack =>
        stack
            .ofType(SERVICE)
            .filter(
                service =>
                    !["dimensions", "metricQueries"]
                        .flatMap(property => stack.referring(service, METRIC_ALARM, property))
                        .some(alarm => !onlyScales(alarm, stack)),
            )
            .map(resource => ({ resource, what: "no alarm watches it" })),
});

/** What adds tasks tells nobody. */
function onlyScales(alarm: Resource, stack: Graph): boolean {
    const { alarmActions } = alarm.inputs;
    const policies = stack.referred(alarm, "alarmActions", SCALING_POLICY).length;
    return policies > 0 && (alarmActions === UNKNOWN || listOf(alarmActions).length === policies);
}

const servicesHaveNoShell = resourceRule({
    name: "services-have-no-shell",
    title: "Nobody runs commands in a service's tasks.",
    controls: ["ECS.5"],
    severity: "high",
    reason: "With ECS Exec whoever may call ecs:ExecuteCommand is root in the container, reads its secrets, and may change the program that it runs: the root file system can be written to.",
    fix: "Take exec out of the service's settings; while somebody has to look inside, a policy exception with a near end.",
    standing: { is: "met", where: "components/service.ts" },
    profile: "production",
    types: [SERVICE],
    check: ({ inputs: { enableExecuteCommand } }) =>
        enableExecuteCommand === true ? "ECS Exec is on: commands run in its tasks, as root" : undefined,
});

const servicesRollBack = resourceRule({
    name: "services-roll-back",
    title: "Services stop a deployment that fails, and roll it back.",
    controls: [],
    severity: "medium",
    reason: "ECS would start failing tasks for hours, beside old ones that it has stopped counting on.",
    fix: "Set deploymentCircuitBreaker to { enable: true, rollback: true }.",
    standing: { is: "met", where: "components/service.ts" },
    types: [SERVICE],
    check: ({ inputs }) => {
        const isOn = (key: string) => mayBe(at(inputs, "deploymentCircuitBreaker", key), true);
        if (!isOn("enable")) return "the deployment circuit breaker is off";
        return isOn("rollback") ? undefined : "the deployment circuit breaker does not roll back";
    },
});

const servicesRunTheLatestPlatform = resourceRule({
    name: "services-run-the-latest-platform",
    title: "Services run on the latest Fargate platform version.",
    controls: ["ECS.10"],
    severity: "medium",
    reason: "A fixed version keeps a kernel and runtime whose flaws are known.",
    fix: 'Set platformVersion to "LATEST".',
    standing: { is: "met", where: "components/service.ts" },
    types: [SERVICE, STATE_MACHINE],
    check: resource =>
        [resource.inputs["platformVersion"], ...runsOfTasks(resource).map(run => at(run, "PlatformVersion"))]
            .filter(version => !mayBe(version, undefined, "LATEST"))
            .map(version => `platformVersion is ${show(version)}`),
});

export const serviceRules: readonly Rule[] = [
    servicesHaveAlarms,
    servicesHaveNoShell,
    servicesRollBack,
    servicesRunTheLatestPlatform,
];
