import { colours as pc } from "../cli/colours";
import { inLines, longestWord, padded } from "../cli/table";
import { shortType } from "../inventory/resource";
import { jobLines } from "./jobs";
import { routeLines } from "./routes";
import { scalingLines } from "./scaling";
import type { Node, Plan } from "./tree";
import type { Arrow } from "./traffic";

/** A plan, to be read. @param width of the terminal, in columns */
export function describePlan(plan: Plan, width = Infinity): string {
    const { counts } = plan;
    return [
        `${pc.bold(`${plan.project} ${plan.stack}`)}  ${plan.profile}, ${plan.region}: a first \`pulumi up\` creates ${counts.resources} resources in ${counts.components} components`,
        "",
        ...factLines(
            plan.tree.flatMap(node => treeLines(node, "", "")),
            width,
        ),
        "",
        pc.bold("Traffic that may flow, and no other"),
        ...arrowLines(plan.traffic),
        ...routeLines(plan.routes),
        ...jobLines(plan.jobs),
        ...scalingLines(plan.scaling),
        "",
        pc.bold("Resources by type"),
        ...countLines(counts.byType, width),
        ...(plan.guesses.length === 0 ? [] : ["", pc.bold("Guessed"), ...plan.guesses.map(guess => `  ${pc.yellow(guess)}`)]),
    ].join("\n");
}

interface Line {
    readonly label: string;
    /** The branches of the tree that go on below the line. */
    readonly below: string;
    readonly facts: string;
    readonly isComponent: boolean;
}

function treeLines({ type, name, facts, isComponent, children }: Node, lead: string, below: string): Line[] {
    const own = {
        label: `${lead}${shortType(type)} ${name}`,
        below: children.length > 0 ? `${below}│` : below,
        facts,
        isComponent,
    };
    return [
        own,
        ...children.flatMap((child, index) => {
            const isLast = index === children.length - 1;
            return treeLines(child, `${below}${isLast ? "└─ " : "├─ "}`, `${below}${isLast ? "   " : "│  "}`);
        }),
    ];
}

const GAP = 2;

/** Facts stand in one column; where the terminal is too narrow for it they get half of it, and stand below a longer label. */
function factLines(lines: readonly Line[], width: number): string[] {
    const column = Math.max(...lines.map(({ label }) => label.length)) + GAP;
    const isWhole = lines.every(({ facts }) => column + facts.length <= width);
    const start = isWhole ? column : Math.min(column, Math.floor(width / 2));
    return lines.flatMap(({ label, below, facts, isComponent }) => {
        const shown = isComponent ? pc.bold(label) : label;
        if (facts === "") return [shown];
        // Further to the left where a word would not end before the terminal does.
        const from = Math.min(start, width - longestWord(facts));
        const [first = "", ...others] = isWhole ? [facts] : inLines(facts, width - from);
        const isBeside = label.length + GAP <= from;
        const rest = (isBeside ? others : [first, ...others]).map(text => `${padded(below, from)}${pc.dim(text)}`);
        return [isBeside ? `${padded(shown, from)}${pc.dim(first)}` : shown, ...rest];
    });
}

function arrowLines(arrows: readonly Arrow[]): string[] {
    const from = Math.max(0, ...arrows.map(arrow => arrow.from.length));
    const to = Math.max(0, ...arrows.map(arrow => arrow.to.length));
    return arrows.map(arrow => {
        const half = arrow.isWhole ? "" : pc.red("  one of its two rules is missing");
        return `  ${arrow.from.padEnd(from)} → ${arrow.to.padEnd(to)}  ${arrow.traffic}${half}`;
    });
}

/** As many columns as have room, three at most. */
function countLines(byType: Readonly<Record<string, number>>, width: number): string[] {
    const entries = Object.entries(byType).map(([type, count]) => `${String(count).padStart(4)}  ${shortType(type)}`);
    const [between, most] = [4, 3];
    const wide = Math.max(...entries.map(entry => entry.length)) + between;
    const columns = Math.max(1, Math.min(most, Math.floor((width + between) / wide)));
    const rows = Math.ceil(entries.length / columns);
    return Array.from({ length: rows }, (_, row) =>
        Array.from({ length: columns }, (__, column) => (entries[column * rows + row] ?? "").padEnd(wide))
            .join("")
            .trimEnd(),
    );
}
