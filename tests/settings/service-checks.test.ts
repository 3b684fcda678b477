import assert from "node:assert/strict";
import { OWN_NAME } from "../../model/names";
import fc from "fast-check";
import { isLegalSize } from "../../model/fargate-size";
import { REGION, REPOSITORY, SECRET, WEB, problems, problemsOf, service, settings } from "../support/given";

const EXISTING = {
    vpcId: "vpc-0123456789abcdef0",
    publicSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    privateSubnetIds: ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"],
};

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

describe("a release of a container that is started again", () => {
    const told = (timeoutMinutes: number, attemptPeriodSeconds: number) =>
        problemsOf({ restart: { attemptPeriodSeconds }, release: { command: ["migrate"], timeoutMinutes } });

    it("is out of time before ECS would start it once more", () => {
        assert.deepEqual(told(10, 300), [
            "fargate:services.web.release.timeoutMinutes: 10 | at most 4, or a restart.attemptPeriodSeconds of more than 600, or no restart: " +
                "a release that ran for 300 s would be started again when it ends, also where it succeeded",
        ]);
        assert.match(told(30, 60)[0] ?? "", /30 \| no restart: a release that ran for 60 s/);
        service({ restart: {}, release: { command: ["migrate"], timeoutMinutes: 4 } });
        service({ restart: { attemptPeriodSeconds: 601 }, release: { command: ["migrate"] } });
    });
});

describe("a release", () => {
    it("is a command and how long it may take, ten minutes where nothing is said", () => {
        assert.deepEqual(service({ release: { command: ["npm", "run", "migrate"] } }).release, {
            command: ["npm", "run", "migrate"],
            timeoutMinutes: 10,
        });
        assert.equal("release" in service(), false);
        assert.equal(settings({ releases: "skip" }).releases, "skip");
    });

    it("is refused where it could not run, or would show a secret", () => {
        const told = (release: unknown) => problemsOf({ release });
        const path = "fargate:services.web.release";
        assert.match(told({ command: [] })[0] ?? "", /release\.command: .*\| \[program, argument, …\]/);
        assert.deepEqual(told({ command: [" "] }), [`${path}.command: no program | [program, argument, …]`]);
        assert.match(
            told({ command: "npm run migrate" })[0] ?? "",
            /release\.command: the text "npm run migrate" \| \[program, argument, …\]; a line/,
        );
        assert.match(
            told({ command: ["a"], timeoutMinutes: 60 })[0] ?? "",
            /timeoutMinutes: 60 \| a whole number from 1 to 50 minutes/,
        );
        const [secret = ""] = told({ command: ["db", "--url", "postgres://u:hunter2secret@db/x"] });
        assert.match(secret, /what looks like a secret in plain text \(not shown\)/);
        assert.doesNotMatch(secret, /hunter2secret/);
        assert.match(
            told({ command: ["sh", "-c", "x".repeat(8192)] })[0] ?? "",
            /at most 8192: put it into a script of the image/,
        );
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

describe("a service's name", () => {
    it("is lower-case letters, digits and hyphens, at most 20", () => {
        const named = (name: string) => problems({ services: { [name]: WEB } });
        const form = "lower-case letters, digits and single hyphens, starting with a letter";
        assert.deepEqual(named("Web_1"), [`fargate:services.Web_1: the name Web_1 | ${form}; not "W"`]);
        assert.deepEqual(named("a".repeat(21)), [
            `fargate:services.${"a".repeat(21)}: a name of 21 characters | at most 20 characters, since a target group's name has at most 32`,
        ]);
        settings({ services: { ["a".repeat(20)]: WEB } });
    });

    it("leaves room for its role's name behind project and stack", () => {
        const project = "p".repeat(40);
        assert.deepEqual(problems({ services: { ["a".repeat(10)]: WEB } }, { project }), [
            `fargate:services.${"a".repeat(10)}: a name of 10 characters | at most 9 characters behind ${project}-dev-, since a role's name has at most 64; or a shorter stack or project`,
        ]);
        settings({ services: { ["a".repeat(9)]: WEB } }, { project });
    });

    it("is none of the program's own components'", () => {
        const own = Object.values(OWN_NAME);
        for (const name of own) {
            assert.deepEqual(problems({ services: { [name]: WEB } }), [
                `fargate:services.${name}: the name ${name} | another name: ${own.join(", ")} are the program's own`,
            ]);
        }
        settings({ services: { networks: WEB } });
    });
});

describe("a network without internet", () => {
    const region = (arn: string) => arn.replaceAll(REGION, "us-east-1");

    it("refuses images from outside ECR and from another region, and says how else", () => {
        const allowed = `an image in ECR in ${REGION}, since tasks have no internet, or fargate:network.egress: nat`;
        for (const image of ["nginx:1", "public.ecr.aws/nginx/nginx:1", region(`${REPOSITORY}:1`)]) {
            const stock = image.includes(".dkr.ecr.")
                ? ""
                : `. To copy this one there: npm run mirror -- dev ${image}. Stock images: docs/configuration.md#stock-images`;
            assert.deepEqual(problemsOf({ build: undefined, image }), [
                `fargate:services.web.image: ${image} | ${allowed}${stock}`,
            ]);
            assert.equal(problemsOf({ build: undefined, image }, { network: { egress: "endpoints" } }).length, 1);
        }
        settings({ services: { web: { ...WEB, build: undefined, image: `${REPOSITORY}:1` } } });
    });

    it("refuses them also where CI built them, and names the key that says so", () => {
        const image = `ghcr.io/shop/web@sha256:${"0".repeat(64)}`;
        assert.match(problems({ images: { web: image } })[0] ?? "", /^fargate:images\.web: ghcr\.io/);
    });

    it("refuses secrets of another region", () => {
        assert.deepEqual(problemsOf({ secrets: { DB: region(SECRET) } }), [
            `fargate:services.web.secrets.DB: ${region(SECRET)} | a secret in ${REGION}, since tasks have no internet, or fargate:network.egress: nat`,
        ]);
    });

    it("refuses actions of services whose endpoint is not known, and lists those that are", () => {
        const permissions = [
            { actions: ["s3:GetObject"], resources: ["*"] },
            { actions: ["sqs:*", "iam:PassRole"], resources: ["*"] },
        ];
        const [problem = "", ...others] = problemsOf({ permissions });
        assert.deepEqual(others, []);
        assert.match(
            problem,
            /^fargate:services\.web\.permissions\[1\]\.actions: iam:PassRole \| actions of bedrock, cloudwatch, .*, xray, whose endpoints are known, or of what is in the VPC itself, such as rds-db:connect; or fargate:network/,
        );
    });

    it("is the only one that does: with NAT gateways, or a way out of its own, anything is within reach", () => {
        const services = {
            web: {
                ...WEB,
                build: undefined,
                image: "nginx:1",
                secrets: { DB: region(SECRET) },
                permissions: [{ actions: ["iam:PassRole"], resources: ["*"] }],
            },
        };
        for (const network of [{ egress: "nat" }, { egress: "nat-per-zone" }, EXISTING]) settings({ services, network });
        const network = { ...EXISTING, egress: "endpoints", privateRouteTableIds: ["rtb-0123456789abcdef0"] };
        const told = problems({ services, network });
        assert.equal(told.length, 3);
        assert.ok(told.every(line => line.includes("or fargate:network.egress: existing")));
    });
});
