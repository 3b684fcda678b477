import assert from "node:assert/strict";
import program from "../../bootstrap/index";
import { settingsOf } from "../../bootstrap/settings";
import { PolicyDocument, policy } from "../../iam/documents";
import { Recorded, record } from "../../tools/inventory/recorder";
import { sampleBootstrap } from "../support/sample";
import { isAllowed } from "../iam/evaluate";

const ACCOUNT = "123456789012";
const calls = { "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: ACCOUNT }) };
const files = sampleBootstrap();
const { github, project } = settingsOf(files.config, "main");

const run = (changes: Readonly<Record<string, unknown>> = {}) => {
    const changed = Object.fromEntries(Object.entries(changes).map(([key, value]) => [key, JSON.stringify(value)]));
    return record(program, { ...files, config: { ...files.config, ...changed }, calls });
};

describe("the bootstrap of an account", () => {
    let resources: readonly Recorded[];
    let outputs: Awaited<ReturnType<typeof run>>["outputs"];
    before(async () => ({ resources, outputs } = await run()));

    const only = (type: string): Recorded => {
        const [found, ...others] = resources.filter(resource => resource.type === type);
        assert.ok(found);
        assert.deepEqual(others, []);
        return found;
    };
    const named = (type: string, name: string) => {
        const found = resources.find(resource => resource.type === type && resource.name === name);
        assert.ok(found, `${type} ${name}`);
        return found.inputs;
    };

    it("is these resources and no others", () => {
        const policies = (role: string, ...topics: string[]) => [
            `aws:iam/role:Role ${role}-role`,
            ...topics.flatMap(topic => [
                `aws:iam/policy:Policy ${role}-${topic}`,
                `aws:iam/rolePolicyAttachment:RolePolicyAttachment ${role}-${topic}`,
            ]),
        ];
        assert.deepEqual(
            resources
                .filter(({ isComponent }) => !isComponent)
                .map(({ type, name }) => `${type} ${name}`)
                .sort(),
            [
                "pulumi:providers:aws aws",
                "aws:s3/bucket:Bucket state-bucket",
                "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration state-lifecycle",
                "aws:s3/bucketOwnershipControls:BucketOwnershipControls state-ownership",
                "aws:s3/bucketPolicy:BucketPolicy state-policy",
                "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock state-privacy",
                "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration state-encryption",
                "aws:s3/bucketVersioning:BucketVersioning state-versioning",
                "aws:kms/key:Key secrets-key",
                "aws:kms/alias:Alias secrets-alias",
                "aws:ecr/repository:Repository web-registry-repository",
                "aws:ecr/lifecyclePolicy:LifecyclePolicy web-registry-lifecycle",
                "aws:iam/openIdConnectProvider:OpenIdConnectProvider github-provider",
                ...policies("preview", "resources-1", "resources-2", "state"),
                ...policies("build", "images"),
                "aws:iam/policy:Policy boundary-dev",
                "aws:iam/policy:Policy jobs-boundary-dev",
                ...policies("deploy-dev", "resources-1", "resources-2", "resources-3", "resources-4", "resources-5", "state"),
                "aws:iam/policy:Policy boundary-prod",
                "aws:iam/policy:Policy jobs-boundary-prod",
                ...policies("deploy-prod", ...[1, 2, 3, 4, 5, 6].map(part => `resources-${part}`), "state"),
            ].sort(),
        );
    });

    it("keeps state in a bucket that is versioned, encrypted, private and without ACLs", () => {
        const bucket = only("aws:s3/bucket:Bucket").inputs;
        assert.equal(bucket["bucket"], `${project}-state-${ACCOUNT}-ap-northeast-2`);
        assert.equal(bucket["forceDestroy"], undefined, "a bucket with state is not deleted");
        const ofBucket = (type: string) => {
            const { inputs } = only(type);
            assert.equal(inputs["bucket"], "Bucket:state-bucket");
            return inputs;
        };
        assert.deepEqual(ofBucket("aws:s3/bucketVersioning:BucketVersioning")["versioningConfiguration"], { status: "Enabled" });
        assert.deepEqual(ofBucket("aws:s3/bucketOwnershipControls:BucketOwnershipControls")["rule"], {
            objectOwnership: "BucketOwnerEnforced",
        });
        assert.deepEqual(ofBucket("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"), {
            bucket: "Bucket:state-bucket",
            blockPublicAcls: true,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
        });
        assert.deepEqual(
            ofBucket("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration")["rules"],
            [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
        );
    });

    it("lets old versions of state go after 90 days, and no current one", () => {
        assert.deepEqual(only("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").inputs["rules"], [
            {
                id: "old-versions",
                status: "Enabled",
                filter: { prefix: "" },
                noncurrentVersionExpiration: { noncurrentDays: 90 },
                abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
            },
        ]);
    });

    it("carries the tags of its own project and stack", () => {
        const given = JSON.parse(String(named("pulumi:providers:aws", "aws")["defaultTags"])) as unknown;
        assert.deepEqual(given, { tags: { project: "fargate-bootstrap", stack: "main", "managed-by": "pulumi" } });
    });

    it("lets nobody speak to the bucket without TLS", () => {
        const document = documentOf(only("aws:s3/bucketPolicy:BucketPolicy").inputs["policy"]);
        const everything = policy({ Effect: "Allow", Action: ["s3:*"], Resource: ["*"] });
        const over = (transport: string) =>
            isAllowed(
                { identity: [everything, document] },
                {
                    action: "s3:GetObject",
                    resources: [{ arn: "arn:aws:Bucket:state-bucket/.pulumi/meta.yaml" }, { arn: "arn:aws:Bucket:state-bucket" }],
                    context: { "aws:SecureTransport": transport },
                },
            );
        assert.ok(over("true"));
        assert.ok(!over("false"));
    });

    it("has a key that rotates, can be had back for 30 days, and goes by its alias", () => {
        const { enableKeyRotation, deletionWindowInDays } = only("aws:kms/key:Key").inputs;
        assert.deepEqual({ enableKeyRotation, deletionWindowInDays }, { enableKeyRotation: true, deletionWindowInDays: 30 });
        const { name, targetKeyId } = only("aws:kms/alias:Alias").inputs;
        assert.deepEqual([name, targetKeyId], [`alias/${project}-stacks`, "Key:secrets-key"]);
    });

    it("has one repository a service, whose tags never move and whose images are scanned", async () => {
        const { resources: two } = await run({ "fargate-bootstrap:services": ["web", "api"] });
        const repositories = two.filter(({ type }) => type === "aws:ecr/repository:Repository").map(({ inputs }) => inputs);
        assert.deepEqual(
            repositories.map(({ name, imageTagMutability, imageScanningConfiguration, forceDelete }) => ({
                name,
                imageTagMutability,
                imageScanningConfiguration,
                forceDelete,
            })),
            [`${project}/web`, `${project}/api`].map(name => ({
                name,
                imageTagMutability: "IMMUTABLE",
                imageScanningConfiguration: { scanOnPush: true },
                forceDelete: false,
            })),
        );
    });

    it("trusts GitHub through a provider of its own, or through the one that exists", async () => {
        const { url, clientIdLists, thumbprintLists } = only("aws:iam/openIdConnectProvider:OpenIdConnectProvider").inputs;
        assert.deepEqual([url, clientIdLists], ["https://token.actions.githubusercontent.com", ["sts.amazonaws.com"]]);
        assert.equal(thumbprintLists, undefined);

        const providerArn = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
        const { resources: others } = await run({ "fargate-bootstrap:github": { repository: "example/shop", providerArn } });
        assert.ok(!others.some(({ type }) => type === "aws:iam/openIdConnectProvider:OpenIdConnectProvider"));
        const trusts = others.filter(({ type }) => type === "aws:iam/role:Role").map(({ inputs }) => inputs["assumeRolePolicy"]);
        assert.equal(trusts.length, 4);
        for (const trust of trusts) assert.ok(String(trust).includes(providerArn));
    });

    it("keeps its roles and policies below a path that no stack's prefix matches, for an hour at a time", () => {
        const roles = resources.filter(({ type }) => type === "aws:iam/role:Role").map(({ inputs }) => inputs);
        assert.deepEqual(roles.map(({ name }) => name).sort(), [
            `${project}-build`,
            `${project}-deploy-dev`,
            `${project}-deploy-prod`,
            `${project}-preview`,
        ]);
        for (const { maxSessionDuration } of roles) assert.equal(maxSessionDuration, 3600);
        const policies = resources.filter(({ type }) => type === "aws:iam/policy:Policy").map(({ inputs }) => inputs);
        for (const { path: place } of [...roles, ...policies]) assert.equal(place, `/${project}-bootstrap/`);
    });

    it("gives each role the policies that the model has for it, and its own trust", () => {
        const deploy = resources.filter(({ type, name }) => type === "aws:iam/policy:Policy" && name.startsWith("deploy-dev-"));
        const identity = deploy.map(({ inputs }) => documentOf(inputs["policy"]));
        const state = (stack: string) =>
            isAllowed(
                { identity },
                {
                    action: "s3:PutObject",
                    resources: [
                        {
                            arn: `arn:aws:s3:::${project}-state-${ACCOUNT}-ap-northeast-2/.pulumi/stacks/${project}/${stack}.json`,
                        },
                    ],
                },
            );
        assert.ok(state("dev"));
        assert.ok(!state("prod"));
        for (const [role, subject] of [
            ["preview", "pull_request"],
            ["build", `ref:refs/heads/${github.branch}`],
            ["deploy-dev", "environment:dev"],
            ["deploy-prod", "environment:prod"],
        ] as const) {
            const trust = documentOf(named("aws:iam/role:Role", `${role}-role`)["assumeRolePolicy"]);
            const [first] = trust.Statement;
            assert.equal(
                first?.Condition?.["StringEquals"]?.["token.actions.githubusercontent.com:sub"],
                `${github.subjectPrefix}:${subject}`,
            );
            assert.deepEqual(first.Principal, { Federated: "arn:aws:OpenIdConnectProvider:github-provider" });
        }
    });

    it("tells what the stacks and the workflows need, and what to do next", () => {
        const { next, ...rest } = outputs as unknown as { next: string };
        assert.deepEqual(rest, {
            backend: `s3://${project}-state-${ACCOUNT}-ap-northeast-2?region=ap-northeast-2`,
            secretsProviders: {
                dev: `awskms:///alias/${project}-stacks?region=ap-northeast-2&context_project=${project}&context_stack=dev`,
                prod: `awskms:///alias/${project}-stacks?region=ap-northeast-2&context_project=${project}&context_stack=prod`,
            },
            repositories: { web: `123456789012.dkr.ecr.region.amazonaws.com/${project}/web` },
            roles: {
                preview: "arn:aws:Role:preview-role",
                build: "arn:aws:Role:build-role",
                deploy: { dev: "arn:aws:Role:deploy-dev-role", prod: "arn:aws:Role:deploy-prod-role" },
            },
            permissionsBoundaries: { dev: "arn:aws:Policy:boundary-dev", prod: "arn:aws:Policy:boundary-prod" },
        });
        for (const command of [
            `gh variable set AWS_DEPLOY_ROLE --repo ${github.repository} --env prod --body 'arn:aws:Role:deploy-prod-role'`,
            `gh variable set AWS_PREVIEW_ROLE --repo ${github.repository} --body 'arn:aws:Role:preview-role'`,
            "pulumi config set fargate:permissionsBoundary arn:aws:Policy:boundary-dev --stack dev",
        ])
            assert.ok(next.includes(`\n  ${command}`), command);
    });

    it("makes roles for people where some are named, and tells their profiles", async () => {
        const people = [`arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_Operators_*`];
        const { resources: more, outputs: told } = await run({
            "fargate-bootstrap:readers": people,
            "fargate-bootstrap:environments": { dev: {}, prod: { operators: people } },
        });
        const names = more.filter(({ type }) => type === "aws:iam/role:Role").map(({ inputs }) => String(inputs["name"]));
        assert.deepEqual(names.filter(name => !resources.some(({ inputs }) => inputs["name"] === name)).sort(), [
            `${project}-operate-prod`,
            `${project}-read`,
        ]);
        const role = more.find(({ name }) => name === "operate-prod-role");
        assert.match(String(role?.inputs["assumeRolePolicy"]), /AWSReservedSSO_Operators_/);
        assert.deepEqual([role?.inputs["maxSessionDuration"], role?.inputs["path"]], [3600, `/${project}-bootstrap/`]);
        const { roles, next } = told as unknown as { roles: Record<string, unknown>; next: string };
        assert.deepEqual(
            [roles["read"], roles["operate"]],
            ["arn:aws:Role:read-role", { prod: "arn:aws:Role:operate-prod-role" }],
        );
        assert.ok(next.includes("\n  [profile operate-prod]\n  role_arn = arn:aws:Role:operate-prod-role\n"), next);
        await assert.rejects(
            run({ "fargate-bootstrap:readers": ["arn:aws:iam::210987654321:user/ada"] }),
            /roles and users of 123456789012/,
        );
    });

    it("lets one branch deploy, to each environment", async () => {
        const github = { repository: "example/shop", branch: "release" };
        const { outputs: ofRelease } = await run({ "fargate-bootstrap:github": github });
        const { next } = ofRelease as unknown as { next: string };
        for (const stack of ["dev", "prod"]) {
            const place = `repos/example/shop/environments/${stack}`;
            const commands = [
                `gh api --method PUT ${place} -F 'deployment_branch_policy[protected_branches]=false' -F 'deployment_branch_policy[custom_branch_policies]=true'`,
                `gh api --method POST ${place}/deployment-branch-policies -f name='release'`,
            ];
            assert.ok(next.includes(commands.map(command => `\n  ${command}`).join("")), next);
        }
    });

    it("asks for the prefix of tokens with ids, until it is told", async () => {
        const nextOf = async (github: object) =>
            ((await run({ "fargate-bootstrap:github": github })).outputs as unknown as { next: string }).next;
        const repository = "example/shop";
        assert.match(
            await nextOf({ repository }),
            /as subjectPrefix[^]*\n {2}gh api repos\/example\/shop --jq '"repo:\\\(\.owner/,
        );
        assert.doesNotMatch(await nextOf({ repository, subjectPrefix: "repo:example@1/shop@2" }), /subjectPrefix/);
    });

    it("exports stacks where they are, and opens them in the new backend in a shell that names another", () => {
        const { next } = outputs as unknown as { next: string };
        const exported = next.lastIndexOf("pulumi stack export --stack");
        const opened = next.indexOf(
            `\n  export PULUMI_BACKEND_URL='s3://${project}-state-${ACCOUNT}-ap-northeast-2?region=ap-northeast-2'\n`,
        );
        const made = next.indexOf("pulumi stack init");
        assert.ok(0 < exported && exported < opened && opened < made, next);
        assert.doesNotMatch(next, /pulumi login/);
    });
});

function documentOf(text: unknown): PolicyDocument {
    return JSON.parse(String(text)) as PolicyDocument;
}
