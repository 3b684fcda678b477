import { costOf } from "../model/cost";
import { adviseOn, egressLines, savingsLines } from "./cost-savings";
import { costSection, requirePrices } from "./cost-section";
import { LEFT_OUT, heading, sourceLines } from "./cost-text";
import { inventory } from "./inventory";
import type { StackFiles } from "./stack-files";

/** Everything that `cost` has to say about a stack. */
export interface CostReport {
    readonly text: string;
    readonly json: Readonly<Record<string, unknown>>;
    readonly exceedsBudget: boolean;
}

export async function costReport(files: StackFiles): Promise<CostReport> {
    const found = await inventory(files.stack, files);
    const { settings, resources } = found;
    const prices = requirePrices(settings.region);
    const section = costSection(found);
    const advice = adviseOn(found, files, prices);
    const text = [
        section.text,
        "",
        ...savingsLines(advice.savings),
        "",
        ...egressLines(advice, settings.network.egress),
        heading("Prices"),
        ...sourceLines(costOf(resources, settings.usage, prices).prices),
        "",
        heading("Left out"),
        ...LEFT_OUT.map(line => `  ${line}`),
    ].join("\n");
    return { ...section, text, json: { stack: settings.stack, ...section.json, ...advice, leftOut: LEFT_OUT } };
}
