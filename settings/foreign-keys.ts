import type { KeyPath } from "./problems";
import { taskKeys } from "./task";

/** What other tools call a thing: Docker Compose, AWS Copilot, CDK, ECS itself, Kubernetes, Terraform's modules. */
interface Foreign {
    /** The level as `levelOf` names it. */
    readonly level: string;
    /** In any case, with `_` or `-` or without. */
    readonly keys: readonly string[];
    /** The key that is meant, from that level down; from the top where it begins with `fargate:`. */
    readonly meant: string;
    /** What there is to know beside it. */
    readonly note?: string;
}

/** Callers of a load balancer. */
const CALLERS = ["allowedCidrs", "allowedSourceIps", "sourceIps", "sourceIp", "ingressCidrs", "cidrBlocks"];
const WHOLE_STACK = "for the whole stack; a service with other callers is in a stack of its own";

const FOREIGN: readonly Foreign[] = [
    { level: "", keys: ["waf", "webAcl", "wafv2"], meant: "firewall" },
    {
        level: "",
        keys: ["kms", "kmsKey", "kmsKeyId", "kmsKeyArn", "customerKey"],
        meant: "encryption",
        note: "{ customerKey: true }",
    },
    { level: "", keys: ["accessLogs"], meant: "loadBalancer.accessLogs" },
    { level: "", keys: ["vpcFlowLogs"], meant: "flowLogs" },
    { level: "", keys: ["alerts", "notifications"], meant: "alarms", note: "{ email: [ops@example.com] }" },
    {
        level: "service",
        keys: ["replicas", "count", "desiredCount", "instances", "numberOfTasks"],
        meant: "tasks",
        note: "a fixed number; or scaling: { min, max }",
    },
    { level: "service", keys: ["env", "envVars", "variables", "vars", "environmentVariables"], meant: "environment" },
    {
        level: "service",
        keys: ["ports", "expose", "containerPort", "targetPort", "portMappings"],
        meant: "port",
        note: "the one that the container listens on",
    },
    { level: "service", keys: ["cpuUnits", "cpus", "vcpu", "cpuLimit"], meant: "cpu", note: "in units; 1024 are one vCPU" },
    { level: "service", keys: ["ram", "memLimit", "memReservation", "memoryLimit", "memoryMb"], meant: "memoryMiB" },
    {
        level: "service",
        keys: ["healthcheck", "livenessProbe", "readinessProbe"],
        meant: "health",
        note: "{ path } for the load balancer, { command } for the container itself",
    },
    {
        level: "service",
        keys: ["healthCheckGracePeriodSeconds", "healthCheckGracePeriod", "gracePeriod"],
        meant: "health.gracePeriodSeconds",
    },
    { level: "service", keys: ["http", "ingress", "listener", "targetGroup"], meant: "route", note: "{ hosts, paths }" },
    { level: "service", keys: ["host", "hostname", "alias", "domainName"], meant: "route.hosts", note: "a list" },
    {
        level: "service",
        keys: ["tmpfs", "volumes", "mountPoints"],
        meant: "writablePaths",
        note: "folders in memory; no other volume is there",
    },
    {
        level: "service",
        keys: ["storage", "ephemeral", "ephemeralStorage"],
        meant: "ephemeralGiB",
        note: "a task's disk; folders in memory are writablePaths, and no other volume is there",
    },
    {
        level: "service",
        keys: ["platform", "runtimePlatform", "cpuArchitecture", "arch"],
        meant: "architecture",
        note: "arm64 or x86_64",
    },
    {
        level: "service",
        keys: ["taskRole", "taskRoleArn", "taskPolicy", "policyStatements", "tasksIamRoleStatements"],
        meant: "permissions",
        note: "a list of { actions, resources }",
    },
    {
        level: "service",
        keys: ["stopTimeout", "stopGracePeriod", "deregistrationDelay", "terminationGracePeriodSeconds"],
        meant: "drainSeconds",
    },
    {
        level: "service",
        keys: ["capacityProviderStrategy", "capacityProviders", "launchType"],
        meant: "spotPercent",
        note: "the share of tasks on Fargate Spot",
    },
    { level: "service", keys: ["autoscaling", "enableAutoscaling", "range"], meant: "scaling", note: "{ min, max }" },
    { level: "service", keys: ["minCapacity", "autoscalingMinCapacity", "minReplicas"], meant: "scaling.min" },
    { level: "service", keys: ["maxCapacity", "autoscalingMaxCapacity", "maxReplicas"], meant: "scaling.max" },
    { level: "service", keys: ["labels"], meant: "fargate:tags", note: "for everything in the stack" },
    {
        level: "service",
        keys: ["logRetention", "logGroupRetentionInDays", "cloudwatchLogGroupRetentionInDays"],
        meant: "fargate:logRetentionDays",
    },
    {
        level: "service",
        keys: ["logging", "logConfiguration", "awslogs"],
        meant: "fargate:logRetentionDays",
        note: "logs go to CloudWatch by themselves",
    },
    {
        level: "service",
        keys: ["subnets", "subnetIds", "network", "vpc", "networkConfiguration"],
        meant: "fargate:network",
        note: "{ vpcId, privateSubnetIds, … }",
    },
    {
        level: "service",
        keys: ["assignPublicIp", "publicIp"],
        meant: "fargate:network.egress",
        note: "nat, for the internet; a task has no public address",
    },
    {
        level: "service",
        keys: ["public", "internal", "scheme", "publicLoadBalancer"],
        meant: "fargate:loadBalancer.internal",
        note: "true or false, for the whole stack",
    },
    { level: "service", keys: ["allowCidrs", ...CALLERS], meant: "fargate:loadBalancer.allowCidrs", note: WHOLE_STACK },
    { level: "route", keys: ["allowCidrs", ...CALLERS], meant: "fargate:loadBalancer.allowCidrs", note: WHOLE_STACK },
    { level: "loadBalancer", keys: CALLERS, meant: "allowCidrs", note: "a list of blocks" },
    { level: "loadBalancer", keys: ["scheme", "public", "publicLoadBalancer"], meant: "internal", note: "true or false" },
    { level: "service", keys: ["rateLimit", "waf", "webAcl"], meant: "fargate:firewall", note: "{ rateLimit, … }" },
    {
        level: "service",
        keys: ["securityGroups", "securityGroupIds"],
        meant: "outbound",
        note: "a list of { port, securityGroupId }; the tasks' own group is made",
    },
    {
        level: "service",
        keys: ["preDeploy", "preDeployCommand", "releaseCommand", "migrate", "migrations"],
        meant: "release",
        note: "{ command: [program, argument, …] }",
    },
    {
        level: "service",
        keys: ["maxHealthyPercent", "maximumPercent", "deploymentMaximumPercent", "maximumHealthyPercent"],
        meant: "minHealthyPercent",
        note: "the only bound there is; at most 200 percent run in a rollout",
    },
    { level: "service", keys: ["type"], meant: "route", note: "{ hosts, paths }; a service without one is a worker" },
    { level: "service", keys: ["observability", "xray"], meant: "tracing", note: "true" },
    { level: "job", keys: ["schedule", "scheduleExpression", "rate"], meant: "cron", note: '"0 3 * * *", and timeZone' },
    { level: "job", keys: ["scheduleTimezone", "tz"], meant: "timeZone" },
    { level: "job", keys: ["activeDeadlineSeconds"], meant: "timeoutMinutes" },
    {
        level: "job",
        keys: ["restart", "restartPolicy", "backoffLimit", "attempts", "maxRetries", "retry"],
        meant: "retries",
        note: "in a task of its own; a container that ended stays ended",
    },
    { level: "job", keys: ["tasks", "count", "replicas", "parallelism", "completions", "size"], meant: "parallel" },
    { level: "job", keys: ["spotPercent", "capacityProviderStrategy"], meant: "spot", note: "true" },
    { level: "scaling", keys: ["minCapacity", "minReplicas"], meant: "min" },
    { level: "scaling", keys: ["maxCapacity", "maxReplicas"], meant: "max" },
    {
        level: "scaling",
        keys: ["cpu", "cpuPercentage", "targetCpu", "targetCpuUtilizationPercentage", "targetUtilizationPercent"],
        meant: "cpuPercent",
    },
    { level: "scaling", keys: ["memory", "memoryPercentage", "targetMemory"], meant: "memoryPercent" },
    { level: "scaling", keys: ["requests", "albRequestCountPerTarget"], meant: "requestsPerTarget", note: "a minute and task" },
    { level: "health", keys: ["test"], meant: "command" },
    { level: "health", keys: ["startPeriod", "initialDelaySeconds"], meant: "gracePeriodSeconds" },
    { level: "health", keys: ["periodSeconds"], meant: "intervalSeconds" },
    { level: "route", keys: ["alias", "hostHeader", "hostname"], meant: "hosts" },
    { level: "route", keys: ["pathPattern", "pathPrefix"], meant: "paths" },
    { level: "route", keys: ["header", "httpHeader", "httpHeaders"], meant: "headers", note: "lists of values by name" },
    { level: "route", keys: ["method", "httpRequestMethod", "httpMethods"], meant: "methods", note: "a list" },
    { level: "route", keys: ["queryString", "queryStrings", "queryParameters"], meant: "query", note: "values by name" },
    { level: "route", keys: ["stickiness", "stickySessions", "sessionAffinity"], meant: "sticky", note: "{ seconds }" },
    { level: "route", keys: ["slowStart"], meant: "slowStartSeconds" },
    { level: "route", keys: ["protocolVersion"], meant: "protocol", note: "http1, http2 or grpc" },
    {
        level: "route",
        keys: ["redirect", "redirects"],
        meant: "fargate:loadBalancer.redirects",
        note: "a list of { hosts, paths, to }",
    },
    { level: "build", keys: ["buildArgs"], meant: "args" },
    { level: "build", keys: ["file"], meant: "dockerfile" },
    { level: "", keys: ["vpc"], meant: "network", note: "{ vpcId, … } for one that exists" },
    { level: "", keys: ["vpcCidr", "cidrBlock"], meant: "network.cidr" },
    { level: "", keys: ["azs", "availabilityZones"], meant: "network.zones" },
    { level: "", keys: ["natGateways", "enableNatGateway", "singleNatGateway"], meant: "network.egress", note: "nat" },
    { level: "", keys: ["labels"], meant: "tags" },
    { level: "", keys: ["logRetention", "logs", "logging"], meant: "logRetentionDays" },
    {
        level: "",
        keys: ["cluster", "observability"],
        meant: "containerInsights",
        note: "disabled, enabled or enhanced; the cluster is made",
    },
    { level: "", keys: ["env", "environment", "stage"], meant: "profile", note: "development or production" },
    { level: "network", keys: ["cidrBlock", "vpcCidr"], meant: "cidr" },
    { level: "network", keys: ["vpc"], meant: "vpcId", note: "beside privateSubnetIds and publicSubnetIds" },
    { level: "network", keys: ["subnets", "subnetIds", "privateSubnets"], meant: "privateSubnetIds", note: "beside vpcId" },
    { level: "network", keys: ["publicSubnets"], meant: "publicSubnetIds", note: "beside vpcId" },
    { level: "network", keys: ["azs", "availabilityZones"], meant: "zones" },
    { level: "network", keys: ["nat", "natGateways", "enableNatGateway", "singleNatGateway"], meant: "egress", note: "nat" },
];

