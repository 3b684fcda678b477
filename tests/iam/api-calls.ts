import { once } from "node:events";
import { IncomingMessage, createServer, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import type { Emulator } from "../../tools/sandbox/emulator";

/** One call of AWS's API, as it went over the wire. */
export interface ApiCall {
    /** The IAM action that authorizes it. */
    readonly action: string;
    /** Whose access key signed it. */
    readonly caller: string;
    readonly path: string;
    readonly body: string;
    /** Tags that it sends along. */
    readonly tags: Readonly<Record<string, string>>;
}

export interface Recorder {
    /** The same emulator; calls are written down on their way to it. */
    readonly emulator: Emulator;
    /** Every call so far. */
    readonly calls: readonly ApiCall[];
    stop(): Promise<void>;
}

/** Puts a recorder in front of an emulator. */
export async function recordCalls(emulator: Emulator): Promise<Recorder> {
    const calls: ApiCall[] = [];
    const target = new URL(emulator.url);
    const server = createServer((incoming, outgoing) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("end", () => {
            const body = Buffer.concat(chunks);
            const call = callOf(incoming, body.toString("latin1"));
            if (call !== undefined) calls.push(call);
            const { method, url, headers } = incoming;
            const forwarded = send({ host: "127.0.0.1", port: target.port, method, path: url, headers }, answer => {
                outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
                answer.pipe(outgoing);
            });
            forwarded.once("error", error => outgoing.writeHead(502).end(String(error)));
            forwarded.end(body);
        });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const environment = {
        ...emulator.environment,
        AWS_ENDPOINT_URL: `http://localhost:${port}`,
        HTTP_PROXY: `http://127.0.0.1:${port}`,
    };
    return {
        emulator: { ...emulator, environment },
        calls,
        stop: async () => {
            server.closeAllConnections();
            server.close();
            await once(server, "close");
        },
    };
}

/** @throws RangeError for a call of a REST service that is not known here. */
function callOf({ method = "", url = "", headers }: IncomingMessage, body: string): ApiCall | undefined {
    const scope = /Credential=([^/]+)\/\d+\/[^/]*\/([^/]+)\/aws4_request/.exec(headers.authorization ?? "");
    const [, caller = "", service = ""] = scope ?? [];
    if (scope === null) return undefined;
    const path = decodeURIComponent(url.replace(/^http:\/\/[^/]*/, ""));
    const target = headers["x-amz-target"];
    const operation =
        typeof target === "string"
            ? target.split(".").pop()
            : (/(?:^|&)Action=(\w+)/.exec(body)?.[1] ?? restAction(service, method, path));
    // As CloudWatch signs its calls.
    const named = service === "monitoring" ? "cloudwatch" : service;
    return {
        action: named === "budgets" ? budgetsAction(operation ?? "") : `${named}:${operation ?? ""}`,
        caller,
        path,
        body,
        tags: tagsOf(body),
    };
}

/** IAM has one action for whatever reads a budget, and one for whatever changes it. */
function budgetsAction(operation: string): string {
    if (operation.includes("Tag")) return `budgets:${operation}`;
    return operation.startsWith("Describe") ? "budgets:ViewBudget" : "budgets:ModifyBudget";
}

/** What is asked of a bucket behind `?`, with the IAM actions that authorize to read, write and remove it (S3 user guide, required permissions). */
const BUCKET_PARTS: Readonly<Record<string, readonly [read: string, write?: string, remove?: string]>> = {
    accelerate: ["GetAccelerateConfiguration"],
    acl: ["GetBucketAcl"],
    cors: ["GetBucketCORS"],
    encryption: ["GetEncryptionConfiguration", "PutEncryptionConfiguration"],
    lifecycle: ["GetLifecycleConfiguration", "PutLifecycleConfiguration"],
    logging: ["GetBucketLogging"],
    "object-lock": ["GetBucketObjectLockConfiguration"],
    ownershipControls: ["GetBucketOwnershipControls", "PutBucketOwnershipControls"],
    policy: ["GetBucketPolicy", "PutBucketPolicy", "DeleteBucketPolicy"],
    publicAccessBlock: ["GetBucketPublicAccessBlock", "PutBucketPublicAccessBlock"],
    replication: ["GetReplicationConfiguration"],
    requestPayment: ["GetBucketRequestPayment"],
    tagging: ["GetBucketTagging", "PutBucketTagging"],
    versioning: ["GetBucketVersioning"],
    versions: ["ListBucketVersions"],
    website: ["GetBucketWebsite"],
};

/** Route 53 and S3 name their operations by method and path. */
function restAction(service: string, method: string, path: string): string {
    const rules: readonly (readonly [string, string, RegExp, string])[] = [
        ["route53", "GET", /^\/2013-04-01\/hostedzone$/, "ListHostedZones"],
        ["route53", "GET", /^\/2013-04-01\/hostedzone\/[^/]+$/, "GetHostedZone"],
        ["route53", "GET", /^\/2013-04-01\/hostedzone\/[^/]+\/rrset/, "ListResourceRecordSets"],
        ["route53", "POST", /^\/2013-04-01\/hostedzone\/[^/]+\/rrset/, "ChangeResourceRecordSets"],
        ["route53", "GET", /^\/2013-04-01\/change\//, "GetChange"],
        ["route53", "GET", /^\/2013-04-01\/tags\/hostedzone\//, "ListTagsForResource"],
        ["s3", "GET", /^\/v20180820\/tags\//, "ListTagsForResource"],
        ["s3", "POST", /^\/v20180820\/tags\//, "TagResource"],
        ["s3", "DELETE", /^\/v20180820\/tags\//, "UntagResource"],
        ["s3", "GET", /^\/[^/?]+\/?\?.*list-type=2/, "ListBucket"],
        ...Object.entries(BUCKET_PARTS).flatMap(([part, [read, write = "", remove = write]]) => {
            const ofBucket = new RegExp(`^/[^/?]+/?\\?(?:.*&)?${part}(?:[=&]|$)`);
            return [
                ["s3", "GET", ofBucket, read],
                ["s3", "PUT", ofBucket, write],
                ["s3", "DELETE", ofBucket, remove],
            ] as const;
        }),
        ["s3", "POST", /^\/[^/?]+\/?\?delete/, "DeleteObjectVersion"],
        ["s3", "HEAD", /^\/[^/?]+\/?$/, "ListBucket"],
        ["s3", "PUT", /^\/[^/?]+\/?$/, "CreateBucket"],
        ["s3", "DELETE", /^\/[^/?]+\/?$/, "DeleteBucket"],
        ["s3", "GET", /^\/[^/?]+\/[^?]/, "GetObject"],
        ["s3", "HEAD", /^\/[^/?]+\/[^?]/, "GetObject"],
        ["s3", "PUT", /^\/[^/?]+\/[^?]/, "PutObject"],
        ["s3", "DELETE", /^\/[^/?]+\/[^?]/, "DeleteObject"],
    ];
    const rule = rules.find(([of, verb, pattern]) => of === service && verb === method && pattern.test(path));
    return rule?.[3] ?? `${method} ${path}`;
}

/** Tags as AWS's protocols carry them: numbered parameters, lists of pairs, or a mapping. */
function tagsOf(body: string): Record<string, string> {
    if (!body.startsWith("{")) {
        const form = new URLSearchParams(body);
        const keys = [...form.keys()].filter(name => /(^|\.)Tags?(\.member)?\.\d+\.Key$/.test(name));
        return Object.fromEntries(keys.map(name => [form.get(name) ?? "", form.get(name.replace(/Key$/, "Value")) ?? ""]));
    }
    const { tags, Tags, ResourceTags } = JSON.parse(body) as Record<string, unknown>;
    const given = tags ?? Tags ?? ResourceTags ?? {};
    if (!Array.isArray(given)) return given as Record<string, string>;
    const pairs = given as readonly Readonly<Record<string, string>>[];
    return Object.fromEntries(
        pairs.map(pair => [
            pair["key"] ?? pair["Key"] ?? pair["TagKey"] ?? "",
            pair["value"] ?? pair["Value"] ?? pair["TagValue"] ?? "",
        ]),
    );
}
