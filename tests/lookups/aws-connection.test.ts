import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { Agent } from "node:https";
import * as os from "node:os";
import * as path from "node:path";
import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { ECSClient, ListClustersCommand } from "@aws-sdk/client-ecs";
import { DescribeLoadBalancersCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { clientsFor } from "../../lookups/aws-clients";
import { ignoredProxy, obstacleOf } from "../../lookups/aws-connection";
import { REGION } from "../support/given";
import { Request, Server, awsServer } from "../support/aws-server";

const ROLE = "arn:aws:iam::123456789012:role";
const MINE = { accessKey: "mine", secretKey: "x" };

describe("clients of AWS", function () {
    // Real requests, and parts of the SDK that are loaded by the first of them.
    this.timeout(60_000);
    let server: Server;
    let folder: string;
    const environment = { ...process.env };

    beforeEach(async () => {
        server = await awsServer();
        folder = mkdtempSync(path.join(os.tmpdir(), "aws-clients-"));
        for (const name of Object.keys(process.env)) if (/^AWS_|_PROXY$/i.test(name)) Reflect.deleteProperty(process.env, name);
        Object.assign(process.env, {
            AWS_ENDPOINT_URL: server.url,
            AWS_EC2_METADATA_DISABLED: "true",
            AWS_CONFIG_FILE: "/dev/null",
        });
    });
    afterEach(async () => {
        for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) Reflect.deleteProperty(process.env, name);
        Object.assign(process.env, environment);
        rmSync(folder, { recursive: true });
        await server.close();
    });

    /** What reaches the server when ECS is asked something. */
    async function asking(aws: Readonly<Record<string, unknown>>): Promise<Request[]> {
        const { ecs } = await clientsFor({ region: REGION, ...aws });
        await ecs.send(new ListClustersCommand({}));
        return server.requests;
    }
    /** The key that ECS is asked with. */
    const keyFor = async (aws: Readonly<Record<string, unknown>>) => (await asking(aws)).at(-1)?.signedBy;

    function file(name: string, text: string): string {
        const place = path.join(folder, name);
        writeFileSync(place, text);
        return place;
    }

    it("all speak to AWS_ENDPOINT_URL, with the stack's region and the environment's keys", async () => {
        Object.assign(process.env, { AWS_ACCESS_KEY_ID: "sandbox", AWS_SECRET_ACCESS_KEY: "sandbox" });
        const { ecs, elb, logs } = await clientsFor({ region: REGION });
        await ecs.send(new ListClustersCommand({}));
        await elb.send(new DescribeLoadBalancersCommand({}));
        await logs.send(new DescribeLogGroupsCommand({}));
        const by = `sandbox ${REGION}`;
        assert.deepEqual(
            server.requests.map(({ what, signedBy }) => [what, signedBy]),
            [
                ["ecs ListClusters", by],
                ["elasticloadbalancing DescribeLoadBalancers", by],
                ["logs DescribeLogGroups", by],
            ],
        );
    });

    it("speak to the endpoints of aws:endpoints, by any of the provider's names for a service", async () => {
        process.env["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1";
        const endpoints = [{ ecs: server.url, elbv2: server.url, cloudwatchlogs: server.url, sts: server.url }];
        const { ecs, elb, logs } = await clientsFor({
            region: REGION,
            ...MINE,
            endpoints,
            assumeRoles: [{ roleArn: `${ROLE}/deploy` }],
        });
        await ecs.send(new ListClustersCommand({}));
        await elb.send(new DescribeLoadBalancersCommand({}));
        await logs.send(new DescribeLogGroupsCommand({}));
        assert.deepEqual(
            server.requests.map(({ what }) => what).filter(what => !what.startsWith("sts")),
            ["ecs ListClusters", "elasticloadbalancing DescribeLoadBalancers", "logs DescribeLogGroups"],
        );
    });

    it("use the keys that are configured before those of the environment", async () => {
        Object.assign(process.env, { AWS_ACCESS_KEY_ID: "sandbox", AWS_SECRET_ACCESS_KEY: "sandbox" });
        const [request] = await asking({ ...MINE, token: "session" });
        assert.deepEqual([request?.signedBy, request?.token], [`mine ${REGION}`, "session"]);
    });

    it("use the configured profile, from the configured files", async () => {
        Object.assign(process.env, { AWS_ACCESS_KEY_ID: "sandbox", AWS_SECRET_ACCESS_KEY: "sandbox" });
        const credentials = file("credentials", "[team]\naws_access_key_id = team\naws_secret_access_key = x\n");
        assert.equal(await keyFor({ profile: "team", sharedCredentialsFiles: [credentials] }), `team ${REGION}`);
    });

    it("use keys of the environment before AWS_PROFILE, as the provider does", async () => {
        const credentials = file("credentials", "[team]\naws_access_key_id = team\naws_secret_access_key = x\n");
        Object.assign(process.env, { AWS_PROFILE: "team", AWS_SHARED_CREDENTIALS_FILE: credentials });
        assert.equal(await keyFor({}), `team ${REGION}`);
        Object.assign(process.env, { AWS_ACCESS_KEY_ID: "sandbox", AWS_SECRET_ACCESS_KEY: "sandbox" });
        assert.equal(await keyFor({}), `sandbox ${REGION}`);
    });

    it("take roles one after the other, each with its own conditions", async () => {
        const first = {
            roleArn: `${ROLE}/first`,
            sessionName: "ci",
            externalId: "id",
            duration: "1h30m",
            tags: { team: "shop" },
        };
        const requests = await asking({ ...MINE, stsRegion: "us-east-1", assumeRoles: [first, { roleArn: `${ROLE}/second` }] });
        assert.deepEqual(
            requests.map(({ what, signedBy, token }) => [what, signedBy, token]),
            [
                ["sts AssumeRole", "mine us-east-1", undefined],
                ["sts AssumeRole", "key-of-first us-east-1", "token-of-first"],
                ["ecs ListClusters", `key-of-second ${REGION}`, "token-of-second"],
            ],
        );
        const { RoleSessionName, ExternalId, DurationSeconds, ...given } = Object.fromEntries(requests[0]?.parameters ?? []);
        assert.deepEqual([RoleSessionName, ExternalId, DurationSeconds], ["ci", "id", "5400"]);
        assert.deepEqual([given["Tags.member.1.Key"], given["Tags.member.1.Value"]], ["team", "shop"]);
    });

    it("take a role by a token of somebody else's, in a file or as it is", async () => {
        const role = { roleArn: `${ROLE}/web`, sessionName: "ci" };
        const webIdentityTokenFile = file("token", "from-file");
        for (const [given, token] of [
            [{ webIdentityTokenFile }, "from-file"],
            [{ webIdentityToken: "as-it-is" }, "as-it-is"],
        ] as const) {
            server.requests.length = 0;
            const [sts, ecs] = await asking({ assumeRoleWithWebIdentity: { ...role, ...given } });
            assert.deepEqual([sts?.what, sts?.signedBy], ["sts AssumeRoleWithWebIdentity", undefined]);
            assert.equal(sts?.parameters.get("WebIdentityToken"), token);
            assert.equal(ecs?.signedBy, `key-of-web ${REGION}`);
        }
    });

    it("know the provider's proxies and certificates", async () => {
        const customCaBundle = file("bundle.pem", "certificates");
        const given = { ...MINE, customCaBundle, insecure: true, httpsProxy: "http://proxy:1", noProxy: "localhost" };
        const { ecs } = await clientsFor({ region: REGION, ...given });
        // The handler reads its configuration when it is first asked for something.
        await ecs.send(new ListClustersCommand({}));
        const handler = (ecs as ECSClient).config.requestHandler as unknown as { httpHandlerConfigs(): { httpsAgent: Agent } };
        const { httpsAgent } = handler.httpHandlerConfigs();
        const { proxyEnv, ca, rejectUnauthorized } = httpsAgent.options as Agent["options"] & { proxyEnv: NodeJS.ProcessEnv };
        assert.deepEqual(
            [proxyEnv["HTTPS_PROXY"], proxyEnv["NO_PROXY"], String(ca), rejectUnauthorized],
            ["http://proxy:1", "localhost", "certificates", false],
        );
    });
});

describe("a proxy that Node ignores", () => {
    const told = (source: string, version: string) =>
        `${source} is set, and Node ${version} does not use it here: install Node 24.5 or newer, or 22.21 or newer of 22`;

    it("is told by its variable, with the Node found and the Node needed", () => {
        const url = "http://proxy:1";
        assert.equal(ignoredProxy({}, { HTTPS_PROXY: url }, "22.20.0"), told("HTTPS_PROXY", "22.20.0"));
        assert.equal(ignoredProxy({}, { https_proxy: url }, "24.4.1"), told("https_proxy", "24.4.1"));
        assert.equal(ignoredProxy({ httpsProxy: url }, {}, "23.11.0"), told("aws:httpsProxy", "23.11.0"));
    });

    it("is none where Node knows proxies, or none is set", () => {
        for (const version of ["22.21.0", "22.22.3", "24.5.0", "24.10.1", "25.0.0"])
            assert.equal(ignoredProxy({}, { HTTPS_PROXY: "http://proxy:1" }, version), undefined, version);
        assert.equal(ignoredProxy({}, { HTTPS_PROXY: "", HTTP_PROXY: "http://proxy:1" }, "22.20.0"), undefined);
    });

    it("comes with the clients, and is in the way of what AWS did not answer", async () => {
        const version = Object.getOwnPropertyDescriptor(process.versions, "node");
        assert.ok(version);
        Object.defineProperty(process.versions, "node", { ...version, value: "22.20.0" });
        try {
            const clients = await clientsFor({ region: REGION, ...MINE, httpsProxy: "http://proxy:1" });
            assert.equal(obstacleOf(new Error("timeout"), clients), told("aws:httpsProxy", "22.20.0"));
            assert.equal(obstacleOf({ $metadata: { attempts: 3 } }, clients), told("aws:httpsProxy", "22.20.0"));
            assert.equal(obstacleOf({ $metadata: { httpStatusCode: 403 } }, clients), undefined);
        } finally {
            Object.defineProperty(process.versions, "node", version);
        }
    });
});
