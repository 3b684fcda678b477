import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import fc from "fast-check";
import { StackFiles, readStackFiles } from "../../tools/cli/stack-files";
import { stackSchema } from "../../tools/generate/schema";

/** A node of the stack file's JSON Schema. */
interface Node {
    readonly type?: string | readonly string[];
    readonly enum?: readonly unknown[];
    readonly minimum?: number;
    readonly exclusiveMinimum?: number;
    readonly maximum?: number;
    readonly minItems?: number;
    readonly maxItems?: number;
    readonly properties?: Readonly<Record<string, Node>>;
    readonly required?: readonly string[];
    readonly additionalProperties?: Node | boolean;
    readonly items?: Node;
    readonly anyOf?: readonly Node[];
}

type Value = fc.Arbitrary<unknown>;

const ARN = "arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:shop/db-AbCdEf";

/** Text that means something at its key: drawn from a pattern alone, next to no file would plan. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
    "aws:region": ["ap-northeast-2"],
    context: ["./app", "app", "app/", "./nowhere"],
    dockerfile: ["./app/Dockerfile"],
    target: ["release"],
    image: ["nginx:1.27", "ghcr.io/org/api:v1", `111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/web@sha256:${"a".repeat(64)}`],
    of: ["web"],
    cron: ["0 3 * * *", "*/15 * * * *", "@daily"],
    timeZone: ["UTC", "Asia/Seoul"],
    hosts: ["shop.example.com", "*.example.com", "api.shop.example.com"],
    paths: ["/*", "/api/*", "/hc", "/api/v1/orders/*"],
    headers: ["2", "3*"],
    query: ["1"],
    methods: ["GET", "HEAD", "POST"],
    to: ["shop.example.com", "/new", "shop.example.org/#{path}"],
    body: ["User-agent: *"],
    path: ["/", "/healthz"],
    workingDirectory: ["/srv/app"],
    environmentFiles: ["arn:aws:s3:::shop-config/web.env"],
    user: ["65532", "1000:1000", "app"],
    writablePaths: ["/tmp", "/var/cache"],
    secrets: [ARN, `${ARN}:password::`, "arn:aws:ssm:ap-northeast-2:111122223333:parameter/shop/key"],
    actions: ["s3:GetObject", "sqs:SendMessage", "dynamodb:Query"],
    resources: ["arn:aws:s3:::assets/*", "arn:aws:sqs:ap-northeast-2:111122223333:jobs"],
    name: ["shop.example.com"],
    zone: ["example.com"],
    certificateArn: ["arn:aws:acm:ap-northeast-2:111122223333:certificate/12345678-1234-1234-1234-123456789012"],
    customerKey: ["arn:aws:kms:ap-northeast-2:111122223333:key/12345678-1234-1234-1234-123456789012"],
    certificateArns: ["arn:aws:acm:ap-northeast-2:111122223333:certificate/12345678-1234-1234-1234-123456789013"],
    otherNames: ["example.com", "www.example.com"],
    allowCidrs: ["203.0.113.0/24", "10.0.0.0/8", "0.0.0.0/0"],
    allowPrefixLists: ["com.amazonaws.global.cloudfront.origin-facing", "pl-0123456789abcdef0"],
    zones: ["ap-northeast-2a", "ap-northeast-2b", "ap-northeast-2c"],
    blockCidrs: ["198.51.100.7/32"],
    off: ["another stands in front"],
    cidr: ["10.20.0.0/16", "10.0.0.0/20"],
    vpcId: ["vpc-0123456789abcdef0"],
    publicSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    privateSubnetIds: ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"],
    privateRouteTableIds: ["rtb-0123456789abcdef0"],
    stack: ["acme/network/prod"],
    securityGroupId: ["sg-0123456789abcdef0", "sg-0123456789abcdef1"],
    prefixListId: ["pl-0123456789abcdef0"],
    secretArn: [ARN],
    email: ["ops@example.com", "dev@example.com"],
    topicArn: ["arn:aws:sns:ap-northeast-2:111122223333:ops"],
    host: ["db.example.com"],
    port: ["PGPORT"],
    username: ["PGUSER"],
    password: ["PGPASSWORD", "DB_USERNAME"],
    rule: ["services-have-several-tasks", "alarms-watch-services"],
    resource: ["web"],
    reason: ["under way"],
    until: ["2027-01-31"],
    "fargate:logBucket": ["acme-logs"],
    "fargate:permissionsBoundary": ["arn:aws:iam::111122223333:policy/boundary"],
};

