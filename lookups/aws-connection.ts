import { readFileSync } from "node:fs";
import * as http from "node:http";
import * as https from "node:https";
import type { FromTemporaryCredentialsOptions } from "@aws-sdk/credential-providers";

/** What clients of all services have in common. */
interface ConnectionConfig extends Pick<ClientConfig, "region" | "useFipsEndpoint" | "useDualstackEndpoint" | "requestHandler"> {
    readonly credentials: Credentials;
    readonly endpoint?: string;
}

/** How AWS is spoken to: where, and as whom. */
export interface Connection {
    /** What the client of a service is made with. */
    readonly at: (service: AwsService) => ConnectionConfig;
    /** Why requests may get no answer, and what to do; absent where nothing is known to be in their way. */
    readonly obstacle?: string;
}

type Credentials = FromTemporaryCredentialsOptions["masterCredentials"];
type ClientConfig = NonNullable<FromTemporaryCredentialsOptions["clientConfig"]>;

/** What of `aws:` decides where requests go and as whom; the AWS provider's own arguments. */
interface AwsConfiguration {
    readonly region?: string;
    readonly stsRegion?: string;
    readonly profile?: string;
    readonly sharedConfigFiles?: readonly string[];
    readonly sharedCredentialsFiles?: readonly string[];
    readonly accessKey?: string;
    readonly secretKey?: string;
    readonly token?: string;
    readonly assumeRoles?: readonly AssumedRole[];
    readonly assumeRoleWithWebIdentity?: AssumedRole & {
        readonly webIdentityToken?: string;
        readonly webIdentityTokenFile?: string;
    };
    readonly endpoints?: readonly Readonly<Record<string, string | undefined>>[];
    readonly useFipsEndpoint?: boolean;
    readonly useDualstackEndpoint?: boolean;
    readonly customCaBundle?: string;
    readonly insecure?: boolean;
    readonly httpProxy?: string;
    readonly httpsProxy?: string;
    readonly noProxy?: string;
}

interface AssumedRole {
    readonly roleArn?: string;
    readonly sessionName?: string;
    /** In Go's notation. */
    readonly duration?: string;
    readonly externalId?: string;
    readonly sourceIdentity?: string;
    readonly policy?: string;
    readonly policyArns?: readonly string[];
    readonly tags?: Readonly<Record<string, string>>;
    readonly transitiveTagKeys?: readonly string[];
}

/** The provider's names for the services, as `aws:endpoints` may use any of them. */
const ENDPOINT_KEYS = {
    autoscaling: ["appautoscaling", "applicationautoscaling"],
    cloudwatch: ["cloudwatch"],
    ec2: ["ec2"],
    ecr: ["ecr"],
    ecs: ["ecs"],
    elb: ["elasticloadbalancingv2", "elbv2", "elasticloadbalancing", "elb"],
    iam: ["iam"],
    logs: ["logs", "cloudwatchlogs", "cloudwatchlog"],
    quotas: ["servicequotas"],
    route53: ["route53"],
    secrets: ["secretsmanager"],
    ssm: ["ssm"],
    sts: ["sts"],
};

export type AwsService = keyof typeof ENDPOINT_KEYS;

/** A request without an answer is asked again, in milliseconds. */
const TIMEOUTS = { connectionTimeout: 5_000, requestTimeout: 20_000 };

/**
 * A connection with the credentials, the region and the endpoints of the program's AWS provider, given what is found under `aws:`. The provider keeps its
 * credentials to itself, so that the same sources are read again here. `AWS_ENDPOINT_URL` and its kin are the SDK's own business.
 */
export async function connectionFor(aws: Readonly<Record<string, unknown>>): Promise<Connection> {
    // The SDK announces with every client that versions to come want a newer Node. The lockfile's is not one of them.
    process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
    const configuration: AwsConfiguration = aws;
    const requestHandler = { ...TIMEOUTS, ...agents(configuration) };
    const common = {
        ...configured(configuration, requestHandler),
        credentials: await credentialsOf(configuration, requestHandler),
    };
    return {
        at: service => ({ ...common, ...endpoint(configuration, service) }),
        obstacle: ignoredProxy(configuration),
    };
}

/** What is in the way of a request that failed; nothing where AWS itself answered. */
export function obstacleOf(error: unknown, connection: Pick<Connection, "obstacle"> | undefined): string | undefined {
    const { $metadata } = error as { readonly $metadata?: { readonly httpStatusCode?: number } };
    return $metadata?.httpStatusCode === undefined ? connection?.obstacle : undefined;
}

/** Says that a proxy is set and this Node's agents do not know `proxyEnv`; that came with 24.5, and with 22.21 for 22 alone. */
export function ignoredProxy(
    { httpsProxy }: Pick<AwsConfiguration, "httpsProxy">,
    environment: NodeJS.ProcessEnv = process.env,
    version = process.versions.node,
): string | undefined {
    const variable = ["https_proxy", "HTTPS_PROXY"].find(name => environment[name]);
    const source = httpsProxy ? "aws:httpsProxy" : variable;
    const [major = 0, minor = 0] = version.split(".").map(Number);
    const knowsProxies = major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21);
    if (source === undefined || knowsProxies) return undefined;
    return `${source} is set, and Node ${version} does not use it here: install Node 24.5 or newer, or 22.21 or newer of 22`;
}

