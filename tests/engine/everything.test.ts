import * as assert from "node:assert/strict";
import * as path from "node:path";
import { answerRules } from "../../model/answers";
import { PROJECT_FOLDER } from "../../settings";
import { readStackFiles } from "../../tools/cli/stack-files";
import { inventory } from "../../tools/inventory/inventory";
import { shortType } from "../../tools/inventory/resource";
import { Change, Session, isNoProof, openSession } from "./harness";

const FOLDER = path.join(PROJECT_FOLDER, "tests/fixtures/stacks/everything");

/** What an update takes away, and what the engine does for it; giving it back does the opposite. */
interface Part {
    readonly name: string;
    readonly without: readonly Change[];
    readonly off: readonly string[];
    readonly on: readonly string[];
}

const ofWorker = (...keys: readonly string[]): Change[] => keys.map(key => [["fargate:services", "worker", key], undefined]);

const NEW_REVISION = ["replace ecs.TaskDefinition worker-task-definition", "update ecs.Service worker"];

const OF_EXEC = [
    "cloudwatch.LogGroup cluster-sessions",
    "ec2.VpcEndpoint endpoints-ssmmessages",
    "iam.Role web-task-task",
    "iam.RolePolicy web-task-task",
];
const NEW_REVISION_OF_WEB = ["replace ecs.TaskDefinition web-task-definition", "update ecs.Service web"];

const SIDECARS = [
    "ec2.VpcEndpoint endpoints-secretsmanager",
    "ec2.VpcEndpoint endpoints-xray",
    "iam.Role web-task-task",
    "iam.RolePolicy web-task-task",
];

const OF_SIDECARS = [
    "replace iam.RolePolicy web-task-execution",
    "replace ecs.TaskDefinition web-task-definition",
    "update ecs.Service web",
];

const ofJob = (job: string) => [
    `cloudwatch.LogGroup ${job}-task-logs`,
    `cloudwatch.MetricAlarm ${job}-failed`,
    `ec2.SecurityGroup ${job}-group`,
    `ecs.TaskDefinition ${job}-task-definition`,
    ...["task-execution", "workflow"].flatMap(role => [`iam.Role ${job}-${role}`, `iam.RolePolicy ${job}-${role}`]),
    `sfn.StateMachine ${job}-workflow`,
    `vpc.SecurityGroupEgressRule ${job}-to-endpoints`,
    `vpc.SecurityGroupEgressRule ${job}-to-s3`,
    `vpc.SecurityGroupIngressRule ${job}-endpoints-in`,
];
const JOBS = [
    ...ofJob("import"),
    ...ofJob("nightly"),
    // What it reaches as its service does, and its schedule.
    "vpc.SecurityGroupEgressRule nightly-to-10.30.0.0-16-5432",
    "iam.Role nightly-schedule",
    "iam.RolePolicy nightly-schedule",
    "scheduler.Schedule nightly-schedule",
];
const FIREWALL = [
    "cloudwatch.LogGroup firewall-logs",
    ...["allowed-ipv4", "blocked-ipv4", "blocked-ipv6"].map(list => `wafv2.IpSet firewall-${list}`),
    "wafv2.WebAcl firewall-acl",
    "wafv2.WebAclAssociation firewall-association",
    "wafv2.WebAclLoggingConfiguration firewall-logging",
];
const CONNECTION = "vpc.SecurityGroupEgressRule worker-to-10.30.0.0-16-5432";

const OWN_CALLERS = [
    ...["203.0.113.0-24-80", "203.0.113.0-24-443", "pl-0123456789abcdef0-443"].map(
        end => `vpc.SecurityGroupIngressRule load-balancer-from-${end}`,
    ),
    "lb.ListenerCertificate load-balancer-certificate-0123abcd-0123-0123-0123-0123456789ab",
];
const EVERYBODY = [80, 443].map(port => `vpc.SecurityGroupIngressRule load-balancer-from-internet-${port}`);

