import { connectionFor } from "../../lookups/aws-connection";
import type { Settings } from "../../settings";
import { UserError } from "../cli/user-error";
import { answerOf } from "../deployed/aws/refusal";
import { judged } from "../preflight/checks/account";

/** Nothing is made in an account that an update would refuse. @throws UserError where the stack's file does not allow that of the credentials */
export async function requireOwnAccount({ aws }: Pick<Settings, "aws">): Promise<void> {
    if (aws["allowedAccountIds"] === undefined && aws["forbiddenAccountIds"] === undefined) return;
    const [{ STSClient, GetCallerIdentityCommand }, connection] = await Promise.all([
        import("@aws-sdk/client-sts"),
        connectionFor(aws),
    ]);
    const answer = new STSClient(connection.at("sts")).send(new GetCallerIdentityCommand({}));
    const { Account = "", Arn = "" } = await answerOf("the account", "sts:GetCallerIdentity", answer, connection);
    const { status, found, fix = "" } = judged(aws, Account, Arn);
    if (status === "failure") throw new UserError(`The credentials are of the account ${found}. Nothing was done. Next: ${fix}`);
}
