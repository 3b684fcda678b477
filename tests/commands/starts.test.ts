import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as https from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import * as path from "node:path";
import sdk from "@pulumi/pulumi/package.json";
import { PROJECT_FOLDER, settingsOf } from "../../settings";
import { readStackFiles } from "../../tools/cli/stack-files";
import { command as compare } from "../../tools/cost/platforms/compare";
import { smokeTargets } from "../../tools/deployed/smoke-targets";
import { CONTROLS_PAGE } from "../../tools/generate/controls";
import { CONFIGURATION_PAGE } from "../../tools/generate/configuration-table";
import { SCHEMA_FILE } from "../../tools/generate/schema";
import { command as plan } from "../../tools/plan/plan";
import { fixture, fixtureFile } from "../fixtures/review/fixture";
import { files } from "../support/changed-files";
import { COMMANDS } from "../support/command-file";
import { Ended, call, run } from "../support/command-line";
import { projectCopy } from "../support/project-copy";

/** Nobody is to be reached: no program on the PATH, no network. */
const NODE_ALONE = {
    PATH: "/nonexistent",
    HTTPS_PROXY: "http://127.0.0.1:9",
    HTTP_PROXY: "http://127.0.0.1:9",
    https_proxy: "http://127.0.0.1:9",
};

let folder: string;