const OTHER_NAMES = ["route53.Record certificate-proof-example.com", "route53.Record load-balancer-name-example.com"];
const ANOTHER_CERTIFICATE = [
    "replace acm.Certificate certificate-certificate",
    "replace acm.CertificateValidation certificate-validation",
    "update lb.Listener load-balancer-https",
];
const OF_ROUTE = ["update lb.ListenerRule web-target-rule", "update lb.TargetGroup web"];
const ANSWERS = answerRules({
    redirects: [{ hosts: [], paths: ["/old/*"], to: "/new", status: 302 }],
    answers: [{ hosts: [], paths: ["/robots.txt"], status: 200, contentType: "text/plain", body: "" }],
}).map(({ logicalName }) => `lb.ListenerRule ${logicalName}`);
const LOG_BUCKET = [
    "s3.Bucket fargate-everything-logs",
    ...["LifecycleConfiguration lifecycle", "OwnershipControls ownership", "Policy policy", "PublicAccessBlock privacy"].map(
        one => `s3.Bucket${one.replace(" ", " log-bucket-")}`,
    ),
    "s3.BucketServerSideEncryptionConfiguration log-bucket-encryption",
    "ec2.FlowLog flow-logs-vpc",
];
/** The names of what watches a service's requests and tasks, and the stack: without Container Insights, and where a service rests. */
const ALARMS = [
    ...["errors", "latency"].map(key => `cloudwatch.MetricAlarm web-request-alarms-${key}`),
    "cloudwatch.MetricAlarm web-task-alarms-unhealthy",
    ...["web", "worker"].flatMap(service => [
        ...["stops", "cpu", "memory"].map(key => `cloudwatch.MetricAlarm ${service}-task-alarms-${key}`),
        `cloudwatch.EventRule ${service}-task-alarms-stops`,
    ]),
    ...["rollouts", "certificate"].flatMap(what =>
        ["EventRule", "EventTarget"].map(noun => `cloudwatch.${noun} stack-alarms-${what}`),
    ),
    "sns.Topic alarm-topic",
    "sns.TopicSubscription alarm-topic-ops@example.com",
];

const DASHBOARD = [
    "cloudwatch.Dashboard stack-dashboard",
    ...["errors", "lines-by-log-group", "lines-over-time"].map(query => `cloudwatch.QueryDefinition stack-dashboard-${query}`),
];
/** Of what is there with and without the other parts. */
const UNDER_KEY = ["web", "worker"].map(service => `update cloudwatch.LogGroup ${service}-task-logs`);

