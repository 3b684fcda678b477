import assert from "node:assert/strict";
import { Given, WEB, problems, service, settings } from "../support/given";

const ROUTED = (path: string, more: Given = {}) => ({ ...WEB, route: { paths: [path], ...more } });

describe("the services", () => {
    it("are one at least", () => {
        for (const services of [{}, undefined]) {
            assert.deepEqual(problems({ services }), [
                "fargate:services: nothing | one service at least, by name: web: { build: { context: ./app } }; or a job under fargate:jobs",
            ]);
        }
    });

    it("are listed by name, in whatever order they are written", () => {
        const services = { b: ROUTED("/b"), a: ROUTED("/a"), c: ROUTED("/c") };
        assert.deepEqual(
            settings({ services }).services.map(({ name }) => name),
            ["a", "b", "c"],
        );
    });

    it("are like any other where one is called like a property of every object", () => {
        const { services } = settings({ services: { constructor: WEB } });
        assert.deepEqual([services[0]?.name, services[0]?.image], ["constructor", undefined]);
    });
});

describe("exec of a service", () => {
    it("is on where the file says so, and otherwise not there, so that nothing changes for whoever never had it", () => {
        assert.equal(service({ exec: true }).exec, true);
        for (const given of [{}, { exec: false }]) assert.ok(!Object.hasOwn(service(given), "exec"));
        assert.deepEqual(problems({ services: { web: { ...WEB, exec: "on" } } }), [
            'fargate:services.web.exec: the text "on" | true or false',
        ]);
    });
});

describe("a service's defaults", () => {
    it("are those of a small, private, unprivileged one", () => {
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

    it("route every host and path to one that has a route, and nothing to one that has none", () => {
        assert.deepEqual(service().route, { hosts: [], paths: ["/*"] });
        assert.equal(service({ route: undefined }).route, undefined);
    });

    it("keep the user as text, whatever YAML made of it", () => {
        assert.equal(service({ user: 1000 }).user, "1000");
        assert.equal(service({ user: "app:app" }).user, "app:app");
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
