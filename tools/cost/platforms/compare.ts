import { Command } from "commander";
import { PLATFORMS, Packing, PlatformCost, Workload, compare, workloadOf } from "./platforms";
import { DIFFERENCES } from "./differences";
import { Crossing, LARGEST_LOAD, crossings } from "./load";
import { PRICE_LABELS, toCents } from "../prices/prices";
import { money } from "../prices/money";
import { PROJECT_FOLDER } from "../../../settings";
import { Answer, exitCodes, print, runCommand } from "../../cli/command";
import { StackFiles, readStackFiles } from "../../cli/stack-files";
import { outputWidth } from "../../cli/terminal";
import { requirePrices } from "../section";
import { heading } from "../text";
import { inventory } from "../../inventory/inventory";
import { table } from "../../cli/table";

const PACKINGS: readonly { readonly packing: Packing; readonly title: string }[] = [
    { packing: "reserved", title: "Tasks have the CPU and memory that Fargate would give them" },
    { packing: "shared CPU", title: "Tasks share the CPU of their instance and are packed by memory alone" },
];

export const command = new Command("compare")
    .description(
        "The tasks of a stack on Fargate, Fargate Spot, ECS on EC2 and EKS, a month by list prices. Without network and account.",
    )
    .argument("[stack]", "name of the stack", "dev")
    .option("--json", "the same as data")
    .addHelpText("after", exitCodes())
    .showSuggestionAfterError()
    .action(async (stack: string, { json }: { json?: boolean }) =>
        print(await comparePlatforms(readStackFiles(PROJECT_FOLDER, stack), outputWidth()), json),
    );

/** What the tasks of a stack cost on each platform. @param width of the terminal, in columns */
export async function comparePlatforms(files: StackFiles, width?: number): Promise<Answer> {
    const { settings, resources } = await inventory(files.stack, files);
    const prices = requirePrices(settings.region);
    const workload = workloadOf(resources, settings.usage);
    const results = PACKINGS.map(({ packing, title }) => ({
        title,
        platforms: compare(workload, prices, packing),
        crossings: crossings(workload, prices, packing),
    }));
    const extendedSupport = prices.of("eksExtendedSupportHour")?.usd;
    const notes = [
        "Everything else of the stack costs the same on each platform and is left out.",
        "Tasks are whole ones: those that cost expects, rounded up.",
        "Instances hold one task more than expected, for rolling deployments, and there is one in every zone with a task.",
        "On-demand instances of the price table, packed first fit; commitments and EC2 Spot would lower both rows on EC2, Savings Plans Fargate too.",
        extendedSupport === undefined
            ? `There is no ${PRICE_LABELS.eksExtendedSupportHour}, for ${settings.region}.`
            : `A Kubernetes version that is not upgraded in time costs ${extendedSupport.toFixed(2)} an hour more.`,
    ];
    const text = [
        `${heading(`${files.stack}: ${describe(workload)}`)}  ${settings.region}, USD a month`,
        ...results.flatMap(result => [
            "",
            heading(result.title),
            ...platformLines(result.platforms, width),
            ...result.crossings.map(sentence),
        ]),
        "",
        ...notes,
        "",
        heading("What no price tells"),
        ...differenceLines(width),
    ];
    const { stack, region } = settings;
    const data = { stack, region, workload, results: results.map(rounded), notes, differences: DIFFERENCES };
    return { text: text.join("\n"), data, exitCode: 0 };
}

function describe({ services }: Workload): string {
    return services
        .map(({ name, tasks, size }) => `${tasks} × ${name} of ${size.vcpu} vCPU, ${size.memoryGb} GB, ${size.architecture}`)
        .join("; ");
}

/** Cheapest first, unknown last. */
function platformLines(platforms: readonly PlatformCost[], width?: number): string[] {
    const usd = ({ monthlyUsd }: PlatformCost) => monthlyUsd ?? Infinity;
    const sorted = [...platforms].sort((a, b) => usd(a) - usd(b));
    const columns = [{ title: "  platform" }, { title: "a month", align: "right" as const }, { title: "made of" }];
    const rows = sorted.map(({ platform, monthlyUsd, parts, unknown }) => [
        `  ${platform}`,
        monthlyUsd === undefined ? "unknown" : money(monthlyUsd),
        monthlyUsd === undefined
            ? unknown.join("; ")
            : parts.map(part => `${part.what} ${money(part.monthlyUsd ?? 0)}`).join(" + "),
    ]);
    return table(columns, rows, width);
}

function sentence({ cheaper, than, fromTasks, firstTasks }: Crossing): string {
    if (fromTasks === 1) return `  ${cheaper} is cheaper than ${than} at every load up to ${LARGEST_LOAD} tasks.`;
    const between = firstTasks < fromTasks ? `, and from ${firstTasks} on where instances happen to be full` : "";
    return `  ${cheaper} is cheaper than ${than} from ${fromTasks} tasks on${between}.`;
}

function differenceLines(width?: number): string[] {
    const columns = [{ title: "" }, ...PLATFORMS.map(title => ({ title }))];
    return table(
        columns,
        DIFFERENCES.map(({ question, answers }) => [`  ${question}`, ...PLATFORMS.map(platform => answers[platform])]),
        width,
    );
}

function rounded({ platforms, ...rest }: { readonly platforms: readonly PlatformCost[] }): object {
    const cents = (usd: number | undefined) => (usd === undefined ? null : toCents(usd));
    return {
        ...rest,
        platforms: platforms.map(({ parts, monthlyUsd, ...platform }) => ({
            ...platform,
            monthlyUsd: cents(monthlyUsd),
            parts: parts.map(part => ({ what: part.what, monthlyUsd: cents(part.monthlyUsd) })),
        })),
    };
}

if (require.main === module) void runCommand(command);
