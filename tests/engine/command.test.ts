import assert from "node:assert/strict";
import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { PROJECT_FOLDER } from "../../settings";
import { shortType } from "../../tools/inventory/resource";
import { findEngine } from "../../tools/sandbox/engine";
import { sample } from "../support/sample";
import { EmptyNetwork, isLoopback, unwatchable } from "./connections";
import { Ended, SandboxCopy } from "./sandbox-copy";

/** As a developer's shell has them; the keys are those of AWS's documentation. */
const SHELL = {
    AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
    AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    AWS_REGION: "eu-west-1",
    AWS_PROFILE: "production",
    PULUMI_BACKEND_URL: "https://api.pulumi.com",
    PULUMI_ACCESS_TOKEN: "pul-0000000000000000000000000000000000000000",
    https_proxy: "http://127.0.0.1:9",
};

/** A service without a route has no load balancer, for which every update waits a minute. ALL=1 takes the whole stack. */
function small() {
    const dev = sample("dev");
    if (process.env["ALL"] === "1") return dev;
    const services = JSON.parse(dev.config["fargate:services"] ?? "") as { web: Record<string, unknown> };
    const { route: _route, port: _port, health: _health, ...worker } = services.web;
    return { ...dev, config: { ...dev.config, "fargate:services": JSON.stringify({ web: worker }) } };
}

/** moto has nothing of this service. */
const LACKING = `
import { accessanalyzer } from "@pulumi/aws";
new accessanalyzer.Analyzer("analyzer", { analyzerName: "analyzer" });
`;

/** `create ec2.Vpc network`, as the command says it. */
function named(output: string): string[] {
    return output.split("\n").flatMap(line => /^ {2}[-+~±·] (\w+) +(\S+) +(\S+)/.exec(line)?.slice(1, 4).join(" ") ?? []);
}

/** The same from the engine's own words. */
function inEngineLog(log: string): string[] {
    const rows = [...log.matchAll(/^ [-+~] +(\S+:\S+) (\S+) (create|update|delete|replace)\b/gm)];
    return [...new Set(rows.map(([, type = "", name = "", op = ""]) => `${op} ${shortType(type)} ${name}`))];
}

describe("the sandbox command", function () {
    this.timeout(15 * 60_000);
    this.bail(true);
    let folder: string;
    let sandbox: SandboxCopy;
    let network: EmptyNetwork | undefined;
    let created: string | undefined;
    const reason = unwatchable();

    before(async () => {
        folder = mkdtempSync(path.join(tmpdir(), "fargate-command-"));
        // Found here, and no more looked for by the commands: whether Pulumi's downloads can be reached is their one question to the world.
        const { environment } = await findEngine(path.join(PROJECT_FOLDER, ".sandbox"), () => undefined);
        network = reason === undefined ? await EmptyNetwork.open(path.join(folder, "connections")) : undefined;
        sandbox = new SandboxCopy(small(), { environment: { ...environment, ...SHELL }, prefix: network?.prefix });
    });
    after(() => {
        sandbox.close();
        network?.close();
        rmSync(folder, { recursive: true });
    });

    const run = async (...args: string[]): Promise<Ended> => sandbox.start(...args).end;

    it("preview names what the engine names, and its sum is that of its lines", async () => {
        const { code, output } = await run("preview", "dev", "--verbose");
        assert.equal(code, 0, output);
        const lines = named(output);
        assert.deepEqual([...lines].sort(), inEngineLog(sandbox.engineLog()).sort());
        const [, toCreate = "", beside = ""] = /^(\d+) to create, 0 unchanged; (\d+) with them/m.exec(output) ?? [];
        assert.equal(lines.length, Number(toCreate) + Number(beside), output);
        created = toCreate;
    });

    it("up that is killed where AWS has made what the state does not hold is gone on with", async () => {
        await sandbox.kill(["up", "dev"], () => /\bCreateRepository\b/.test(sandbox.read("emulator.log")), false);
        const { code, output } = await run("up", "dev");
        assert.equal(code, 0, output);
        assert.match(output, /its lock is taken away, and \d+ resources? in the making looked at anew/);
        const [, made = "", kept = ""] = /: (\d+) created, (\d+) unchanged, in /.exec(output) ?? [];
        assert.equal(Number(made) + Number(kept), Number(created), output);
    });

    it("a second preview finds nothing", async () => {
        assert.match(
            (await run("preview", "dev")).output,
            new RegExp(`^No changes: ${created ?? "?"} resources are as declared`, "m"),
        );
    });

    it("preview with an override changes that one resource, and fails where no resource has its name", async () => {
        const file = path.join(sandbox.project, "overrides.ts");
        const shipped = readFileSync(file);
        const longer = (name: string) =>
            `exports.overrides = () => ({ "aws:cloudwatch/logGroup:LogGroup": { "${name}": args => ({ ...args, retentionInDays: 30 }) } });`;
        writeFileSync(file, longer("web-task-logs"));
        const { output } = await run("preview", "dev");
        assert.deepEqual(named(output), ["update cloudwatch.LogGroup web-task-logs"], output);
        writeFileSync(file, longer("web-logs"));
        const refused = await run("preview", "dev");
        assert.equal(refused.code, 1, refused.output);
        assert.match(
            refused.output,
            /overrides\.ts: found web-logs of type .*Allowed: a resource that this stack has: web-task-logs/,
        );
        writeFileSync(file, shipped);
    });

    it("up names what the emulator lacks where it fails by that", async () => {
        appendFileSync(path.join(sandbox.project, "index.ts"), LACKING);
        const { code, output } = await run("up", "dev");
        assert.equal(code, 1, output);
        assert.match(
            output,
            /^The emulator lacks access-analyzer:PUT \/analyzer \(It has nothing of this service\); this says nothing about AWS\.$/m,
        );
    });

    it("destroy stops the emulator where other stacks were only previewed, and says so", async () => {
        copyFileSync(path.join(sandbox.project, "Pulumi.dev.yaml"), path.join(sandbox.project, "Pulumi.other.yaml"));
        await run("preview", "other");
        const { code, output } = await run("destroy", "dev");
        assert.equal(code, 0, output);
        assert.match(
            output,
            new RegExp(`^dev is gone: ${created ?? "?"} deleted, 0 unchanged, in .*\\. The emulator is stopped\\.$`, "m"),
        );
        assert.deepEqual(sandbox.emulators(), []);
    });

    it("speaks to no address but loopback's, whatever the shell's credentials", function () {
        if (network === undefined) {
            console.log(`      skipped: ${reason ?? ""}`);
            return this.skip();
        }
        const spoken = network.spokenTo();
        assert.ok(
            spoken.some(line => /^(terraform|pulumi-resource)/.test(line)),
            `the provider was watched: ${[...new Set(spoken)].join("\n")}`,
        );
        assert.deepEqual([...new Set(spoken.filter(line => !isLoopback(line)))], []);
        console.log(`      ${spoken.length} connections and datagrams, all on loopback`);
    });
});
