import assert from "node:assert/strict";
import fc from "fast-check";
import { isLegalSize } from "../../model/fargate-size";
import { DIGEST, Given, REPOSITORY, WEB, problems, problemsOf, service, settings } from "../support/given";

const ROUTED = (path: string, more: Given = {}) => ({ ...WEB, route: { paths: [path], ...more } });

describe("the size of a service", () => {
    it("is one of Fargate's, and an error names the legal memories for that cpu", () => {
        assert.deepEqual(problemsOf({ cpu: 256, memoryMiB: 4096 }), [
            "fargate:services.web.memoryMiB: 4096 | with cpu 256: 512, 1024, 2048",
        ]);
        assert.deepEqual(problemsOf({ cpu: 2048, memoryMiB: 512 }), [
            "fargate:services.web.memoryMiB: 512 | with cpu 2048: 4096 to 16384 in steps of 1024",
        ]);
    });

    it("is accepted and refused as Fargate would", () => {
        const cpu = fc.constantFrom(256, 512, 1024, 2048, 4096, 8192, 16384, 32768);
        fc.assert(
            fc.property(cpu, fc.integer({ min: 1, max: 244 }), (units, half) => {
                const size = { cpu: units, memoryMiB: half * 512 };
                if (isLegalSize(size.cpu, size.memoryMiB)) service(size);
                else assert.equal(problemsOf(size).length, 1);
            }),
        );
    });

    it("has cpu as a number, since text could mean vCPU", () => {
        for (const cpu of ["512", "0.5 vCPU", 512.5, 300]) {
            assert.match(problemsOf({ cpu })[0] ?? "", /cpu: .*\| 256, 512, 1024, 2048, 4096, 8192, 16384, 32768$/);
        }
    });
});

describe("the image of a service", () => {
    it("comes from a build or exists already: one of the two", () => {
        const image = `${REPOSITORY}:1`;
        assert.deepEqual(problemsOf({ image }), ["fargate:services.web.image: build and image | one of the two"]);
        assert.deepEqual(problemsOf({ build: undefined }), [
            "fargate:services.web: neither build nor image | build: { context: ./app }, or image: <repository>:<tag>",
        ]);
        assert.equal(service({ build: undefined, image }).image, image);
    });

    it("is named by tag or digest, never as what moves", () => {
        assert.deepEqual(problemsOf({ build: undefined, image: REPOSITORY }), [
            `fargate:services.web.image: ${REPOSITORY.slice(0, 60)} | <repository>:<tag> or <repository>@sha256:<64 hex digits>`,
        ]);
    });

    it("is the one that CI built, by digest, where fargate:images names one: over build and over image", () => {
        const built = `${REPOSITORY}@${DIGEST}`;
        assert.equal(service({}, { images: { web: built } }).image, built);
        assert.equal(service({ build: undefined, image: `${REPOSITORY}:1` }, { images: { web: built } }).image, built);
        assert.deepEqual(problems({ images: { web: `${REPOSITORY}:1` } }), [
            `fargate:images.web: ${REPOSITORY}:1 | <repository>@sha256:<64 hex digits>`,
        ]);
    });

    it("needs no folder where CI built it", () => {
        const build = { context: "./nowhere" };
        assert.equal(service({ build }, { images: { web: `${REPOSITORY}@${DIGEST}` } }).build?.context, "./nowhere");
        assert.equal(problemsOf({ build }).length, 1);
    });

    it("is of a service that exists", () => {
        assert.deepEqual(problems({ images: { wbe: `${REPOSITORY}@${DIGEST}` } }), [
            "fargate:images.wbe: a service that does not exist | did you mean web?",
        ]);
    });

    it("is built with arguments as text, whatever YAML made of them", () => {
        const build = { context: "./app", args: { BASE: "scratch", COUNT: 5, DEBUG: false } };
        assert.deepEqual(service({ build }).build?.args, { BASE: "scratch", COUNT: "5", DEBUG: "false" });
    });

    it("is built from the context's own Dockerfile unless another is named", () => {
        assert.equal(service().build?.dockerfile, "app/Dockerfile");
        const build = { context: "./app", dockerfile: "./app/server.js", target: "web" };
        assert.deepEqual(service({ build }).build, { ...build, args: {} });
    });
});

describe("the number of tasks", () => {
    it("is fixed or follows load: one of the two", () => {
        assert.deepEqual(problemsOf({ tasks: 1, scaling: {} }), [
            "fargate:services.web.tasks: tasks and scaling | one of the two",
        ]);
    });

    it("has a minimum that is not above its maximum", () => {
        assert.deepEqual(problemsOf({ scaling: { min: 5, max: 4 } }), [
            "fargate:services.web.scaling.min: 5 | at most max, which is 4",
        ]);
        assert.deepEqual(service({ scaling: { min: 4, max: 4 } }).tasks, { min: 4, max: 4, cpuPercent: 60 });
    });

    it("follows requests only where a load balancer counts them", () => {
        assert.deepEqual(problemsOf({ route: undefined, scaling: { requestsPerTarget: 100 } }), [
            "fargate:services.web.scaling.requestsPerTarget: 100 | only with a route, since the load balancer counts requests",
        ]);
    });
});

