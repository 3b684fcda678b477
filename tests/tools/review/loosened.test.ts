import assert from "node:assert/strict";
import { Settings, settingsOf } from "../../../settings";
import schema from "../../../settings/stack.schema.json";
import { CERTIFICATE } from "../../support/given";
import { Gates, loosened, loosenedSection } from "../../../tools/review/loosened";

type Config = Readonly<Record<string, unknown>>;

const ACCOUNT = "123456789012";
const SECRET = `arn:aws:secretsmanager:ap-northeast-2:${ACCOUNT}:secret:shop-AbCdEf`;
const WEB = {
    image: `${ACCOUNT}.dkr.ecr.ap-northeast-2.amazonaws.com/web:1`,
    port: 8080,
    route: { paths: ["/*"] },
    user: "65532",
    writablePaths: ["/tmp"],
    health: { path: "/healthz", command: ["CMD", "/health"], intervalSeconds: 10, timeoutSeconds: 5, gracePeriodSeconds: 30 },
    scaling: { min: 2, max: 10 },
    spotPercent: 0,
    drainSeconds: 15,
    permissions: [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::assets/*"] }],
};
const ZONES = ["ap-northeast-2a", "ap-northeast-2b", "ap-northeast-2c"];
const STRICT = {
    profile: "production",
    network: { zones: ZONES, egress: "endpoints", endpointZones: 3 },
    domain: { name: "shop.example.com", zone: "example.com" },
    budget: { monthlyUsd: 500 },
    usage: { requestsPerMonth: 1_000_000 },
    permissionsBoundary: `arn:aws:iam::${ACCOUNT}:policy/bounds`,
    services: { web: WEB, worker: { image: WEB.image } },
};

/** The gates of a stack whose file says this. */
function gates(fargate: Config, { aws = {}, project = {}, file = {} }: Readonly<Record<string, Config>> = {}): Gates {
    const entries = Object.entries(fargate).filter(([, value]) => value !== undefined);
    const config = {
        "aws:region": "ap-northeast-2",
        ...Object.fromEntries(Object.entries(aws).map(([key, value]) => [`aws:${key}`, JSON.stringify(value)])),
        ...Object.fromEntries(
            entries.map(([key, value]) => [`fargate:${key}`, typeof value === "string" ? value : JSON.stringify(value)]),
        ),
    };
    return { settings: settingsOf(config, { project: "fargate", stack: "prod" }), project, file };
}

const told = (change: Config, before: Config = STRICT) => loosened(gates(before), gates({ ...before, ...change }));
const web = (change: Config) => told({ services: { ...STRICT.services, web: { ...WEB, ...change } } });

/** What weakens a protection, by the key of the stack's file. */
const LOOSER: Readonly<Record<string, () => readonly string[]>> = {
    profile: () => told({ profile: "development" }),
    deletionProtection: () => told({ deletionProtection: false }),
    containerInsights: () => told({ containerInsights: "enabled" }),
    imageScan: () => told({ imageScan: "critical" }),
    logRetentionDays: () => told({ logRetentionDays: 1 }),
    encryption: () => told({ encryption: { customerKey: false } }),
    permissionsBoundary: () => told({ permissionsBoundary: undefined }),
    flowLogs: () => told({ flowLogs: false }),
    logBucket: () => told({ logBucket: "others-logs" }),
    alarms: () => told({ alarms: { enabled: false } }),
    budget: () => told({ budget: { monthlyUsd: 1_000_000 } }),
    usage: () => told({ usage: { requestsPerMonth: 1 } }),
    domain: () => told({ domain: undefined, allowHttp: true }),
    firewall: () => told({ firewall: { mode: "count" } }),
    allowHttp: () => told({ domain: undefined, allowHttp: true }),
    releases: () => told({ releases: "skip" }),
    "services.release": () =>
        loosened(
            gates({ ...STRICT, services: { web: { ...WEB, release: { command: ["a"] } } } }),
            gates({ ...STRICT, services: { web: WEB } }),
        ),
    network: () => told({ network: { ...STRICT.network, egress: "nat", endpointZones: undefined } }),
    loadBalancer: () =>
        told({ loadBalancer: { allowCidrs: ["0.0.0.0/0"] } }, { ...STRICT, loadBalancer: { allowCidrs: ["10.0.0.0/8"] } }),
    jobs: () => told({ jobs: { nightly: { of: "web", command: ["a"], user: "0" } } }),
    "services.exec": () => web({ exec: true }),
    "services.user": () => web({ user: "0:0" }),
    "services.writablePaths": () => web({ writablePaths: ["/tmp", "/etc"] }),
    "services.permissions": () => web({ permissions: [{ actions: ["s3:*"], resources: ["*"] }] }),
    "services.plain": () => web({ environment: { A_TOKEN: "mint" }, plain: ["A_TOKEN"] }),
    "services.secrets": () => web({ secrets: { KEY: SECRET } }),
    "services.outbound": () => web({ outbound: [{ port: 25, cidr: "10.0.0.0/8" }] }),
    "services.database": () => web({ database: { secretArn: SECRET, port: 5432, securityGroupId: GROUP } }),
    "services.route": () =>
        told({
            services: { ...STRICT.services, worker: { image: WEB.image, port: 8080, route: { hosts: ["a.shop.example.com"] } } },
        }),
    "services.image": () => web({ image: `${ACCOUNT}.dkr.ecr.ap-northeast-2.amazonaws.com/other:1` }),
    "services.build": () =>
        loosened(
            gates({ ...STRICT, services: { web: { ...WEB, image: undefined, build: { context: "./app" } } } }),
            gates({ ...STRICT, services: { web: WEB } }),
        ),
    "services.health": () => web({ health: { path: "/healthz", intervalSeconds: 300, timeoutSeconds: 60 } }),
    "services.environmentFiles": () => web({ environmentFiles: ["arn:aws:s3:::other/web.env"] }),
    "services.minHealthyPercent": () => web({ minHealthyPercent: 0 }),
    "services.sidecars": () => web({ sidecars: { proxy: { image: WEB.image } } }),
    "services.tracing": () => web({ tracing: { image: WEB.image } }),
    "services.spotPercent": () => web({ spotPercent: 100 }),
    "services.spot": () => web({ spotPercent: undefined, spot: { percent: 70, base: 2 } }),
    "services.drainSeconds": () => web({ drainSeconds: 1 }),
    "services.scaling": () => web({ scaling: { min: 1, max: 10 } }),
    "services.tasks": () => web({ scaling: undefined, tasks: 1 }),
};

const GROUP = "sg-0123456789abcdef0";

/** Keys that protect nothing, or whose change another part tells: exceptions the policy section, tags and sizes the review itself. */
const OTHERS = [
    "images",
    "policyExceptions",
    "services",
    "dashboard",
    "tags",
    ...["command", "entryPoint", "workingDirectory", "nofile", "init", "restart", "taskProtection", "ephemeralGiB"].map(
        key => `services.${key}`,
    ),
    ...["architecture", "cpu", "dependsOn", "environment", "memoryMiB", "port"].map(key => `services.${key}`),
];

describe("a protection that a change loosens", () => {
    for (const [key, change] of Object.entries(LOOSER)) it(`is told: ${key}`, () => assert.notDeepEqual(change(), []));

    it("of a network that is known by names is another name: which ids it stands for, nobody is asked", () => {
        const cloudFormation = { vpcId: "shop-VpcId", publicSubnetIds: "shop-Public", privateSubnetIds: "shop-Private" };
        const before = { ...STRICT, network: { cloudFormation } };
        assert.deepEqual(told({ network: { cloudFormation: { ...cloudFormation, vpcId: "other-VpcId" } } }, before), [
            "network.vpcId the export shop-VpcId→the export other-VpcId",
        ]);
        assert.deepEqual(told({ network: { cloudFormation: { ...cloudFormation, publicSubnetIds: "x" } } }, before), [
            "network: other subnets or route tables",
        ]);
        assert.deepEqual(told({ network: { stack: "acme/network/prod" } }, before), [
            "network.vpcId the export shop-VpcId→the output vpcId of acme/network/prod",
        ]);
    });

    it("is decided for every key of a stack's file", () => {
        const { properties } = schema.properties.config as unknown as { properties: Record<string, object> };
        const fargate = Object.keys(properties).flatMap(key =>
            key.startsWith("fargate:") ? [key.slice("fargate:".length)] : [],
        );
        const services = properties["fargate:services"] as { additionalProperties: { properties: object } };
        const keys = [...fargate, ...Object.keys(services.additionalProperties.properties).map(key => `services.${key}`)];
        assert.deepEqual([...Object.keys(LOOSER), ...OTHERS].sort(), keys.sort());
    });

    it("is none where nothing changes, or where it gets stricter", () => {
        assert.deepEqual(told({}), []);
        assert.deepEqual(told({ budget: { monthlyUsd: 5 }, logRetentionDays: 3653 }), []);
        assert.deepEqual(web({ permissions: [], spotPercent: 0, image: WEB.image.replace(":1", ":2") }), []);
    });

    it("is told of each sidecar by its name", () => {
        const proxy = { image: WEB.image, health: { command: ["CMD", "x"] }, secrets: {} };
        const before = { ...STRICT, services: { web: { ...WEB, sidecars: { proxy } } } };
        const became = (changes: object) =>
            told({ services: { web: { ...WEB, sidecars: { proxy: { ...proxy, ...changes } } } } }, before);
        assert.deepEqual(became({ memoryMiB: 128, port: 9901 }), []);
        for (const [changes, line] of [
            [{ user: "0" }, "runs as root"],
            [{ writablePaths: ["/tmp", "/etc"] }, "may write to /etc"],
            [{ secrets: { KEY: SECRET } }, "gets secrets: KEY"],
            [{ image: WEB.image.replace(":1", ":2") }, `image ${WEB.image}→${WEB.image.replace(":1", ":2")}`],
            [{ health: undefined }, "health is gone"],
            [{ essential: false }, "may end without its task"],
        ] as const)
            assert.deepEqual(became(changes), [`service web: sidecar proxy: ${line}`]);
    });

    it("is told of alarms: who hears of them, what they undo, and each threshold", () => {
        const before = { ...STRICT, alarms: { email: ["ops@example.com"] } };
        assert.deepEqual(told({ alarms: { enabled: false } }, before), ["alarms are off"]);
        assert.deepEqual(told({ alarms: {} }, before), ["alarms are not told any more: ops@example.com"]);
        assert.deepEqual(told({ alarms: { topicArn: `arn:aws:sns:ap-northeast-2:${ACCOUNT}:ops` } }), [
            "budget.alerts is off: AWS tells nobody what is spent",
            "alarms go to another topic",
        ]);
        assert.deepEqual(told({ alarms: { rollback: false } }), ["alarms take no rollout back"]);
        const thresholds = { loadBalancerErrorPercent: 50, certificateDays: 1, rollouts: false, cpuPercent: 1 };
        assert.deepEqual(told({ alarms: { thresholds, services: { web: { errorPercent: 9, memoryPercent: false } } } }), [
            "alarm for loadBalancerErrorPercent 5→50",
            "alarm for certificateDays 30→1",
            "no alarm for rollouts",
            "service web: alarm for errorPercent 5→9",
            "service web: no alarm for memoryPercent",
        ]);
    });

    it("is told with what it was and is", () => {
        assert.deepEqual(told({ budget: { monthlyUsd: 1_000_000 } }), ["budget.monthlyUsd 500→1000000"]);
        assert.deepEqual(told({ budget: undefined }), ["budget.monthlyUsd 500→none"]);
        assert.deepEqual(told({ budget: { monthlyUsd: 500, alerts: false } }), [
            "budget.alerts is off: AWS tells nobody what is spent",
        ]);
        assert.deepEqual(told({}, { ...STRICT, budget: { monthlyUsd: 500, alerts: false } }), []);
        assert.deepEqual(web({ user: "root" }), ["service web: runs as root"]);
        assert.deepEqual(web({ permissions: [...WEB.permissions, { actions: ["s3:*"], resources: ["*"] }] }), [
            "service web: may do more: s3:* on *",
        ]);
        assert.ok(told({ profile: "development" }).includes("deletionProtection is off"));
        assert.deepEqual(told({ imageScan: "critical" }), ["imageScan high→critical"]);
        assert.deepEqual(told({ imageScan: "none" }), ["imageScan high→none"]);
        assert.deepEqual(told({ imageScan: "low" }), []);
        assert.deepEqual(told({ imageScan: "none" }, { ...STRICT, imageScan: "none" }), []);
        assert.deepEqual(told({ releases: "skip" }), ["releases is skip: services move without their release"]);
        assert.deepEqual(told({ releases: "run" }, { ...STRICT, releases: "skip" }), []);
    });

    it("is told of what reaches further, looks elsewhere or checks less", () => {
        assert.deepEqual(web({ health: { ...WEB.health, command: ["CMD", "true"], path: "/" } }), [
            "service web: health.command is another one",
            "service web: health.path /healthz→/",
        ]);
        assert.deepEqual(told({ domain: { name: "shop.example.org", zone: "example.org" } }), [
            "domain.name shop.example.com→shop.example.org",
            "domain.zone example.com→example.org",
        ]);
        const narrow = {
            ...STRICT,
            services: { web: { ...WEB, route: { hosts: ["a.shop.example.com"], paths: ["/public/*"] } } },
        };
        assert.deepEqual(told({ services: { web: WEB } }, narrow), ["service web: is reached at more: every host, every path"]);
        assert.deepEqual(loosened(gates({ ...STRICT, services: { web: WEB } }), gates(narrow)), []);
    });

    it("is told of who else reaches the load balancer, and under which names", () => {
        const narrow = { ...STRICT, loadBalancer: { internal: true, allowCidrs: ["10.0.0.0/8"] } };
        assert.deepEqual(
            told({ loadBalancer: { allowCidrs: ["10.1.0.0/16", "192.168.0.0/16"], allowPrefixLists: ["offices"] } }, narrow),
            [
                "loadBalancer.internal is off: it faces the internet",
                "loadBalancer takes connections of more: 192.168.0.0/16, offices",
            ],
        );
        assert.deepEqual(told({ loadBalancer: undefined }, narrow).slice(1), [
            "loadBalancer takes connections of more: 0.0.0.0/0",
        ]);
        assert.deepEqual(loosened(gates(STRICT), gates(narrow)), []);
        assert.deepEqual(told({ loadBalancer: { allowPrefixLists: ["offices"] } }), []);
        assert.deepEqual(told({ loadBalancer: { certificateArns: [CERTIFICATE] } }), [
            "loadBalancer.certificateArns has further certificates",
        ]);
        assert.deepEqual(told({ domain: { ...STRICT.domain, otherNames: ["example.com"] } }), [
            "domain.otherNames has further names: example.com",
        ]);
    });

    it("is told of a route that asks less of a request, and of people who are sent elsewhere", () => {
        const route = { headers: { "X-Beta": ["1"] }, methods: ["GET"], query: { a: "1" } };
        const of = (changes: object) => gates({ ...STRICT, services: { web: { ...WEB, route: changes } } });
        assert.deepEqual(loosened(of(route), of({ headers: { "x-beta": ["1", "2"] }, methods: ["GET", "PUT"] })), [
            "service web: is reached at more: PUT, X-Beta: 2, whatever the query a is",
        ]);
        assert.deepEqual(loosened(of({}), of(route)), []);
        const redirects = [{ paths: ["/a"], to: "shop.example.org/b" }];
        assert.deepEqual(told({ loadBalancer: { redirects } }), ["loadBalancer: sends requests to shop.example.org"]);
        assert.deepEqual(told({ loadBalancer: { redirects: [{ paths: ["/a"], to: "/b" }] } }), []);
    });

    it("is told of requests that the load balancer turned away, and lets through", () => {
        const answer = (path: string, status = 403) => ({ paths: [path], status });
        const became = (...answers: object[]) =>
            told(
                { loadBalancer: { answers } },
                { ...STRICT, loadBalancer: { answers: [answer("/admin/*"), answer("/up", 200)] } },
            );
        const line = ["loadBalancer no longer turns away: /admin/*"];
        assert.deepEqual(became(), line);
        assert.deepEqual(became(answer("/admin/*", 200)), line);
        assert.deepEqual(became(answer("/admin/users/*")), line);
        assert.deepEqual(became(answer("/adm*", 404)), []);
    });

    it("is told of a job as of a service", () => {
        const REPORT = { of: "web", command: ["a"] };
        const strict = { ...STRICT, jobs: { nightly: REPORT } };
        const next = { jobs: { nightly: { ...REPORT, user: "root", writablePaths: ["/tmp", "/etc"] } } };
        assert.deepEqual(told(next, strict), ["job nightly: runs as root", "job nightly: may write to /etc"]);
    });

    it("is told of a firewall that stops less, and of none that stops more", () => {
        const firewall = {
            rateLimit: 2000,
            allowCidrs: ["203.0.113.0/24"],
            blockCidrs: ["198.51.100.0/24", "2001:db8::/32"],
        };
        const before = { ...STRICT, firewall };
        const became = (next: object | undefined) => told({ firewall: next }, before);
        for (const [next, lines] of [
            [{ ...firewall, mode: "count" }, ["firewall.mode block→count: it stops nothing"]],
            [{ ...firewall, rateLimit: 3000 }, ["firewall.rateLimit 2000→3000"]],
            [{ ...firewall, allowCidrs: ["203.0.112.0/23"] }, ["firewall lets through without a look: 203.0.112.0/23"]],
            [{ ...firewall, blockCidrs: ["198.51.100.0/25"] }, ["firewall no longer stops: 198.51.100.0/24, 2001:db8::/32"]],
            [{ off: "CloudFront has one." }, ["firewall is off: CloudFront has one."]],
            [{ ...firewall, rateLimit: 100, allowCidrs: [], blockCidrs: ["198.51.0.0/16", "2001:db8::/31"] }, []],
        ] as const)
            assert.deepEqual(became(next), lines);
        assert.ok(told({ profile: "development", firewall: undefined }).includes("firewall is gone"));
        assert.deepEqual(told({ firewall: { off: "x" } }, { ...STRICT, firewall: { off: "y" } }), []);
        const token = "glpat-abcdEFGH12345678ijkl";
        assert.deepEqual(told({ firewall: { off: token } }), ["firewall is off: (not shown)"]);
        // With the last route the load balancer goes, and all that stands in front of it.
        const worker = { image: WEB.image };
        assert.deepEqual(told({ services: { worker } }), []);
    });

    it("is told of connections that were not there, and of groups of others that are opened", () => {
        const narrow = { outbound: [{ port: 6379, securityGroupId: GROUP }] };
        const wide = {
            outbound: [
                { port: 6379, securityGroupId: GROUP, openIngress: true },
                { port: 25, cidr: "10.9.0.0/16" },
            ],
        };
        const of = (changes: object) => gates({ ...STRICT, services: { web: { ...WEB, ...changes } } });
        assert.deepEqual(loosened(of(narrow), of(wide)), [
            "service web: reaches more: 10.9.0.0/16 at port 25",
            `service web: is let into groups of others: ${GROUP} at port 6379`,
        ]);
        assert.deepEqual(loosened(of(wide), of(narrow)), []);
        assert.deepEqual(told({ services: { ...STRICT.services, api: { image: WEB.image, ...wide } } }), [
            `service api: reaches more: ${GROUP} at port 6379, 10.9.0.0/16 at port 25`,
            `service api: is let into groups of others: ${GROUP} at port 6379`,
        ]);
    });

    it("is told of a service that is new and takes what it likes", () => {
        const helper = { image: "docker.io/evil/x:1", secrets: { P: SECRET }, writablePaths: ["/tmp", "/etc"] };
        const network = { ...STRICT.network, egress: "nat", endpointZones: undefined };
        const before = { ...STRICT, network };
        assert.deepEqual(told({ services: { ...STRICT.services, helper } }, before), [
            "service helper: may write to /etc",
            "service helper: gets secrets: P",
            "service helper: runs docker.io/evil/x:1, of a repository that no service had",
        ]);
    });

    it("is told of a service that is new", () => {
        const lines = told({
            services: { ...STRICT.services, api: { ...WEB, user: "0", route: { hosts: ["b.shop.example.com"] } } },
        });
        assert.deepEqual(lines, [
            "service api: runs as root",
            "service api: may do more: s3:GetObject on arn:aws:s3:::assets/*",
            "service api: is reached through the load balancer",
        ]);
    });

    it("is told of keys that no setting reads, and never with their values", () => {
        const before = gates(STRICT, { file: { config: { a: 1 }, secretsprovider: "awskms://1" }, project: { name: "fargate" } });
        const after = gates(STRICT, {
            aws: { profile: "hidden" },
            file: { config: { a: 2 }, secretsprovider: "passphrase", environment: ["hidden"], encryptionsalt: "hidden" },
            project: { name: "fargate", backend: { url: "file:///hidden" }, main: "hidden", description: "Other." },
        });
        assert.deepEqual(loosened(before, after), [
            "aws:profile added",
            "Pulumi.yaml: backend added",
            "Pulumi.yaml: main added",
            "Pulumi.prod.yaml: encryptionsalt added",
            "Pulumi.prod.yaml: environment added",
            "Pulumi.prod.yaml: secretsprovider changed",
        ]);
    });

    it("is told without what may be a secret, in whichever text of the stack's file it stands", () => {
        const token = "glpat-abcdEFGH12345678ijkl";
        const path = `/hooks/${token}`;
        const helper = {
            image: `${ACCOUNT}.dkr.ecr.ap-northeast-2.amazonaws.com/${token.toLowerCase()}:1`,
            writablePaths: [path],
        };
        const narrow = { ...STRICT, services: { web: { ...WEB, route: { paths: ["/a"] } } } };
        const lines = [
            ...told({ services: { web: { ...WEB, route: { paths: ["/a", path] } } } }, narrow),
            ...web({ health: { ...WEB.health, path } }),
            ...web({ writablePaths: ["/tmp", path, "/var/cache"] }),
            ...web({ image: helper.image }),
            ...web({ permissions: [{ actions: ["s3:GetObject"], resources: [`arn:aws:s3:::a/?${token}`] }] }),
            ...told({ services: { ...STRICT.services, helper } }),
        ];
        assert.deepEqual(lines, [
            "service web: is reached at more: (not shown)",
            "service web: health.path changed (not shown)",
            "service web: may write to (not shown), /var/cache",
            "service web: image changed (not shown)",
            "service web: may do more: (not shown)",
            "service helper: may write to (not shown)",
            "service helper: runs (not shown), of a repository that no service had",
        ]);
    });

    it("is told with ids and digests, which no secret is", () => {
        const inVpc = (vpcId: string): Gates => {
            const { settings, ...files } = gates(STRICT);
            const network = { kind: "existing", vpcId } as Settings["network"];
            return { settings: { ...settings, network }, ...files };
        };
        const [old, next] = ["vpc-0123456789abcdef0", "vpc-0a1b2c3d4e5f60718"] as const;
        assert.deepEqual(loosened(inVpc(old), inVpc(next)), [`network.vpcId ${old}→${next}`]);
        const image = `${ACCOUNT}.dkr.ecr.ap-northeast-2.amazonaws.com/api@sha256:${"0123456789abcdef".repeat(4)}`;
        assert.deepEqual(web({ image }), [`service web: image ${WEB.image}→${image}`]);
    });

    it("is counted in a part that is never folded, and so is a stack that is new", () => {
        const section = loosenedSection(gates(STRICT), gates({ ...STRICT, deletionProtection: false, logRetentionDays: 1 }));
        assert.deepEqual([section?.summary, section?.isLoud, section?.json.length], ["2 protections", true, 2]);
        assert.equal(loosenedSection(gates(STRICT), gates(STRICT)), undefined);
        const fresh = loosenedSection(undefined, gates(STRICT));
        assert.match(fresh?.summary ?? "", /^nothing to compare with/);
        assert.equal(fresh?.isLoud, true);
    });
});