/** Disjoint: all are taken away in one update, and given back in another. */
const PARTS: readonly Part[] = [
    {
        name: "a customer key",
        without: [[["fargate:encryption"], undefined]],
        off: ["delete kms.Key stack-key", ...UNDER_KEY],
        on: ["create kms.Key stack-key", ...UNDER_KEY],
    },
    {
        name: "a budget",
        without: [[["fargate:budget"], undefined]],
        off: ["delete budgets.Budget stack-budget"],
        on: ["create budgets.Budget stack-budget"],
    },
    {
        name: "a dashboard",
        without: [[["fargate:dashboard"], undefined]],
        off: DASHBOARD.map(one => `delete ${one}`),
        on: DASHBOARD.map(one => `create ${one}`),
    },
    {
        name: "callers, certificates and idle timeout of the load balancer",
        without: [[["fargate:loadBalancer"], undefined]],
        off: [
            ...OWN_CALLERS.map(one => `delete ${one}`),
            ...EVERYBODY.map(one => `create ${one}`),
            "update lb.LoadBalancer load-balancer",
        ],
        on: [
            ...OWN_CALLERS.map(one => `create ${one}`),
            ...EVERYBODY.map(one => `delete ${one}`),
            "update lb.LoadBalancer load-balancer",
        ],
    },
    {
        name: "other names",
        without: [[["fargate:domain", "otherNames"], undefined]],
        off: [...OTHER_NAMES.map(one => `delete ${one}`), ...ANOTHER_CERTIFICATE],
        on: [...OTHER_NAMES.map(one => `create ${one}`), ...ANOTHER_CERTIFICATE],
    },
    {
        name: "jobs",
        without: [[["fargate:jobs"], undefined]],
        off: JOBS.map(one => `delete ${one}`),
        on: JOBS.map(one => `create ${one}`),
    },
    {
        name: "conditions, cookies and slow start of routes, redirects and answers",
        without: [
            [["fargate:services", "web", "route"], { paths: ["/*"] }],
            [["fargate:loadBalancer"], undefined],
        ],
        off: [...OF_ROUTE, ...ANSWERS.map(one => `delete ${one}`)],
        on: [...OF_ROUTE, ...ANSWERS.map(one => `create ${one}`)],
    },
    {
        name: "a firewall",
        without: [[["fargate:firewall"], undefined]],
        off: FIREWALL.map(one => `delete ${one}`),
        on: FIREWALL.map(one => `create ${one}`),
    },
    {
        name: "access logs and flow logs",
        without: [
            [["fargate:loadBalancer"], undefined],
            [["fargate:flowLogs"], undefined],
        ],
        off: [...LOG_BUCKET.map(one => `delete ${one}`), "update lb.LoadBalancer load-balancer"],
        on: [...LOG_BUCKET.map(one => `create ${one}`), "update lb.LoadBalancer load-balancer"],
    },
    {
        name: "connections",
        without: ofWorker("outbound"),
        off: [`delete ${CONNECTION}`],
        on: [`create ${CONNECTION}`],
    },
    {
        name: "sidecars and tracing",
        without: ["sidecars", "dependsOn", "tracing"].map((key): Change => [["fargate:services", "web", key], undefined]),
        off: [...SIDECARS.map(one => `delete ${one}`), ...OF_SIDECARS],
        on: [...SIDECARS.map(one => `create ${one}`), ...OF_SIDECARS],
    },
    {
        name: "ECS Exec",
        without: [[["fargate:services", "web", "exec"], undefined]],
        off: [...OF_EXEC.map(one => `delete ${one}`), "update ecs.Cluster cluster-cluster", ...NEW_REVISION_OF_WEB],
        on: [...OF_EXEC.map(one => `create ${one}`), "update ecs.Cluster cluster-cluster", ...NEW_REVISION_OF_WEB],
    },
    {
        name: "how a container starts",
        without: ofWorker(
            ...["command", "entryPoint", "workingDirectory", "nofile", "init", "restart"],
            ...["ephemeralGiB", "environmentFiles", "minHealthyPercent", "taskProtection"],
        ),
        off: [
            "delete iam.Role worker-task-task",
            "delete iam.RolePolicy worker-task-task",
            "replace iam.RolePolicy worker-task-execution",
            ...NEW_REVISION,
        ],
        on: [
            "create iam.Role worker-task-task",
            "create iam.RolePolicy worker-task-task",
            "replace iam.RolePolicy worker-task-execution",
            ...NEW_REVISION,
        ],
    },
    {
        name: "scaling by schedule, response time and steps, and tasks that are never on Spot",
        without: [
            [["fargate:services", "web", "scaling"], { min: 1, max: 4, cpuPercent: 60 }],
            [["fargate:services", "web", "spot"], { percent: 70 }],
        ],
        off: [
            ...["response", "steps"].map(noun => `delete appautoscaling.Policy web-scaling-${noun}`),
            ...[1, 2].map(number => `delete appautoscaling.ScheduledAction web-scaling-schedule-${number}`),
            "delete cloudwatch.MetricAlarm web-scaling-steps",
            "update appautoscaling.Policy web-scaling-cpu",
            "update ecs.Service web",
        ],
        on: [
            ...["response", "steps"].map(noun => `create appautoscaling.Policy web-scaling-${noun}`),
            ...[1, 2].map(number => `create appautoscaling.ScheduledAction web-scaling-schedule-${number}`),
            "create cloudwatch.MetricAlarm web-scaling-steps",
            "update appautoscaling.Policy web-scaling-cpu",
            "update ecs.Service web",
        ],
    },
    {
        name: "alarms",
        without: [[["fargate:alarms"], undefined]],
        off: [...ALARMS.map(one => `delete ${one}`), "update ecs.Service web"],
        on: [...ALARMS.map(one => `create ${one}`), "update ecs.Service web"],
    },
];

