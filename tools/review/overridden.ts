import { Resource, overriddenText, shortType } from "../inventory/resource";
import type { Section } from "../inventory/section";

/** What overrides.ts changes of what is declared, whether this update changes it or one before did; undefined where it changes nothing. */
export function overriddenSection(resources: readonly Resource[]): Section<readonly string[]> | undefined {
    const lines = resources
        .filter(({ overridden = [] }) => overridden.length > 0)
        .map(resource => `${shortType(resource.type)} ${resource.name}: ${overriddenText(resource)}`);
    if (lines.length === 0) return undefined;
    return {
        title: "Overridden",
        summary: `${lines.length} resource${lines.length === 1 ? " is" : "s are"} not as components declare ${lines.length === 1 ? "it" : "them"}`,
        text: lines.join("\n"),
        json: lines,
        blocks: false,
        isLoud: true,
    };
}
