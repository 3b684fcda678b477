import { knownKeys, placesOfKey } from "./configuration";
import { foreignAt } from "./foreign-keys";
import { KeyPath, Meant, Problem, keyOf, nearestOf, valueAt } from "./problems";

/** What stands in the wrong place: a level too far out or in, or with dots in place of levels. */

/** What stands before the colon of a key is a part of its name. */
const NAMESPACES = ["aws", "fargate"];

const SERVICE: KeyPath = ["services", "<name>"];

/** What is meant by an unknown key, where more is known than the nearest one. */
export function meantBy(schemas: readonly unknown[], place: KeyPath, value: unknown): Meant | undefined {
    const holder = place.slice(0, -1);
    const key = place[place.length - 1] ?? "";
    const known = schemas.flatMap(schema => knownKeys(schema, holder));
    const levels = levelsFor(schemas, place);
    if (levels !== undefined) return levels;
    if (holder.length === 0 && NAMESPACES.includes(key)) {
        const inner = Object.keys(typeof value === "object" && value !== null ? value : {});
        const [first = key === "aws" ? "region" : "services"] = inner;
        return { allowed: `no level of its own: ${key}:${first}: …, below config:`, places: inner.map(each => [each]) };
    }
    if (isService(value)) {
        if (holder.length === 0)
            return { allowed: "a service stands below fargate:services, two spaces further in", places: [["services"]] };
        if (holder[0] === "services" && holder.length === 2)
            return { allowed: `a service stands beside ${holder[1] ?? ""}, two spaces further out`, places: [] };
    }
    const foreign = foreignAt(place);
    if (foreign !== undefined) return { allowed: foreign.allowed, places: [foreign.place] };
    if (holder[0] === "jobs" && holder.length === 2 && schemas.some(schema => knownKeys(schema, SERVICE).includes(key)))
        return { allowed: "no such key: services have it, which run on and are reached, and jobs end", places: [] };
    if (nearestOf(key, known, 1) !== undefined) return undefined;
    const near = schemas.flatMap(schema => placesOfKey(schema, key)).filter(other => isNear(holder, other.slice(0, -1)));
    // Sidecars have most keys of their service.
    const shallowest = Math.min(...near.map(({ length }) => length));
    const nearest = near.filter(({ length }) => length === shallowest);
    const elsewhere = [...new Set(nearest.map(other => keyOf(other)))];
    if (elsewhere.length === 0) return undefined;
    const places = nearest.map(other => other.map((part, index) => (part === "<name>" ? (holder[index] ?? part) : part)));
    return { allowed: `it stands at ${elsewhere.join(" or ")}`, places };
}

/** What is meant by a key with dots, as `pulumi config set --path` takes them. */
export function levelsFor(schemas: readonly unknown[], place: KeyPath): Meant | undefined {
    const holder = place.slice(0, -1);
    const [first = "", ...deeper] = (place[place.length - 1] ?? "").split(".");
    if (deeper.length === 0 || !schemas.some(schema => knownKeys(schema, holder).includes(first))) return undefined;
    const levels = deeper.reduceRight((inner, each) => `{ ${each}: ${inner} }`, "…");
    const allowed = `a level for each dot: ${first}: ${levels}${holder.length === 0 ? "; pulumi config set needs --path for it" : ""}`;
    return { allowed, places: [[...holder, first, ...deeper]] };
}

/** On the way down from a place or on the way up to it; within a service, anywhere in it. */
function isNear(holder: KeyPath, other: KeyPath): boolean {
    const common = holder.filter((key, index) => other[index] === key || other[index] === "<name>").length;
    return common >= Math.min(holder.length, other.length) || (common >= 2 && holder[0] === "services");
}

/** Keys of a service that stand where services do, since they are not indented, and services that have nothing left. */
export function strayed(schema: unknown, values: Readonly<Record<string, unknown>>): { places: KeyPath[]; problems: Problem[] } {
    const services = valueAt(values, ["services"]);
    if (typeof services !== "object" || services === null || Array.isArray(services)) return { places: [], problems: [] };
    const keys = knownKeys(schema, SERVICE);
    const stray = Object.entries(services).filter(([name, value]) => keys.includes(name) && !isService(value));
    if (stray.length === 0) return { places: [], problems: [] };
    const emptied = Object.entries(services).filter(([, value]) => value === null);
    const names = stray.map(([name]) => name);
    const below = emptied.length === 1 ? (emptied[0]?.[0] ?? "") : "their service";
    const problem = {
        path: ["services"],
        found: `${names.join(", ")} where services stand by name`,
        allowed: `${names.length === 1 ? "a key of a service" : "keys of a service"}, two spaces further in: below ${below}`,
    };
    return { places: [...stray, ...emptied].map(([name]) => ["services", name]), problems: [problem] };
}

function isService(value: unknown): boolean {
    return typeof value === "object" && value !== null && (Object.hasOwn(value, "build") || Object.hasOwn(value, "image"));
}

/** `__proto__`, which no object of this program would keep: it would vanish without a word. */
export function unkept(value: unknown, at: KeyPath = []): KeyPath[] {
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([key, inner]) => (key === "__proto__" ? [[...at, key]] : unkept(inner, [...at, key])));
}

export function unkeptProblem(path: KeyPath): Problem {
    return { path, found: "the name __proto__", allowed: "another name: JavaScript keeps this one to itself" };
}
