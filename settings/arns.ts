import { namedSecrets } from "../model/database";
import { isOfPartition, partitionOf } from "../model/partitions";
import { regionFault } from "../model/regions";
import type { Context } from "./check";
import { Allowed, text } from "./forms";
import type { Finding } from "./problems";
import { PlacedTask, containersOf, tasksOf } from "./tasks";

/** An ARN of a form whose region and account can be. */
export const arn = (form: RegExp, allowed: Allowed) =>
    text(form, allowed).refine(value => partFault(value) === undefined, { error: ({ input }) => partFault(String(input)) });

/** Of what is no pattern: nothing has such an ARN. */
function partFault(found: string): string | undefined {
    const [, , , region = "", account = ""] = found.split(":");
    const fault = /^$|[*?]/.test(region) ? undefined : regionFault(region);
    if (fault !== undefined) return `an ARN with a region that there is: ${fault}`;
    return /^(|aws|\d{12}|.*[*?].*)$/.test(account) ? undefined : "an ARN with an account of 12 digits";
}

/** `arn:<partition>:<service>:<region>:<account>:<resource>`, of which all but the service may be patterns in a policy. */
export const ARN_OR_ALL = /^(\*|arn:(\*|aws[a-z*-]*):[a-z0-9-]+:[a-z0-9*?-]*:[a-z0-9*?-]*:.+)$/;

/** What is allowed in place of what is no ARN. */
export function arnFault(found: string): string {
    const form = "an ARN, arn:<partition>:<service>:<region>:<account>:<resource>";
    const [arn = "", partition = "", service = "", region = "", account = "", ...resource] = found.split(":");
    if (arn !== "arn") return `${form}, or *`;
    if (!/^(\*|aws[a-z*-]*)$/.test(partition)) return `${form}; the partition is aws in most regions`;
    if (!/^[a-z0-9-]+$/.test(service)) return `${form}; the service by name, such as s3`;
    if (!/^[a-z0-9*?-]*$/.test(region)) return `${form}; no such region, which is empty for s3 and iam`;
    if (!/^[a-z0-9*?-]*$/.test(account))
        return `${form}; no such account, which is empty for s3: arn:${partition}:s3:::<bucket>/*`;
    return resource.join(":") === "" ? `${form}; the resource is missing, behind five colons` : form;
}

const PARTITION = "aws[a-z-]*";

/** Names as Secrets Manager and the services that keep secrets in it (`rds!cluster-…`, `redshift!…`, `events!connection/…`) make them, and the six characters behind. */
const SECRET_NAME = "[\\w/+=.@!-]{1,512}-[A-Za-z0-9]{6}";
/** Behind it ECS takes a JSON key, a version's stage and a version's id, each of which may be empty (ECS developer guide). */
const VERSION = "(:[^:]*:[^:]{0,256}:([^:]{32,64})?)?";
/** Without the first slash of a hierarchy. */
const PARAMETER = "[\\w.-]+(/[\\w.-]+){0,14}";

/** A secret that a JSON key can be put behind. */
export const SECRET_OF_DATABASE = new RegExp(`^arn:${PARTITION}:secretsmanager:[a-z0-9-]+:\\d{12}:secret:${SECRET_NAME}$`);

export const SECRET_ARN = new RegExp(
    `^arn:${PARTITION}:(secretsmanager:[a-z0-9-]+:\\d{12}:secret:${SECRET_NAME}${VERSION}|ssm:[a-z0-9-]+:\\d{12}:parameter/${PARAMETER})$`,
);

/** Says which part is wrong, and nothing of its text: people put secrets there. */
export function secretFault(found: string, what = "the full ARN of a Secrets Manager secret or an SSM parameter"): string {
    const [arn, partition = "", service, region = "", account = "", ...rest] = found.split(":");
    if (arn !== "arn") return `${what}; never a value`;
    if (/^\s|\s$/.test(found)) return `${what}, without a space or line break at its end`;
    if (!new RegExp(`^${PARTITION}$`).test(partition) || !/^[a-z0-9-]+$/.test(region))
        return `${what}, with partition and region`;
    if (!/^\d{12}$/.test(account)) return `${what}, with an account of 12 digits`;
    if (service === "ssm") return parameterFault(rest);
    if (service !== "secretsmanager") return what;
    const [kind, name = "", ...version] = rest;
    if (kind !== "secret") return `${what}: arn:…:secret:<name>-<6 characters>`;
    if (!new RegExp(`^${SECRET_NAME}$`).test(name))
        return `a secret's name of letters, digits and / _ + = . @ ! -, and the hyphen and 6 characters that Secrets Manager puts behind it`;
    if (version.length !== 0 && version.length !== 3)
        return "nothing behind the secret's name, or :<JSON key>:<stage>:<version id>, with all three colons";
    return "a version's id of 32 to 64 characters, or none";
}

