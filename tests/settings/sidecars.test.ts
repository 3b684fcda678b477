import assert from "node:assert/strict";
import { COLLECTOR, COLLECTOR_IMAGE } from "../../model/tracing";
import { WEB, problems, problemsOf, service, settings } from "../support/given";

const SECRET = "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:db-AbCdEf";
const PROXY = { image: "123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/envoy:1.30" };
const CHECK = { health: { command: ["CMD", "/healthy"] } };
const COPY = { image: "123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/otel:1" };

/** What is wrong with sidecars, and with what the service waits for. */
const wrong = (sidecars: object, more: object = {}) => problemsOf({ sidecars, ...more });
const fine = (sidecars: object, more: object = {}) => assert.ok(service({ sidecars, ...more }));

describe("sidecars", () => {
    it("leave a service without them as it was", () => {
        const keys = Object.keys(JSON.parse(JSON.stringify(service())) as object);
        for (const key of ["sidecars", "dependsOn", "tracing"]) assert.ok(!keys.includes(key), key);
    });

    it("are containers with defaults of their own, and end the task where nothing else is said", () => {
        assert.deepEqual(service({ sidecars: { proxy: { ...PROXY, ...CHECK } } }).sidecars, {
            proxy: {
                ...PROXY,
                ...{ user: "65532", writablePaths: ["/tmp"], environment: {}, secrets: {}, essential: true },
                health: { command: ["CMD", "/healthy"], gracePeriodSeconds: 30, intervalSeconds: 10, timeoutSeconds: 5 },
            },
        });
    });

    it("are held to what every container is held to, each at its own place", () => {
        for (const [key, value, place] of [
            ["environment", { DB_PASSWORD: "hunter2abcd" }, "environment.DB_PASSWORD"],
            ["command", ["/tmp/run"], "command[0]"],
            ["command", ["app", "postgres://app:hunter2@db/x"], "command"],
            ["plain", ["NONE"], "plain"],
            ["port", 80, "port"],
            ["secrets", { A: SECRET.replace("ap-northeast-2", "us-east-1") }, "secrets.A"],
            ["secrets", { A: SECRET.replace("arn:aws:", "arn:aws-cn:").replace("ap-northeast-2", "cn-north-1") }, "secrets.A"],
            ["environmentFiles", ["arn:aws-cn:s3:::shop/web.env"], "environmentFiles[0]"],
            ["image", "nginx:1.27", "image"],
            ["health", { ...CHECK.health, timeoutSeconds: 10 }, "health.timeoutSeconds"],
        ] as const) {
            const found = wrong({ proxy: { ...PROXY, [key]: value } }).map(problem => problem.split(": ", 1)[0]);
            assert.deepEqual(found, [`fargate:services.web.sidecars.proxy.${place}`], `${key} ${JSON.stringify(value)}`);
        }
        assert.match(
            wrong({ proxy: { ...PROXY, environment: { A: "1" }, secrets: { A: SECRET } } }).join(),
            /sidecars\.proxy\.secrets\.A: A in environment too/,
        );
    });

    it("have names of their own, in the form of services", () => {
        assert.match(wrong({ web: PROXY }).join(), /sidecars\.web: the name web \| another name/);
        assert.match(wrong({ Proxy: PROXY }).join(), /sidecars\.Proxy: the name Proxy \| lower-case/);
        assert.match(wrong({ ["p".repeat(21)]: PROXY }).join(), /a name of 21 characters \| at most 20/);
        // As every object has.
        fine({ constructor: PROXY }, { dependsOn: { constructor: "started" } });
    });

    it("listen on ports that no other container of the task has", () => {
        assert.match(wrong({ proxy: { ...PROXY, port: 8080 } }).join(), /proxy\.port: 8080 \| another port: web listens on it/);
        const twice = wrong({ a: { ...PROXY, port: 9000 }, b: { ...PROXY, port: 9000 } });
        assert.match(twice.join(), /sidecars\.b\.port: 9000 \| another port: a listens on it/);
        assert.match(problemsOf({ port: 4318, tracing: COPY }).join(), /web\.port: 4318 \| another port: the collector/);
    });

    it("leave the service's own container some of the task's CPU and memory", () => {
        const both = (cpu: number, memoryMiB: number) => ({
            a: { ...PROXY, cpu, memoryMiB },
            b: { ...PROXY, cpu: 128, memoryMiB: 256 },
        });
        fine(both(127, 255));
        assert.match(wrong(both(128, 255)).join(), /web\.sidecars: 256 CPU units \| less than 256 CPU units in all/);
        assert.match(wrong(both(127, 256)).join(), /web\.sidecars: 512 MiB \| less than 512 MiB in all/);
        assert.match(wrong({ a: { ...PROXY, memoryMiB: 512 } }, { tracing: false }).join(), /web\.sidecars: 512 MiB \| less/);
        assert.match(
            wrong({ a: { ...PROXY, memoryMiB: 256 } }, { tracing: COPY }).join(),
            /512 MiB, with the collector of tracing/,
        );
    });

    it("are waited for by the name of one that there is", () => {
        assert.match(
            wrong({ proxy: PROXY }, { dependsOn: { prox: "started" } }).join(),
            /dependsOn\.prox: prox \| did you mean proxy/,
        );
        assert.match(problemsOf({ dependsOn: { proxy: "started" } }).join(), /the name of a sidecar, and there is none/);
        assert.match(wrong({ proxy: { ...PROXY, dependsOn: { proxy: "started" } } }).join(), /sidecars\.proxy\.dependsOn\.proxy/);
        fine({ proxy: { ...PROXY, dependsOn: { web: "started" } } });
    });

    it("are waited for until they are what they can be", () => {
        const waits = (condition: string, proxy: object) =>
            wrong({ proxy: { ...PROXY, ...proxy } }, { dependsOn: { proxy: condition } });
        for (const [condition, proxy] of [
            ["started", {}],
            ["healthy", CHECK],
            ["complete", { essential: false }],
            ["successful", { essential: false }],
        ] as const)
            fine({ proxy: { ...PROXY, ...proxy } }, { dependsOn: { proxy: condition } });
        assert.match(waits("healthy", {}).join(), /dependsOn\.proxy: healthy \| started, since proxy has no check of its own/);
        for (const condition of ["complete", "successful"])
            assert.match(waits(condition, CHECK).join(), /started or healthy, since the task ends with proxy/, condition);
        assert.match(waits("running", {}).join(), /started, healthy, complete, successful/);
    });

    it("do not wait for each other in a circle", () => {
        const waitsFor = (name: string) => ({ ...PROXY, dependsOn: { [name]: "started" } });
        assert.deepEqual(wrong({ a: waitsFor("b"), b: waitsFor("a") }), [
            "fargate:services.web.sidecars.a.dependsOn.b: a waits for b waits for a | containers that do not wait for each other",
        ]);
        assert.match(wrong({ a: waitsFor("web") }, { dependsOn: { a: "started" } }).join(), /web waits for a waits for web/);
        fine({ a: waitsFor("b"), b: PROXY, c: waitsFor("b") }, { dependsOn: { a: "started", c: "started" } });
    });

    it("go with a job of their service, or are others", () => {
        const jobs = { nightly: { of: "web", command: ["run"] }, other: { of: "web", command: ["run"], sidecars: { b: PROXY } } };
        const { jobs: made } = settings({ services: { web: { ...WEB, sidecars: { a: PROXY } } }, jobs });
        assert.deepEqual(
            made.map(({ sidecars = {} }) => Object.keys(sidecars)),
            [["a"], ["b"]],
        );
    });

    it("wait in a job for its own container in place of the service's, and for none that the job is without", () => {
        const sidecars = {
            a: { ...PROXY, dependsOn: { web: "started" } },
            b: { ...PROXY, dependsOn: { web: "healthy", a: "started" } },
        };
        const web = { ...WEB, health: { command: ["CMD", "check"] }, sidecars };
        const of = { of: "web", command: ["run"] };
        const [kept] = settings({ services: { web }, jobs: { kept: of } }).jobs;
        assert.deepEqual(
            Object.values(kept?.sidecars ?? {}).map(({ dependsOn }) => dependsOn),
            [{ kept: "started" }, { kept: "started", a: "started" }],
        );
        const waiting = {
            ...WEB,
            sidecars: { c: PROXY, d: PROXY },
            tracing: COPY,
            dependsOn: { c: "started", [COLLECTOR]: "healthy" },
        };
        const jobs = {
            all: of,
            less: { ...of, sidecars: { d: PROXY }, tracing: false },
            more: { ...of, sidecars: { c: PROXY } },
        };
        assert.deepEqual(
            settings({ services: { web: waiting }, jobs }).jobs.map(({ dependsOn }) => dependsOn),
            [waiting.dependsOn, undefined, waiting.dependsOn],
        );
        assert.match(
            problems({ services: { web: waiting }, jobs: { own: { ...of, dependsOn: { e: "started" } } } }).join(),
            /jobs\.own\.dependsOn\.e/,
        );
    });

    it("are as many as a task definition holds, with the service's own and the collector", () => {
        const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`s${index}`, PROXY]));
        fine(many(9));
        assert.match(wrong(many(10)).join(), /web\.sidecars: 11 containers \| at most 10, the task's own and a collector/);
        assert.match(wrong(many(9), { tracing: COPY }).join(), /11 containers/);
    });
});

