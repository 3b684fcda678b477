import type { Review } from "../../model/review";
import type { Loss } from "../../model/review-loss";
import { shortType } from "../short-type";
import type { Section } from "./section";
import { allowOption, assumption, countsText, differenceText, serviceSentence, tagsText } from "./words";

/** A review as a part of a pull request's comment. @param allowed URNs that are acknowledged */
export function reviewMarkdown(review: Review, sections: readonly Section[], allowed: readonly string[]): string {
    const { stack, services, losses, changes, tags } = review;
    const forGood = losses.filter(({ isForGood }) => isForGood);
    const forNow = losses.filter(({ isForGood }) => !isForGood);
    const note = assumption(review);
    const rest = [
        ...changes.map(({ op, type, name, properties }) => {
            const detail = properties.length === 0 ? "" : `: ${properties.join(", ")}`;
            return `- ${op} ${code(`${shortType(type)} ${name}`)}${detail}`;
        }),
        ...(tags === undefined ? [] : [`- update ${tagsText(tags, code)}`]),
    ];
    const blocks = [
        `## ${stack}`,
        `**${countsText(review)}**`,
        services
            .flatMap(service => [
                `- **${service.name}** ${serviceSentence(service, code)}`,
                ...service.inPlace.map(one => `  - in place: ${differenceText(one, code)}`),
            ])
            .join("\n"),
        forGood.length === 0
            ? ""
            : [`### Lost for good`, ...forGood.map(loss => `- ${lossLine(loss)}${mark(loss, allowed)}`)].join("\n"),
        folded(
            `${forNow.length} replaced or deleted, and to be had again`,
            forNow.map(loss => `- ${lossLine(loss)}`),
        ),
        folded("Created or changed in place", rest),
        ...sections.map(sectionMarkdown),
        note === undefined ? "" : `<sub>${note}</sub>`,
    ];
    return blocks.filter(block => block !== "").join("\n\n");
}

function lossLine({ op, type, name, lost }: Loss): string {
    return `${op} ${code(`${shortType(type)} ${name}`)}: ${lost}`;
}

function mark(loss: Loss, allowed: readonly string[]): string {
    return allowed.includes(loss.urn) ? " (acknowledged)" : `\n  - not acknowledged: ${code(allowOption(loss))}`;
}

/** GitHub reads Markdown inside only behind an empty line. */
function folded(summary: string, lines: readonly string[]): string {
    return lines.length === 0 ? "" : `<details><summary>${summary}</summary>\n\n${lines.join("\n")}\n\n</details>`;
}

function sectionMarkdown({ title, summary, text, blocks }: Section): string {
    const heading = `${title}: ${summary}${blocks ? " (blocks)" : ""}`;
    const fence = fenceFor(text, 3);
    return `<details${blocks ? " open" : ""}><summary>${heading}</summary>\n\n${fence}text\n${text}\n${fence}\n\n</details>`;
}

/** A code span that no value can end. */
function code(value: string): string {
    const fence = fenceFor(value, 1);
    const pad = value.startsWith("`") || value.endsWith("`") ? " " : "";
    return `${fence}${pad}${value}${pad}${fence}`;
}

/** Longer than any run of backticks in the text. */
function fenceFor(text: string, shortest: number): string {
    const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
    return "`".repeat(Math.max(shortest, longest + 1));
}
