/** Whether a condition is this one, or a conjunction that has it. */
export function requires(condition: string | undefined, part: string): boolean {
    // What stands in parentheses is a term by itself.
    const closed = (text: string) => text.replace(/\([^()]*\)/g, term => term.replaceAll("||", "or").replaceAll("&&", "and"));
    const text = closed((condition ?? "").replace(/^\$\{\{|\}\}$/g, ""));
    return !text.includes("||") && text.split("&&").some(term => term.trim() === closed(part));
}
