import type { PolicyException } from "../../settings";
import { LONGEST_EXCEPTION_DAYS } from "../../settings/exceptions";
import { RULES } from "./rules";

/** An exception that does not hold; it blocks, whatever it is about. */
export interface Refused {
    readonly exception: PolicyException;
    /** What is wrong, and the next step, as sentences. */
    readonly why: string;
}

const CRITICAL: ReadonlySet<string> = new Set(RULES.filter(({ severity }) => severity === "critical").map(({ name }) => name));

/** The exceptions that do not hold on a day. @param today YYYY-MM-DD */
export function refusedOf(exceptions: readonly PolicyException[], today: string): readonly Refused[] {
    return exceptions.flatMap(exception => {
        const why = objectionTo(exception, today);
        return why === undefined ? [] : [{ exception, why }];
    });
}

function objectionTo({ rule, resource, until }: PolicyException, today: string): string | undefined {
    const last = daysAfter(today, LONGEST_EXCEPTION_DAYS);
    if (until < today)
        return `ended on ${until}. Fix what it excepted and remove it from fargate:policyExceptions, or give it a new date.`;
    if (until > last) return `lasts until ${until}. Allowed: ${LONGEST_EXCEPTION_DAYS} days at most, which is ${last} today.`;
    if (resource === undefined && CRITICAL.has(rule))
        return "names no resource. Allowed: one resource each, by its logical name, since the rule is critical.";
    return undefined;
}

/** An exception that does not hold, as one text. */
export function refusedText({ exception, why }: Refused): string {
    return `The exception from ${aboutText(exception)} ("${exception.reason}") ${why}`;
}

/** `services-roll-back on web`, `services-roll-back` */
export function aboutText({ rule, resource }: PolicyException): string {
    return resource === undefined ? rule : `${rule} on ${resource}`;
}

/** Those that except something which none of the exceptions before them does, or for longer. */
export function newAmong(exceptions: readonly PolicyException[], before: readonly PolicyException[]): readonly PolicyException[] {
    const isCovered = ({ rule, resource, until }: PolicyException) =>
        before.some(old => old.rule === rule && (old.resource ?? resource) === resource && until <= old.until);
    return exceptions.filter(exception => !isCovered(exception));
}

function daysAfter(day: string, days: number): string {
    const date = new Date(day);
    date.setUTCDate(date.getUTCDate() + days);
    return date.toISOString().slice(0, "YYYY-MM-DD".length);
}
