import { costOf } from "./estimate";
import { pricesIn } from "./prices/prices";
import { adviseOnEgress, egressJson, egressLines } from "./egress-text";
import { largestSavings, savingsJson, savingsLines } from "./savings-text";
import { costSection, requirePrices } from "./section";
import { LEFT_OUT, heading, sourceLines } from "./text";
import { inventory } from "../inventory/inventory";
import type { Section } from "../inventory/section";
import { refusals } from "./refusal";
import type { StackFiles } from "../cli/stack-files";

/**
 * Everything that `cost` has to say about a stack.
 *
 * @param today YYYY-MM-DD, for exceptions from policy rules that end
 * @param width of the terminal, in columns
 * @throws UserError in a region without prices, where there is no budget to fail
 */
export async function costReport(
    files: StackFiles,
    today: string,
    width?: number,
): Promise<Section<Readonly<Record<string, unknown>>>> {
    const found = await inventory(files.stack, files);
    const { settings, resources } = found;
    const { network, services, usage, region, stack } = settings;
    const section = costSection(found, width);
    if (pricesIn(region) === undefined && section.blocks) return { ...section, json: { stack, ...section.json } };

    const prices = requirePrices(region);
    const refusal = refusals(found, files, today);
    const estimate = { settings, resources, usage, prices };
    const savings = await largestSavings(estimate, refusal);
    const egress =
        network.kind === "created"
            ? await adviseOnEgress({ ...estimate, shape: { ...network, services } }, network.egress, refusal)
            : undefined;
    const text = [
        section.text,
        "",
        ...savingsLines(savings, width),
        "",
        ...(egress === undefined ? [] : [...egressLines(egress, width), ""]),
        heading("Prices"),
        ...sourceLines(costOf(resources, usage, prices).prices),
        "",
        heading("Left out"),
        ...LEFT_OUT.map(line => `  ${line}`),
    ].join("\n");
    const json = {
        stack,
        ...section.json,
        savings: savingsJson(savings),
        egress: egress === undefined ? null : egressJson(egress),
        leftOut: LEFT_OUT,
    };
    return { ...section, text, json };
}