/** Without `${`, a variable in the policy that lets it be read. ECS takes objects whose names end with `.env` (Amazon ECS developer guide, "Pass an environment variable file"). */
export const ENVIRONMENT_FILE_ARN = new RegExp(
    `^arn:${PARTITION}:s3:::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/(?!.*\\$\\{)[^*?\\s]+\\.env$`,
);

export function environmentFileFault(found: string): string {
    const what = "the ARN of a file in S3, arn:aws:s3:::<bucket>/<path>.env";
    if (/^(s3|https):/.test(found)) return `${what}, not its address`;
    if (found.startsWith("arn:") && !found.endsWith(".env")) return `${what}; ECS takes files whose names end with .env`;
    return what;
}

export function databaseSecretFault(found: string): string {
    const what = "the full ARN of a Secrets Manager secret with the JSON keys username and password";
    if (found.split(":")[2] === "ssm") return `${what}; a parameter holds one value, and is named under secrets`;
    return SECRET_ARN.test(found) ? `${what}, and nothing behind its name` : secretFault(found, what);
}

function parameterFault([resource = "", ...more]: readonly string[]): string {
    const form = "arn:…:parameter/<name>";
    if (!resource.startsWith("parameter/")) return resource === "parameter" ? `${form}, with a slash before the name` : form;
    if (more.length > 0) return `${form} without a version, which ECS does not take`;
    if (resource.startsWith("parameter//")) return `${form} with one slash: that of a name which begins with one`;
    return `${form}, of letters, digits and . - _ between single slashes, at most 15 levels`;
}

/** ACM's, and the server certificates that IAM keeps for regions without ACM. */
export const CERTIFICATE_ARN = new RegExp(
    `^arn:${PARTITION}:(acm:[a-z0-9-]+:\\d{12}:certificate/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|iam::\\d{12}:server-certificate/([!-~]+/)?[\\w+=,.@-]{1,128})$`,
);

/** Aliases and bare ids name one key today and another one tomorrow. */
export const KEY_ARN = new RegExp(
    `^arn:${PARTITION}:kms:[a-z0-9-]+:\\d{12}:key/(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$`,
);
/** Names as SNS has them; those of FIFO topics end with `.fifo`, to which alarms cannot speak (CloudWatch user guide). */
export const TOPIC_ARN = new RegExp(`^arn:${PARTITION}:sns:[a-z0-9-]+:\\d{12}:[\\w-]{1,256}$`);

export const POLICY_ARN = new RegExp(`^arn:${PARTITION}:iam::(\\d{12}|aws):policy/([!-~]+/)?[\\w+=,.@-]{1,128}$`);

/** Credentials of one partition open nothing in another. */
export function arnsOfPartition({ settings }: Context): readonly Finding[] {
    const { region, domain, loadBalancer, permissionsBoundary, encryption, alarms } = settings;
    const customerKey = encryption?.customerKey;
    const own = partitionOf(region);
    const told = (path: readonly string[], arn: string | undefined): Finding[] =>
        arn === undefined || isOfPartition(arn, region)
            ? []
            : [
                  {
                      path,
                      found: arn,
                      allowed: `what is in ${own}, the partition of ${region}: arn:${own}:…`,
                      because: [["aws:region"]],
                  },
              ];
    return [
        ...told(["domain", "certificateArn"], domain?.certificateArn),
        ...(loadBalancer?.certificateArns ?? []).flatMap((arn, index) =>
            told(["loadBalancer", "certificateArns", String(index)], arn),
        ),
        ...told(["permissionsBoundary"], permissionsBoundary),
        ...told(["encryption", "customerKey"], customerKey === true ? undefined : customerKey),
        ...told(["alarms", "topicArn"], alarms?.topicArn),
        ...tasksOf(settings)
            .flatMap(arnsOf)
            .flatMap(([path, arn]) => told(path, arn)),
    ];
}

function arnsOf(placed: PlacedTask): [string[], string][] {
    return [
        ...containersOf(placed).flatMap(({ container, at }) => [
            ...(container.environmentFiles ?? []).map((arn, index): [string[], string] => [
                at("environmentFiles", String(index)),
                arn,
            ]),
            ...namedSecrets(container).map(({ keys, arn }): [string[], string] => [at(...keys), arn]),
        ]),
        ...placed.task.permissions.flatMap(({ resources }, index) =>
            resources.map((arn, at): [string[], string] => [
                placed.at("permissions", String(index), "resources", String(at)),
                arn,
            ]),
        ),
    ];
}
