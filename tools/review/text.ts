import { createColors } from "picocolors";
import type { Review } from "../../model/review";
import type { Loss } from "../../model/review-loss";
import { shortType } from "../short-type";
import type { Section } from "./section";
import { allowOption, assumption, countsText, differenceText, serviceSentence, tagsText } from "./words";

const { bold, dim, red } = createColors(process.stdout.isTTY);

const plain = (value: string) => value;

/** A review to be read in a terminal. @param allowed URNs that are acknowledged */
export function reviewText(review: Review, sections: readonly Section[], allowed: readonly string[]): string {
    const { project, stack, services, losses, changes, tags } = review;
    const width = Math.max(0, ...services.map(({ name }) => name.length));
    const forGood = losses.filter(({ isForGood }) => isForGood);
    const forNow = losses.filter(({ isForGood }) => !isForGood);
    const rest = [
        ...changes.map(({ op, type, name, properties }) => [op, `${shortType(type)} ${name}`, properties.join(", ")]),
        ...(tags === undefined ? [] : [["update", tagsText(tags, plain), ""]]),
    ];
    const note = assumption(review);
    const blocks = [
        [`${bold(`${project} ${stack}`)}  ${countsText(review)}`],
        services.flatMap(service => [
            `  ${bold(service.name.padEnd(width))}  ${serviceSentence(service, plain)}`,
            ...(service.inPlace.length === 0
                ? []
                : [`  ${"".padEnd(width)}  in place: ${service.inPlace.map(one => differenceText(one, plain)).join(", ")}`]),
        ]),
        titled(
            red("Lost for good"),
            forGood.flatMap(loss => [line(lossRow(loss)), `           ${acknowledgement(loss, allowed)}`]),
        ),
        titled(
            bold("Replaced or deleted, and to be had again"),
            forNow.map(loss => line(lossRow(loss))),
        ),
        titled(bold("Created or changed in place"), rest.map(line)),
        ...sections.map(sectionLines),
        note === undefined ? [] : [dim(note)],
    ];
    return blocks
        .filter(lines => lines.length > 0)
        .map(lines => lines.join("\n"))
        .join("\n\n");
}

function sectionLines({ title, summary, text, blocks }: Section): string[] {
    return [
        `${bold(title)}  ${blocks ? red(summary) : summary}`,
        ...text.split("\n").map(line => (line === "" ? "" : `  ${line}`)),
    ];
}

function titled(title: string, lines: readonly string[]): string[] {
    return lines.length === 0 ? [] : [title, ...lines];
}

function lossRow({ op, type, name, lost }: Loss): string[] {
    return [op, `${shortType(type)} ${name}`, lost];
}

function line([op = "", what = "", detail = ""]: readonly string[]): string {
    return `  ${op.padEnd(7)}  ${what}${detail === "" ? "" : `  ${dim(detail)}`}`;
}

function acknowledgement(loss: Loss, allowed: readonly string[]): string {
    return allowed.includes(loss.urn) ? "acknowledged" : `to acknowledge it: ${allowOption(loss)}`;
}
