import { COMPONENT, serviceName } from "../../model/names";
import type { Settings } from "../../settings";
import { suggest } from "../../settings/problems";
import { UserError } from "../cli/user-error";
import { resourcesOf } from "./images";

/** Whose containers write to a log group of their own. */
export interface LogSource {
    /** Name in the stack file, of a service or a job. */
    readonly name: string;
    readonly kind: "service" | "job";
    readonly logGroup: string;
}

const KINDS: Readonly<Record<string, LogSource["kind"]>> = { [COMPONENT.service]: "service", [COMPONENT.job]: "job" };

/**
 * The services and jobs of a stack whose log groups its state knows, by name.
 *
 * @param wanted one of them alone
 * @throws UserError where there is none, or none of that name
 */
export function logSources(state: unknown, settings: Pick<Settings, "project" | "stack">, wanted?: string): LogSource[] {
    const resources = resourcesOf(state);
    const groups = new Set(
        resources.flatMap(({ type, outputs }) => (type === "aws:cloudwatch/logGroup:LogGroup" ? [outputs?.["name"]] : [])),
    );
    const found = resources
        .flatMap(({ type, urn }) => {
            const kind = KINDS[type];
            const name = urn.slice(urn.lastIndexOf("::") + 2);
            return kind === undefined ? [] : [{ name, kind, logGroup: serviceName(settings, name) }];
        })
        .filter(({ logGroup }) => groups.has(logGroup))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    const { stack } = settings;
    if (found.length === 0)
        throw new UserError(`${stack} has no logs: its state knows no service and no job. Next: npm run up -- ${stack}`);
    if (wanted === undefined) return found;
    const names = found.map(({ name }) => name);
    const one = found.filter(({ name }) => name === wanted);
    if (one.length === 0) throw new UserError(`${stack} has no service and no job ${wanted}. Allowed: ${suggest(wanted, names)}`);
    return one;
}
