import { z } from "zod";
import { regionFault } from "../model/regions";
import { OWN_TAGS } from "../model/tags";
import { withoutSecrets } from "./aws-credentials";
import { accountProblems, assumedRole, partitionProblems, roleShape } from "./aws-roles";
import { Configuration, knownKeys, section } from "./configuration";
import { integer, text } from "./forms";
import { levelsFor, unkept, unkeptProblem } from "./misplaced";
import { KeyPath, Known, Problem, fromIssues, nearestOf, placesOf } from "./problems";
import { without } from "./salvage";
import { MOST_TAGS, tagsSchema } from "./tags";

/**
 * The AWS provider's own settings, under `aws:`. What turns its protection off and has a use somewhere is a finding of the policy (rules/provider.ts);
 * what has none is refused here.
 */

const ACCOUNT = "an account's 12 digits, in quotes";
const account = z
    .union([z.string(), z.int({ error: ACCOUNT })], { error: ACCOUNT })
    .transform(String)
    .pipe(text(/^\d{12}$/, ACCOUNT));

const flag = z.boolean({ error: "true or false" });
const file = z.string().min(1, { error: "a file's path" });
const texts = z.array(z.string());

/** Those of the provider's arguments that a stack file may have. */
export const awsSchema = z.strictObject({
    region: z.unknown().optional().describe("Region of the stack."),
    profile: file.optional().describe("Profile of the credentials in ~/.aws."),
    allowedAccountIds: z
        .array(account)
        .min(1, { error: "one account at least" })
        .optional()
        .describe("Accounts that the stack may be in; needed with a role to take."),
    forbiddenAccountIds: z.array(account).optional().describe("Accounts that the stack may not be in."),
    assumeRoles: z
        .array(assumedRole)
        .optional()
        .describe("Roles to take, each by the one before; the last in an allowed account."),
    assumeRoleWithWebIdentity: z
        .strictObject({ ...roleShape, webIdentityTokenFile: file.optional().describe("File of the token.") })
        .optional()
        .describe("Role to take with a token from a file, in an allowed account."),
    defaultTags: z
        .strictObject({ tags: tagsSchema.unwrap().optional().describe("Tags by name.") })
        .optional()
        .describe("Tags for everything; fargate:tags win."),
    ignoreTags: z
        .strictObject({
            keys: texts.optional().describe("Their names."),
            keyPrefixes: texts.optional().describe("Starts of their names."),
        })
        .optional()
        .describe("Tags that somebody else sets."),
    sharedConfigFiles: z.array(file).optional().describe("Files in place of ~/.aws/config."),
    sharedCredentialsFiles: z.array(file).optional().describe("Files in place of ~/.aws/credentials."),
    maxRetries: integer(0, 100).optional().describe("How often a failed request is tried again. Default: 25."),
    retryMode: z.enum(["standard", "adaptive"]).optional().describe("How the time between tries grows."),
    tokenBucketRateLimiterCapacity: integer(0, 1_000_000).optional().describe("Size of the SDK's bucket of tries."),
    stsRegion: z
        .string()
        .refine(value => regionFault(value) === undefined, { error: ({ input }) => regionFault(String(input)) ?? "a region" })
        .optional()
        .describe("Region whose STS is asked."),
    useFipsEndpoint: flag.optional().describe("AWS's FIPS endpoints."),
    useDualstackEndpoint: flag.optional().describe("AWS's endpoints with IPv6."),
    s3UsEast1RegionalEndpoint: z.enum(["legacy", "regional"]).optional().describe("S3's endpoint in us-east-1."),
    tagPolicyCompliance: z
        .enum(["error", "warning", "disabled"])
        .optional()
        .describe("What a break of the organization's tag policy is."),
    userAgents: texts.optional().describe("Further words for the User-Agent header."),
    noProxy: z.string().optional().describe("Hosts that are asked without a proxy."),
    ec2MetadataServiceEndpointMode: z.enum(["IPv4", "IPv6"]).optional().describe("How EC2's metadata are asked for credentials."),
    s3UsePathStyle: flag.optional().describe("For emulators: S3's older addresses."),
    skipCredentialsValidation: flag.optional().describe("For emulators; the account is asked all the same."),
    skipMetadataApiCheck: flag.optional().describe("For emulators: no credentials from EC2's metadata."),
    skipRegionValidation: flag.optional().describe("For emulators; the region is checked here."),
    skipRequestingAccountId: flag.optional().describe("The policy objects: nothing compares the account with allowedAccountIds."),
    endpoints: z
        .array(z.record(z.string(), z.string()))
        .optional()
        .describe("Addresses by service. The policy objects to any that are not AWS's own."),
    customCaBundle: file
        .optional()
        .describe("Certificates to trust. The policy objects; AWS_CA_BUNDLE of the environment does the same."),
    httpProxy: z.string().optional().describe("The policy objects; HTTP_PROXY of the environment does the same."),
    httpsProxy: z.string().optional().describe("The policy objects; HTTPS_PROXY of the environment does the same."),
    ec2MetadataServiceEndpoint: z.string().optional().describe("Where credentials come from. The policy objects."),
    insecure: flag
        .refine(value => !value, { error: "false; for certificates of your own: customCaBundle" })
        .meta({ enum: [false] })
        .optional()
        .describe("Certificates are always checked."),
});

