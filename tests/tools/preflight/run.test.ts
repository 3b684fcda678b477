import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { PROJECT_FOLDER } from "../../../settings";
import { command as up } from "../../../tools/delivery/up";
import type { Check, Subject } from "../../../tools/preflight/check";
import { CHECKS } from "../../../tools/preflight/checks";
import { Denied } from "../../../tools/preflight/clients";
import { findingOf } from "../../../tools/preflight/obstacle";
import { runChecks } from "../../../tools/preflight/run";
import { preflightSection } from "../../../tools/preflight/section";
import { parseSecret } from "../../../tools/preflight/secret-reference";

const subject = (signal = new AbortController().signal, isEmulated = false) =>
    ({ signal, isEmulated, aws: { obstacle: () => Promise.resolve(undefined) } }) as unknown as Subject;
const check = (name: string, run: Check["run"]): Check => ({ name, asks: name, run });
const denied = check("images", () => Promise.reject(new Denied("ecr:BatchGetImage")));

describe("preflight", () => {
    it("names the action that its credentials may not call, as a warning", async () => {
        const [told] = await runChecks([denied], subject());
        assert.deepEqual(told, {
            check: "images",
            status: "warning",
            found: "not known: these credentials may not ask ecr:BatchGetImage",
            fix: "allow ecr:BatchGetImage to the role that asks, or look by hand",
        });
    });

    it("waits for no check that gets no answer", async () => {
        const forever = check("quotas", () => new Promise(() => undefined));
        const good = check("account", () => Promise.resolve([{ status: "ok", found: "123456789012" }]));
        const told = await runChecks([good, forever], subject(AbortSignal.timeout(50)));
        assert.deepEqual(
            told.map(({ check: name, status, found }) => [name, status, found]),
            [
                ["account", "ok", "123456789012"],
                ["quotas", "warning", "not known: no answer in time"],
            ],
        );
    });

    it("takes no error of a check's own for a failure", async () => {
        const broken = check("names", () => Promise.reject(new TypeError("x is undefined\nat line 3")));
        const [told] = await runChecks([broken], subject());
        assert.deepEqual([told?.status, told?.found], ["warning", "not known: x is undefined"]);
    });

    it("skips what an emulator cannot answer, and says why", async () => {
        const told = await runChecks([{ ...denied, notEmulated: "no registry" }], subject(undefined, true));
        assert.deepEqual(told, [{ check: "images", status: "skipped", found: "no registry" }]);
    });

    it("asks on where there are no credentials, since the engine may have some", () => {
        const error = Object.assign(new Error("Could not load credentials"), { name: "CredentialsProviderError" });
        assert.equal(findingOf(error, new AbortController().signal).status, "warning");
    });

    it("tells failures first, each with its fix, and what several checks say once", () => {
        const none = { status: "warning", found: "no credentials", fix: "log in" } as const;
        const { text, summary, blocks, json } = preflightSection("dev", [
            { check: "account", ...none },
            { check: "images", status: "failure", found: "web: no image", fix: "push it" },
            { check: "domain", status: "ok", found: "found" },
            { check: "quotas", ...none },
        ]);
        assert.deepEqual(text.split("\n"), [
            "✗ failure  images           web: no image. Fix: push it",
            "! warning  account, quotas  no credentials. Fix: log in",
            "✓ ok       domain           found",
        ]);
        assert.deepEqual([summary, blocks, json.findings.length], ["1 failure, 2 warnings", true, 4]);
        assert.equal(preflightSection("dev", []).summary, "nothing in the way");
        assert.equal(preflightSection("dev", [{ check: "account", ...none }]).blocks, false);
    });

    it("has its checks in the order of their names, and docs/operate.md tells of each", () => {
        const names = CHECKS.map(({ name }) => name);
        assert.deepEqual(names, [...names].sort());
        const [, table = ""] =
            /^\| check \| asks \|\n.*\n([^]*?)\n\n/m.exec(readFileSync(path.join(PROJECT_FOLDER, "docs/operate.md"), "utf8")) ??
            [];
        assert.deepEqual(
            table.split("\n"),
            CHECKS.map(({ name, asks }) => `| ${name} | ${asks} |`),
        );
    });

    it("of an update can be left out", () => {
        assert.ok(up.options.some(({ long }) => long === "--skip-preflight"));
    });
});

describe("an ARN under secrets", () => {
    const secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:token-AbCdEf";

    it("stands for a version of a secret, whose value is named behind it", () => {
        const base = { kind: "secret", arn: secret, region: "eu-west-1" };
        assert.deepEqual(parseSecret(secret), { ...base, stage: "AWSCURRENT" });
        assert.deepEqual(parseSecret(`${secret}:password::`), { ...base, stage: "AWSCURRENT" });
        assert.deepEqual(parseSecret(`${secret}:password:AWSPREVIOUS:`), { ...base, stage: "AWSPREVIOUS" });
        assert.deepEqual(parseSecret(`${secret}:::0123`), { ...base, stage: "AWSCURRENT", version: "0123" });
    });

    it("stands for a parameter, with or without a slash before a name of one level", () => {
        const arn = (name: string) => `arn:aws:ssm:eu-west-1:123456789012:parameter/${name}`;
        assert.deepEqual(parseSecret(arn("a/b")), {
            kind: "parameter",
            region: "eu-west-1",
            account: "123456789012",
            names: ["/a/b"],
        });
        assert.deepEqual(parseSecret(arn("a")), {
            kind: "parameter",
            region: "eu-west-1",
            account: "123456789012",
            names: ["/a", "a"],
        });
    });
});