const TOP = "fargate:";

/** What is meant by a key of another tool, and where that stands. */
export function foreignAt(place: KeyPath): { readonly allowed: string; readonly place: KeyPath } | undefined {
    const holder = place.slice(0, -1);
    const key = plain(place[place.length - 1] ?? "");
    const level = levelOf(holder);
    const isMeant = (each: Foreign) => each.keys.some(other => plain(other) === key);
    const found =
        FOREIGN.find(each => each.level === level && isMeant(each)) ??
        // What every task has is called alike.
        FOREIGN.find(each => level === "job" && each.level === "service" && Object.hasOwn(taskKeys, each.meant) && isMeant(each));
    if (found === undefined) return undefined;
    const { meant, note } = found;
    return {
        allowed: `here it is ${meant}${note === undefined ? "" : `: ${note}`}`,
        place: meant.startsWith(TOP) ? meant.slice(TOP.length).split(".") : [...holder, ...meant.split(".")],
    };
}

function plain(key: string): string {
    return key.toLowerCase().replaceAll(/[_-]/g, "");
}

/** Every key of another tool, by the level where it would stand. */
export function foreignKeys(): readonly { readonly level: string; readonly key: string }[] {
    return FOREIGN.flatMap(({ level, keys }) => keys.map(key => ({ level, key })));
}

/** What a level is called in tables of keys: `service` for a service, `job` for a job, and what is below one by its own key. */
function levelOf([first = "", , third]: KeyPath): string {
    if (first === "services") return third ?? "service";
    return first === "jobs" ? (third ?? "job") : first;
}
