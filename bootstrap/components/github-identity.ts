import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AUDIENCE, ISSUER } from "../../iam/trust";

export interface GitHubIdentityArgs {
    /**
     * ARN of the provider that the account has already: there can be one for an issuer.
     *
     * @default one is made
     */
    readonly providerArn?: string;
}

/**
 * GitHub Actions as an OpenID Connect identity provider: its jobs prove who they are with tokens that live for minutes, so nobody keeps a key.
 *
 * Cost: nothing.
 *
 * @example
 * ```ts
 * import { GitHubIdentity } from "./components/github-identity";
 *
 * const identity = new GitHubIdentity("github", {});
 *
 * export const providerArn = identity.providerArn;
 * ```
 */
export class GitHubIdentity extends pulumi.ComponentResource {
    /** ARN of the identity provider. */
    readonly providerArn: pulumi.Output<string>;

    constructor(name: string, args: GitHubIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
        super("fargate-bootstrap:index:GitHubIdentity", name, { ...args }, opts);

        // Without thumbprints: IAM trusts GitHub's certificate through its authorities.
        this.providerArn =
            args.providerArn === undefined
                ? new aws.iam.OpenIdConnectProvider(
                      `${name}-provider`,
                      { url: `https://${ISSUER}`, clientIdLists: [AUDIENCE] },
                      { parent: this },
                  ).arn
                : pulumi.output(args.providerArn);
        this.registerOutputs({ providerArn: this.providerArn });
    }
}
