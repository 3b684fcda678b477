import assert from "node:assert/strict";
import fc from "fast-check";
import { PolicyDocument, Statement } from "../../iam/documents";
import { executionPolicy, taskPolicy, tasksMayAssume } from "../../iam/tasks";

const account = fc.stringMatching(/^[1-9]\d{11}$/);
const region = fc.constantFrom("ap-northeast-2", "us-east-1", "eu-central-1");
const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/);
const repositoryArn = fc
    .tuple(region, account, word)
    .map(([where, owner, name]) => `arn:aws:ecr:${where}:${owner}:repository/${name}`);
const secretArn = fc
    .tuple(region, account, word, fc.stringMatching(/^[A-Za-z0-9]{6}$/), fc.constantFrom("", ":password::"))
    .map(([where, owner, name, suffix, key]) => `arn:aws:secretsmanager:${where}:${owner}:secret:${name}-${suffix}${key}`);
const parameterArn = fc
    .tuple(region, account, word)
    .map(([where, owner, name]) => `arn:aws:ssm:${where}:${owner}:parameter/${name}`);
const needs = fc.record({
    region,
    account,
    logGroup: word,
    repositoryArn: fc.option(repositoryArn, { nil: undefined }),
    secretArns: fc.array(fc.oneof(secretArn, parameterArn), { maxLength: 4 }),
});

const SEOUL = { region: "ap-northeast-2", account: "123456789012" };
const SECRET = "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:db-AbCdEf";

describe("the execution role's policy", () => {
    it("names `*` for the registry's login alone, which knows no resource", () => {
        fc.assert(
            fc.property(needs, given => {
                const open = executionPolicy(given).Statement.filter(({ Resource }) => Resource?.includes("*"));
                assert.deepEqual(
                    open.map(({ Action }) => Action),
                    given.repositoryArn === undefined ? [] : [["ecr:GetAuthorizationToken"]],
                );
            }),
        );
    });

    it("names this repository, this log group, these secrets and the keys beside them, and nothing else", () => {
        fc.assert(
            fc.property(needs, given => {
                const bare = given.secretArns.map(withoutJsonKey);
                const keys = bare.map(arn => arn.replace(/^(arn:aws):\w+:([^:]+:\d+):.*$/, "$1:kms:$2:key/*"));
                const expected = [
                    `arn:aws:logs:${given.region}:${given.account}:log-group:${given.logGroup}:log-stream:*`,
                    ...(given.repositoryArn === undefined ? [] : ["*", given.repositoryArn]),
                    ...bare,
                    ...keys,
                ];
                assert.deepEqual(new Set(resources(executionPolicy(given))), new Set(expected));
            }),
        );
    });

    it("allows to pull, to write logs, to read and to decrypt, each only where something is named for it", () => {
        fc.assert(
            fc.property(needs, given => {
                const inSecretsManager = given.secretArns.some(arn => arn.includes(":secretsmanager:"));
                const inParameterStore = given.secretArns.some(arn => arn.includes(":ssm:"));
                const pull = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
                const expected = [
                    "logs:CreateLogStream",
                    "logs:PutLogEvents",
                    ...(given.repositoryArn === undefined ? [] : ["ecr:GetAuthorizationToken", ...pull]),
                    ...(inSecretsManager ? ["secretsmanager:GetSecretValue"] : []),
                    ...(inParameterStore ? ["ssm:GetParameters"] : []),
                    ...(given.secretArns.length > 0 ? ["kms:Decrypt"] : []),
                ];
                const { Statement: statements } = executionPolicy(given);
                assert.deepEqual(new Set(statements.flatMap(({ Action }) => Action)), new Set(expected));
                assert.ok(statements.every(({ Effect }) => Effect === "Allow"));
            }),
        );
    });

    it("decrypts with no key but in the name of these very secrets, through the service that keeps them", () => {
        const parameter = "arn:aws:ssm:us-east-1:210987654321:parameter/db";
        const document = executionPolicy({ ...SEOUL, logGroup: "web", secretArns: [`${SECRET}:password::`, parameter] });
        assert.deepEqual(
            document.Statement.filter(({ Action }) => Action.includes("kms:Decrypt")),
            [
                {
                    Sid: "DecryptSecrets",
                    Effect: "Allow",
                    Action: ["kms:Decrypt"],
                    Resource: ["arn:aws:kms:ap-northeast-2:123456789012:key/*"],
                    Condition: {
                        StringEquals: {
                            "kms:ViaService": ["secretsmanager.ap-northeast-2.amazonaws.com"],
                            "kms:EncryptionContext:SecretARN": [SECRET],
                        },
                    },
                },
                {
                    Sid: "DecryptParameters",
                    Effect: "Allow",
                    Action: ["kms:Decrypt"],
                    Resource: ["arn:aws:kms:us-east-1:210987654321:key/*"],
                    Condition: {
                        StringEquals: {
                            "kms:ViaService": ["ssm.us-east-1.amazonaws.com"],
                            "kms:EncryptionContext:PARAMETER_ARN": [parameter],
                        },
                    },
                },
            ],
        );
    });

    it("binds every use of a key to the secrets that are named, whichever they are", () => {
        fc.assert(
            fc.property(needs, given => {
                const bound = executionPolicy(given)
                    .Statement.filter(({ Action }) => Action.includes("kms:Decrypt"))
                    .flatMap(({ Condition }) => Object.entries(Condition?.["StringEquals"] ?? {}))
                    .flatMap(([key, values]) => (key.startsWith("kms:EncryptionContext:") ? values : []));
                assert.deepEqual(new Set(bound), new Set(given.secretArns.map(withoutJsonKey)));
            }),
        );
    });

    it("pulls from the repositories of its containers, each told once", () => {
        const [web, proxy] = ["web", "proxy"].map(name => `arn:aws:ecr:ap-northeast-2:123456789012:repository/${name}`);
        const needs = {
            ...SEOUL,
            logGroup: "web",
            secretArns: [],
            repositoryArn: web,
            sidecarRepositoryArns: [web ?? "", proxy ?? ""],
        };
        const pull = executionPolicy<string | undefined>(needs).Statement.find(({ Action }) =>
            Action.includes("ecr:BatchGetImage"),
        );
        assert.deepEqual(pull?.Resource, [web, proxy]);
    });

    it("pulls from one repository", () => {
        const arn = "arn:aws:ecr:ap-northeast-2:123456789012:repository/web";
        const document = executionPolicy({ ...SEOUL, logGroup: "web", secretArns: [], repositoryArn: arn });
        assert.deepEqual(document.Statement.find(({ Action }) => Action.includes("ecr:BatchGetImage"))?.Resource, [arn]);
    });

    it("has one statement a purpose, each with a name of its own, and tells a secret that two variables share once", () => {
        const document = executionPolicy({
            ...SEOUL,
            logGroup: "web",
            secretArns: [`${SECRET}:a::`, `${SECRET}:b::`],
            repositoryArn: "arn",
        });
        assert.deepEqual(document.Statement.map(sid), [
            "LogInToRegistry",
            "PullImage",
            "WriteLogs",
            "ReadSecrets",
            "DecryptSecrets",
        ]);
        assert.deepEqual(document.Statement.find(({ Action }) => Action.includes("secretsmanager:GetSecretValue"))?.Resource, [
            SECRET,
        ]);
    });

    it("is the same in whatever order the secrets are named, so that a second preview is empty", () => {
        const [a, b] = ["arn:aws:ssm:us-east-1:210987654321:parameter/a", "arn:aws:ssm:us-west-2:210987654321:parameter/b"];
        const reading = (...secretArns: string[]) => executionPolicy<string>({ ...SEOUL, logGroup: "web", secretArns });
        assert.deepEqual(reading(b, a), reading(a, b));
        assert.deepEqual(reading(a).Statement.map(sid), ["WriteLogs", "ReadParameters", "DecryptParameters"]);
    });

    it("is in the partition of its region", () => {
        const document = executionPolicy<string>({
            region: "us-gov-west-1",
            account: "123456789012",
            logGroup: "web",
            secretArns: [],
        });
        assert.deepEqual(resources(document), ["arn:aws-us-gov:logs:us-gov-west-1:123456789012:log-group:web:log-stream:*"]);
    });
});

