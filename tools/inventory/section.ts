import { stripVTControlCharacters } from "node:util";
import { colours } from "../cli/colours";

/** What one judge has to say of a stack, or of a change to it: cost, policy. */
export interface Section<Json = unknown> {
    readonly title: string;
    /** The gist in one line, beside the title. */
    readonly summary: string;
    /** What stands below the title; line breaks inside, none at the end. */
    readonly text: string;
    /** The same as data. */
    readonly json: Json;
    /** Whether the stack must not be deployed like this. */
    readonly blocks: boolean;
    /** Whether every reader has to see it, folded or not. @default false */
    readonly isLoud?: boolean;
}

/** A section with its heading, to be read in a terminal. */
export function sectionText({ title, summary, text }: Section): string {
    const heading = `${colours.bold(title)}  ${summary}`;
    return text === "" ? heading : `${heading}\n${text}`;
}

/** A section without colours: a comment is no terminal. */
export function plainSection<Json>(section: Section<Json>): Section<Json> {
    const { summary, text } = section;
    return { ...section, summary: stripVTControlCharacters(summary), text: stripVTControlCharacters(text) };
}

/** Every line further to the right. */
export function indented(text: string, by = "  "): string {
    return text
        .split("\n")
        .map(line => (line === "" ? "" : `${by}${line}`))
        .join("\n");
}
