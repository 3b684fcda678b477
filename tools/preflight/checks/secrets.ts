import type { DescribeParametersCommandOutput } from "@aws-sdk/client-ssm";
import { containersOf, tasksOf } from "../../../settings/tasks";
import { parseSecret } from "../secret-reference";
import type { Check, Finding, Subject } from "../check";
import { findingOf } from "../obstacle";

export const secrets: Check = {
    name: "secrets",
    asks: "whether each secret and parameter exists, has a value and is not about to be deleted; no value is read",
    run: async subject => {
        const named = arnsIn(subject);
        const findings = (await Promise.all([...named].map(([arn, key]) => asked(arn, key, subject)))).flat();
        const good = named.size - findings.length;
        return good === 0
            ? findings
            : [...findings, { status: "ok", found: `${good} of ${named.size} ${good === 1 ? "is" : "are"} there` }];
    },
};

/** Each ARN once, with the first key that names it. */
function arnsIn({ settings }: Subject): ReadonlyMap<string, string> {
    const arns = new Map<string, string>();
    for (const { container, at } of tasksOf(settings).flatMap(containersOf))
        for (const [variable, arn] of Object.entries(container.secrets))
            if (!arns.has(arn)) arns.set(arn, `fargate:${at("secrets", variable).join(".")}`);
    return arns;
}

async function asked(arn: string, key: string, { aws, signal }: Subject): Promise<readonly Finding[]> {
    const reference = parseSecret(arn);
    try {
        return reference.kind === "parameter" ? await parameter(reference, key, aws) : await secret(reference, key, aws);
    } catch (error) {
        const { found, ...rest } = findingOf(error, signal, await aws.obstacle());
        return [{ ...rest, found: `${key}: ${found}` }];
    }
}

type Reference<Kind> = Extract<ReturnType<typeof parseSecret>, { readonly kind: Kind }>;

async function secret(
    { arn, region, stage, version }: Reference<"secret">,
    key: string,
    aws: Subject["aws"],
): Promise<readonly Finding[]> {
    const { DescribeSecretCommand, ResourceNotFoundException } = await import("@aws-sdk/client-secrets-manager");
    const failure = (found: string, fix: string): Finding[] => [{ status: "failure", found: `${key}: ${found}`, fix }];
    try {
        const found = await (await aws.secrets(region)).send(new DescribeSecretCommand({ SecretId: arn }));
        if (found.DeletedDate !== undefined)
            return failure(
                `${arn} is to be deleted`,
                `aws secretsmanager restore-secret --region ${region} --secret-id ${arn}, or name another`,
            );
        const versions = found.VersionIdsToStages ?? {};
        const isThere =
            version === undefined ? Object.values(versions).some(stages => stages.includes(stage)) : version in versions;
        if (isThere) return [];
        return failure(
            `${arn} has no value ${version === undefined ? `at ${stage}` : `of version ${version}`}`,
            `aws secretsmanager put-secret-value --region ${region} --secret-id ${arn} --secret-string file:///dev/stdin`,
        );
    } catch (error) {
        if (!(error instanceof ResourceNotFoundException)) throw error;
        return failure(`there is no secret ${arn}`, "make it, or write the ARN of one that is there");
    }
}

async function parameter(
    { names, region, account }: Reference<"parameter">,
    key: string,
    aws: Subject["aws"],
): Promise<readonly Finding[]> {
    const { DescribeParametersCommand } = await import("@aws-sdk/client-ssm");
    const ParameterFilters = [{ Key: "Name", Option: "Equals", Values: [...names] }];
    const client = await aws.parameters(region);
    let next: string | undefined;
    // A page may be empty while there is another one.
    do {
        const question = new DescribeParametersCommand({ ParameterFilters, NextToken: next });
        const { Parameters = [], NextToken }: DescribeParametersCommandOutput = await client.send(question);
        if (Parameters.length > 0) return [];
        next = NextToken;
    } while (next !== undefined);
    const { GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
    const { Account } = await (await aws.sts()).send(new GetCallerIdentityCommand({}));
    if (account !== Account)
        return [
            {
                status: "warning",
                found: `${key}: not known: the parameter ${names[0]} is of the account ${account}`,
                fix: "see that it is shared with this one",
            },
        ];
    return [
        {
            status: "failure",
            found: `${key}: there is no parameter ${names.join(" or ")} in ${region}`,
            fix: "make it, or write the ARN of one that is there",
        },
    ];
}
