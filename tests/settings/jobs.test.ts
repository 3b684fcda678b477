import assert from "node:assert/strict";
import { Given, WEB, problems, settings } from "../support/given";

const SECRET = "arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:fargate/test/db-AbCdEf";
const REPORT = { of: "web", command: ["npm", "run", "report"] };
const web = { ...WEB, cpu: 512, memoryMiB: 1024, environment: { A: "1", B: "1" }, secrets: { DB: SECRET }, user: "1000" };
const job = (given: Given) => settings({ services: { web }, jobs: { nightly: given } }).jobs[0];
const told = (given: Given, services: Given = { web: WEB }) => problems({ services, jobs: { nightly: given } });

describe("a job of a service", () => {
    it("has the service's image, size, environment, secrets and user", () => {
        const { services, jobs } = settings({ services: { web }, jobs: { nightly: REPORT } });
        const keys = [
            "build",
            "image",
            "cpu",
            "memoryMiB",
            "architecture",
            "environment",
            "secrets",
            "permissions",
            "user",
            "writablePaths",
        ] as const;
        for (const key of keys) assert.deepEqual(jobs[0]?.[key], services[0]?.[key], key);
        assert.deepEqual(jobs[0]?.command, ["npm", "run", "report"]);
        const [made = {}] = jobs;
        for (const key of ["port", "health", "route", "tasks"]) assert.ok(!Object.hasOwn(made, key), key);
    });

    it("ends, and has nothing of the service that starts it again or keeps it from being stopped", () => {
        const restarting = { ...web, restart: {}, taskProtection: true, exec: true };
        const { jobs } = settings({ services: { web: restarting }, jobs: { nightly: REPORT } });
        for (const key of ["restart", "taskProtection", "exec"]) assert.ok(!Object.hasOwn(jobs[0] ?? {}, key), key);
        assert.deepEqual(told({ ...REPORT, restart: {} }), [
            "fargate:jobs.nightly.restart: an unknown key | here it is retries: in a task of its own; a container that ended stays ended",
        ]);
        for (const key of ["exec", "taskProtection", "port", "route", "scaling", "minHealthyPercent", "release"])
            assert.match(told({ ...REPORT, [key]: true })[0] ?? "", /an unknown key \| no such key: services have it/, key);
    });

    it("says otherwise what it wants otherwise, variable by variable", () => {
        const made = job({ ...REPORT, cpu: 1024, memoryMiB: 2048, user: "2000", secrets: {}, environment: { B: "2", C: "3" } });
        assert.deepEqual([made?.cpu, made?.memoryMiB, made?.user, made?.secrets], [1024, 2048, "2000", {}]);
        assert.deepEqual(made?.environment, { A: "1", B: "2", C: "3" });
    });

    it("has what its service's file says, and works out for itself what that amounts to", () => {
        const database = { secretArn: SECRET, port: 5432, securityGroupId: "sg-0123456789abcdef0", openIngress: true };
        const build = { context: "./app", args: { A_TOKEN: "mint" } };
        const services = { web: { ...web, build, plain: ["A_TOKEN"], database } };
        const of = (given: Given) => settings({ services, jobs: { nightly: { ...REPORT, ...given } } }).jobs[0];
        const arrow = { port: 5432, securityGroupId: "sg-0123456789abcdef0" };
        assert.deepEqual(of({})?.outbound, [{ ...arrow, openIngress: true }]);
        assert.equal(of({})?.secrets["DB_USERNAME"], `${SECRET}:username::`);
        const own = of({ database: { ...database, openIngress: undefined, name: "reports" } });
        assert.deepEqual([own?.outbound, own?.environment["DB_NAME"]], [[arrow], "reports"]);
        assert.deepEqual(of({ outbound: [{ port: 6379, cidr: "10.0.0.0/16" }] })?.outbound?.length, 2);
    });

    it("has neither restart nor protection of a service, which are for what goes on, and other sidecars without their order", () => {
        const proxy = { image: "123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/proxy:1" };
        const services = {
            web: { ...web, restart: {}, taskProtection: true, sidecars: { proxy }, dependsOn: { proxy: "started" } },
        };
        const of = (given: Given) => settings({ services, jobs: { nightly: { ...REPORT, ...given } } }).jobs[0];
        assert.deepEqual(
            [of({})?.restart, of({})?.taskProtection, of({})?.dependsOn],
            [undefined, undefined, { proxy: "started" }],
        );
        assert.deepEqual([of({ sidecars: {} })?.sidecars, of({ sidecars: {} })?.dependsOn], [{}, undefined]);
        assert.deepEqual(told({ ...REPORT, restart: {} }), [
            "fargate:jobs.nightly.restart: an unknown key | here it is retries: in a task of its own; a container that ended stays ended",
        ]);
    });

    it("runs the image that CI chose for its service", () => {
        const image = `111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/web@sha256:${"a".repeat(64)}`;
        assert.equal(settings({ services: { web }, jobs: { nightly: REPORT }, images: { web: image } }).jobs[0]?.image, image);
    });

    it("needs a command, a service that there is, and no image beside it", () => {
        assert.deepEqual(told({ of: "web" }), [
            "fargate:jobs.nightly.command: nothing | what the job runs in the image of web: command: [npm, run, report]",
        ]);
        assert.match(told({ image: { of: "web" } })[0] ?? "", /^fargate:jobs\.nightly\.command: nothing \|/);
        assert.deepEqual(told({ ...REPORT, of: "wep" }), ["fargate:jobs.nightly.of: wep | did you mean web?"]);
        assert.deepEqual(told({ ...REPORT, build: { context: "./app" } }), [
            "fargate:jobs.nightly.build: of and build | one of the two",
        ]);
    });

    it("tells what is wrong with its service once", () => {
        const secrets = { DB: SECRET.replace("ap-northeast-2", "us-east-1") };
        const found = told(REPORT, { web: { ...WEB, secrets } });
        assert.equal(found.length, 1);
        assert.match(found[0] ?? "", /^fargate:services\.web\.secrets\.DB: /);
        assert.match(told({ ...REPORT, secrets })[0] ?? "", /^fargate:jobs\.nightly\.secrets\.DB: /);
        const worker = { image: { of: "web" }, cpu: 1024, memoryMiB: 512 };
        const ofWorker = told({ ...REPORT, of: "worker" }, { web: WEB, worker });
        assert.deepEqual(
            ofWorker.map(line => line.split(":")[1]),
            ["services.worker.memoryMiB"],
        );
    });

    it("is told what it says itself, be it as wrong as its service's, and all that it has from a service with another's image once", () => {
        const web = { ...WEB, memoryMiB: 4096 };
        const wrong = (jobs: Given) =>
            problems({ services: { web, worker: { ...web, build: undefined, route: undefined, image: { of: "web" } } }, jobs });
        const keys = (found: string[]) => found.map(line => line.split(": ", 1)[0]);
        const services = ["fargate:services.web.memoryMiB", "fargate:services.worker.memoryMiB"];
        const job = { of: "worker", command: ["run"] };
        assert.deepEqual(keys(wrong({ a: job })), services);
        for (const own of [{ memoryMiB: 4096 }, { cpu: 256 }])
            assert.deepEqual(keys(wrong({ a: { ...job, ...own } })), [...services, "fargate:jobs.a.memoryMiB"]);
        const plain = {
            services: { web: { ...WEB, plain: ["NONE"] } },
            jobs: { a: { of: "web", command: ["run"], environment: { A: "1" } } },
        };
        assert.deepEqual(keys(problems(plain)), ["fargate:services.web.plain"]);
    });

    it("is told a size that its service's memory does not go with", () => {
        assert.deepEqual(told({ ...REPORT, cpu: 1024 }), [
            "fargate:jobs.nightly.memoryMiB: 512 | with cpu 1024: 2048 to 8192 in steps of 1024",
        ]);
    });
});