describe("tracing", () => {
    const NAT = { network: { egress: "nat" } };

    it("is a collector beside the container, variables for it, and permission to send", () => {
        const { sidecars = {}, environment, permissions } = service({ tracing: true }, NAT);
        assert.deepEqual(Object.keys(sidecars), [COLLECTOR]);
        assert.equal(sidecars[COLLECTOR]?.image, COLLECTOR_IMAGE);
        assert.equal(sidecars[COLLECTOR].essential, false);
        assert.equal(environment["OTEL_SERVICE_NAME"], "web");
        assert.equal(environment["OTEL_EXPORTER_OTLP_ENDPOINT"], "http://localhost:4318");
        assert.ok(permissions.some(({ actions }) => actions.includes("xray:PutTraceSegments")));
    });

    it("gives way to what the file says itself", () => {
        const own = service(
            {
                tracing: true,
                environment: { OTEL_SERVICE_NAME: "shop" },
                secrets: { OTEL_EXPORTER_OTLP_ENDPOINT: SECRET },
                sidecars: { [COLLECTOR]: PROXY },
            },
            NAT,
        );
        assert.equal(own.environment["OTEL_SERVICE_NAME"], "shop");
        assert.equal(own.environment["OTEL_EXPORTER_OTLP_ENDPOINT"], undefined);
        assert.equal(own.sidecars?.[COLLECTOR]?.image, PROXY.image);
    });

    it("is of the job's own name where the job has it from its service, and can be off there", () => {
        const jobs = { nightly: { of: "web", command: ["run"] }, quiet: { of: "web", command: ["run"], tracing: false } };
        const made = settings({ ...NAT, services: { web: { ...WEB, tracing: true } }, jobs }).jobs;
        assert.equal(made[0]?.environment["OTEL_SERVICE_NAME"], "nightly");
        assert.deepEqual([made[1]?.sidecars, made[1]?.environment], [undefined, {}]);
    });

    it("needs a copy of the collector where tasks have no internet", () => {
        assert.match(
            problemsOf({ tracing: true }).join(),
            /web\.tracing: true \| \{ image: <account>\.dkr\.ecr\.ap-northeast-2\.amazonaws\.com\/<name>:<tag> \}, a copy of public\.ecr\.aws\//,
        );
        assert.ok(service({ tracing: COPY }));
        assert.match(problemsOf({ tracing: { image: "nginx:1" } }).join(), /web\.tracing\.image: nginx:1 \| an image in ECR in/);
        assert.equal(problems({ services: { web: { ...WEB, tracing: "yes" } } }).length, 1);
    });
});
