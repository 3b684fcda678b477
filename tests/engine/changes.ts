import type { Change } from "./harness";

/** A change of the configuration, and exactly what the engine does to the cloud for it. */
export interface Case {
    readonly name: string;
    readonly changes: readonly Change[];
    readonly expected: readonly string[];
    /** Cases of the same update touch disjoint parts, and are made at once where time is short. */
    readonly update: number;
}

/** The updates of one stack: one for each case, or one for all that can be made at once. */
export function updates(stack: "dev" | "prod", isEachAlone: boolean): Omit<Case, "update">[] {
    const all = cases(stack);
    if (isEachAlone) return all;
    // What the stacks do alike is seen on one of them.
    const shown = stack === "prod" ? all : all.filter(({ update }) => update === 1);
    return [...new Set(shown.map(({ update }) => update))].map(number => {
        const together = shown.filter(({ update }) => update === number);
        return {
            name: together.map(({ name }) => name).join(", "),
            changes: together.flatMap(({ changes }) => changes),
            expected: [...new Set(together.flatMap(({ expected }) => expected))],
        };
    });
}

const REPOSITORY = "123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/sandbox/web";

/** A secret that the account has. */
export const SECRET = "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:db-AbCdEf";

/** What every new task definition amounts to. */
const NEW_TASK_DEFINITION = ["replace ecs.TaskDefinition web-task-definition", "update ecs.Service web"];

const WORKER = { image: `${REPOSITORY}:worker`, tasks: 1 };

const ofWorker = (op: "create" | "delete") => [
    `${op} cloudwatch.LogGroup worker-task-logs`,
    `${op} ec2.SecurityGroup worker-group`,
    `${op} ecs.Service worker`,
    `${op} ecs.TaskDefinition worker-task-definition`,
    `${op} iam.Role worker-task-execution`,
    `${op} iam.RolePolicy worker-task-execution`,
    `${op} vpc.SecurityGroupEgressRule worker-to-endpoints`,
    `${op} vpc.SecurityGroupEgressRule worker-to-s3`,
    `${op} vpc.SecurityGroupIngressRule worker-endpoints-in`,
];

/** What watches a service without a route where alarms are on and Container Insights counts. */
const ofWatch = (op: "create" | "delete") => [
    ...["missing", "stops", "cpu", "memory"].map(key => `${op} cloudwatch.MetricAlarm worker-task-alarms-${key}`),
    `${op} cloudwatch.EventRule worker-task-alarms-stops`,
    ...["errors", "lines-by-log-group", "lines-over-time"].map(
        query => `update cloudwatch.QueryDefinition stack-dashboard-${query}`,
    ),
];

const DASHBOARD = ["update cloudwatch.Dashboard stack-dashboard"];

const BUDGET: readonly Case[] = [
    {
        name: "a budget",
        update: 1,
        changes: [[["fargate:budget"], { monthlyUsd: 500 }]],
        expected: ["create budgets.Budget stack-budget", "update sns.Topic alarm-topic"],
    },
    {
        name: "the amount of a budget",
        update: 2,
        changes: [[["fargate:budget"], { monthlyUsd: 750.5 }]],
        expected: ["update budgets.Budget stack-budget"],
    },
    {
        name: "a budget that AWS is not told of",
        update: 3,
        changes: [[["fargate:budget", "alerts"], false]],
        expected: ["delete budgets.Budget stack-budget", "update sns.Topic alarm-topic"],
    },
];

const INTERFACES = ["ecr-api", "ecr-dkr", "logs"];

/** From endpoints to one NAT gateway, or back. */
function egress(away: "create" | "delete", back: "create" | "delete", zones: number): string[] {
    const route = (index: number) => `${away} ec2.Route network-private-${index + 1}`;
    return [
        `${away} ec2.Eip network-1`,
        `${away} ec2.NatGateway network-1`,
        ...Array.from({ length: zones }, (_, index) => route(index)),
        `${away} vpc.SecurityGroupEgressRule web-to-internet`,
        `${back} ec2.SecurityGroup endpoints-group`,
        ...INTERFACES.map(service => `${back} ec2.VpcEndpoint endpoints-${service}`),
        "update ec2.VpcEndpoint endpoints-s3",
        `${back} vpc.SecurityGroupEgressRule web-to-endpoints`,
        `${back} vpc.SecurityGroupEgressRule web-to-s3`,
        `${back} vpc.SecurityGroupIngressRule web-endpoints-in`,
    ];
}

function newZone(index: number, spanning: readonly string[]): string[] {
    const subnet = (kind: string) => [
        `create ec2.Subnet network-${kind}-${index}`,
        `create ec2.RouteTable network-${kind}-${index}`,
        `create ec2.RouteTableAssociation network-${kind}-${index}`,
    ];
    return [...subnet("public"), `create ec2.Route network-public-${index}`, ...subnet("private"), ...spanning];
}

