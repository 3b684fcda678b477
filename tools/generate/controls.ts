import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { Command } from "commander";
import type { Rule, Standing } from "../policy/rule";
import { RULES_BY_FILE } from "../policy/rules";
import { PROJECT_FOLDER } from "../../settings";
import { exitCodes, runCommand } from "../cli/command";

/** The page whose table of rules is generated. */
export const CONTROLS_PAGE = path.join(PROJECT_FOLDER, "docs", "controls.md");

export const command = new Command("controls")
    .description("Renew the table of policy rules in docs/controls.md.")
    .addHelpText("after", exitCodes())
    .action(() => writeFileSync(CONTROLS_PAGE, withControlsTable(readFileSync(CONTROLS_PAGE, "utf8"))));

const BEGIN = "<!-- controls:begin -->";
const END = "<!-- controls:end -->";

const NO_CONTROL = "—";

interface Row {
    readonly control: string;
    readonly rule: Rule;
    /** The name that the rule's file and its test share. */
    readonly file: string;
}

/** Every control with the rule for it, where this program meets it, and the test, as Markdown; rules of this program's own come last. */
export function controlsTable(): string {
    const rows = Object.entries(RULES_BY_FILE).flatMap(([file, rules]) =>
        rules.flatMap(rule =>
            (rule.controls.length === 0 ? [NO_CONTROL] : rule.controls).map(control => ({ control, rule, file })),
        ),
    );
    rows.sort((a, b) => (order(a) < order(b) ? -1 : 1));
    return ["| control | rule | severity | this program | test |", "|---|---|---|---|---|", ...rows.map(rowOf)].join("\n");
}

/** The page with its table made anew. */
export function withControlsTable(page: string): string {
    const [before, rest] = page.split(BEGIN);
    const after = rest?.split(END)[1];
    if (before === undefined || after === undefined) throw new Error(`docs/controls.md lacks ${BEGIN} or ${END}`);
    return `${before}${BEGIN}\n\n${controlsTable()}\n\n${END}${after}`;
}

function rowOf({ control, rule, file }: Row): string {
    const { name, title, severity, profile, standing } = rule;
    const about = `[${name}](../tools/policy/rules/${file}.ts): ${title}${profile === undefined ? "" : " Production only."}`;
    const test = `[test](../tests/tools/policy/rules/${file}.test.ts)`;
    return `| ${[control, about, severity, standingText(standing), test].map(cell).join(" | ")} |`;
}

function standingText(standing: Standing): string {
    switch (standing.is) {
        case "met":
            return `[${standing.where}](../${standing.where})`;
        case "absent":
            return `absent: it makes no ${standing.part}. The rule blocks as soon as it does.`;
        case "excepted":
            return `known conflict: ${standing.reason}`;
    }
}

/** By service, then by number; what has no control comes last. */
function order({ control, rule }: Row): string {
    const [service = "", number = ""] = control.split(".");
    return control === NO_CONTROL ? `~${rule.name}` : `${service}.${number.padStart(3, "0")} ${rule.name}`;
}

function cell(text: string): string {
    return text.replaceAll("|", "\\|");
}

if (require.main === module) void runCommand(command);