describe("a job with an image of its own", () => {
    it("has the defaults of a service", () => {
        const { services, jobs } = settings({ services: { web: WEB }, jobs: { import: { build: { context: "./app" } } } });
        for (const key of ["cpu", "memoryMiB", "architecture", "user", "writablePaths", "environment", "permissions"] as const)
            assert.deepEqual(jobs[0]?.[key], services[0]?.[key], key);
        assert.equal(jobs[0]?.build?.dockerfile, "app/Dockerfile");
    });

    it("is checked as every task is", () => {
        assert.deepEqual(told({}), [
            "fargate:jobs.nightly: neither build nor image | build: { context: ./app }, or image: <repository>:<tag>",
        ]);
        assert.match(
            told({ build: { context: "./app" }, environment: { PASSWORD: "hunter22!" } })[0] ?? "",
            /looks like a secret/,
        );
    });
});

describe("when a job runs", () => {
    it("is on demand where it has no cron, and by UTC where it names no time zone", () => {
        assert.equal(job(REPORT)?.schedule, undefined);
        assert.deepEqual(job({ ...REPORT, cron: "0 3 * * *" })?.schedule, { cron: "0 3 * * *", timeZone: "UTC" });
        assert.deepEqual(job({ ...REPORT, cron: "0 3 * * *", timeZone: "Asia/Seoul", flexibleMinutes: 15 })?.schedule, {
            cron: "0 3 * * *",
            timeZone: "Asia/Seoul",
            flexibleMinutes: 15,
        });
    });

    it("is refused where AWS cannot follow it, with what to write", () => {
        assert.match(told({ ...REPORT, cron: "0 3 1 * 1" })[0] ?? "", /Write two, "0 3 1 \* \*" and "0 3 \* \* 1"/);
        for (const timeZone of ["KST+9", "PST", "asia/seoul", "Asia/seoul", "ASIA/SEOUL", "utc", "+09:00"])
            assert.match(told({ ...REPORT, cron: "0 3 * * *", timeZone })[0] ?? "", /IANA|, with its capitals/, timeZone);
        for (const timeZone of ["UTC", "EST", "Japan", "US/Pacific", "Asia/Calcutta", "Etc/GMT+9", "Africa/Dar_es_Salaam"])
            assert.equal(job({ ...REPORT, cron: "0 3 * * *", timeZone })?.schedule?.timeZone, timeZone);
        assert.deepEqual(
            told({ ...REPORT, timeZone: "UTC", flexibleMinutes: 5 }).map(line => line.split(" | ")[1]),
            Array(2).fill('only with cron: "0 3 * * *", since the job runs on demand'),
        );
    });

    it("leaves a run time to end before the next, with its attempts, waits and window", () => {
        const every = (minutes: number, more: Given = {}) => told({ ...REPORT, cron: `*/${minutes} * * * *`, ...more });
        const fits = (more: Given) => job({ ...REPORT, cron: "*/15 * * * *", ...more })?.timeoutMinutes;
        assert.equal(fits({ timeoutMinutes: 15 }), 15);
        assert.match(
            every(15, { timeoutMinutes: 16 })[0] ?? "",
            /timeoutMinutes: 16 \| at most 15, since the next run may begin 15 minutes after one/,
        );
        assert.equal(fits({ timeoutMinutes: 7, retries: 1 }), 7);
        assert.match(
            every(15, { timeoutMinutes: 8, retries: 1 })[0] ?? "",
            /at most 7, .* 2 attempts and the waits between them/,
        );
        assert.match(every(15, { timeoutMinutes: 15, flexibleMinutes: 5 })[0] ?? "", /at most 10, .* flexibleMinutes/);
        assert.match(
            every(5, { timeoutMinutes: 5, retries: 10 })[0] ?? "",
            /fewer retries, less flexibleMinutes or a rarer cron/,
        );
        // On demand nobody can tell.
        assert.equal(job({ ...REPORT, timeoutMinutes: 10_000, retries: 10 })?.retries, 10);
    });
});