describe("the health check", () => {
    it("has a timeout below its interval, as ECS and ELB demand", () => {
        assert.deepEqual(problemsOf({ health: { intervalSeconds: 10, timeoutSeconds: 10 } }), [
            "fargate:services.web.health.timeoutSeconds: 10 | less than intervalSeconds, which is 10",
        ]);
        assert.deepEqual(problemsOf({ health: { timeoutSeconds: 9 } }), [
            "fargate:services.web.health.timeoutSeconds: 9 | less than intervalSeconds, which is 5",
        ]);
        assert.equal(service({ health: { intervalSeconds: 10, timeoutSeconds: 9 } }).health.timeoutSeconds, 9);
    });

    it("has a command in ECS's form", () => {
        for (const command of [["/app/health"], [], ["CMD"], ["cmd", "x"]]) {
            assert.match(problemsOf({ health: { command } })[0] ?? "", /\[CMD, program, argument, …\] or \[CMD-SHELL, line\]$/);
        }
        for (const command of [
            ["CMD", "/app/health"],
            ["CMD-SHELL", "curl localhost"],
        ]) {
            assert.deepEqual(service({ health: { command } }).health.command, command);
        }
    });
});

describe("a route", () => {
    it("needs the port that the container listens on", () => {
        assert.deepEqual(problemsOf({ port: undefined }), [
            "fargate:services.web.port: nothing | the port that the container listens on, since the service has a route",
        ]);
        assert.equal(service({ port: undefined, route: undefined }).port, undefined);
    });

    it("has at most five hosts and paths, a limit of listener rules", () => {
        const hosts = ["a.example.com", "b.example.com"];
        assert.deepEqual(problemsOf({ route: { hosts, paths: ["/a", "/b", "/c", "/d"] } }), [
            "fargate:services.web.route: 6 hosts and paths | at most 5, a limit of listener rules",
        ]);
        service({ route: { hosts, paths: ["/a", "/b", "/c"] } });
        service({ route: { hosts: [...hosts, ...hosts, "c.example.com"], paths: ["/*"] } });
    });

    it("is no other service's, in whatever order its hosts are written", () => {
        const hosts = ["a.example.com", "b.example.com"];
        const services = {
            api: { ...WEB, route: { hosts } },
            web: { ...WEB, route: { hosts: [...hosts].reverse(), paths: ["/*"] } },
        };
        assert.deepEqual(problems({ services }), ["fargate:services.web.route: the route of api | a host or path of its own"]);
        settings({ services: { api: ROUTED("/api/*"), web: ROUTED("/*") } });
    });

    it("has a priority of its own: a tie is refused and asks for one", () => {
        const clash = "another route.priority for one of the two";
        assert.deepEqual(problems({ services: { api: ROUTED("/a", { priority: 5 }), web: ROUTED("/b", { priority: 5 }) } }), [
            `fargate:services.web.route.priority: priority 5, which api has too | ${clash}`,
        ]);
        // Found by trying: these two names fall into one slot.
        const services = { api: ROUTED("/a"), worker: ROUTED("/b") };
        assert.deepEqual(problems({ services }), [
            `fargate:services.worker.route.priority: priority 49568, which api has too | ${clash}`,
        ]);
        settings({ services: { ...services, worker: ROUTED("/b", { priority: 7 }) } });
    });
});

describe("a service's name", () => {
    it("is lower-case letters, digits and hyphens, at most 20", () => {
        const named = (name: string) => problems({ services: { [name]: WEB } });
        const form = "lower-case letters, digits and single hyphens, starting with a letter";
        assert.deepEqual(named("Web_1"), [`fargate:services.Web_1: the name Web_1 | ${form}`]);
        assert.deepEqual(named("a".repeat(21)), [
            `fargate:services.${"a".repeat(21)}: a name of 21 characters | at most 20 characters, since a target group's name has at most 32`,
        ]);
        settings({ services: { ["a".repeat(20)]: WEB } });
    });

    it("leaves room for its role's name behind project and stack", () => {
        const project = "p".repeat(40);
        assert.deepEqual(problems({ services: { ["a".repeat(10)]: WEB } }, { project }), [
            `fargate:services.${"a".repeat(10)}: a name of 10 characters | at most 9 characters behind ${project}-dev-, since a role's name has at most 64`,
        ]);
        settings({ services: { ["a".repeat(9)]: WEB } }, { project });
    });

    it("is what services are listed by, in whatever order they are written", () => {
        const services = { b: ROUTED("/b"), a: ROUTED("/a"), c: ROUTED("/c") };
        assert.deepEqual(
            settings({ services }).services.map(({ name }) => name),
            ["a", "b", "c"],
        );
    });
});
