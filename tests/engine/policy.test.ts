import assert from "node:assert/strict";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { PROJECT_FOLDER, settingsOf } from "../../settings";
import { Emulator, startEmulator } from "../../tools/sandbox/emulator";
import { Engine, findEngine } from "../../tools/sandbox/engine";
import { sandboxConfig, seedsOf } from "../../tools/sandbox/stack-copy";
import { openStack, writeStackFile } from "../../tools/sandbox/workspace";
import { readStackFiles } from "../../tools/cli/stack-files";
import { VARIANTS } from "./policy-program/variants";

type StackName = "dev" | "prod";

const FOLDER = path.join(PROJECT_FOLDER, ".sandbox", "engine-policy");
const PROGRAM = path.join(__dirname, "policy-program");
const PACK = path.join(PROJECT_FOLDER, "policy");
/** The same pack, beside the stack files of this test. */
const PACK_OF_TEST = path.join(FOLDER, "pack");

/** What the pack said during a preview. */
interface Answer {
    readonly isBlocked: boolean;
    /** Names of the rules that block, each once. */
    readonly blockedBy: readonly string[];
    readonly messages: readonly string[];
    /** The cost that it told. */
    readonly cost: readonly string[];
}

describe("the policy pack on the real engine", function () {
    this.timeout(180_000);
    let emulator: Emulator | undefined;
    let engine: Engine;
    const stacks = new Map<StackName, { readonly stack: Stack; readonly config: Record<string, string> }>();

    before(async () => {
        rmSync(FOLDER, { recursive: true, force: true });
        mkdirSync(PACK_OF_TEST, { recursive: true });
        for (const file of ["PulumiPolicy.yaml", "package.json"]) cpSync(path.join(PACK, file), path.join(PACK_OF_TEST, file));
        writeFileSync(
            path.join(PACK_OF_TEST, "index.js"),
            `require(${JSON.stringify(path.join(PACK, "typescript.js"))});\n` +
                `require(${JSON.stringify(path.join(PACK, "pack.ts"))}).servePack(${JSON.stringify(FOLDER)});\n`,
        );
        for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) Reflect.deleteProperty(process.env, name);
        process.env["SANDBOX_VENV"] ??= path.join(PROJECT_FOLDER, ".sandbox", "venv");
        engine = await findEngine(FOLDER, () => undefined);
        emulator = await startEmulator(FOLDER);
    });
    after(() => emulator?.stop());

    async function open(name: StackName) {
        const known = stacks.get(name);
        if (known !== undefined) return known;
        const running = emulator ?? assert.fail("the emulator does not run");
        const files = readStackFiles(PROJECT_FOLDER, name);
        const settings = settingsOf(files.config, files);
        const config = sandboxConfig(files, settings, await running.seed(seedsOf(settings)));
        const stack = await openStack({ folder: FOLDER, stack: name, config, emulator: running, engine, program: PROGRAM });
        const opened = { stack, config };
        stacks.set(name, opened);
        return opened;
    }

    async function preview(
        name: StackName,
        more: Readonly<Record<string, string>> = {},
        pack = PACK,
        environment: Readonly<Record<string, string>> = {},
    ): Promise<Answer> {
        const { stack, config } = await open(name);
        stack.workspace.envVars = { ...stack.workspace.envVars, PULUMI_CONFIG: "", ...environment };
        writeStackFile(FOLDER, name, { ...config, ...more });
        const events: EngineEvent[] = [];
        let failure = "";
        await stack.preview({ policyPacks: [pack], onEvent: event => events.push(event) }).catch((error: unknown) => {
            failure = String(error);
        });
        const errors = events.flatMap(({ diagnosticEvent: event }) =>
            event?.severity === "error" ? [event.message.trim()] : [],
        );
        assert.deepEqual(
            errors.filter(error => error !== "preview failed"),
            [],
        );
        const mandatory = events.flatMap(({ policyEvent }) =>
            policyEvent?.enforcementLevel === "mandatory" ? [policyEvent] : [],
        );
        const cost = events.flatMap(({ policyEvent }) => (policyEvent?.policyName === "cost" ? [policyEvent.message] : []));
        return {
            cost,
            isBlocked: failure !== "",
            blockedBy: [...new Set(mandatory.map(({ policyName }) => policyName))].sort(),
            messages: mandatory.map(({ message }) => message),
        };
    }

    for (const name of ["dev", "prod"] as const) {
        it(`passes ${name}`, async () => {
            const { isBlocked, messages, cost } = await preview(name);
            assert.deepEqual(messages, []);
            assert.equal(isBlocked, false);
            assert.match(cost.join("\n"), /USD a month expected/);
        });
    }

    for (const { stack, labels } of variants()) {
        const rules = [...new Set(labels.flatMap(label => VARIANTS[label]?.blockedBy ?? []))].sort();
        it(`blocks ${labels.join(", ")}: by ${rules.join(", ")}`, async () => {
            const { isBlocked, blockedBy, messages } = await preview(stack, { "policy-test:variants": JSON.stringify(labels) });
            assert.deepEqual(blockedBy, rules, messages.join("\n"));
            assert.equal(isBlocked, true);
            for (const message of messages) assert.match(message, /Fix: /);
        });
    }

    it("blocks above the budget in the stack's file", async () => {
        const { isBlocked, blockedBy } = await preview("dev", { "fargate:budget": '{"monthlyUsd":5}' }, PACK_OF_TEST);
        assert.deepEqual(blockedBy, ["cost-is-within-budget"]);
        assert.equal(isBlocked, true);
    });

    const exception = (until: string) => ({
        "policy-test:variants": JSON.stringify(["a service that does not roll back"]),
        "fargate:policyExceptions": JSON.stringify([{ rule: "services-roll-back", resource: "web", reason: "A trial.", until }]),
    });
    const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

    it("passes what an exception in the stack's file covers", async () => {
        const { isBlocked, messages } = await preview("prod", exception(day(1)), PACK_OF_TEST);
        assert.deepEqual(messages, []);
        assert.equal(isBlocked, false);
    });

    it("passes what an exception in the configuration covers that the CLI hands to the pack", async () => {
        const { config } = await open("prod");
        const given = { ...config, ...exception(day(1)) };
        // As the CLI's own language host sets it for packs.
        const { messages } = await preview("prod", given, PACK, { PULUMI_CONFIG: JSON.stringify(given) });
        assert.deepEqual(messages, []);
    });

    it("blocks when the exception has ended, for it and for what it covered", async () => {
        const { isBlocked, blockedBy } = await preview("prod", exception(day(-1)), PACK_OF_TEST);
        assert.deepEqual(blockedBy, ["exceptions-hold", "services-roll-back"]);
        assert.equal(isBlocked, true);
    });
});

/** What one preview shows: every variant of a stack, or as `npm run test:engine:all` has it, each by itself. */
function variants(): { readonly stack: StackName; readonly labels: readonly string[] }[] {
    const all = Object.entries(VARIANTS);
    if (process.env["ALL"] === "1") return all.map(([label, { stack }]) => ({ stack, labels: [label] }));
    return (["dev", "prod"] as const).map(stack => ({
        stack,
        labels: all.filter(([, variant]) => variant.stack === stack).map(([label]) => label),
    }));
}
