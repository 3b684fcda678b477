/** What an ARN under `secrets` stands for. */
export type SecretReference =
    | {
          readonly kind: "secret";
          /** Of the secret alone. */
          readonly arn: string;
          readonly region: string;
          readonly stage: string;
          readonly version?: string;
      }
    | { readonly kind: "parameter"; readonly region: string; readonly account: string; readonly names: readonly string[] };

/**
 * Behind a secret's name ECS takes `:<JSON key>:<stage>:<version>`, each of which may be empty. The ARNs of the
 * parameters `name` and `/name` are the same, and a name of several levels begins with a slash.
 */
export function parseSecret(arn: string): SecretReference {
    const [, , service = "", region = "", account = "", resource = "", , , stage = "", version = ""] = arn.split(":");
    if (service === "ssm") {
        const path = resource.replace(/^parameter\//, "");
        return { kind: "parameter", region, account, names: [`/${path}`, ...(path.includes("/") ? [] : [path])] };
    }
    return {
        kind: "secret",
        arn: arn.split(":").slice(0, 7).join(":"),
        region,
        stage: stage || "AWSCURRENT",
        ...(version !== "" && { version }),
    };
}
