/** What the bootstrap made. */
export interface Made {
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
        "2. Move the stacks here, and commit what this writes into Pulumi.<stack>.yaml. A stack that does not exist yet is neither exported nor imported.",
        ...stacks.map(stack => `  pulumi stack export --stack ${stack} --file ${stack}.json`),
        `  pulumi login '${made.backend}'`,
        ...stacks.flatMap(stack => [
            `  pulumi stack init ${stack} --secrets-provider '${made.secretsProviders[stack] ?? ""}'`,
            `  pulumi stack import --stack ${stack} --file ${stack}.json`,
            `  pulumi config set fargate:permissionsBoundary ${made.permissionsBoundaries[stack] ?? ""} --stack ${stack}`,
        ]),
        "3. Keep the state of this bootstrap: it is in the backend that you are logged in to now. Nothing in it is secret, and no role of CI may",
        "   change it. Without it, `pulumi import` is the way back.",
    ].join("\n");
}
