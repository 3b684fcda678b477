import { colours } from "../cli/colours";
import { table } from "../cli/table";
import type { Section } from "../inventory/section";
import { STATUSES, Status } from "./check";
import type { Told } from "./run";

/** What preflight found, as data. */
export interface PreflightJson {
    readonly stack: string;
    readonly findings: readonly Told[];
}

const MARKS: Readonly<Record<Status, string>> = {
    failure: colours.red("✗ failure"),
    warning: colours.yellow("! warning"),
    skipped: colours.dim("- skipped"),
    ok: colours.green("✓ ok"),
};

/** Failures first, then warnings; the checks of a status in their order. */
export function preflightSection(stack: string, told: readonly Told[], width?: number): Section<PreflightJson> {
    const findings = STATUSES.flatMap(status => told.filter(finding => finding.status === status));
    const rows = together(findings).map(({ status, check, found, fix }) => [
        MARKS[status],
        check,
        fix === undefined ? found : `${found}. Fix: ${fix}`,
    ]);
    const columns = [{ title: "" }, { title: "" }, { title: "" }];
    const [, ...lines] = table(columns, rows, width);
    return {
        title: "Preflight",
        summary: summaryOf(findings),
        text: lines.join("\n"),
        json: { stack, findings },
        blocks: findings.some(({ status }) => status === "failure"),
    };
}

/** Checks that say the very same, such as that there are no credentials, say it in one line. */
function together(findings: readonly Told[]): readonly Told[] {
    const byText = new Map<string, Told>();
    for (const finding of findings) {
        const key = JSON.stringify([finding.status, finding.found, finding.fix]);
        const same = byText.get(key);
        byText.set(key, same === undefined ? finding : { ...same, check: `${same.check}, ${finding.check}` });
    }
    return [...byText.values()];
}

function summaryOf(findings: readonly Told[]): string {
    const number = (wanted: Status) => findings.filter(({ status }) => status === wanted).length;
    const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;
    const [failures, warnings] = [number("failure"), number("warning")];
    if (failures > 0)
        return colours.red([counted(failures, "failure"), ...(warnings > 0 ? [counted(warnings, "warning")] : [])].join(", "));
    return warnings > 0 ? colours.yellow(counted(warnings, "warning")) : colours.green("nothing in the way");
}
