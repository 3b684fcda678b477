import type { KeyPath } from "./problems";

/** Keys that the project means to have and has not built: told as that, and not as unknown. What is built leaves this table. */
const PLANNED: readonly { readonly at: RegExp; readonly keys: readonly string[]; readonly what: string }[] = [
    { at: /^$/, keys: ["imageScan"], what: "a scan's result that stops an update" },
];

/** What a key is going to be that is not built; nothing where it is not planned at this place. */
export function plannedAt(place: KeyPath): string | undefined {
    const key = place[place.length - 1]?.toLowerCase();
    const level = levelOf(place.slice(0, -1));
    const found = PLANNED.find(({ at, keys }) => at.test(level) && keys.some(each => each.toLowerCase() === key));
    return found && `planned and not built yet: ${found.what}`;
}

/** Every planned key with a place where it is one. */
export function plannedPlaces(): readonly KeyPath[] {
    const LEVELS: readonly KeyPath[] = [[], ["services", "web"]];
    return PLANNED.flatMap(({ at, keys }) =>
        LEVELS.filter(level => at.test(levelOf(level))).flatMap(level => keys.map(key => [...level, key])),
    );
}

/** What a level is called in tables of keys: `service` for a service, `job` for a job, and what is below one by its own key. */
export function levelOf([first = "", , third]: KeyPath): string {
    if (first === "services") return third ?? "service";
    return first === "jobs" ? (third ?? "job") : first;
}
