import { z } from "zod";
import { parseCidr } from "../model/cidr";
import { DEFAULT_USAGE, USAGE_LABELS, UsageKey } from "./usage";
import { CPU_UNITS } from "../model/fargate-size";
import { parseImageReference } from "../model/image-reference";
import { SERVICE_NAME, SERVICE_NAME_LIMIT } from "../model/names";
import { MAX_PRIORITY, RESERVED_PRIORITIES } from "../model/routes";
import { LARGEST_PREFIX, MAX_ZONES, SMALLEST_PREFIX } from "../model/subnets";
import { ACTION, ARN_OR_ALL, HOST_NAME, ROUTE_TABLE_ID, SUBNET_ID, VARIABLE, VPC_ID, integer, text } from "./forms";
import { policyException } from "./exceptions";

/**
 * The keys below `fargate:` in `Pulumi.<stack>.yaml`. An `error` says what is allowed; key, value found and nearest key are added where problems
 * are told. Defaults that differ by profile are in `profiles.ts`.
 */

/** Values that CloudWatch Logs accepts for `retentionInDays`. */
const RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

const ROLE_POLICY_ARN = /^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/.+$/;
const CERTIFICATE_ARN = /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]+$/;
/** With the six characters that Secrets Manager puts behind a name, and a JSON key, stage and version if wanted. */
const SECRET_ARN =
    /^arn:aws[a-z-]*:(secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+-[A-Za-z0-9]{6}(:[^:]*:[^:]*:[^:]*)?|ssm:[a-z0-9-]+:\d{12}:parameter\/[\w./-]+)$/;
