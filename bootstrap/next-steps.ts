/** What the bootstrap made. */
export interface Made {
    /** Of the bootstrap itself. */
    readonly stack: string;
    readonly region: string;
    readonly github: { readonly repository: string };
    readonly backend: string;
    readonly secretsProviders: Readonly<Record<string, string>>;
    readonly roles: { readonly preview: string; readonly build: string; readonly deploy: Readonly<Record<string, string>> };
    readonly permissionsBoundaries: Readonly<Record<string, string>>;
}

/** What to do once the account is ready, as commands for the project's folder. */
export function nextSteps(made: Made): string {
    const { github, region, roles } = made;
    const stacks = Object.keys(roles.deploy);
    const variable = (name: string, value: string | undefined, environment?: string) =>
        `  gh variable set ${name} --repo ${github.repository}${environment === undefined ? "" : ` --env ${environment}`} --body '${value ?? ""}'`;
    return [
        `1. Tell ${github.repository} what was made. Its environments are ${stacks.join(" and ")}; give the productive ones reviewers.`,
        ...stacks.map(stack => `  gh api --method PUT repos/${github.repository}/environments/${stack}`),
        variable("AWS_REGION", region),
        variable("PULUMI_BACKEND_URL", made.backend),
        variable("AWS_PREVIEW_ROLE", roles.preview),
        variable("AWS_BUILD_ROLE", roles.build),
        ...stacks.map(stack => variable("AWS_DEPLOY_ROLE", roles.deploy[stack], stack)),
        "2. Keep this bootstrap's own state where the team finds it. It is in the backend that you are logged in to, and nothing in it is secret.",
        `  pulumi -C bootstrap stack export --stack ${made.stack} --file ${made.stack}.json`,
        "3. Move the stacks to the new backend, and commit what this writes into Pulumi.<stack>.yaml. A stack that does not exist yet is only made (init, config).",
        ...stacks.map(stack => `  pulumi stack export --stack ${stack} --file ${stack}.json`),
        `  pulumi login '${made.backend}'`,
        ...stacks.flatMap(stack => {
            const secrets = `'${made.secretsProviders[stack] ?? ""}'`;
            return [
                `  pulumi stack init ${stack} --secrets-provider ${secrets}`,
                `  pulumi stack import --stack ${stack} --file ${stack}.json`,
                `  pulumi stack change-secrets-provider ${secrets} --stack ${stack}`,
                `  pulumi config set fargate:permissionsBoundary ${made.permissionsBoundaries[stack] ?? ""} --stack ${stack}`,
            ];
        }),
    ].join("\n");
}