function configured(configuration: AwsConfiguration, requestHandler: ClientConfig["requestHandler"]) {
    const { region, useFipsEndpoint, useDualstackEndpoint } = configuration;
    return { region, useFipsEndpoint, useDualstackEndpoint, requestHandler };
}

function endpoint({ endpoints = [] }: AwsConfiguration, service: AwsService): { endpoint?: string } {
    const urls = endpoints.flatMap(given => ENDPOINT_KEYS[service].map(key => given[key]));
    const url = urls.find(candidate => candidate !== undefined && candidate !== "");
    return url === undefined ? {} : { endpoint: url };
}

async function credentialsOf(
    configuration: AwsConfiguration,
    requestHandler: ClientConfig["requestHandler"],
): Promise<Credentials> {
    const { fromTemporaryCredentials } = await import("@aws-sdk/credential-providers");
    const { region, stsRegion = region, assumeRoles = [] } = configuration;
    const clientConfig: ClientConfig = {
        ...configured(configuration, requestHandler),
        ...endpoint(configuration, "sts"),
        region: stsRegion,
    };
    const base = await ownCredentials(configuration, clientConfig);
    // Each role is taken by the one before.
    return assumeRoles.reduce<Credentials>(
        (masterCredentials, role) => fromTemporaryCredentials({ masterCredentials, clientConfig, params: parametersOf(role) }),
        base,
    );
}

/** What is there before any role is taken. */
async function ownCredentials(configuration: AwsConfiguration, clientConfig: ClientConfig): Promise<Credentials> {
    const { fromEnv, fromIni, fromNodeProviderChain, fromTokenFile, fromWebToken } =
        await import("@aws-sdk/credential-providers");
    const { accessKey, secretKey, token, profile, assumeRoleWithWebIdentity: web } = configuration;
    if (accessKey !== undefined && secretKey !== undefined)
        return { accessKeyId: accessKey, secretAccessKey: secretKey, sessionToken: token };
    if (web?.roleArn !== undefined) {
        const { RoleArn: roleArn, RoleSessionName: roleSessionName, ...rest } = parametersOf(web);
        const { DurationSeconds: durationSeconds, Policy: policy, PolicyArns: policyArns } = rest;
        const init = { roleArn: roleArn ?? "", roleSessionName, durationSeconds, policy, policyArns, clientConfig };
        const { webIdentityToken, webIdentityTokenFile } = web;
        return webIdentityToken === undefined
            ? fromTokenFile({ ...init, webIdentityTokenFile })
            : fromWebToken({ ...init, webIdentityToken });
    }
    const { region, requestHandler } = clientConfig;
    const [configFilepath] = configuration.sharedConfigFiles ?? [];
    const [filepath] = configuration.sharedCredentialsFiles ?? [];
    const files = { configFilepath, filepath, clientConfig: { region, requestHandler } };
    if (profile !== undefined) return fromIni({ ...files, profile });
    // Keys of the environment come before AWS_PROFILE for the provider, after it for this SDK.
    if (process.env["AWS_ACCESS_KEY_ID"] && process.env["AWS_SECRET_ACCESS_KEY"]) return fromEnv();
    return fromNodeProviderChain(files);
}

function parametersOf(role: AssumedRole): FromTemporaryCredentialsOptions["params"] {
    return {
        RoleArn: role.roleArn,
        RoleSessionName: role.sessionName,
        DurationSeconds: role.duration === undefined ? undefined : secondsOf(role.duration),
        ExternalId: role.externalId,
        SourceIdentity: role.sourceIdentity,
        Policy: role.policy,
        PolicyArns: role.policyArns?.map(arn => ({ arn })),
        Tags: role.tags && Object.entries(role.tags).map(([Key, Value]) => ({ Key, Value })),
        TransitiveTagKeys: role.transitiveTagKeys && [...role.transitiveTagKeys],
    };
}

/** `1h30m` in Go's notation. */
function secondsOf(duration: string): number {
    const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };
    const parts = [...duration.matchAll(/(\d+)([hms])/g)];
    return parts.reduce((sum, [, number, unit = ""]) => sum + Number(number) * (units[unit] ?? 0), 0);
}

/** Proxies and certificates as for the provider; a Node that does not know `proxyEnv` ignores proxies, which `ignoredProxy` tells. */
function agents(configuration: AwsConfiguration): { httpAgent: http.Agent; httpsAgent: https.Agent } {
    const { httpProxy, httpsProxy, noProxy, insecure } = configuration;
    const proxyEnv = {
        ...process.env,
        ...(httpProxy !== undefined && { HTTP_PROXY: httpProxy }),
        ...(httpsProxy !== undefined && { HTTPS_PROXY: httpsProxy }),
        ...(noProxy !== undefined && { NO_PROXY: noProxy }),
    };
    const bundle = configuration.customCaBundle ?? process.env["AWS_CA_BUNDLE"];
    const options = { keepAlive: true, proxyEnv };
    return {
        httpAgent: new http.Agent(options),
        httpsAgent: new https.Agent({
            ...options,
            ...(bundle !== undefined && { ca: readFileSync(bundle) }),
            ...(insecure === true && { rejectUnauthorized: false }),
        }),
    };
}
