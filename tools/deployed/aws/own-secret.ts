import type { DescribeSecretCommandOutput, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { Connection, connectionFor } from "../../../lookups/aws-connection";
import { secretName } from "../../../model/names";
import type { Settings } from "../../../settings";
import { UserError } from "../../cli/user-error";
import { otherOwner, tagsBeside } from "./own-tags";
import { cannotAsk } from "./refusal";

export interface WrittenSecret {
    readonly name: string;
    readonly arn: string;
    readonly version: string;
    readonly outcome: "made" | "renewed";
    /** ARN of the customer key that it was made under; absent for AWS's own, and where it was there already. */
    readonly key?: string;
}

/**
 * Makes a secret of the stack, or gives it another value. A new one is under the key that the stack's settings name. A key of the stack's own would be
 * a trap: it is made by the first update, whose tasks read secrets, and goes with the stack, which secrets outlive.
 *
 * @throws UserError where the secret is another stack's or about to be deleted, or where AWS refuses
 */
export async function writeSecret(settings: Settings, variable: string, value: string): Promise<WrittenSecret> {
    const name = secretName(settings, variable);
    const [{ SecretsManagerClient, CreateSecretCommand, PutSecretValueCommand, TagResourceCommand }, connection] =
        await Promise.all([import("@aws-sdk/client-secrets-manager"), connectionFor(settings.aws)]);
    const secrets = new SecretsManagerClient(connection.at("secrets"));
    const asked = <T>(action: string, answer: Promise<T>) =>
        answer.catch((error: unknown) => {
            throw cannotAsk(`the secret ${name}`, action, error, connection);
        });

    const Tags = [...tagsBeside(settings, "secret")];
    const known = await asked("secretsmanager:DescribeSecret", described(secrets, name));
    if (known === undefined) {
        const key = await asked("sts:GetCallerIdentity", keyFor(settings, connection));
        const request = { Name: name, SecretString: value, Tags, ...(key !== undefined && { KmsKeyId: key }) };
        const { ARN: arn = "", VersionId: version = "" } = await asked(
            "secretsmanager:CreateSecret",
            secrets.send(new CreateSecretCommand(request)),
        );
        return { name, arn, version, outcome: "made", key };
    }
    requireOwn(known, name, settings);
    const put = new PutSecretValueCommand({ SecretId: name, SecretString: value });
    const { ARN: arn = "", VersionId: version = "" } = await asked("secretsmanager:PutSecretValue", secrets.send(put));
    const has = known.Tags ?? [];
    if (!Tags.every(({ Key, Value }) => has.some(other => other.Key === Key && other.Value === Value)))
        await asked("secretsmanager:TagResource", secrets.send(new TagResourceCommand({ SecretId: name, Tags })));
    return { name, arn, version, outcome: "renewed" };
}

async function described(secrets: SecretsManagerClient, SecretId: string): Promise<DescribeSecretCommandOutput | undefined> {
    const { DescribeSecretCommand, ResourceNotFoundException } = await import("@aws-sdk/client-secrets-manager");
    try {
        return await secrets.send(new DescribeSecretCommand({ SecretId }));
    } catch (error) {
        if (error instanceof ResourceNotFoundException) return undefined;
        throw error;
    }
}

function requireOwn({ DeletedDate, Tags = [] }: DescribeSecretCommandOutput, name: string, settings: Settings): void {
    if (DeletedDate !== undefined)
        throw new UserError(
            `${name} is to be deleted, and takes no value. Next: aws secretsmanager restore-secret --region ${settings.region} --secret-id ${name}, then the same again`,
        );
    const other = otherOwner(settings, Tags);
    if (other !== undefined)
        throw new UserError(`${name} is there, and by its tags is of ${other}. It was not changed. Next: another name`);
}

/** Tasks may decrypt under keys of the secret's own account alone. */
async function keyFor({ encryption }: Settings, { at }: Connection): Promise<string | undefined> {
    const key = encryption?.customerKey;
    if (typeof key !== "string") return undefined;
    const { STSClient, GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
    const { Account } = await new STSClient(at("sts")).send(new GetCallerIdentityCommand({}));
    return key.split(":")[4] === Account ? key : undefined;
}
