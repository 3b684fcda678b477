import { colours as pc } from "../cli/colours";
import { shortType } from "../inventory/resource";
import { routeLines } from "./routes";
import type { Node, Plan } from "./tree";
import type { Arrow } from "./traffic";

/** A plan, to be read. */
export function describePlan(plan: Plan): string {
    const { counts } = plan;
    const lines = plan.tree.flatMap(node => treeLines(node, "", ""));
    const width = Math.max(...lines.map(({ label }) => label.length));
    return [
        `${pc.bold(`${plan.project} ${plan.stack}`)}  ${plan.profile}, ${plan.region}: a first \`pulumi up\` creates ${counts.resources} resources in ${counts.components} components`,
        "",
        ...lines.map(
            ({ label, facts, isComponent }) =>
                `${isComponent ? pc.bold(label) : label}${facts === "" ? "" : `${" ".repeat(width - label.length + 2)}${pc.dim(facts)}`}`,
        ),
        "",
        pc.bold("Traffic that may flow, and no other"),
        ...arrowLines(plan.traffic),
        ...routeLines(plan.routes),
        "",
        pc.bold("Resources by type"),
        ...countLines(counts.byType),
        ...(plan.guesses.length === 0 ? [] : ["", pc.bold("Guessed"), ...plan.guesses.map(guess => `  ${pc.yellow(guess)}`)]),
    ].join("\n");
}

interface Line {
    readonly label: string;
    readonly facts: string;
    readonly isComponent: boolean;
}

function treeLines({ type, name, facts, isComponent, children }: Node, lead: string, below: string): Line[] {
    const own = { label: `${lead}${shortType(type)} ${name}`, facts, isComponent };
    return [
        own,
        ...children.flatMap((child, index) => {
            const isLast = index === children.length - 1;
            return treeLines(child, `${below}${isLast ? "└─ " : "├─ "}`, `${below}${isLast ? "   " : "│  "}`);
        }),
    ];
}

function arrowLines(arrows: readonly Arrow[]): string[] {
    const from = Math.max(0, ...arrows.map(arrow => arrow.from.length));
    const to = Math.max(0, ...arrows.map(arrow => arrow.to.length));
    return arrows.map(arrow => {
        const half = arrow.isWhole ? "" : pc.red("  one of its two rules is missing");
        return `  ${arrow.from.padEnd(from)} → ${arrow.to.padEnd(to)}  ${arrow.traffic}${half}`;
    });
}

function countLines(byType: Readonly<Record<string, number>>): string[] {
    const entries = Object.entries(byType).map(([type, count]) => `${String(count).padStart(4)}  ${shortType(type)}`);
    const width = Math.max(...entries.map(entry => entry.length)) + 4;
    const columns = 3;
    const rows = Math.ceil(entries.length / columns);
    return Array.from({ length: rows }, (_, row) =>
        Array.from({ length: columns }, (__, column) => (entries[column * rows + row] ?? "").padEnd(width))
            .join("")
            .trimEnd(),
    );
}