describe("a job of several tasks", () => {
    it("names none of the variables that tell them apart", () => {
        const parallel = 3;
        assert.deepEqual(told({ ...REPORT, parallel, environment: { JOB_INDEX: "9" } }), [
            "fargate:jobs.nightly.environment.JOB_INDEX: JOB_INDEX, which parallel sets too | another name",
        ]);
        assert.match(told({ ...REPORT, parallel, secrets: { JOB_COUNT: SECRET } })[0] ?? "", /secrets\.JOB_COUNT/);
        assert.equal(job({ ...REPORT, environment: { JOB_INDEX: "9" } })?.environment["JOB_INDEX"], "9");
    });
});

describe("a key of a job that other tools, or services, call otherwise", () => {
    it("is told", () => {
        const told = (key: string) => problems({ jobs: { nightly: { ...REPORT, [key]: "x" } } })[0]?.split(" | ")[1];
        assert.equal(told("schedule"), 'here it is cron: "0 3 * * *", and timeZone');
        assert.equal(told("timeout"), "did you mean timeoutMinutes?");
        assert.equal(told("spotPercent"), "here it is spot: true");
        assert.equal(told("replicas"), "here it is parallel");
        assert.equal(told("env"), "here it is environment");
        assert.equal(told("arch"), "here it is architecture: arm64 or x86_64");
    });
});

describe("a job's name", () => {
    it("is no service's, and none of the program's own", () => {
        assert.match(
            problems({ services: { web: WEB }, jobs: { web: REPORT } })[0] ?? "",
            /^fargate:jobs\.web: the name web \| another name: a service/,
        );
        assert.match(
            problems({ services: { web: WEB }, jobs: { cluster: REPORT } })[0] ?? "",
            /^fargate:jobs\.cluster: the name cluster/,
        );
        assert.match(
            problems({ services: { web: WEB }, jobs: { Nightly: REPORT } })[0] ?? "",
            /^fargate:jobs\.Nightly: the name Nightly/,
        );
    });

    it("leaves room for its roles' names", () => {
        assert.match(
            problems({ services: { web: WEB }, jobs: { [`a${"b".repeat(20)}`]: REPORT } })[0] ?? "",
            /at most 20 characters/,
        );
    });
});
