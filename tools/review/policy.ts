import { stripVTControlCharacters } from "node:util";
import { policySection } from "../policy/section";
import type { Inventory } from "../inventory/inventory";
import type { Section } from "../inventory/section";

/** What the policy's rules say about the stack as it would be. @param today YYYY-MM-DD */
export function policyFindings(inventory: Inventory, today: string): Section {
    const { text, json, blocks } = policySection(inventory, today);
    // Colours are on wherever CI is set, and a comment is no terminal.
    const [headline = "", ...lines] = stripVTControlCharacters(text).split("\n");
    return {
        title: "Policy",
        summary: headline.replace(/^Policy\s+/, ""),
        text: lines.map(line => line.replace(/^ {2}/, "")).join("\n"),
        json,
        blocks,
    };
}
