import { costOf } from "../model/cost";
import { pricesIn } from "../model/prices";
import { adviseOn, egressLines, savingsLines } from "./cost-savings";
import { CostSection, costSection, requirePrices } from "./cost-section";
import { LEFT_OUT, heading, sourceLines } from "./cost-text";
import { inventory } from "./inventory";
import type { StackFiles } from "./stack-files";

/** Everything that `cost` has to say about a stack. @throws UserError in a region without prices, where there is no budget to fail */
export async function costReport(files: StackFiles): Promise<CostSection> {
    const found = await inventory(files.stack, files);
    const { settings, resources } = found;
    const section = costSection(found);
    if (pricesIn(settings.region) === undefined && section.failsBudget)
        return { ...section, json: { stack: settings.stack, ...section.json } };
    const prices = requirePrices(settings.region);
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
