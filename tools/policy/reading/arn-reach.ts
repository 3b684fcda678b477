/** Services whose ARNs begin with a name, where others have a kind, such as `table/` or `secret:`, before it. */
const NAMES_FIRST = new Set(["codecommit", "codepipeline", "execute-api", "neptune-db", "servicequotas", "sns", "sqs"]);

/** `*`, `arn:aws:*`, `arn:aws:s3*`: a wildcard in an ARN reaches across its colons. */
const CUT_SHORT = /^([*?]+|arn:([^:]*:){0,3}[^:]*\*)$/;
/** `*`, and `*\/*` for the objects of every bucket. */
const EVERY_NAME = /^[*?][*?/:]*$/;
/** `*`, `secret*`, `secret:*`, `table/*\/index/*`. */
const EVERY_OF_A_KIND = /^([a-z-]*[*?]+|[a-z-]+[/:][*?]+)([/:]([a-z-]+[/:])?[*?]+)*$/i;

/** Whether an ARN of a policy stands for everything, everything of a service, or everything of one kind. */
export function isEverything(arn: string): boolean {
    if (CUT_SHORT.test(arn)) return true;
    const [, , service = "", , account = "", ...rest] = arn.split(":");
    const resource = rest.join(":").replace(/^\//, "");
    // S3 names an account for its access points and the like alone, which have a kind.
    const hasKinds = !NAMES_FIRST.has(service) && !(service === "s3" && account === "");
    return (hasKinds ? EVERY_OF_A_KIND : EVERY_NAME).test(resource);
}
