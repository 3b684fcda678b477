import type { Check, Finding, Subject } from "../check";

export const account: Check = {
    name: "account",
    asks: "whose account and role the credentials are, and whether `aws:allowedAccountIds` and `aws:forbiddenAccountIds` let the stack be there",
    run: async ({ settings, aws }) => {
        const { GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
        const { Account = "", Arn = "" } = await (await aws.sts()).send(new GetCallerIdentityCommand({}));
        return [judged(settings.aws, Account, Arn)];
    },
};

/** The provider's own two keys; it refuses by them too, when the update is under way. */
export function judged(aws: Subject["settings"]["aws"], id: string, arn: string): Finding {
    const { allowedAccountIds, forbiddenAccountIds = [] } = aws as Readonly<Record<string, readonly string[] | undefined>>;
    const who = `${id} as ${arn.split(":").slice(5).join(":")}`;
    const next = "use credentials of that account, or name this one there";
    if (allowedAccountIds !== undefined && !allowedAccountIds.map(String).includes(id))
        return { status: "failure", found: `${who}, and aws:allowedAccountIds has ${allowedAccountIds.join(", ")}`, fix: next };
    if (forbiddenAccountIds.map(String).includes(id))
        return {
            status: "failure",
            found: `${who}, which aws:forbiddenAccountIds names`,
            fix: "use credentials of another account",
        };
    return { status: "ok", found: allowedAccountIds === undefined ? who : `${who}, which is allowed` };
}