/** A real start of each command, in a process of its own as npm makes it: what it says and how it ends get out of the process. */
const STARTS: Readonly<Record<string, () => Promise<void>>> = {
    plan: async () => {
        const { code, output, errors } = await run("plan", ["dev"], NODE_ALONE);
        assert.equal(code, 0, errors);
        assert.equal(output, (await call(plan, ["dev"])).output);
        assert.doesNotMatch(output, /\u001b\[/, "a colour outside of a terminal");
        assert.equal(errors, "");
    },
    cost: async () => {
        const over = { ...files("dev", { "fargate:budget": { monthlyUsd: 10 } }), stack: "over" };
        const copy = projectCopy([over]);
        try {
            const { code, output } = await run("cost", ["over", "--json"], NODE_ALONE, copy);
            assert.equal(code, 2);
            assert.equal((JSON.parse(output) as { stack: string }).stack, "over");
        } finally {
            rmSync(copy, { recursive: true, force: true });
        }
    },
    compare: async () => {
        const { code, output } = await run("compare", ["dev"], NODE_ALONE);
        assert.equal(code, 0);
        assert.equal(output, (await call(compare, ["dev"])).output);
    },
    "prices:refresh": async () => {
        const { code, errors } = await run("prices:refresh", ["Stockholm"]);
        assert.deepEqual([code, errors], [1, "Stockholm: no region. Allowed: a region's code, such as eu-north-1\n"]);
    },
    review: async () => {
        const { preview } = JSON.parse(readFileSync(fixtureFile("removed-service"), "utf8")) as { preview: object };
        const file = path.join(folder, "preview.json");
        writeFileSync(file, JSON.stringify(preview));
        const { code, output } = await run("review", [fixture("removed-service").files.stack, "--preview", file]);
        assert.equal(code, 2);
        assert.match(output, /Lost for good/i);
    },
    smoke: async () => {
        const prod = readStackFiles(PROJECT_FOLDER, "prod");
        const host = smokeTargets(settingsOf(prod.config, prod), "https://alb.test")[0]?.host ?? "";
        const good = await asked(host, "60");
        assert.equal(good.code, 0, good.output);
        assert.deepEqual([...new Set(good.names)], [host]);
        const other = await asked(`other.${host}`, "2");
        assert.equal(other.code, 1, other.output);
        assert.match(other.output, /not yet: no answer after \d+ ms: ERR_TLS_CERT_ALTNAME_INVALID/);
    },
    up: async () => {
        const { code, output } = await run("up", ["dev", "--yes", "--skip-preview", "--skip-preflight"], {
            PATH: pulumi({ code: 7 }),
        });
        assert.deepEqual([code, output], [7, "up --yes --skip-preview --stack dev\n"]);
    },
    preflight: async () => {
        const nobody = { AWS_ENDPOINT_URL: "http://127.0.0.1:9", AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" };
        const { code, output, errors } = await run("preflight", ["dev"], { ...nobody, PATH: pulumi({ code: 0 }) });
        assert.equal(code, 0, output + errors);
        assert.match(output, /^Preflight {2}\d+ warnings\n! warning {2}account.* not known: \S.*ECONNREFUSED/);
    },
    preview: async () => {
        const { code, output } = await run("preview", ["dev", "--diff"], { PATH: pulumi({ code: 255 }) });
        assert.deepEqual([code, output], [255, "preview --diff --stack dev\n"]);
    },
    promote: async () => {
        const { code, errors } = await run("promote", ["dev", "prod"], { PATH: pulumi({ code: 0 }) });
        assert.equal(code, 1);
        assert.match(errors, /^dev runs no service that prod builds \(\S.*\)\. Next: update dev first\.$/m);
    },
    rollback: async () => {
        const { code, errors } = await run("rollback", ["dev"], { PATH: pulumi({ code: 0 }) });
        assert.equal(code, 1);
        assert.match(errors, /does not run in dev yet, so there is nothing to go back from\.$/m);
    },
    exec: async () => {
        const { code, errors } = await run("exec", ["dev", "web", "--json"], { PATH: pulumi({ code: 0 }) });
        assert.deepEqual([code, errors], [1, "web is not deployed in dev. Next: npm run up -- dev\n"]);
    },
    mirror: async () => {
        const { code, errors } = await run("mirror", ["dev", "nginx:1.29"], { PATH: pulumi({ code: 0 }, "/nonexistent") });
        assert.equal(code, 1);
        assert.match(errors, /^docker buildx is not here, and copies images/m);
    },
    schema: () => renews("schema", SCHEMA_FILE, () => "{}"),
    docs: () => renews("docs", CONFIGURATION_PAGE, page => withoutTable(page, "keys")),
    controls: () => renews("controls", CONTROLS_PAGE, page => withoutTable(page, "controls")),
};

/** Started for real by somebody else. */
const ELSEWHERE: Readonly<Record<string, string>> = {
    pipeline: "steps.test.ts",
    comment: "steps.test.ts",
    drift: "steps.test.ts",
    sandbox: ".ci/run, tests/engine",
    job: "tests/engine/job.test.ts",
    logs: "tests/engine/release.test.ts",
    status: "tests/engine/release.test.ts",
    restart: "tests/engine/release.test.ts",
    scale: "tests/engine/release.test.ts",
    "stop-rollout": "tests/engine/release.test.ts",
    stack: "stacks.test.ts",
    secret: "secret.test.ts",
    types: "npm run check",
    bench: "nobody: it measures for minutes",
};

describe("a command that is started", () => {
    before(() => (folder = mkdtempSync(path.join(tmpdir(), "fargate-test-"))));
    after(() => rmSync(folder, { recursive: true, force: true }));

    for (const [name, start] of Object.entries(STARTS)) it(`says what it has to say, and ends so: ${name}`, start);

    it("is each of package.json", () => {
        assert.deepEqual([...Object.keys(STARTS), ...Object.keys(ELSEWHERE)].sort(), [...COMMANDS].sort());
    });

    it("through npm, with an option that npm takes for itself, does nothing", () => {
        const environment = { PATH: pulumi({ code: 7 }), HOME: folder };
        const args = ["run", "up", "dev", "--sandbox"];
        const { status, stdout, stderr } = spawnSync("npm", args, { cwd: PROJECT_FOLDER, env: environment, encoding: "utf8" });
        assert.equal(status, 1, stdout);
        assert.match(stderr, /^npm took --sandbox for itself, so nothing was done\. Next: npm run up -- dev --sandbox$/m);
    });

    it("tells in one line that the Pulumi CLI is not there", async () => {
        const { code, errors } = await run("drift", ["check", "dev"], NODE_ALONE);
        const told = "The Pulumi CLI is not on the PATH. Next: install it, https://www.pulumi.com/docs/install/\n";
        assert.deepEqual([code, errors], [1, told]);
    });
});

/** A PATH with a `pulumi` that knows of no update, and for an update or a preview says how it was called and ends so. */
function pulumi({ code }: { readonly code: number }, others = process.env["PATH"] ?? ""): string {
    const bin = mkdtempSync(path.join(folder, "bin-"));
    const lines = [
        "#!/bin/sh",
        'case "$1" in',
        `version) echo v${sdk.version} ;;`,
        `stack) echo '{"deployment":{}}' ;;`,
        `*) echo "$@"; exit ${code} ;;`,
        "esac",
    ];
    writeFileSync(path.join(bin, "pulumi"), lines.join("\n"), { mode: 0o755 });
    return `${bin}:${others}`;
}

/** Asks a deployment of prod over TLS whose certificate is for `certified`. @returns also the names that it was asked for */
async function asked(certified: string, within: string): Promise<Ended & { readonly names: readonly unknown[] }> {
    const [key, cert] = ["key", "cert"].map(name => path.join(folder, `${certified}.${name}`)) as [string, string];
    const subject = ["-subj", `/CN=${certified}`, "-addext", `subjectAltName=DNS:${certified}`];
    const made = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1"];
    execFileSync("openssl", [...made, ...subject, "-keyout", key, "-out", cert], { stdio: "ignore" });
    const names: unknown[] = [];
    const server = https.createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
        names.push((request.socket as unknown as { servername: unknown }).servername, request.headers.host);
        response.end();
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    try {
        const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
        const args = ["prod", "--url", url, "--within-seconds", within];
        return { ...(await run("smoke", args, { NODE_EXTRA_CA_CERTS: cert })), names };
    } finally {
        server.close().closeAllConnections();
    }
}

/** The command makes a generated file anew, in a copy of the project where it is old. */
async function renews(name: string, file: string, old: (text: string) => string): Promise<void> {
    const copy = projectCopy([]);
    try {
        const copied = path.join(copy, path.relative(PROJECT_FOLDER, file));
        const text = readFileSync(file, "utf8");
        mkdirSync(path.dirname(copied), { recursive: true });
        writeFileSync(copied, old(text));
        assert.notEqual(readFileSync(copied, "utf8"), text);
        assert.deepEqual(await run(name, [], {}, copy), { code: 0, output: "", errors: "" });
        assert.equal(readFileSync(copied, "utf8"), text);
    } finally {
        rmSync(copy, { recursive: true, force: true });
    }
}

/** A page without what stands between its marks. */
function withoutTable(page: string, mark: string): string {
    return page.replace(new RegExp(`(<!-- ${mark}:begin -->)[^]*(<!-- ${mark}:end -->)`), "$1$2");
}
