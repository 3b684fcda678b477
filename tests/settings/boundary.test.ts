import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { stringify } from "yaml";
import { executionPolicy } from "../../iam/tasks";
import { boundaryPolicy } from "../../iam/boundary";
import { boundaryArn } from "../../iam/names";
import { isAllowed } from "../iam/evaluate";
import { DIGEST, Given, REGION, problems, settings } from "../support/given";

const ACCOUNT = "123456789012";
const BOUNDARY = boundaryArn({ region: REGION, account: ACCOUNT }, "fargate", "dev");
const secret = (name: string, region = REGION, account = ACCOUNT) =>
    `arn:aws:secretsmanager:${region}:${account}:secret:${name}-AbCdEf`;
const GROUP = "sg-0123456789abcdef0";
const REGISTRY = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com`;
const parameter = (name: string) => `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/${name}`;

describe("a stack under the boundary of its account's bootstrap", () => {
    let root = "";
    beforeEach(() => {
        root = mkdtempSync(path.join(tmpdir(), "boundary-"));
        bootstrap({ dev: {}, prod: {} });
    });
    afterEach(() => {
        rmSync(root, { recursive: true });
    });

    const bootstrap = (environments: unknown, name = "main") => {
        mkdirSync(path.join(root, "bootstrap"), { recursive: true });
        const config = { "fargate-bootstrap:services": ["web"], "fargate-bootstrap:environments": environments };
        writeFileSync(path.join(root, "bootstrap", `Pulumi.${name}.yaml`), stringify({ config }));
    };
    const given = (changes: Given, permissionsBoundary: string | undefined = BOUNDARY) => ({
        permissionsBoundary,
        network: { zones: [`${REGION}a`, `${REGION}c`], egress: "nat" },
        services: { web: { image: `${REGISTRY}/fargate-dev-web@${DIGEST}`, ...changes } },
    });
    const refused = (changes: Given) => problems(given(changes), { root });
    const accepted = (changes: Given, boundary?: string) => settings(given(changes, boundary), { root });

    it("reads secrets and parameters of its own path", () => {
        const secrets = {
            DB: secret("fargate/dev/db"),
            PASSWORD: `${secret("fargate/dev/db")}:password::`,
            KEY: parameter("fargate/dev/key"),
        };
        accepted({ secrets });
    });

    it("reads files of variables that its permissions name, with their bucket", () => {
        const environmentFiles = ["arn:aws:s3:::shop-config/web.env"];
        const allowed =
            "files that the boundary lets tasks read: name s3:GetObject on it and s3:GetBucketLocation on arn:aws:s3:::shop-config " +
            "under environments.dev.permissions in bootstrap/Pulumi.main.yaml, and update the bootstrap";
        assert.deepEqual(refused({ environmentFiles }), [
            `fargate:services.web.environmentFiles[0]: ${environmentFiles[0]} | ${allowed}`,
        ]);
        const read = { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::shop-config/*"] };
        bootstrap({ dev: { permissions: [read] } });
        assert.equal(refused({ environmentFiles }).length, 1);
        const find = { actions: ["s3:GetBucketLocation"], resources: ["arn:aws:s3:::shop-config"] };
        bootstrap({ dev: { permissions: [read, find] } });
        accepted({ environmentFiles });
    });

    it("runs images of repositories that tasks may pull from, its sidecars and collector too", () => {
        const own = (name: string) => `${REGISTRY}/${name}@${DIGEST}`;
        const allowed =
            `an image in a repository named fargate-dev-<name> in ${ACCOUNT} and ${REGION}, which the boundary lets tasks pull from and the deploy role sees; ` +
            `to copy it: docker buildx imagetools create --tag ${REGISTRY}/fargate-dev-<name>:<tag> <image>`;
        for (const image of [
            own("envoy"),
            own("fargate-prod-web"),
            own("fargate/worker"),
            own("fargate-dev-web").replace("123456789012", "210987654321"),
        ]) {
            const line = (place: string) => `fargate:services.web.${place}: ${image} | ${allowed}`;
            assert.deepEqual(refused({ image }), [line("image")]);
            assert.deepEqual(refused({ sidecars: { proxy: { image } } }), [line("sidecars.proxy.image")]);
            assert.deepEqual(refused({ tracing: { image } }), [line("tracing.image")]);
        }
        for (const image of [own("fargate-dev-envoy"), own("fargate/web"), `public.ecr.aws/envoy@${DIGEST}`])
            accepted({ image, sidecars: { proxy: { image } } });
        const images = { web: own("elsewhere") };
        assert.match(problems({ ...given({}), images }, { root })[0] ?? "", /^fargate:images\.web: /);
    });

    it("is under its own, and not under that of the stack whose file was copied", () => {
        const others = BOUNDARY.replace(/dev$/, "prod");
        const text = problems(given({}, others), { root });
        assert.match(JSON.stringify(text), /boundary-prod.*since the found one is another stack's/);
    });

    it("is refused other secrets, and told where to store them or to name them", () => {
        const allowed = (action: string, own: string) =>
            `${own}, which the boundary lets tasks read: store it under such a name, or name it with ${action} ` +
            "under environments.dev.permissions in bootstrap/Pulumi.main.yaml, and update the bootstrap";
        const own = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:fargate/dev/*`;
        const others = [
            secret("db"),
            `${secret("fargate/prod/db")}:password::`,
            secret("fargate/dev/db", "us-east-1"),
            secret("fargate/dev/db", REGION, "999999999999"),
        ];
        for (const arn of others) {
            assert.deepEqual(refused({ secrets: { DB: arn } }), [
                `fargate:services.web.secrets.DB: ${arn} | ${allowed("secretsmanager:GetSecretValue", own)}`,
            ]);
        }
        assert.deepEqual(refused({ secrets: { KEY: parameter("key") } }), [
            `fargate:services.web.secrets.KEY: ${parameter("key")} | ` +
                allowed("ssm:GetParameters", `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/fargate/dev/*`),
        ]);
    });

    it("reads another secret that the bootstrap names", () => {
        const permissions = [
            { actions: ["secretsmanager:GetSecretValue"], resources: [secret("shared/*").replace("AbCdEf", "*")] },
        ];
        bootstrap({ dev: { permissions } });
        accepted({ secrets: { DB: `${secret("shared/db")}:password::` } });
        bootstrap({ dev: {}, prod: { permissions } });
        assert.equal(refused({ secrets: { DB: secret("shared/db") } }).length, 1, "named for prod alone");
    });

    it("has a shell where the bootstrap lets the deploy role start one", () => {
        assert.deepEqual(refused({ exec: true }), [
            "fargate:services.web.exec: true | what the stack's deploy role may start: write exec: true under environments.dev in bootstrap/Pulumi.main.yaml, and update the bootstrap",
        ]);
        bootstrap({ dev: { exec: true } });
        accepted({ exec: true });
    });

    it("does what the bootstrap lets it do, and is refused the rest", () => {
        const permissions = [{ actions: ["s3:Get*"], resources: ["arn:aws:s3:::assets/*"] }];
        bootstrap({ dev: { permissions } });
        accepted({ permissions: [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::assets/a/*"] }] });
        accepted({ permissions });
        const wide = [
            { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::assets/*"] },
            { actions: ["s3:GetObject", "s3:PutObject"], resources: ["arn:aws:s3:::assets/*"] },
        ];
        assert.deepEqual(refused({ permissions: wide }), [
            "fargate:services.web.permissions[1]: s3:PutObject on arn:aws:s3:::assets/* | what the boundary lets tasks do: " +
                "write the same entry under environments.dev.permissions in bootstrap/Pulumi.main.yaml, and update the bootstrap",
        ]);
    });

    it("is refused what no bootstrap can allow", () => {
        const permissions = [{ actions: ["iam:PassRole"], resources: ["*"] }];
        bootstrap({ dev: { permissions } });
        assert.deepEqual(refused({ permissions }), [
            "fargate:services.web.permissions[0]: iam:PassRole on * | nothing of iam, organizations, account and the stacks' state, " +
                "which the boundary refuses to all tasks",
        ]);
    });

    it("is found in the bootstrap of its own account, where there are several", () => {
        const permissions = [{ actions: ["sqs:SendMessage"], resources: ["*"] }];
        bootstrap({ prod: {} });
        bootstrap({ dev: { permissions } }, "development");
        accepted({ permissions });
        assert.match(
            refused({ permissions: [{ actions: ["sqs:*"], resources: ["*"] }] })[0] ?? "",
            /environments\.dev\.permissions in bootstrap\/Pulumi\.development\.yaml/,
        );
    });

    it("is held to its path where no file tells what the bootstrap allows, and to nothing else", () => {
        for (const text of [undefined, "config: [", "config: { fargate-bootstrap:environments: dev }"]) {
            rmSync(path.join(root, "bootstrap"), { recursive: true, force: true });
            if (text !== undefined) {
                mkdirSync(path.join(root, "bootstrap"));
                writeFileSync(path.join(root, "bootstrap", "Pulumi.main.yaml"), text);
            }
            accepted({ permissions: [{ actions: ["sqs:SendMessage"], resources: ["*"] }] });
            assert.equal(refused({ secrets: { DB: secret("db") } }).length, 1);
        }
    });

    it("reads a secret that its service named once the bootstrap names it, and is told the very entry", () => {
        const managed = secret("rds!cluster-01234567-89ab-cdef-0123-456789abcdef");
        const database = { secretArn: managed, port: 5432, securityGroupId: GROUP };
        const entry = { actions: ["secretsmanager:GetSecretValue"], resources: [managed] };
        const told = (key: string, found: string) =>
            `fargate:services.web.${key}: ${found} | a secret that the boundary lets tasks read. Its service named this one: write ` +
            `{ actions: ["secretsmanager:GetSecretValue"], resources: ["${managed}"] } under environments.dev.permissions in ` +
            "bootstrap/Pulumi.main.yaml, and update the bootstrap";
        assert.deepEqual(refused({ database }), [told("database.secretArn", managed)]);
        assert.deepEqual(refused({ secrets: { P: `${managed}:password::` } }), [told("secrets.P", `${managed}:password::`)]);
        bootstrap({ dev: { permissions: [entry] } });
        accepted({ database, secrets: { P: `${managed}:password::` } });
    });

    it("opens a group of others that the bootstrap names, and no other", () => {
        const opened = { outbound: [{ port: 6379, securityGroupId: GROUP, openIngress: true }] };
        const line = (key: string) =>
            `fargate:services.web.${key}.openIngress: true for ${GROUP} | groups that the stack's deploy role may open: write ` +
            `securityGroups: [${GROUP}] under environments.dev in bootstrap/Pulumi.main.yaml, and update the bootstrap; or leave ` +
            "openIngress out, and let the group's owner let the tasks in";
        assert.deepEqual(refused(opened), [line("outbound[0]")]);
        const database = { secretArn: secret("fargate/dev/db"), port: 5432, securityGroupId: GROUP, openIngress: true };
        assert.deepEqual(refused({ database }), [line("database")]);
        bootstrap({ dev: {}, prod: { securityGroups: [GROUP] } });
        assert.deepEqual(refused(opened), [line("outbound[0]")], "named for prod alone");
        bootstrap({ dev: { securityGroups: [GROUP] } });
        accepted({ ...opened, database });
        bootstrap({ dev: {} });
        accepted({ outbound: [{ port: 6379, securityGroupId: GROUP }] });
        rmSync(path.join(root, "bootstrap"), { recursive: true });
        accepted(opened);
    });

    it("is what the rule is about: another boundary, or none, is nobody's business", () => {
        const changes = { secrets: { DB: secret("db") }, permissions: [{ actions: ["sqs:SendMessage"], resources: ["*"] }] };
        accepted(changes, "arn:aws:iam::123456789012:policy/boundary");
        settings({ services: given(changes).services, network: given(changes).network }, { root });
    });

    it("agrees with the boundary that the bootstrap makes", () => {
        const scope = {
            project: "fargate",
            stacks: ["dev"],
            region: REGION,
            account: ACCOUNT,
            services: ["web"],
            domains: [],
            networks: [],
            securityGroups: [],
        };
        const boundary = boundaryPolicy(scope, { bucketArn: "arn:aws:s3:::state", keyArn: "arn:aws:kms:r:1:key/1" }, []);
        for (const arn of [secret("fargate/dev/db"), secret("db"), parameter("fargate/dev/key"), parameter("fargate/prod/key")]) {
            const needs = { region: REGION, account: ACCOUNT, logGroup: "web", secretArns: [arn] };
            const action = arn.includes(":ssm:") ? "ssm:GetParameters" : "secretsmanager:GetSecretValue";
            const role = { identity: [executionPolicy<string>(needs)], boundary };
            const isReadable = isAllowed(role, { action, resources: [{ arn }] });
            if (isReadable) accepted({ secrets: { DB: arn } });
            else assert.equal(refused({ secrets: { DB: arn } }).length, 1, arn);
        }
    });
});

describe("permissionsBoundary", () => {
    it("is a policy's ARN", () => {
        assert.match(problems({ permissionsBoundary: "boundary" })[0] ?? "", /\| arn:aws:iam::<account>:policy\/<name>$/);
        const arn = "arn:aws:iam::123456789012:policy/boundary";
        assert.equal(settings({ permissionsBoundary: arn }).permissionsBoundary, arn);
    });
});
