import { colours } from "../cli/colours";
import type { Change, Review } from "./changes";
import type { Loss } from "./loss";
import { shortType } from "../inventory/resource";
import type { Section } from "../inventory/section";
import {
    allowOption,
    assumption,
    countsText,
    differenceText,
    jobSentence,
    lossText,
    serviceSentence,
    tagsText,
    Quote,
} from "./words";
import { inertLine } from "../../model/inert-text";

const { bold, dim, red } = colours;

const plain: Quote = inertLine;

/** A review to be read in a terminal. @param allowed URNs that are acknowledged */
export function reviewText(review: Review, sections: readonly Section[], allowed: readonly string[]): string {
    const { project, stack, losses, changes, uncertain, tags } = review;
    const forGood = losses.filter(({ isForGood }) => isForGood);
    const forNow = losses.filter(({ isForGood }) => !isForGood);
    const note = assumption(review);
    const blocks = [
        [`${bold(`${project} ${stack}`)}  ${countsText(review)}`],
        ...sections.filter(({ isLoud }) => isLoud).map(sectionLines),
        serviceLines(review),
        jobLines(review),
        titled(
            red("Lost for good"),
            rows(forGood.map(lossRow)).flatMap((row, index) => [row, ...acknowledgement(forGood[index], allowed)]),
        ),
        titled(bold("Replaced or deleted, and to be had again"), rows(forNow.map(lossRow))),
        titled(bold("Created or changed in place"), [
            ...rows(changes.map(changeRow)),
            ...(tags === undefined ? [] : [`  update   ${tagsText(tags, plain)}`]),
        ]),
        titled(bold("May change too, by values that only the update makes known"), rows(uncertain.map(changeRow))),
        ...sections.filter(({ isLoud }) => !isLoud).map(sectionLines),
        note === undefined ? [] : [dim(note)],
    ];
    return blocks
        .filter(lines => lines.length > 0)
        .map(lines => lines.join("\n"))
        .join("\n\n");
}

function serviceLines({ services }: Review): string[] {
    const width = Math.max(0, ...services.map(({ name }) => name.length));
    return services.flatMap(service => {
        const inPlace = service.inPlace.map(one => differenceText(one, plain)).join(", ");
        return [
            `  ${bold(service.name.padEnd(width))}  ${serviceSentence(service, plain)}`,
            ...(inPlace === "" ? [] : [`  ${"".padEnd(width)}  in place: ${inPlace}`]),
        ];
    });
}

function jobLines({ jobs }: Review): string[] {
    const width = Math.max(0, ...jobs.map(({ name }) => name.length));
    return jobs.map(job => `  job ${bold(job.name.padEnd(width))}  ${jobSentence(job, plain)}`);
}

function sectionLines({ title, summary, text, blocks }: Section): string[] {
    const lines = (text === "" ? [] : text.split("\n")).map(line => (line === "" ? "" : `  ${line}`));
    return [`${bold(title)}  ${blocks ? red(summary) : summary}`, ...lines];
}

function titled(title: string, lines: readonly string[]): string[] {
    return lines.length === 0 ? [] : [title, ...lines];
}

interface Row {
    readonly op: string;
    readonly what: string;
    readonly detail: string;
}

function rows(given: readonly Row[]): string[] {
    const width = Math.max(0, ...given.map(({ what }) => what.length));
    return given.map(({ op, what, detail }) => `  ${op.padEnd(7)}  ${what.padEnd(width)}  ${dim(detail)}`.trimEnd());
}

function lossRow(loss: Loss): Row {
    return { op: loss.op, what: `${shortType(loss.type)} ${loss.name}`, detail: lossText(loss, plain) };
}

function changeRow({ op, type, name, properties }: Change): Row {
    return { op, what: `${shortType(type)} ${name}`, detail: properties.join(", ") };
}

function acknowledgement(loss: Loss | undefined, allowed: readonly string[]): string[] {
    if (loss === undefined) return [];
    return [`           ${allowed.includes(loss.urn) ? "acknowledged" : `to acknowledge it: ${allowOption(loss)}`}`];
}