export type AwsSettings = Omit<z.output<typeof awsSchema>, "region"> & { readonly region?: unknown };

const KNOWN: Known = {
    keysAt: at => knownKeys(awsSchema, at),
    meantBy: place => {
        const keys = Object.keys(awsSchema.shape);
        const isFar = place.length === 1 && nearestOf(place[0] ?? "", keys) === undefined;
        const elsewhere = isFar ? { allowed: "the provider's keys in docs/configuration.md", places: [] } : undefined;
        return levelsFor([awsSchema], place) ?? elsewhere;
    },
};

export interface ReadAws {
    /** What is well of it, in the provider's form. */
    readonly aws: AwsSettings;
    readonly problems: readonly Problem[];
    /** Keys that unknown ones were meant to be. */
    readonly meant: readonly KeyPath[];
}

/** Reads what is under `aws:`. */
export function readAws(
    configuration: Configuration,
    secretKeys: readonly string[],
    tags: Readonly<Record<string, string>>,
): ReadAws {
    const raw = rawValues(configuration);
    const vanishing = unkept(raw);
    const { values, problems } = withoutSecrets(without(raw, vanishing).rest, secretKeys);
    problems.push(...vanishing.map(unkeptProblem));
    let rest = values;
    let parsed = awsSchema.safeParse(rest);
    const found = fromIssues(parsed.error?.issues ?? [], values, KNOWN);
    problems.push(...found.problems);
    while (!parsed.success) {
        rest = without(rest, parsed.error.issues.flatMap(placesOf)).rest;
        parsed = awsSchema.safeParse(rest);
    }
    const aws = parsed.data as AwsSettings;
    problems.push(...tagProblems(aws, tags), ...accountProblems(aws), ...partitionProblems(aws));
    return { aws, problems: problems.map(inNamespace), meant: found.meant };
}

/** Text stays text where text is wanted: a profile may be called 1.10. */
function rawValues(configuration: Configuration): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries(section(configuration, "aws")).map(([key, value]) => {
            const isText = Object.hasOwn(awsSchema.shape, key) && typeof value === "number" && takesText(key);
            return [key, isText ? configuration[`aws:${key}`] : value];
        }),
    );
}

function takesText(key: string): boolean {
    const schema = awsSchema.shape[key as keyof typeof awsSchema.shape];
    return schema instanceof z.ZodOptional && schema.unwrap() instanceof z.ZodString;
}

/** AWS would refuse a resource with `Project` and `project`, in the middle of an update; and a tag that is ignored is one that roles miss. */
function tagProblems({ defaultTags, ignoreTags = {} }: AwsSettings, own: Readonly<Record<string, string>>): Problem[] {
    const names = Object.keys(defaultTags?.tags ?? {});
    const others = [...names, ...Object.keys(own)];
    const inDefault = names.flatMap(name => {
        const at = { path: ["defaultTags", "tags", name], found: name };
        const lower = name.toLowerCase();
        if (OWN_TAGS.includes(lower)) return [{ ...at, allowed: `another name: ${OWN_TAGS.join(", ")} are the program's own` }];
        if (lower.startsWith("aws:")) return [{ ...at, allowed: "a name that does not start with aws:, which is Amazon's" }];
        const twin = others.find(other => other !== name && other.toLowerCase() === lower);
        return twin === undefined ? [] : [{ ...at, allowed: `each name once: IAM knows no case, and there is ${twin}` }];
    });
    const ignored = [
        ...(ignoreTags.keys ?? []).map((key, index) => ({
            path: ["ignoreTags", "keys", String(index)],
            found: key,
            hits: (tag: string) => tag === key.toLowerCase(),
        })),
        ...(ignoreTags.keyPrefixes ?? []).map((prefix, index) => ({
            path: ["ignoreTags", "keyPrefixes", String(index)],
            found: prefix,
            hits: (tag: string) => tag.startsWith(prefix.toLowerCase()),
        })),
    ];
    const count = new Set([...names, ...Object.keys(own)]).size;
    const found = `${count} tags with fargate:tags`;
    // Of fargate:tags alone they are told there.
    const isTooMany = count > MOST_TAGS && names.length > 0;
    return [
        ...(isTooMany
            ? [{ path: ["defaultTags", "tags"], found, allowed: `at most ${MOST_TAGS}, beside the program's own` }]
            : []),
        ...inDefault,
        ...ignored
            .filter(({ hits }) => OWN_TAGS.some(hits))
            .map(({ path, found }) => ({ path, found, allowed: `tags of others: ${OWN_TAGS.join(", ")} are the program's own` })),
    ];
}

function inNamespace({ path: [first = "", ...rest], ...problem }: Problem): Problem {
    return { ...problem, path: [`aws:${first}`, ...rest] };
}