describe("the task role's policy", () => {
    it("is what was asked for, statement by statement", () => {
        const permission = fc.record({ actions: fc.array(word, { minLength: 1 }), resources: fc.array(word, { minLength: 1 }) });
        fc.assert(
            fc.property(fc.array(permission), permissions => {
                assert.deepEqual(taskPolicy(permissions), {
                    Version: "2012-10-17",
                    Statement: permissions.map(({ actions, resources: on }) => ({
                        Effect: "Allow",
                        Action: actions,
                        Resource: on,
                    })),
                });
            }),
        );
    });
});

describe("the trust policy of a task's roles", () => {
    it("trusts ECS tasks of this account and region alone", () => {
        assert.deepEqual(tasksMayAssume(SEOUL), {
            Version: "2012-10-17",
            Statement: [
                {
                    Effect: "Allow",
                    Principal: { Service: "ecs-tasks.amazonaws.com" },
                    Action: ["sts:AssumeRole"],
                    Condition: {
                        StringEquals: { "aws:SourceAccount": "123456789012" },
                        ArnLike: { "aws:SourceArn": "arn:aws:ecs:ap-northeast-2:123456789012:*" },
                    },
                },
            ],
        });
        const inChina = JSON.stringify(tasksMayAssume({ region: "cn-north-1", account: "123456789012" }));
        assert.match(inChina, /"arn:aws-cn:ecs:cn-north-1:123456789012:\*"/);
    });
});

function resources(document: PolicyDocument): string[] {
    return document.Statement.flatMap(({ Resource }) => Resource ?? []);
}

function sid({ Sid }: Statement): string | undefined {
    return Sid;
}

function withoutJsonKey(arn: string): string {
    return arn.replace(/:password::$/, "");
}
