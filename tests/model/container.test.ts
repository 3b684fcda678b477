import assert from "node:assert/strict";
import fc from "fast-check";
import { ContainerArgs, UNHEALTHY_AFTER, containerDefinition } from "../../model/container";

const health = { command: ["CMD", "/health"], intervalSeconds: 10, timeoutSeconds: 5, gracePeriodSeconds: 30 };

const args: ContainerArgs<string> = {
    name: "web",
    image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:0",
    memoryMiB: 1024,
    user: "65532",
    port: 8080,
    writablePaths: ["/tmp", "/var/run"],
    environment: { LOG_LEVEL: "info", A: "1" },
    secrets: { TOKEN: "arn:of:token", DB: "arn:of:db" },
    health,
    stopTimeoutSeconds: 30,
    logGroup: "fargate-dev-web",
    region: "eu-west-1",
};

/** A container as the tests look at it. */
interface Definition {
    readonly environment: readonly { readonly name: string }[];
    readonly secrets: readonly { readonly name: string }[];
    readonly linuxParameters: { readonly tmpfs?: readonly { readonly size: number }[] };
    readonly healthCheck?: { readonly startPeriod: number };
    readonly portMappings: readonly object[];
}

describe("a container definition", () => {
    it("is in the form in which ECS returns it: every default filled in, every list sorted", () => {
        const mountOptions = ["mode=1777", "nosuid", "nodev", "noexec"];
        assert.deepEqual(containerDefinition(args), {
            name: "web",
            image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:0",
            cpu: 0,
            essential: true,
            environment: [
                { name: "A", value: "1" },
                { name: "LOG_LEVEL", value: "info" },
            ],
            secrets: [
                { name: "DB", valueFrom: "arn:of:db" },
                { name: "TOKEN", valueFrom: "arn:of:token" },
            ],
            portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: "tcp" }],
            user: "65532",
            readonlyRootFilesystem: true,
            linuxParameters: {
                capabilities: { add: [], drop: ["ALL"] },
                initProcessEnabled: true,
                tmpfs: [
                    { containerPath: "/tmp", size: 256, mountOptions },
                    { containerPath: "/var/run", size: 256, mountOptions },
                ],
            },
            healthCheck: { command: ["CMD", "/health"], interval: 10, timeout: 5, retries: 3, startPeriod: 30 },
            stopTimeout: 30,
            logConfiguration: {
                logDriver: "awslogs",
                options: {
                    "awslogs-group": "fargate-dev-web",
                    "awslogs-region": "eu-west-1",
                    "awslogs-stream-prefix": "web",
                    mode: "non-blocking",
                    "max-buffer-size": "25m",
                },
            },
            mountPoints: [],
            volumesFrom: [],
            systemControls: [],
        });
    });

    it("is the same in whatever order variables are written, so that a second preview is empty", () => {
        const names = fc.uniqueArray(fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/), { minLength: 2, maxLength: 8 });
        const twoOrders = names.chain(list => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
        const values = (list: readonly string[]) => Object.fromEntries(list.map(name => [name, `value of ${name}`]));
        fc.assert(
            fc.property(twoOrders, ([list, other]) => {
                const one = define({ environment: values(list), secrets: values(list) });
                const two = define({ environment: values(other), secrets: values(other) });
                assert.deepEqual(one, two);
                assert.deepEqual(
                    one.environment.map(({ name }) => name),
                    [...list].sort(),
                );
                assert.deepEqual(
                    one.secrets.map(({ name }) => name),
                    [...list].sort(),
                );
            }),
        );
    });

    it("starts as its image says, or as it is told, in ECS's words", () => {
        const told = define({
            command: ["npm", "run", "worker"],
            entryPoint: ["/sbin/tini", "--"],
            workingDirectory: "/srv/app",
            nofile: 262_144,
            init: false,
            environmentFiles: ["arn:aws:s3:::shop-config/web.env"],
            restart: { ignoredExitCodes: [0], attemptPeriodSeconds: 300 },
        });
        assert.deepEqual(told, {
            ...define({}),
            command: ["npm", "run", "worker"],
            entryPoint: ["/sbin/tini", "--"],
            workingDirectory: "/srv/app",
            environmentFiles: [{ value: "arn:aws:s3:::shop-config/web.env", type: "s3" }],
            ulimits: [{ name: "nofile", softLimit: 262_144, hardLimit: 262_144 }],
            restartPolicy: { enabled: true, ignoredExitCodes: [0], restartAttemptPeriod: 300 },
            linuxParameters: { ...define({}).linuxParameters, initProcessEnabled: false },
        });
    });

    it("has no key without a value, which ECS would not return", () => {
        const least = define({ port: undefined, health: undefined, writablePaths: [], environment: {}, secrets: {} });
        assert.deepEqual(JSON.parse(JSON.stringify(least)), least);
        assert.ok(!("healthCheck" in least));
        assert.ok(!("tmpfs" in least.linuxParameters));
        assert.deepEqual(least.portMappings, []);
        assert.equal(define({ writablePaths: ["/tmp"] }).linuxParameters.tmpfs?.length, 1);
    });

    it("has a writable path take a quarter of the task's memory at most, in whole MiB", () => {
        for (const memoryMiB of [512, 1024, 3072, 249_856]) {
            assert.deepEqual(
                define({ memoryMiB }).linuxParameters.tmpfs?.map(({ size }) => size),
                [memoryMiB / 4, memoryMiB / 4],
            );
        }
    });

    it("starts counting failed checks after the grace period, within ECS's 300 seconds", () => {
        const startPeriod = (gracePeriodSeconds: number) =>
            define({ health: { ...health, gracePeriodSeconds } }).healthCheck?.startPeriod;
        assert.deepEqual([0, 30, 300, 301, 7200].map(startPeriod), [0, 30, 300, 300, 300]);
    });

    it("is unhealthy after as many failures as a target of the load balancer", () => {
        assert.equal(UNHEALTHY_AFTER, 3);
    });
});

function define(changes: Partial<ContainerArgs<string>>): Definition {
    return containerDefinition({ ...args, ...changes }) as Definition;
}
