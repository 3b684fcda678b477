/** What the bootstrap made. */
export interface Made {
    /** Of the bootstrap itself. */
    readonly stack: string;
    readonly region: string;
    readonly github: {
        readonly repository: string;
        /** The only one that may deploy. */
        readonly branch: string;
        /** What its tokens' subjects begin with. */
        readonly subjectPrefix: string;
    };
    readonly backend: string;
    readonly secretsProviders: Readonly<Record<string, string>>;
    readonly roles: {
        readonly preview: string;
        readonly build: string;
        readonly deploy: Readonly<Record<string, string>>;
        /** Of people, where some are named. */
        readonly read?: string;
        readonly operate?: Readonly<Record<string, string>>;
    };
    readonly permissionsBoundaries: Readonly<Record<string, string>>;
}

/** What to do once the account is ready, as commands for the project's folder. */
export function nextSteps(made: Made): string {
    const { github, region, roles } = made;
    const stacks = Object.keys(roles.deploy);
    const variable = (name: string, value: string | undefined, environment?: string) =>
        `  gh variable set ${name} --repo ${github.repository}${environment === undefined ? "" : ` --env ${environment}`} --body '${value ?? ""}'`;
    return [
        `1. Tell ${github.repository} what was made. Only ${github.branch} may deploy to ${stacks.join(" and ")}; give the productive ones reviewers.`,
        ...(github.subjectPrefix.includes("@") ? [] : subject(github)),
        ...stacks.flatMap(stack => environment(github, stack)),
        variable("AWS_REGION", region),
        variable("PULUMI_BACKEND_URL", made.backend),
        variable("AWS_PREVIEW_ROLE", roles.preview),
        variable("AWS_BUILD_ROLE", roles.build),
        ...stacks.map(stack => variable("AWS_DEPLOY_ROLE", roles.deploy[stack], stack)),
        "2. Keep this bootstrap's own state where the team finds it. It is in the backend that it was made with, and nothing in it is secret.",
        `  pulumi -C bootstrap stack export --stack ${made.stack} --file ${made.stack}.json`,
        "3. Stacks that exist: export them where they are now, with PULUMI_BACKEND_URL and the passphrase of that place.",
        ...stacks.map(stack => `  pulumi stack export --stack ${stack} --file ${stack}.json`),
        "4. Open the stacks in the new backend, and commit what this writes into Pulumi.<stack>.yaml. For a new stack leave out import and change-secrets-provider.",
        // In place of `pulumi login`, which does nothing in a shell that has this variable.
        `  export PULUMI_BACKEND_URL='${made.backend}'`,
        ...stacks.flatMap(stack => {
            const secrets = `'${made.secretsProviders[stack] ?? ""}'`;
            return [
                `  pulumi stack init ${stack} --secrets-provider ${secrets}`,
                `  pulumi stack import --stack ${stack} --file ${stack}.json`,
                `  pulumi stack change-secrets-provider ${secrets} --stack ${stack}`,
                `  pulumi config set fargate:permissionsBoundary ${made.permissionsBoundaries[stack] ?? ""} --stack ${stack}`,
            ];
        }),
        ...profiles(made),
    ].join("\n");
}

/** For whoever looks and operates (AWS CLI user guide, "Use an IAM role in the AWS CLI"). */
function profiles({ region, roles }: Made): string[] {
    const all = [
        ...(roles.read === undefined ? [] : [{ name: "read", arn: roles.read }]),
        ...Object.entries(roles.operate ?? {}).map(([stack, arn]) => ({ name: `operate-${stack}`, arn })),
    ];
    if (all.length === 0) return [];
    return [
        "5. Give the people that you named these profiles, for ~/.aws/config; then AWS_PROFILE=<profile> npm run status -- <stack>. source_profile is their own.",
        ...all.flatMap(({ name, arn }) => [
            `  [profile ${name}]`,
            ...[`role_arn = ${arn}`, "source_profile = default", `region = ${region}`].map(line => `  ${line}`),
        ]),
    ];
}

/** A repository whose tokens have ids gets no role without them. */
function subject({ repository }: Made["github"]): string[] {
    return [
        "  Was it made or renamed on or after 2026-07-15? Then write what this prints as subjectPrefix into fargate-bootstrap:github, and update the bootstrap.",
        `  gh api repos/${repository} --jq '"repo:\\(.owner.login)@\\(.owner.id)/\\(.name)@\\(.id)"'`,
    ];
}

/** An environment that one branch deploys to (GitHub REST API, deployment environments and deployment branch policies). */
function environment({ repository, branch }: Made["github"], stack: string): string[] {
    const place = `repos/${repository}/environments/${stack}`;
    const policy = (key: string, value: boolean) => `-F 'deployment_branch_policy[${key}]=${value}'`;
    return [
        `  gh api --method PUT ${place} ${policy("protected_branches", false)} ${policy("custom_branch_policies", true)}`,
        `  gh api --method POST ${place}/deployment-branch-policies -f name='${branch}'`,
    ];
}