/** Names of what a file makes up itself. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
    "fargate:services": ["web", "api", "worker", "a", "orders-2"],
    "fargate:jobs": ["nightly", "import"],
    "fargate:images": ["web"],
    services: ["web", "api"],
    environment: ["LOG_LEVEL", "lower", "N1"],
    headers: ["X-Api-Version", "User-Agent"],
    query: ["beta", "lang"],
    args: ["VERSION"],
    secrets: ["DB_PASSWORD", "KEY"],
    sidecars: ["proxy", "warm", "otel-collector"],
    dependsOn: ["proxy", "warm", "web"],
    "fargate:tags": ["team", "cost-centre"],
};

/** The values of a key that its schema allows, mostly ones that go with each other. */
function valueOf(key: string, node: Node): Value {
    if (node.anyOf) return fc.oneof(...node.anyOf.map(form => valueOf(key, form)));
    if (node.enum) return fc.constantFrom(...node.enum);
    switch ([node.type].flat()[0]) {
        case "object":
            return typeof node.additionalProperties === "object" ? named(key, node.additionalProperties) : object(node);
        case "array":
            return fc.uniqueArray(valueOf(key, node.items ?? {}), {
                minLength: node.minItems ?? 0,
                maxLength: Math.min(node.maxItems ?? 3, 3),
                selector: item => JSON.stringify(item),
            });
        case "boolean":
            return fc.boolean();
        case "integer":
        case "number":
            return number(key, node);
        default:
            return fc.constantFrom(...(TEXTS[key] ?? ["text", "info"]));
    }
}

function object({ properties = {}, required = [] }: Node): Value {
    const keys = Object.entries(properties).map(([key, node]) => [key, valueOf(key, node)] as const);
    const given = keys.filter(([key]) => required.includes(key));
    const maybe = keys.filter(([key]) => !required.includes(key));
    // Most keys of most files are absent.
    return fc
        .tuple(fc.record(Object.fromEntries(given)), fc.subarray(maybe, { maxLength: Math.min(4, maybe.length) }))
        .chain(([base, chosen]) => fc.record(Object.fromEntries(chosen)).map(rest => ({ ...base, ...rest })));
}

function named(key: string, node: Node): Value {
    const names = NAMES[key] ?? ["one", "two"];
    return fc.dictionary(fc.constantFrom(...names), valueOf(key, node), { minKeys: 1, maxKeys: 3 });
}

function number(key: string, { minimum, exclusiveMinimum, maximum }: Node): Value {
    if (key === "memoryMiB") return fc.constantFrom(512, 1024, 2048);
    if (key === "port") return fc.constantFrom(8080, 3000, 80);
    const min = Math.ceil(minimum ?? (exclusiveMinimum ?? 0) + 1);
    return fc.integer({ min, max: Math.max(min, Math.min(maximum ?? 10_000, 10_000)) });
}

const JUNK: readonly unknown[] = [
    ...["", " ", "\u0000", "\u001b[31m", "::error::x\n::warning::y", "*", "../..", "${HOME}", "\u202etxt", "x".repeat(3000)],
    ...[null, true, -1, 0, 1e21, 0.5, NaN, [], {}, [[]], { secure: "v1:abc" }],
];

/** One thing wrong: a value that is none, a key that is none, or a place that has moved. */
function spoilt(value: unknown): Value {
    if (typeof value !== "object" || value === null || Object.keys(value).length === 0) return fc.constantFrom(...JUNK);
    const entries = Object.entries(value as Record<string, unknown>);
    const rebuilt = (changed: (key: string, below: unknown) => readonly (readonly [string, unknown])[]) => {
        const all = entries.flatMap(([key, below]) => changed(key, below));
        return Array.isArray(value) ? all.map(([, below]) => below) : Object.fromEntries(all);
    };
    return fc.constantFrom(...entries).chain(([chosen, below]) =>
        fc.oneof(
            { weight: 4, arbitrary: spoilt(below).map(junk => rebuilt((key, old) => [[key, key === chosen ? junk : old]])) },
            {
                weight: 1,
                arbitrary: fc
                    .constantFrom("__proto__", "constructor", `${chosen}s`, chosen.toUpperCase(), "")
                    .map(name => rebuilt((key, old) => [[key === chosen ? name : key, old]])),
            },
            {
                weight: 1,
                arbitrary: fc.constantFrom(...JUNK).map(junk => rebuilt((key, old) => [[key, key === chosen ? junk : old]])),
            },
        ),
    );
}