/** A host name, or every name below one. ELB's own limit is 128 characters. */
const HOST_PATTERN = /^(?=.{1,128}$)(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;
/** The common name of a certificate (AWS Certificate Manager user guide, quotas). */
const CERTIFICATE_NAME_LIMIT = 64;
const ROUTE_PATH = /^\/[\w$/."'@:+&~*?-]{0,127}$/;

/** Text, or what YAML makes of text that looks like a number or a boolean. */
const plainValue = z
    .union([z.string(), z.int(), z.boolean()], { error: "text in quotes, a whole number or a boolean" })
    .transform(String);

const subnetIds = z
    .array(text(SUBNET_ID, "a subnet's id: subnet- and 8 or 17 hexadecimal digits"))
    .min(1, { error: "one subnet id at least" });

const createdNetwork = z.strictObject({
    cidr: z
        .string()
        .refine(
            value => {
                const prefix = parseCidr(value)?.prefix ?? 0;
                return prefix >= LARGEST_PREFIX && prefix <= SMALLEST_PREFIX;
            },
            {
                error: `an IPv4 block of size /${LARGEST_PREFIX} to /${SMALLEST_PREFIX} that starts on its own boundary, such as 10.20.0.0/16`,
            },
        )
        .default("10.20.0.0/16")
        .describe("The VPC's block."),
    zones: z
        .array(text(/^[a-z]{2}(-[a-z]+)+-\d[a-z]$/, "a zone's name, such as ap-northeast-2a"))
        .min(1, { error: `1 to ${MAX_ZONES} zones` })
        .max(MAX_ZONES, { error: `1 to ${MAX_ZONES} zones` })
        .optional()
        .describe(
            "Availability zones by name; append only. An Application Load Balancer needs two. Default: the region's first 2 (development) or 3 (production).",
        ),
    egress: z
        .enum(["endpoints", "nat", "nat-per-zone"])
        .default("endpoints")
        .describe(
            "How tasks reach AWS and the internet: VPC endpoints and no internet at all; one NAT gateway; one in each zone.",
        ),
    endpointZones: integer(1, MAX_ZONES)
        .optional()
        .describe("Zones with interface endpoints; each costs by the hour. Default: 1 (development), all (production)."),
});

const existingNetwork = z.strictObject({
    vpcId: text(VPC_ID, "a VPC's id: vpc- and 8 or 17 hexadecimal digits").describe("A VPC that exists already."),
    publicSubnetIds: subnetIds.describe("Where the load balancer goes; two zones at least."),
    privateSubnetIds: subnetIds.describe("Where tasks go."),
    privateRouteTableIds: z
        .array(text(ROUTE_TABLE_ID, "a route table's id: rtb- and 8 or 17 hexadecimal digits"))
        .optional()
        .describe("Route tables of the private subnets; needed for `egress: endpoints`, whose S3 gateway is put on them."),
    egress: z
        .enum(["existing", "endpoints"])
        .default("existing")
        .describe("`existing`: the subnets have a way out already; `endpoints`: this stack puts VPC endpoints into the VPC."),
    endpointZones: integer(1, MAX_ZONES)
        .optional()
        .describe("Private subnets with interface endpoints. Default: 1 (development), all (production)."),
});

const domain = z.strictObject({
    name: text(HOST_NAME, "a host name, such as shop.example.com")
        .max(CERTIFICATE_NAME_LIMIT, {
            error: `a host name of at most ${CERTIFICATE_NAME_LIMIT} characters, for its certificate`,
        })
        .describe("Name of the load balancer."),
    zone: text(HOST_NAME, "the name of a public Route 53 zone, such as example.com")
        .optional()
        .describe("Public Route 53 hosted zone: gets the certificate's validation and the records for the name and *.name."),
    certificateArn: text(CERTIFICATE_ARN, "arn:aws:acm:<region>:<account>:certificate/<id>")
        .optional()
        .describe("A certificate that exists already, instead of `zone`; records are yours to make."),
});

const build = z.strictObject({
    context: z.string().min(1).describe("Folder that the Dockerfile may copy from, relative to the project."),
    dockerfile: z.string().min(1).optional().describe("Default: Dockerfile in the context."),
    args: z
        .record(text(VARIABLE, "an argument's name"), plainValue)
        .prefault({})
        .describe("Build arguments; they stay in the image, so never secrets."),
    target: z.string().min(1).optional().describe("Stage to build. Default: the last one."),
});

const imageReference = z.string().refine(value => parseImageReference(value) !== undefined, {
    error: "<repository>:<tag> or <repository>@sha256:<64 hex digits>",
});

const imageDigest = z
    .string()
    .refine(value => parseImageReference(value)?.digest !== undefined, { error: "<repository>@sha256:<64 hex digits>" });

const scaling = z.strictObject({
    // Without tasks there is no load to follow, and the service would stay at none.
    min: integer(1, 5000).optional().describe("Fewest tasks. Default: 1 (development), 2 (production)."),
    max: integer(1, 5000).optional().describe("Most tasks. Default: 10."),
    cpuPercent: integer(1, 100).optional().describe("Average CPU to keep. Default: 60, unless another target is given."),
    memoryPercent: integer(1, 100).optional().describe("Average memory to keep."),
    requestsPerTarget: integer(1, 1_000_000).optional().describe("Requests a minute and task to keep; needs a route."),
});

const route = z.strictObject({
    hosts: z
        .array(text(HOST_PATTERN, "a host name, such as shop.example.com or *.example.com"))
        .default([])
        .describe("Default: every host."),
    paths: z.array(text(ROUTE_PATH, "a path pattern, such as /api/*")).default(["/*"]).describe("Default: every path."),
    priority: integer(1, RESERVED_PRIORITIES)
        .optional()
        .describe(
            `Of the listener rule; lower ones come first. Default: by how specific the route is, from ${RESERVED_PRIORITIES + 1} to ${MAX_PRIORITY}.`,
        ),
});

const health = z.strictObject({
    path: text(/^\/\S*$/, "a path that starts with /")
        .default("/")
        .describe("Answered with 200 to 399 by a healthy task; needs a route to be asked."),
    command: z
        .array(z.string())
        .refine(value => ["CMD", "CMD-SHELL"].includes(value[0] ?? "") && value.length > 1, {
            error: "[CMD, program, argument, …] or [CMD-SHELL, line]",
        })
        .optional()
        .describe("The container's own check, run inside it."),
    gracePeriodSeconds: integer(0, 2_147_483_647, " seconds")
        .default(30)
        .describe("Time to start before a failed check counts, in seconds."),
    intervalSeconds: integer(5, 300, " seconds").optional().describe("Default: 5 (development), 10 (production) seconds."),
    timeoutSeconds: integer(2, 60, " seconds")
        .optional()
        .describe("Less than the interval. Default: 4 (development), 5 (production) seconds."),
});

const permission = z.strictObject({
    actions: z
        .array(text(ACTION, "an IAM action, such as s3:GetObject"))
        .min(1, { error: "one action at least" })
        .describe("IAM actions; without internet, of services whose endpoint is known."),
    resources: z
        .array(text(ARN_OR_ALL, "an ARN, or *"))
        .min(1, { error: "one resource at least" })
        .describe("What the actions may be done to, by ARN."),
});

const service = z.strictObject({
    build: build.optional().describe("Build the image with this update; or `image`."),
    image: imageReference
        .optional()
        .describe("Image that exists already, <repository>:<tag> or <repository>@sha256:…; or `build`."),
    port: integer(1, 65_535).optional().describe("Port that the container listens on; needed for a route."),
    cpu: z
        .int({ error: CPU_UNITS.join(", ") })
        .refine(value => CPU_UNITS.includes(value), { error: CPU_UNITS.join(", ") })
        .default(256)
        .meta({ enum: [...CPU_UNITS] })
        .describe("CPU units of a task; 1024 are one vCPU."),
    memoryMiB: z
        .int({ error: "a whole number of MiB" })
        .positive()
        .default(512)
        .describe("Memory of a task in MiB; what is legal depends on cpu."),
    architecture: z
        .enum(["arm64", "x86_64"])
        .default("arm64")
        .describe("CPU architecture of tasks and of images built for them."),
    tasks: integer(0, 5000).optional().describe("A fixed number of tasks; or `scaling`. Default: 1 (development)."),
    scaling: scaling.optional().describe("A number of tasks that follows load; or `tasks`. Default: 2 to 10 (production)."),
    route: route.optional().describe("What the load balancer sends here. Absent: a worker without load balancer."),
    health: health.prefault({}).describe("How a task shows that it is healthy, to the load balancer and to ECS."),
    user: z
        .union([z.string(), z.number()], { error: 'a user id or name, such as "65532"' })
        .transform(String)
        .pipe(text(/^[\w.-]+(:[\w.-]+)?$/, 'a user id or name, such as "65532"'))
        .prefault("65532")
        .describe("User of the container's processes."),
    writablePaths: z
        .array(text(/^\/[^\s:]+$/, "an absolute path, such as /tmp"))
        .default(["/tmp"])
        .describe("Where the container may write, in memory; the root file system is read-only."),
    spotPercent: integer(0, 100, " percent")
        .optional()
        .describe("Share of tasks on Fargate Spot. Default: 100 (development), 0 (production)."),
    drainSeconds: integer(1, 3600, " seconds")
        .default(15)
        .describe("How long a stopping task may finish requests; at least the longest request."),
    environment: z
        .record(text(VARIABLE, "a variable's name"), plainValue)
        .prefault({})
        .describe("Plain variables; nothing secret."),
    secrets: z
        .record(
            text(VARIABLE, "a variable's name"),
            text(SECRET_ARN, "the full ARN of a Secrets Manager secret or an SSM parameter; never a value"),
        )
        .default({})
        .describe("Variables read from Secrets Manager or SSM when a task starts, by ARN."),
    permissions: z.array(permission).default([]).describe("What the application may do in AWS. Default: nothing."),
});

/** More than anybody's, so that a slip of the keyboard is told and every amount fits its column. */
const MOST = { count: 1e12, gb: 1e9, usd: 1e9 };

const used = (key: UsageKey, most: number) => {
    const error = `a number from 0 to ${most.toLocaleString("en-US")}`;
    return z.number({ error }).min(0, { error }).max(most, { error }).default(DEFAULT_USAGE[key]).describe(USAGE_LABELS[key]);
};

const usage = z.strictObject({
    requestsPerMonth: used("requestsPerMonth", MOST.count),
    loadBalancerGbPerMonth: used("loadBalancerGbPerMonth", MOST.gb),
    egressGbPerMonth: used("egressGbPerMonth", MOST.gb),
    logGbPerMonth: used("logGbPerMonth", MOST.gb),
    imageGb: used("imageGb", MOST.gb),
    jobMinutesPerMonth: used("jobMinutesPerMonth", MOST.count),
    scalingPercent: integer(0, 100, " percent").default(DEFAULT_USAGE.scalingPercent).describe(USAGE_LABELS.scalingPercent),
});

const budgetUsd = `USD a month, more than 0 and at most ${MOST.usd.toLocaleString("en-US")}`;

const budget = z.strictObject({
    monthlyUsd: z
        .number({ error: budgetUsd })
        .positive({ error: budgetUsd })
        .max(MOST.usd, { error: budgetUsd })
        .describe("USD a month at the expected level, above which `plan` and `cost` fail; also where nobody can tell."),
});

const common = z.strictObject({
    profile: z
        .enum(["development", "production"])
        .default("development")
        .describe("Chooses the defaults of everything that is not set."),
    domain: domain
        .optional()
        .describe("Name and certificate of the load balancer. Absent: plain HTTP under the load balancer's own name."),
    images: z
        .record(z.string(), imageDigest)
        .default({})
        .describe("Images that CI built, by service and digest; they override `build` and `image`."),
    services: z
        .record(z.string(), service, { error: "services by name" })
        .prefault({})
        // Told by rules: where zod finds fault with a name, it does not look at the service.
        .meta({ minProperties: 1, propertyNames: { pattern: SERVICE_NAME.source, maxLength: SERVICE_NAME_LIMIT } })
        .describe("The services of the stack, by name."),
    tags: z
        .record(
            text(
                /^(?!aws:)[\w\s.:/=+@-]{1,128}$/,
                "a tag's name: 1 to 128 letters, digits, spaces or _ . : / = + - @, not starting with aws:",
            ),
            text(/^[\w\s.:/=+@-]{0,256}$/, "a tag's value: at most 256 letters, digits, spaces or _ . : / = + - @"),
        )
        .default({})
        .describe("Tags for everything, beside project, stack, service and managed-by."),
    allowHttp: z.boolean({ error: "true or false" }).default(false).describe("Production without a domain, on plain HTTP."),
    permissionsBoundary: text(ROLE_POLICY_ARN, "arn:aws:iam::<account>:policy/<name>")
        .optional()
        .describe("IAM policy that bounds every role."),
    deletionProtection: z
        .boolean({ error: "true or false" })
        .optional()
        .describe(
            "Keeps the load balancer and non-empty image repositories from being deleted. Default: false (development), true (production).",
        ),
    containerInsights: z
        .enum(["disabled", "enabled", "enhanced"])
        .optional()
        .describe("Metrics of tasks and containers in CloudWatch. Default: disabled (development), enhanced (production)."),
    usage: usage.prefault({}).describe("What cost estimates assume about load; nothing is created from it."),
    policyExceptions: z
        .array(policyException)
        .default([])
        .describe("Findings of policy rules that somebody takes responsibility for, until a day."),
    budget: budget.optional().describe("What the stack may cost. Absent: costs are shown, and nothing fails."),
    logRetentionDays: z
        .int({ error: RETENTION_DAYS.join(", ") })
        .refine(value => RETENTION_DAYS.includes(value), { error: RETENTION_DAYS.join(", ") })
        .meta({ enum: RETENTION_DAYS })
        .optional()
        .describe("How long logs are kept, in days. Default: 7 (development), 365 (production)."),
});

const created = common.extend({ network: createdNetwork.prefault({}) });
const existing = common.extend({ network: existingNetwork });

/** The schema for these values: a network with a `vpcId` is one that exists already. */
export function schemaFor(values: Readonly<Record<string, unknown>>): typeof created | typeof existing {
    const { network } = values;
    return typeof network === "object" && network !== null && "vpcId" in network ? existing : created;
}

/** Both forms of the network in one, for editors. */
export const editorSchema = common.extend({
    network: z.union([createdNetwork, existingNetwork]).optional().describe("The VPC and the way out of it."),
});

export type Parsed = z.output<typeof created> | z.output<typeof existing>;
export type ParsedService = Parsed["services"][string];
