import assert from "node:assert/strict";
import { Settings } from "../../settings";
import { Given, REGION, WEB, service, settings } from "../support/given";

const production = (given: Given = {}) => settings({ profile: "production", allowHttp: true, ...given });

describe("the profile", () => {
    it("is development unless the stack says production", () => {
        assert.equal(settings().profile, "development");
        assert.equal(production().profile, "production");
    });

    it("chooses what DESIGN's table says", () => {
        const table = ({ network, services: [web], ...stack }: Settings) => ({
            zones: network.kind === "created" ? network.zoneCount : 0,
            endpointZones: network.endpointZones,
            egress: network.egress,
            tasks: web?.tasks,
            spotPercent: web?.spotPercent,
            logRetentionDays: stack.logRetentionDays,
            containerInsights: stack.containerInsights,
            deletionProtection: stack.deletionProtection,
            interval: web?.health.intervalSeconds,
            timeout: web?.health.timeoutSeconds,
        });
        assert.deepEqual(table(settings()), {
            zones: 2,
            endpointZones: 1,
            egress: "endpoints",
            tasks: 1,
            spotPercent: 100,
            logRetentionDays: 7,
            containerInsights: "disabled",
            deletionProtection: false,
            interval: 5,
            timeout: 4,
        });
        assert.deepEqual(table(production()), {
            zones: 3,
            endpointZones: 3,
            egress: "endpoints",
            tasks: { min: 2, max: 10, cpuPercent: 60 },
            spotPercent: 0,
            logRetentionDays: 365,
            containerInsights: "enhanced",
            deletionProtection: true,
            interval: 10,
            timeout: 5,
        });
    });

    it("has no say in what a key sets, false and 0 included", () => {
        const keys = { logRetentionDays: 30, containerInsights: "enabled", deletionProtection: false };
        const { logRetentionDays, containerInsights, deletionProtection } = production(keys);
        assert.deepEqual({ logRetentionDays, containerInsights, deletionProtection }, keys);
        assert.equal(settings({ deletionProtection: true }).deletionProtection, true);
        assert.equal(service({ spotPercent: 0 }).spotPercent, 0);
        assert.equal(service({ tasks: 0 }).tasks, 0);
        assert.equal(service({ tasks: 3 }, { profile: "production", allowHttp: true }).tasks, 3);
        const health = { path: "/healthz", gracePeriodSeconds: 0, intervalSeconds: 20, timeoutSeconds: 3 };
        assert.deepEqual(service({ health }).health, health);
    });
});

describe("the defaults of every profile", () => {
    it("are those of a small, private, unprivileged service", () => {
        const {
            name,
            cpu,
            memoryMiB,
            architecture,
            user,
            writablePaths,
            drainSeconds,
            environment,
            secrets,
            permissions,
            health,
        } = service();
        assert.deepEqual(
            { name, cpu, memoryMiB, architecture, user, writablePaths, drainSeconds, environment, secrets, permissions },
            {
                name: "web",
                cpu: 256,
                memoryMiB: 512,
                architecture: "arm64",
                user: "65532",
                writablePaths: ["/tmp"],
                drainSeconds: 15,
                environment: {},
                secrets: {},
                permissions: [],
            },
        );
        assert.equal(health.path, "/");
        assert.equal(health.gracePeriodSeconds, 30);
    });

    it("route every host and path to a service that has a route, and nothing to one that has none", () => {
        assert.deepEqual(service().route, { hosts: [], paths: ["/*"] });
        assert.equal(service({ route: undefined }).route, undefined);
    });

    it("leave the zones to AWS, in 10.20.0.0/16", () => {
        assert.deepEqual(settings().network, {
            kind: "created",
            cidr: "10.20.0.0/16",
            egress: "endpoints",
            zoneCount: 2,
            endpointZones: 1,
        });
    });

    it("keep the user as text, whatever YAML made of it", () => {
        assert.equal(service({ user: 1000 }).user, "1000");
        assert.equal(service({ user: "app:app" }).user, "app:app");
    });
});

describe("zones that are named", () => {
    const zones = ["a", "b", "c", "d"].map(letter => `${REGION}${letter}`);

    it("decide how many there are, and endpoints are in one of them or in all", () => {
        const network = { zones };
        assert.deepEqual(settings({ network }).network, {
            kind: "created",
            cidr: "10.20.0.0/16",
            egress: "endpoints",
            zones,
            zoneCount: 4,
            endpointZones: 1,
        });
        assert.equal(production({ network }).network.endpointZones, 4);
        assert.equal(production({ network: { zones, endpointZones: 2 } }).network.endpointZones, 2);
    });
});

describe("tasks that follow load", () => {
    const tasks = (scaling: Given, profile = "development") => service({ scaling }, { profile, allowHttp: true }).tasks;

    it("follow 60 percent of CPU unless another target is given", () => {
        assert.deepEqual(tasks({}), { min: 1, max: 10, cpuPercent: 60 });
        assert.deepEqual(tasks({ memoryPercent: 70 }), { min: 1, max: 10, cpuPercent: undefined, memoryPercent: 70 });
        assert.deepEqual(tasks({ requestsPerTarget: 500 }), { min: 1, max: 10, cpuPercent: undefined, requestsPerTarget: 500 });
        assert.deepEqual(tasks({ cpuPercent: 40, memoryPercent: 70 }), { min: 1, max: 10, cpuPercent: 40, memoryPercent: 70 });
    });

    it("have a default beside a given number that is never beyond it", () => {
        assert.deepEqual(tasks({ min: 20 }), { min: 20, max: 20, cpuPercent: 60 });
        assert.deepEqual(tasks({ max: 1 }, "production"), { min: 1, max: 1, cpuPercent: 60 });
        assert.deepEqual(tasks({ max: 5 }, "production"), { min: 2, max: 5, cpuPercent: 60 });
    });
});

describe("a health check's default timeout", () => {
    it("is below a short interval that is given", () => {
        const health = { intervalSeconds: 5 };
        assert.equal(service({ health }, { profile: "production", allowHttp: true }).health.timeoutSeconds, 4);
        assert.equal(service({ health: { intervalSeconds: 60 } }).health.timeoutSeconds, 4);
    });
});

describe("settings", () => {
    it("are frozen through and through", () => {
        const given = settings({ tags: { team: "shop" }, services: { web: { ...WEB, environment: { A: "1" } } } });
        const walk = (value: unknown, at: string): void => {
            if (typeof value !== "object" || value === null) return;
            assert.ok(Object.isFrozen(value), at);
            for (const [key, inner] of Object.entries(value)) walk(inner, `${at}.${key}`);
        };
        walk(given, "settings");
    });

    it("say project, stack and region, and everything found under aws: for the provider", () => {
        const found = settings({
            "aws:profile": "shop",
            "aws:assumeRoles": [{ roleArn: "arn" }],
            "aws:skipRegionValidation": true,
        });
        assert.deepEqual([found.project, found.stack, found.region], ["fargate", "dev", REGION]);
        assert.deepEqual(found.aws, {
            region: REGION,
            profile: "shop",
            assumeRoles: [{ roleArn: "arn" }],
            skipRegionValidation: true,
        });
    });

    it("come from the namespaces fargate and aws alone", () => {
        assert.deepEqual(settings({ "other:services": "x", "awsx:region": "y" }), settings());
    });
});
