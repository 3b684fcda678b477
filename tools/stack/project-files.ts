import { Scalar, YAMLMap, isMap, isScalar, isSeq } from "yaml";
import { UserError } from "../cli/user-error";
import { Edit, documentOf, edited, linesOf, mapAt, pairIn, replaced, scalarsIn } from "./edits";
import { NewStackFile, Wish, renaming, isBelow } from "./stack-file";

/** Where in the deployments of a commit a stack stands. */
export interface Position {
    readonly how: "after" | "beside";
    readonly stack: string;
}

/** `bootstrap/Pulumi.main.yaml` with an environment like the other stack's. */
export function withEnvironment(text: string, { stack, like }: Wish, { domain }: NewStackFile): string {
    const environments = mapAt(documentOf(text), ["config", "fargate-bootstrap:environments"]);
    const pair = pairIn(environments, like);
    if (environments === undefined || environments.flow || pair === undefined)
        throw new UserError(
            `bootstrap/Pulumi.main.yaml has no line for ${like} under fargate-bootstrap:environments. Allowed: a line for each stack. Nothing was changed.`,
        );
    const lines = linesOf(text, pair);
    const names = scalarsIn(pair).filter(({ path }) => path.join(".") === `${like}.domain.name`);
    const other = names.find(({ node }) => node.value !== domain?.from);
    if (other !== undefined)
        throw new UserError(
            `bootstrap/Pulumi.main.yaml names ${String(other.node.value)} for ${like}, and Pulumi.${like}.yaml ${domain?.from ?? "no domain"}. Next: make them agree, then add the stack. Nothing was changed.`,
        );
    const others = scalarsIn(pair).filter(
        ({ path, node }) => path.join(".").startsWith(`${like}.domain.otherNames.`) && isBelow(node.value, domain?.from),
    );
    const renames = domain === undefined ? [] : [...names, ...others].map(({ node }) => renaming(text, node, domain));
    return withCopy(text, lines, [replaced(pair.key, stack), ...renames]);
}

/** The jobs of `deploy.yml` that deploy a stack, by their id. */
export function stages(text: string): { readonly id: string; readonly stack: string; readonly needs: readonly string[] }[] {
    return jobsIn(text).map(({ id, job }) => ({
        id,
        stack: String(job.getIn(["with", "stack"])),
        needs: needsOf(job).map(({ value }) => String(value)),
    }));
}

/** `deploy.yml` with a job for the stack, a copy of the one that it stands after or beside. What came after that one comes after the new one. */
export function withStage(text: string, stack: string, { how, stack: place }: Position): string {
    const jobs = jobsIn(text);
    const ids = jobs.map(({ id }) => id);
    const base = jobs.find(({ job }) => job.getIn(["with", "stack"]) === place);
    if (base === undefined)
        throw new UserError(`deploy.yml deploys no stack ${place}. Nothing was changed. Allowed: one of ${ids.join(", ")}`);
    if (mapAt(documentOf(text), ["jobs"])?.has(stack))
        throw new UserError(
            `deploy.yml has a job ${stack} already, of another meaning. Nothing was changed. Allowed: another name`,
        );
    const lines = linesOf(text, base.pair);
    const before = needsOf(base.job).map(({ value }) => String(value));
    const needs = [...before.filter(id => id !== "check" && !ids.includes(id)), base.id];
    const own = [
        replaced(base.pair.key, stack),
        replaced(base.job.getIn(["with", "stack"], true), stack),
        ...(how === "after" ? [replaced(base.job.get("needs", true), `[${needs.join(", ")}]`)] : []),
    ];
    const copied = copyOf(text, lines, own);
    const waiting = how === "beside" ? [] : jobs.flatMap(({ job }) => needsOf(job).filter(({ value }) => value === base.id));
    return edited(text, [{ start: lines.end, end: lines.end, text: copied }, ...waiting.map(node => replaced(node, stack))]);
}

/** `rollback.yml` with the stack among its options. */
export function withOption(text: string, stack: string, place: string): string {
    const options = documentOf(text).getIn(["on", "workflow_dispatch", "inputs", "stack", "options"], true);
    if (!isSeq(options)) throw new UserError("rollback.yml has no options for its input stack. Nothing was changed.");
    const names = options.items.map(item => String((item as Scalar).value));
    const node = options.items[Math.max(0, names.indexOf(place))];
    const name = String((node as Scalar).value);
    if (options.flow) return edited(text, [replaced(node, `${name}, ${stack}`)]);
    const [start = 0, end = 0] = (node as Scalar).range ?? [];
    const lead = text.slice(text.lastIndexOf("\n", start) + 1, start);
    return edited(text, [{ start: end, end, text: `\n${lead}${stack}` }]);
}

/** The stacks that a file's list of options has. */
export function optionsIn(text: string): string[] {
    const options = documentOf(text).getIn(["on", "workflow_dispatch", "inputs", "stack", "options"], true);
    return isSeq(options) ? options.items.map(item => String((item as Scalar).value)) : [];
}

export function environmentsIn(text: string): string[] {
    const items = mapAt(documentOf(text), ["config", "fargate-bootstrap:environments"])?.items ?? [];
    return items.map(({ key }) => String((key as Scalar).value));
}

function jobsIn(text: string) {
    const jobs = mapAt(documentOf(text), ["jobs"]);
    return (jobs?.items ?? []).flatMap(({ key, value }) => {
        const pair = isScalar(key) ? pairIn(jobs, String(key.value)) : undefined;
        if (pair === undefined || !isMap(value) || !value.hasIn(["with", "stack"])) return [];
        return [{ id: String(pair.key.value), pair, job: value }];
    });
}

function needsOf(job: YAMLMap): Scalar[] {
    const needs = job.get("needs", true) as unknown;
    return isScalar(needs) ? [needs] : isSeq(needs) ? needs.items.filter(isScalar) : [];
}

/** Lines and, right behind them, the same with edits. */
function withCopy(text: string, lines: Omit<Edit, "text">, edits: readonly Edit[]): string {
    return edited(text, [{ start: lines.end, end: lines.end, text: copyOf(text, lines, edits) }]);
}

function copyOf(text: string, { start, end }: Omit<Edit, "text">, edits: readonly Edit[]): string {
    const moved = edits.map(edit => ({ ...edit, start: edit.start - start, end: edit.end - start }));
    const copy = edited(text.slice(start, end), moved);
    return text[end - 1] === "\n" ? copy : `\n${copy}`;
}
