import type { Settings } from "../../settings";
import { holdsSecret, isSurelyHarmless } from "../../model/plain-secrets";
import type { MayShow } from "./difference";

/** A protection that a change takes away or weakens, as one line. */
export type Loosened = string | false | undefined;

const HIDDEN = "(not shown)";
const isHarmless: MayShow = value => isSurelyHarmless("", value);
/** For texts of a form that AWS or Docker gives: ids and digests in them look as random as tokens. */
export const isOfAws: MayShow = value => !holdsSecret(value);

export const less = (what: string, before: number, after: number): Loosened => after < before && changed(what, before, after);
export const more = (what: string, before: number, after: number): Loosened => after > before && changed(what, before, after);

export function changed(what: string, before: unknown, after: unknown, mayShow = isHarmless): string {
    const values = [before, after].map(String);
    return values.every(mayShow) ? `${what} ${values.join("→")}` : `${what} changed ${HIDDEN}`;
}

export const list = (values: readonly string[], mayShow = isHarmless): string =>
    values.map(value => shown(value, mayShow)).join(", ");
export const shown = (value: string, mayShow: MayShow): string => (mayShow(value) ? value : HIDDEN);

/** Whether a stack has a load balancer. */
export function isRouted({ services }: Pick<Settings, "services">): boolean {
    return services.some(({ route }) => route !== undefined);
}