/** The changes of one stack, in the order they are made; each leaves its mark for the next. */
function cases(stack: "dev" | "prod"): Case[] {
    const web = (...keys: string[]) => ["fargate:services", "web", ...keys];
    const zones = stack === "dev" ? ["a", "c"] : ["a", "b", "c"];
    const names = (letters: readonly string[]) => letters.map(letter => `ap-northeast-2${letter}`);
    const added = stack === "dev" ? "b" : "d";
    const isWatched = stack === "prod";
    // Tasks on Spot may be missing for longer.
    const missing = isWatched ? ["update cloudwatch.MetricAlarm web-task-alarms-missing"] : [];
    // It draws each service's tasks between their bounds.
    const shown = isWatched ? DASHBOARD : [];
    return [
        // A topic that is told of alarms has to let it in.
        ...(isWatched ? BUDGET : []),
        {
            name: "an image",
            update: 1,
            changes: [[["fargate:images"], { web: `${REPOSITORY}@sha256:${"2".repeat(64)}` }]],
            expected: NEW_TASK_DEFINITION,
        },
        {
            name: "cpu and memory",
            update: 1,
            changes: [
                [web("cpu"), 1024],
                [web("memoryMiB"), 2048],
            ],
            expected: NEW_TASK_DEFINITION,
        },
        {
            name: "an environment value",
            update: 1,
            changes: [[web("environment", "LOG_LEVEL"), "warn"]],
            expected: NEW_TASK_DEFINITION,
        },
        {
            name: "a port, without a gap",
            update: 1,
            changes: [[web("port"), 9090]],
            expected: [
                ...NEW_TASK_DEFINITION,
                "replace vpc.SecurityGroupEgressRule web-load-balancer-out",
                "replace vpc.SecurityGroupIngressRule web-from-load-balancer",
            ],
        },
        stack === "dev"
            ? {
                  name: "a fixed number of tasks that becomes a scaled one",
                  update: 1,
                  changes: [[web("scaling"), { min: 1, max: 3, cpuPercent: 50 }]],
                  expected: ["create appautoscaling.Policy web-scaling-cpu", "create appautoscaling.Target web-scaling-target"],
              }
            : {
                  name: "the minimum of tasks",
                  update: 1,
                  changes: [[web("scaling", "min"), 3]],
                  expected: ["update appautoscaling.Target web-scaling-target", ...DASHBOARD],
              },
        {
            name: "the maximum of tasks",
            update: 2,
            changes: [[web("scaling", "max"), 12]],
            expected: ["update appautoscaling.Target web-scaling-target", ...shown],
        },
        {
            name: "the Spot share",
            update: 2,
            changes: [[web("spotPercent"), 50]],
            expected: ["update ecs.Service web", ...missing],
        },
        {
            name: "a second service",
            update: 2,
            changes: [
                [["fargate:services", "worker"], { ...WORKER, spotPercent: 0 }],
                [["fargate:images", "worker"], `${REPOSITORY}@sha256:${"3".repeat(64)}`],
            ],
            expected: [...ofWorker("create"), ...(isWatched ? ofWatch("create") : []), ...shown],
        },
        {
            name: "a removed service",
            update: 3,
            changes: [
                [["fargate:services", "worker"], undefined],
                [["fargate:images", "worker"], undefined],
            ],
            expected: [...ofWorker("delete"), ...(isWatched ? ofWatch("delete") : []), ...shown],
        },
        {
            name: "a secret, which needs an endpoint of its own",
            update: 2,
            changes: [[web("secrets"), { DB_PASSWORD: SECRET }]],
            expected: [
                "create ec2.VpcEndpoint endpoints-secretsmanager",
                "replace iam.RolePolicy web-task-execution",
                ...NEW_TASK_DEFINITION,
            ],
        },
        {
            name: "the secret taken away",
            update: 3,
            changes: [[web("secrets"), undefined]],
            expected: [
                "delete ec2.VpcEndpoint endpoints-secretsmanager",
                "replace iam.RolePolicy web-task-execution",
                ...NEW_TASK_DEFINITION,
            ],
        },
        {
            name: "a zone appended",
            update: 3,
            changes: [[["fargate:network", "zones"], names([...zones, added])]],
            expected: newZone(zones.length + 1, [
                "update ec2.VpcEndpoint endpoints-s3",
                ...(stack === "dev" ? [] : INTERFACES.map(service => `update ec2.VpcEndpoint endpoints-${service}`)),
                "update ecs.Service web",
                "update lb.LoadBalancer load-balancer",
            ]),
        },
        {
            name: "egress from endpoints to NAT",
            update: 4,
            changes: [[["fargate:network", "egress"], "nat"]],
            expected: egress("create", "delete", zones.length + 1),
        },
        {
            name: "egress back to endpoints",
            update: 5,
            changes: [[["fargate:network", "egress"], undefined]],
            expected: egress("delete", "create", zones.length + 1),
        },
    ];
}

/** What a tag touches: everything that has tags, in place. */
export const TAG: Change = [["fargate:tags"], { team: "shop" }];
