import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { Command, Option } from "commander";
import { PRICE_LABELS, PriceTable } from "./prices";
import { PROJECT_FOLDER } from "../../../settings";
import { regionFault } from "../../../model/regions";
import { UserError } from "../../cli/user-error";
import { exitCodes, runCommand } from "../../cli/command";
import { userPath } from "../../cli/options";
import { AWS_PRICE_LIST, fetchRegion } from "./fetch";
import { changes, withRegion } from "./merge";
import { startProgress } from "../../cli/progress";
import { say } from "../../cli/terminal";

const TABLE_FILE = path.join(PROJECT_FOLDER, "tools", "cost", "prices", "price-table.json");

interface Options {
    readonly from: string;
    readonly table: string;
}

export const command = new Command("prices:refresh")
    .description(
        "Renew the prices of regions from AWS's public price list, or add a region. Needs internet, no account. EC2's list alone is half a gigabyte.",
    )
    .argument("<region...>", "regions, such as eu-north-1")
    .addHelpText("after", exitCodes())
    .option("--from <url>", "where the price list is", AWS_PRICE_LIST)
    .addOption(
        new Option("--table <file>", "the table to renew")
            .argParser(userPath)
            .default(TABLE_FILE, path.relative(PROJECT_FOLDER, TABLE_FILE)),
    )
    .showSuggestionAfterError()
    .action(async (regions: string[], { from, table: file }: Options) => {
        const wrong = regions.filter(region => regionFault(region) !== undefined);
        if (wrong.length > 0) throw new UserError(`${wrong.join(", ")}: no region. Allowed: a region's code, such as eu-north-1`);
        for (const region of regions) await refresh(region, from, file);
    });

/** Each region is written when it is complete, so that a failure keeps the ones before. */
async function refresh(region: string, from: string, file: string): Promise<void> {
    const before = JSON.parse(readFileSync(file, "utf8")) as PriceTable;
    const progress = startProgress(`prices of ${region}`);
    try {
        const onProgress = (offer: string, megabytes: number) => progress.now(() => `${offer} ${megabytes} MB`);
        const offers = await fetchRegion(region, { from, onProgress });
        const after = withRegion(before, region, offers);
        writeFileSync(file, `${JSON.stringify(after, null, 4)}\n`);

        const moved = changes(before, after, region);
        const missing = Object.values(offers).flatMap(offer => offer.missing);
        say(
            [
                `${region}: ${moved.length === 0 ? "no price has changed" : `${moved.length} prices are new or have changed`}`,
                ...moved.map(({ key, from: old, to }) => `  ${PRICE_LABELS[key]}: ${old ?? "unknown"} → ${to}`),
                ...missing.map(({ key, reason }) => `  ${PRICE_LABELS[key]}: not renewed, ${reason}`),
            ].join("\n"),
        );
    } finally {
        progress.end();
    }
}

if (require.main === module) void runCommand(command);
