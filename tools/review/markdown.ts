import type { Change, Review } from "./changes";
import type { Loss } from "./loss";
import { shortType } from "../inventory/resource";
import type { Section } from "../inventory/section";
import { code, codeBlock, inHtml, words } from "../github/markdown-write";
import { assumption, countsText, differenceText, jobSentence, lossText, serviceSentence, tagsText } from "./words";

/** A review as a part of a pull request's comment. @param allowed URNs that are acknowledged */
export function reviewMarkdown(review: Review, sections: readonly Section[], allowed: readonly string[]): string {
    const { stack, services, jobs, losses, changes, uncertain, tags } = review;
    const forGood = losses.filter(({ isForGood }) => isForGood);
    const forNow = losses.filter(({ isForGood }) => !isForGood);
    const note = assumption(review);
    const serviceLines = services.flatMap(service => [
        `- **${code(service.name)}** ${serviceSentence(service, code)}`,
        ...service.inPlace.map(one => `    - in place: ${differenceText(one, code)}`),
    ]);
    const blocks = [
        `## ${code(stack)}`,
        `**${countsText(review)}**`,
        ...sections.filter(({ isLoud }) => isLoud).map(sectionMarkdown),
        serviceLines.join("\n"),
        jobs.map(job => `- job **${code(job.name)}** ${jobSentence(job, code)}`).join("\n"),
        titled(
            "Lost for good",
            forGood.map(loss => `- ${lossLine(loss)}${mark(loss, allowed)}`),
        ),
        folded(
            "Replaced or deleted, and to be had again",
            forNow.map(loss => `- ${lossLine(loss)}`),
        ),
        folded("Created or changed in place", [
            ...changes.map(changeLine),
            ...(tags === undefined ? [] : [`- update ${tagsText(tags, code)}`]),
        ]),
        folded("May change too, by values that only the update makes known", uncertain.map(changeLine)),
        ...sections.filter(({ isLoud }) => !isLoud).map(sectionMarkdown),
        note === undefined ? "" : `<sub>${note}</sub>`,
    ];
    return blocks.filter(block => block !== "").join("\n\n");
}

function changeLine({ op, type, name, properties }: Change): string {
    return `- ${op} ${code(`${shortType(type)} ${name}`)}${properties.length === 0 ? "" : `: ${properties.map(code).join(", ")}`}`;
}

function lossLine(loss: Loss): string {
    return `${loss.op} ${code(`${shortType(loss.type)} ${loss.name}`)}: ${lossText(loss, code)}`;
}

/** The preview workflow reads acknowledgements from the pull request's description. */
function mark({ urn }: Loss, allowed: readonly string[]): string {
    if (allowed.includes(urn)) return " (acknowledged)";
    return `\n    - not acknowledged; a line at the top of the pull request's description, with an empty line below, does that: ${code(`Allow loss: ${urn}`)}`;
}

function titled(title: string, lines: readonly string[]): string {
    return lines.length === 0 ? "" : `### ${title}\n\n${lines.join("\n")}`;
}

/** GitHub reads Markdown inside only behind an empty line. */
function folded(summary: string, lines: readonly string[]): string {
    return lines.length === 0 ? "" : `<details><summary>${summary}</summary>\n\n${lines.join("\n")}\n\n</details>`;
}

function sectionMarkdown({ title, summary, text, blocks, isLoud }: Section): string {
    const heading = (gist: string) => `${title}: ${gist}${blocks ? " (blocks)" : ""}`;
    const body = text === "" ? "" : codeBlock(text);
    if (isLoud) return [`### ${heading(words(summary))}`, body].filter(part => part !== "").join("\n\n");
    return `<details${blocks ? " open" : ""}><summary>${heading(inHtml(summary))}</summary>\n\n${body}\n\n</details>`;
}