const OF_SERVICES = { ServiceNamespace: "ecs", ScalableDimension: "ecs:service:DesiredCount" };

interface Limits {
    readonly ResourceId: string;
    readonly MinCapacity: number;
    readonly MaxCapacity: number;
}

const sorted = (operations: readonly (readonly string[])[]) => [...new Set(operations.flat())].sort();

describe("everything that a stack file can ask of workloads and the edge, on the real engine", function () {
    this.timeout(10 * 60_000);
    this.bail(true);
    const whole = readStackFiles(FOLDER, "everything");
    let session: Session;
    let untouched: Awaited<ReturnType<Session["emulator"]["resources"]>>;

    before(async () => {
        session = await openSession("engine-everything", "everything", whole);
        untouched = await session.emulator.resources();
    });
    after(() => session.close());

    it("up creates exactly what plan lists", async () => {
        const created = await session.up();
        const { resources } = await inventory("everything", session.files);
        const listed = resources.filter(({ isComponent, type }) => !isComponent && !/^(pulumi:|docker-build:)/.test(type));
        assert.deepEqual(created, listed.map(({ type, name }) => `create ${shortType(type)} ${name}`).sort());
    });

    it("a second preview is empty, also after a refresh", async () => {
        assert.deepEqual(await session.preview(), []);
        assert.deepEqual(await session.preview({ refresh: true }), []);
    });

    it("what a schedule did to a service's limits is no difference, and an update leaves it", async () => {
        const [found] = await scaling<{ ScalableTargets: Limits[] }>("DescribeScalableTargets", { ServiceNamespace: "ecs" }).then(
            ({ ScalableTargets }) => ScalableTargets,
        );
        assert.ok(found);
        const { ResourceId, MinCapacity, MaxCapacity } = found;
        assert.deepEqual([MinCapacity, MaxCapacity], [1, 4]);
        const limit = (MinCapacity: number, MaxCapacity: number) =>
            scaling("RegisterScalableTarget", { ...OF_SERVICES, ResourceId, MinCapacity, MaxCapacity });
        // At night, which the emulator knows nothing of.
        await limit(0, 0);
        assert.deepEqual(await session.preview({ refresh: true }), []);
        assert.deepEqual(await session.up(), []);
        const after = await scaling<{ ScalableTargets: Limits[] }>("DescribeScalableTargets", { ServiceNamespace: "ecs" });
        assert.deepEqual(
            after.ScalableTargets.map(target => target.MaxCapacity),
            [0],
        );
        // The part below takes the schedules away, and what they did with it.
        await limit(1, 4);
    });

    /** Application Auto Scaling as AWS calls it by JSON. */
    async function scaling<Answer>(operation: string, request: object): Promise<Answer> {
        const response = await fetch(session.emulator.url, {
            method: "POST",
            headers: {
                "content-type": "application/x-amz-json-1.1",
                "x-amz-target": `AnyScaleFrontendService.${operation}`,
                authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/ap-northeast-2/application-autoscaling/aws4_request, SignedHeaders=host, Signature=0`,
            },
            body: JSON.stringify(request),
        });
        if (!response.ok) throw new Error(await response.text());
        return (await response.json()) as Answer;
    }

    const names = PARTS.map(({ name }) => name).join(", ");

    it(`without ${names}: exactly the expected operations, then an empty preview`, async () => {
        await session.configure(...PARTS.flatMap(({ without }) => without));
        assert.deepEqual(await session.up(), sorted(PARTS.map(({ off }) => off)));
        assert.deepEqual(await session.preview({ refresh: true }), []);
    });

    it(`with ${names} again: nothing is replaced that need not be, then an empty preview`, async () => {
        session.files = whole;
        await session.configure();
        assert.deepEqual(await session.up(), sorted(PARTS.map(({ on }) => on)));
        assert.deepEqual(await session.preview({ refresh: true }), []);
    });

    it("destroy leaves nothing", async () => {
        await session.destroy();
        assert.deepEqual((await session.emulator.resources()).filter(isNoProof), untouched.filter(isNoProof));
    });
});
