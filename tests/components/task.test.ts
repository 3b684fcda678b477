import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Task, TaskArgs } from "../../components/task";
import { executionPolicies, executionPolicy, taskPolicy, tasksMayAssume } from "../../iam/tasks";
import { containerDefinition } from "../../model/container";
import { stopTimeoutSeconds } from "../../model/rollout";
import { DIGEST, Given, PARAMETER, REGION, REPOSITORY, SECRET, parameters, service } from "../support/given";
import { cached, declare, json } from "../support/declared";

const PLACE = { region: REGION, account: "123456789012" };
const REPOSITORY_ARN = `arn:aws:ecr:${REGION}:123456789012:repository/web`;
const PERMISSIONS = [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::assets/*"] }];
const BOUNDARY = "arn:aws:iam::123456789012:policy/boundary";

const made = cached((changes: Given = {}, more: Partial<TaskArgs> = {}) =>
    declare(() => {
        const { definitionArn, logGroupName, ready } = new Task("web-task", { ...args(changes), ...more });
        return { definitionArn, logGroupName, ready: ready.map(({ urn }) => urn) };
    }),
);

describe("a task", () => {
    it("is a definition, a log group, and the role of ECS with its policy", async () => {
        assert.deepEqual((await made()).list, [
            "Task web-task",
            "cloudwatch.LogGroup web-task-logs",
            "ecs.TaskDefinition web-task-definition",
            "iam.Role web-task-execution",
            "iam.RolePolicy web-task-execution",
        ]);
    });

    it("has a role for the application only where that may do something", async () => {
        const added = (await made({ permissions: PERMISSIONS })).list.filter(line => line.endsWith("web-task-task"));
        assert.deepEqual(added, ["iam.Role web-task-task", "iam.RolePolicy web-task-task"]);
        assert.equal((await definition())["taskRoleArn"], undefined);
        assert.equal((await definition({ permissions: PERMISSIONS }))["taskRoleArn"], "arn:aws:Role:web-task-task");
    });

    it("has a stable family with the stack in it, since families are account-wide", async () => {
        assert.equal((await definition())["family"], "fargate-dev-web");
        assert.equal((await definition({ cpu: 512, memoryMiB: 1024, environment: { A: "1" } }))["family"], "fargate-dev-web");
    });

    it("runs on Fargate, in its own network, with size, Linux and architecture told", async () => {
        const { containerDefinitions, ...inputs } = await definition({ cpu: 512, memoryMiB: 1024, architecture: "x86_64" });
        assert.equal(typeof containerDefinitions, "string");
        assert.deepEqual(inputs, {
            family: "fargate-dev-web",
            requiresCompatibilities: ["FARGATE"],
            networkMode: "awsvpc",
            cpu: "512",
            memory: "1024",
            runtimePlatform: { operatingSystemFamily: "LINUX", cpuArchitecture: "X86_64" },
            executionRoleArn: "arn:aws:Role:web-task-execution",
            tags: { service: "web" },
        });
        assert.deepEqual((await definition())["runtimePlatform"], { operatingSystemFamily: "LINUX", cpuArchitecture: "ARM64" });
    });

    it("has one container: the service's, by digest, as the model makes it", async () => {
        const changes = {
            memoryMiB: 1024,
            drainSeconds: 60,
            environment: { A: "1" },
            secrets: { DB: SECRET },
            health: { command: ["CMD", "x"] },
        };
        const { containerDefinitions } = await definition(changes);
        const expected = containerDefinition({
            ...service(changes),
            image: `${REPOSITORY}@${DIGEST}`,
            stopTimeoutSeconds: stopTimeoutSeconds(60),
            logGroup: "fargate-dev-web",
            region: REGION,
        });
        assert.deepEqual(json(containerDefinitions), [expected]);
    });

    it("has its sidecars behind it, by digest, and lets ECS pull and read what they need beside its own", async () => {
        const envoy = `123456789012.dkr.ecr.${REGION}.amazonaws.com/envoy`;
        const proxy = { image: `${envoy}:1`, secrets: { TOKEN: PARAMETER } };
        const changes = { secrets: { DB: SECRET }, sidecars: { proxy }, dependsOn: { proxy: "started" } };
        const sidecarImages = new Map([[proxy.image, `${envoy}@${DIGEST}`]]);
        const declared = await made(changes, { sidecarImages, repositoryArn: REPOSITORY_ARN });
        const { containerDefinitions } = declared.inputs("ecs.TaskDefinition web-task-definition");
        const containers = json(containerDefinitions) as { name: string; image: string; dependsOn?: object }[];
        assert.deepEqual(
            containers.map(({ name, image, dependsOn }) => [name, image, dependsOn]),
            [
                ["web", `${REPOSITORY}@${DIGEST}`, [{ containerName: "proxy", condition: "START" }]],
                ["proxy", `${envoy}@${DIGEST}`, undefined],
            ],
        );
        const { policy } = declared.inputs("iam.RolePolicy web-task-execution");
        const needs = {
            ...{ ...PLACE, repositoryArn: REPOSITORY_ARN, logGroup: "fargate-dev-web", secretArns: [SECRET, PARAMETER] },
            sidecarRepositoryArns: [REPOSITORY_ARN.replace(/web$/, "envoy")],
        };
        assert.deepEqual(json(policy), executionPolicy(needs));
    });

    it("lets ECS read its files of variables, those alone, and find their bucket", async () => {
        const file = "arn:aws:s3:::shop-config/web.env";
        const { policy } = (await made({ environmentFiles: [file] })).inputs("iam.RolePolicy web-task-execution");
        const statements = (json(policy) as { Statement: { Action: string[]; Resource: string[] }[] }).Statement;
        const ofS3 = statements.filter(({ Action }) => Action.some(action => action.startsWith("s3:")));
        assert.deepEqual(
            ofS3.map(({ Action, Resource }) => [Action, Resource]),
            [
                [["s3:GetObject"], [file]],
                [["s3:GetBucketLocation"], ["arn:aws:s3:::shop-config"]],
            ],
        );
    });

    it("may protect tasks of its cluster where that is asked for, and has no role of its own otherwise", async () => {
        const declared = await made({ taskProtection: true });
        const { Statement } = json(declared.inputs("iam.RolePolicy web-task-task")["policy"]) as { Statement: object[] };
        assert.deepEqual(Statement, [
            {
                Effect: "Allow",
                Action: ["ecs:GetTaskProtection", "ecs:UpdateTaskProtection"],
                Resource: [`arn:aws:ecs:${REGION}:${PLACE.account}:task/fargate-dev/*`],
            },
        ]);
    });

    it("lets ECS Exec's agent speak and log where that is asked for, and write to the root of its own container alone", async () => {
        const proxy = { image: `${REPOSITORY}:proxy`, essential: false };
        const declared = await made({ exec: true, sidecars: { proxy } });
        const { Statement } = json(declared.inputs("iam.RolePolicy web-task-task")["policy"]) as { Statement: object[] };
        const logs = `arn:aws:logs:${REGION}:${PLACE.account}:log-group`;
        assert.deepEqual(Statement, [
            {
                Effect: "Allow",
                Action: ["CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel"].map(
                    name => `ssmmessages:${name}`,
                ),
                Resource: ["*"],
            },
            { Effect: "Allow", Action: ["logs:DescribeLogGroups"], Resource: [`${logs}:*`] },
            {
                Effect: "Allow",
                Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
                Resource: [`${logs}:fargate-dev-exec/sessions:*`],
            },
        ]);
        const { containerDefinitions } = declared.inputs("ecs.TaskDefinition web-task-definition");
        assert.deepEqual(
            (json(containerDefinitions) as Record<string, unknown>[]).map(one => [one["name"], one["readonlyRootFilesystem"]]),
            [
                ["web", false],
                ["proxy", true],
            ],
        );
    });

    it("has more storage where that is asked for, and says nothing of it otherwise", async () => {
        assert.deepEqual((await definition({ ephemeralGiB: 50 }))["ephemeralStorage"], { sizeInGib: 50 });
        assert.ok(!("ephemeralStorage" in (await definition())));
    });

    it("is private to itself: read-only root, an unprivileged user, no capabilities, logs that block nobody", async () => {
        const [container] = json((await definition())["containerDefinitions"]) as [Record<string, Record<string, unknown>>];
        assert.equal(container["readonlyRootFilesystem"], true);
        assert.equal(container["user"], "65532");
        assert.deepEqual(container["linuxParameters"]?.["capabilities"], { add: [], drop: ["ALL"] });
        assert.equal((container["logConfiguration"]?.["options"] as Record<string, unknown>)["mode"], "non-blocking");
    });

    it("keeps its logs under its family's name for the time that was asked for", async () => {
        assert.deepEqual((await made()).inputs("cloudwatch.LogGroup web-task-logs"), {
            name: "fargate-dev-web",
            retentionInDays: 30,
            tags: { service: "web" },
        });
    });

    it("shows its plain arguments in a preview", async () => {
        const { name, cpu, logRetentionDays } = (await made()).inputs("Task web-task");
        assert.deepEqual({ name, cpu, logRetentionDays }, { name: "web", cpu: 256, logRetentionDays: 30 });
    });
});

describe("the roles of a task", () => {
    it("may be taken by ECS tasks of this account, and stay within the boundary", async () => {
        for (const purpose of ["execution", "task"]) {
            const declared = await made({ permissions: PERMISSIONS }, { permissionsBoundary: BOUNDARY });
            const { assumeRolePolicy, ...role } = declared.inputs(`iam.Role web-task-${purpose}`);
            assert.deepEqual(json(assumeRolePolicy), tasksMayAssume(PLACE));
            assert.deepEqual(role, {
                name: `fargate-dev-web-${purpose}`,
                permissionsBoundary: BOUNDARY,
                tags: { service: "web" },
            });
        }
    });

    it("have one inline policy each, and no managed one", async () => {
        const declared = await made({ permissions: PERMISSIONS });
        assert.deepEqual(
            declared.all("iam.RolePolicy").map(({ inputs }) => inputs["role"]),
            ["fargate-dev-web-execution", "fargate-dev-web-task"],
        );
        assert.deepEqual(
            declared.list.filter(line => /iam\.(?!Role |RolePolicy )/.test(line)),
            [],
        );
    });

    it("have managed policies where an inline one has no room, with names of the stack", async () => {
        const declared = await made({ secrets: parameters(60) });
        const { documents } = executionPolicies({
            ...PLACE,
            repositoryArn: REPOSITORY_ARN,
            logGroup: "fargate-dev-web",
            secretArns: Object.values(parameters(60)),
        });
        assert.deepEqual(declared.all("iam.RolePolicy"), []);
        const policies = declared.all("iam.Policy");
        assert.deepEqual(
            policies.map(({ inputs }) => json(inputs["policy"])),
            documents,
        );
        for (const [index, { name, inputs, replaceOnChanges }] of policies.entries()) {
            assert.equal(name, `web-task-execution-${index + 1}`);
            assert.equal(inputs["namePrefix"], "fargate-dev-web-execution-");
            assert.deepEqual(inputs["tags"], { service: "web" });
            assert.deepEqual(replaceOnChanges, ["policy"]);
            const attachment = declared.inputs(`iam.RolePolicyAttachment ${name}`);
            assert.equal(attachment["role"], "fargate-dev-web-execution");
            assert.match(String(attachment["policyArn"]), new RegExp(`${name}$`));
        }
        // Or the old policy would be detached before the rollout.
        for (const { deleteBeforeReplace } of declared.all("iam.RolePolicyAttachment")) assert.equal(deleteBeforeReplace, false);
        const ready = (declared.outputs as { ready: string[] }).ready;
        assert.deepEqual(
            ready.slice(1),
            declared.all("iam.RolePolicyAttachment").map(({ urn }) => urn),
        );
    });

    it("get a new policy before the rollout that needs it, and lose the old one after it", async () => {
        const policies = (await made({ permissions: PERMISSIONS })).all("iam.RolePolicy");
        assert.deepEqual(
            policies.map(({ replaceOnChanges }) => replaceOnChanges),
            [["policy"], ["policy"]],
        );
    });

    it("let ECS pull this image, write to this log group and read these secrets", async () => {
        const { policy } = (await made({ secrets: { DB: SECRET, P: PARAMETER } })).inputs("iam.RolePolicy web-task-execution");
        const needs = { ...PLACE, repositoryArn: REPOSITORY_ARN, logGroup: "fargate-dev-web", secretArns: [SECRET, PARAMETER] };
        assert.deepEqual(json(policy), executionPolicy(needs));
    });

    it("let ECS pull from no repository for an image from elsewhere", async () => {
        const { policy } = (await made({}, { repositoryArn: undefined })).inputs("iam.RolePolicy web-task-execution");
        assert.deepEqual(json(policy), executionPolicy({ ...PLACE, logGroup: "fargate-dev-web", secretArns: [] }));
    });

    it("let the application do what was asked for", async () => {
        const { policy } = (await made({ permissions: PERMISSIONS })).inputs("iam.RolePolicy web-task-task");
        assert.deepEqual(json(policy), taskPolicy(PERMISSIONS));
    });
});

describe("the order of a task's parts", () => {
    it("lets a task start when its log group and its roles' policies are there", async () => {
        const declared = await made({ permissions: PERMISSIONS });
        assert.deepEqual(declared.outputs, {
            definitionArn: "arn:aws:TaskDefinition:web-task-definition",
            logGroupName: "fargate-dev-web",
            ready: [
                declared.one("cloudwatch.LogGroup web-task-logs").urn,
                declared.one("iam.RolePolicy web-task-execution").urn,
                declared.one("iam.RolePolicy web-task-task").urn,
            ],
        });
        assert.equal(((await made()).outputs as { ready: unknown[] }).ready.length, 2);
    });

    it("changes no definition before every image of the update is built, its own or another service's", async () => {
        const declared = await withBuilds();
        const before = declared.before("ecs.TaskDefinition web-task-definition");
        assert.ok(before.has("test.Build own") && before.has("test.Build other"));
    });

    it("lets roles and logs wait for no image", async () => {
        const declared = await withBuilds();
        for (const part of ["cloudwatch.LogGroup web-task-logs", "iam.Role web-task-execution"]) {
            assert.deepEqual(declared.before(part), new Set());
        }
    });
});

/** A task whose image another resource makes, beside one that makes another service's. */
function withBuilds() {
    return declare(() => {
        const build = (name: string) => new Build(name);
        const [own, other] = [build("own"), build("other")];
        new Task("web-task", { ...args(), image: pulumi.interpolate`${REPOSITORY}@${own.id}`, imagesReady: [own, other] });
    });
}

class Build extends pulumi.CustomResource {
    constructor(name: string) {
        super("test:index:Build", name);
    }
}

async function definition(changes: Given = {}) {
    return (await made(changes)).inputs("ecs.TaskDefinition web-task-definition");
}

function args(changes: Given = {}): TaskArgs {
    return {
        deployment: { project: "fargate", stack: "dev" },
        place: PLACE,
        task: service(changes),
        stopTimeoutSeconds: stopTimeoutSeconds(service(changes).drainSeconds),
        image: `${REPOSITORY}@${DIGEST}`,
        repositoryArn: REPOSITORY_ARN,
        logRetentionDays: 30,
        imagesReady: [],
    };
}
