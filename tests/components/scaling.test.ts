import assert from "node:assert/strict";
import { Scaling, ScalingArgs } from "../../components/scaling";
import { cached, declare } from "../support/declared";

const FRONT = { loadBalancer: "app/a", targetGroup: "targetgroup/b" };

const ARGS: ScalingArgs = {
    min: 2,
    max: 10,
    clusterName: "fargate-prod",
    serviceName: "web-1234567",
    alarmName: "fargate-prod-web-steps",
    tags: { service: "web" },
};

const made = cached((changes: Partial<ScalingArgs>) => declare(() => new Scaling("web-scaling", { ...ARGS, ...changes })));

describe("scaling", () => {
    it("is a target and one policy for each metric that is followed", async () => {
        const all = { cpuPercent: 60, memoryPercent: 70, requestsPerTarget: 1000, front: FRONT };
        const target = ["Scaling web-scaling", "appautoscaling.Target web-scaling-target"];
        const policies = async (changes: Partial<ScalingArgs>) =>
            (await made(changes)).list.filter(line => !target.includes(line));
        assert.deepEqual((await made({})).list, target);
        assert.deepEqual(await policies({ cpuPercent: 60 }), ["appautoscaling.Policy web-scaling-cpu"]);
        assert.deepEqual(await policies({ memoryPercent: 70 }), ["appautoscaling.Policy web-scaling-memory"]);
        assert.deepEqual(await policies(all), [
            "appautoscaling.Policy web-scaling-cpu",
            "appautoscaling.Policy web-scaling-memory",
            "appautoscaling.Policy web-scaling-requests",
        ]);
    });

    it("keeps the number of this service's tasks between its minimum and maximum", async () => {
        assert.deepEqual((await made({})).inputs("appautoscaling.Target web-scaling-target"), {
            serviceNamespace: "ecs",
            scalableDimension: "ecs:service:DesiredCount",
            resourceId: "service/fargate-prod/web-1234567",
            minCapacity: 2,
            maxCapacity: 10,
            tags: { service: "web" },
        });
    });

    it("follows CPU, memory and requests, up at once and down slowly", async () => {
        const declared = await made({
            cpuPercent: 60,
            memoryPercent: 70,
            requestsPerTarget: 1000,
            front: FRONT,
        });
        const follows = (predefinedMetricSpecification: object, targetValue: number) => ({
            policyType: "TargetTrackingScaling",
            serviceNamespace: "ecs",
            scalableDimension: "ecs:service:DesiredCount",
            resourceId: "service/fargate-prod/web-1234567",
            targetTrackingScalingPolicyConfiguration: {
                predefinedMetricSpecification,
                targetValue,
                scaleOutCooldown: 60,
                scaleInCooldown: 300,
            },
        });
        assert.deepEqual(
            declared.all("appautoscaling.Policy").map(({ inputs }) => inputs),
            [
                follows({ predefinedMetricType: "ECSServiceAverageCPUUtilization" }, 60),
                follows({ predefinedMetricType: "ECSServiceAverageMemoryUtilization" }, 70),
                follows({ predefinedMetricType: "ALBRequestCountPerTarget", resourceLabel: "app/a/targetgroup/b" }, 1000),
            ],
        );
    });

    it("has its policies follow the target, which must exist first", async () => {
        const declared = await made({ cpuPercent: 60 });
        assert.ok(declared.before("appautoscaling.Policy web-scaling-cpu").has("appautoscaling.Target web-scaling-target"));
    });

    it("shows its plain arguments in a preview", async () => {
        const targets = { cpuPercent: 60, memoryPercent: 70, requestsPerTarget: 1000 };
        const { inputs } = (await made({ ...targets, front: FRONT })).one("Scaling web-scaling");
        assert.deepEqual(inputs, { min: 2, max: 10, ...targets });
    });

    it("follows the average response time of its target group", async () => {
        const declared = await made({
            responseSeconds: 0.5,
            cooldown: { inSeconds: 600 },
            front: FRONT,
        });
        const { targetTrackingScalingPolicyConfiguration } = declared.inputs("appautoscaling.Policy web-scaling-response");
        assert.deepEqual(targetTrackingScalingPolicyConfiguration, {
            customizedMetricSpecification: {
                namespace: "AWS/ApplicationELB",
                metricName: "TargetResponseTime",
                statistic: "Average",
                dimensions: [
                    { name: "LoadBalancer", value: "app/a" },
                    { name: "TargetGroup", value: "targetgroup/b" },
                ],
            },
            targetValue: 0.5,
            scaleOutCooldown: 60,
            scaleInCooldown: 600,
        });
    });

    it("adds tasks at once by an alarm at the first step, whose threshold the others count from", async () => {
        const declared = await made({
            cpuPercent: 60,
            cooldown: { outSeconds: 30 },
            steps: [
                { cpuPercent: 80, add: 3 },
                { cpuPercent: 95, add: 10 },
            ],
        });
        const policy = declared.inputs("appautoscaling.Policy web-scaling-steps");
        assert.deepEqual(policy["stepScalingPolicyConfiguration"], {
            adjustmentType: "ChangeInCapacity",
            cooldown: 30,
            metricAggregationType: "Average",
            stepAdjustments: [
                { metricIntervalLowerBound: "0", metricIntervalUpperBound: "15", scalingAdjustment: 3 },
                { metricIntervalLowerBound: "15", scalingAdjustment: 10 },
            ],
        });
        const alarm = declared.inputs("cloudwatch.MetricAlarm web-scaling-steps");
        assert.equal(alarm["name"], "fargate-prod-web-steps");
        assert.equal(alarm["threshold"], 80);
        assert.deepEqual(alarm["dimensions"], { ClusterName: "fargate-prod", ServiceName: "web-1234567" });
        assert.ok(
            declared.before("cloudwatch.MetricAlarm web-scaling-steps").has("appautoscaling.Policy web-scaling-steps"),
            "the alarm sets off the policy",
        );
    });

    it("has a scheduled action for each schedule, in its time zone, which says both limits", async () => {
        const declared = await made({
            cpuPercent: 60,
            schedules: [
                { cron: "0 8 * * mon-fri", timeZone: "Asia/Seoul", min: 4, max: 10 },
                { cron: "0 20 * * *", timeZone: "Asia/Seoul", min: 0, max: 0 },
            ],
        });
        const ofTarget = {
            serviceNamespace: "ecs",
            scalableDimension: "ecs:service:DesiredCount",
            resourceId: "service/fargate-prod/web-1234567",
            timezone: "Asia/Seoul",
        };
        assert.deepEqual(
            declared.all("appautoscaling.ScheduledAction").map(({ inputs }) => inputs),
            [
                {
                    ...ofTarget,
                    schedule: "cron(0 8 ? * MON,TUE,WED,THU,FRI *)",
                    scalableTargetAction: { minCapacity: 4, maxCapacity: 10 },
                },
                { ...ofTarget, schedule: "cron(0 20 * * ? *)", scalableTargetAction: { minCapacity: 0, maxCapacity: 0 } },
            ],
        );
        const [action] = declared.all("appautoscaling.ScheduledAction");
        assert.equal(action?.name, "web-scaling-schedule-1");
    });
});