/** What the schema leaves to the checks between keys, mostly kept: else next to no file would plan. */
function consistent(config: unknown): unknown {
    const {
        "fargate:services": services = {},
        "fargate:jobs": jobs = {},
        "fargate:network": network,
        ...rest
    } = config as Readonly<Record<string, Fields>>;
    const mended = Object.entries(services).map(([name, service]) => {
        const { build, image, cpu, memoryMiB, plain, port, route, tasks, scaling, ...others } = service as Fields;
        const origin =
            build === undefined && image !== undefined && network?.["egress"] === "nat" ? { image } : { build: build ?? BUILD };
        const size = cpu === undefined ? {} : { cpu, memoryMiB: 4 * Number(cpu) };
        const count = scaling === undefined ? tasks !== undefined && { tasks } : { scaling };
        return [
            name,
            {
                ...others,
                ...beside(others),
                ...origin,
                ...size,
                ...count,
                ...(route !== undefined && { port: port ?? 8080, route }),
            },
        ];
    });
    const mendedJobs = Object.entries(jobs).map(([name, job]) => {
        const { parallel, retries, spot, environment, cron, ...others } = job as Fields;
        const given = Object.entries({ parallel, retries, spot, environment }).filter(([, value]) => value !== undefined);
        const due = cron === undefined ? {} : { cron: "0 3 * * 1", timeZone: "Asia/Seoul" };
        const of = { of: Object.keys(services)[0] ?? "web", command: ["node"] };
        return [name, { ...of, ...Object.fromEntries(given), ...beside(others), ...due }];
    });
    const own = Object.fromEntries(Object.entries(rest).filter(([key]) => !key.startsWith("aws:") || key === "aws:region"));
    return {
        ...own,
        ...(network && { "fargate:network": network }),
        "fargate:services": Object.fromEntries(mended) as unknown,
        ...(mendedJobs.length > 0 && { "fargate:jobs": Object.fromEntries(mendedJobs) as unknown }),
    };
}

/** What a task has beside its container: keys that are absent stay so. */
function beside({ sidecars, dependsOn, tracing, outbound, database }: Fields): Fields {
    const containers = Object.entries((sidecars ?? {}) as Readonly<Record<string, Fields>>);
    const [first = ""] = containers.map(([name]) => name);
    const mended = containers.map(([name, { health, memoryMiB, cpu, port, plain, dependsOn: waits, ...sidecar }], index) => [
        name,
        {
            ...sidecar,
            image: IMAGE_OF_REGION,
            ...(health !== undefined && { health: { command: ["CMD", "/healthy"] } }),
            ...(memoryMiB !== undefined && { memoryMiB: 32 }),
            ...(cpu !== undefined && { cpu: 16 }),
            ...(port !== undefined && { port: 9000 + index }),
            ...(waits !== undefined && index > 0 && { dependsOn: { [first]: "started" } }),
        },
    ]);
    return {
        ...(sidecars !== undefined && { sidecars: Object.fromEntries(mended) as unknown }),
        ...(dependsOn !== undefined && { dependsOn: first === "" ? {} : { [first]: "started" } }),
        ...(tracing !== undefined && { tracing: tracing === false ? false : { image: IMAGE_OF_REGION } }),
        ...(outbound !== undefined && { outbound: (outbound as readonly Fields[]).map(oneTarget) }),
        ...(database !== undefined && { database: called(database as Fields) }),
    };
}

/** A database with names for what it has. */
function called({ variables, ...database }: Fields): Fields {
    if (variables === undefined) return database;
    const given = Object.entries(variables as Fields).filter(([key]) => !["host", "name"].includes(key) || key in database);
    return { ...database, variables: Object.fromEntries(given) };
}

function oneTarget({ port, cidr, prefixListId, ...group }: Fields): Fields {
    if (cidr !== undefined) return { port, cidr };
    return prefixListId === undefined ? { port, securityGroupId: "sg-0123456789abcdef2", ...group } : { port, prefixListId };
}

type Fields = Readonly<Record<string, unknown>>;

const BUILD = { context: "./app" };

/** Tasks without internet pull from no other registry. */
const IMAGE_OF_REGION = "111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/proxy:1";

/** The `config:` of stack files: what the schema allows, and every other time with one to three things wrong. */
export function stackConfigs(): fc.Arbitrary<Readonly<Record<string, unknown>>> {
    const { properties } = stackSchema() as { properties: { config: Node } };
    const { config } = properties;
    // Of services, of jobs, or of both.
    const sound = fc
        .constantFrom(...(config.anyOf ?? [{}]))
        .chain(({ required = [] }) => object({ ...config, required: [...(config.required ?? []), ...required] }))
        .map(consistent);
    const noisy = [1, 2, 3].reduce<Value>((all, _) => all.chain(value => fc.oneof(fc.constant(value), spoilt(value))), sound);
    return fc
        .oneof(sound, noisy)
        .map(value => (typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {}));
}

/** What is read of a stack file with this `config:`. YAML takes JSON. */
export function filesWith(stack: string, config: Readonly<Record<string, unknown>>): StackFiles {
    const folder = mkdtempSync(path.join(tmpdir(), "stack-"));
    try {
        writeFileSync(path.join(folder, "Pulumi.yaml"), "name: fargate\nruntime: nodejs\n");
        writeFileSync(path.join(folder, `Pulumi.${stack}.yaml`), JSON.stringify({ config }));
        return readStackFiles(folder, stack);
    } finally {
        rmSync(folder, { recursive: true });
    }
}
