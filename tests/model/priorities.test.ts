import assert from "node:assert/strict";
import fc from "fast-check";
import { MAX_PRIORITY, Ranked, priorities } from "../../model/priorities";
import { Route, level, ranked } from "../../model/routes";

type Routes = ReadonlyMap<string, Route>;
type Numbers = ReadonlyMap<string, number>;

const name = fc.integer({ min: 0, max: 130 }).map(number => `service-${number}`);
const route: fc.Arbitrary<Route> = fc.record({
    hosts: fc.oneof(
        fc.constant([]),
        fc.constantFrom("a.example.com", "*.example.com", "*.b.example.com").map(host => [host]),
    ),
    paths: fc.oneof(
        fc.constant(["/*"]),
        fc.stringMatching(/^\/[a-z]{0,5}\*?$/).map(path => [path]),
    ),
    priority: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined, freq: 2 }),
});

/** What somebody does to a stack file between two updates. */
const edit = fc.oneof(
    fc.record({ kind: fc.constant("set" as const), name, route }),
    fc.record({ kind: fc.constant("remove" as const), name }),
    fc.record({ kind: fc.constant("rename" as const), name, to: name }),
    fc.record({ kind: fc.constant("swap" as const), name, to: name }),
);
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

function edited(before: Routes, change: Edit): Routes {
    const routes = new Map(before);
    const own = routes.get(change.name);
    if (change.kind === "set") routes.set(change.name, change.route);
    if (change.kind === "remove") routes.delete(change.name);
    if (own === undefined) return routes;
    if (change.kind === "rename") {
        routes.delete(change.name);
        routes.set(change.to, own);
    }
    if (change.kind === "swap") {
        routes.set(change.name, routes.get(change.to) ?? own);
        routes.set(change.to, own);
    }
    return routes;
}

const rulesOf = (routes: Routes) => [...routes].map(([service, given]) => ranked(service, given));

/** Unique, within ELB's range, in the order of their levels, and none that another rule has now. */
function assertSound(rules: readonly Ranked[], existing: Numbers, given: Numbers): void {
    assert.equal(given.size, rules.length);
    assert.equal(new Set(given.values()).size, rules.length);
    const inOrder = [...rules].sort((a, b) => a.level - b.level);
    let [below, sameLevel, current] = [0, 0, -1];
    for (const rule of inOrder) {
        const priority = given.get(rule.name) ?? 0;
        assert.ok(Number.isInteger(priority) && priority >= 1 && priority <= MAX_PRIORITY, String(priority));
        if (rule.level !== current) [below, sameLevel, current] = [Math.max(below, sameLevel), 0, rule.level];
        assert.ok(priority > below, `${rule.name} at ${priority} is not behind ${below}`);
        sameLevel = Math.max(sameLevel, priority);
        for (const [other, theirs] of existing) assert.ok(other === rule.name || theirs !== priority, `${other} has ${theirs}`);
    }
}

const changed = (before: Numbers, after: Numbers) => [...after].filter(([service, now]) => (before.get(service) ?? now) !== now);

describe("priorities of listener rules", () => {
    it("are unique, in order, never one in use and stable, whatever is added, removed, renamed, reordered and swapped", () => {
        fc.assert(
            fc.property(
                fc.array(fc.tuple(name, route), { maxLength: 60 }),
                fc.array(fc.array(edit), { maxLength: 6 }),
                (start, updates) => {
                    let routes: Routes = new Map(start);
                    let numbers = priorities(rulesOf(routes), new Map());
                    assertSound(rulesOf(routes), new Map(), numbers);
                    for (const edits of updates) {
                        routes = edits.reduce(edited, routes);
                        const next = priorities(rulesOf(routes), numbers);
                        assertSound(rulesOf(routes), numbers, next);
                        assert.deepEqual(priorities(rulesOf(routes), next), next, "a second update changes nothing");
                        numbers = next;
                    }
                },
            ),
            { numRuns: 300, seed: 12 },
        );
    });

    it("of 100 services change for none of them when one is added, removed, renamed or sent another host", () => {
        const host = (service: string): Route => ({ hosts: [`${service}.example.com`], paths: ["/*"] });
        const names = Array.from({ length: 100 }, (_, index) => `service-${index}`);
        const all: Routes = new Map(names.map(service => [service, host(service)]));
        const start = priorities(rulesOf(all), new Map());
        assertSound(rulesOf(all), new Map(), start);
        const to = names.map(service => [service, host(service)] as const);
        for (const after of [
            new Map([...to, ["added", host("added")] as const]),
            new Map(to.slice(1)),
            new Map([...to.slice(1), ["renamed", host("service-0")] as const]),
            new Map([...to, ["service-1", host("service-2")] as const, ["service-2", host("service-1")] as const]),
        ])
            assert.deepEqual(changed(start, priorities(rulesOf(after), start)), []);
    });

    it("hold for a state that an update left in the middle: rules that are missing, and ones that leave still", () => {
        fc.assert(
            fc.property(
                fc.array(fc.tuple(name, route), { maxLength: 60 }),
                fc.array(edit),
                fc.integer(),
                (start, edits, lost) => {
                    const before: Routes = new Map(start);
                    const numbers = priorities(rulesOf(before), new Map());
                    const after = edits.reduce(edited, before);
                    const wanted = priorities(rulesOf(after), numbers);
                    // Some of what was to change has changed, some was created, nothing is deleted yet.
                    const middle = new Map([...numbers, ...[...wanted].filter((_, index) => (lost >> (index % 31)) % 2 === 0)]);
                    const next = priorities(rulesOf(after), middle);
                    assertSound(rulesOf(after), middle, next);
                    const deleted = new Map([...middle].filter((_, index) => index % 3 !== 0));
                    assertSound(rulesOf(after), deleted, priorities(rulesOf(after), deleted));
                },
            ),
            { numRuns: 200, seed: 12 },
        );
    });

    it("change for as few rules as any other way would, however narrow it gets", () => {
        const rule = fc.record({ level: fc.integer({ min: 0, max: 3 }), preferred: fc.integer({ min: 1, max: 9 }) });
        const existing = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 6 });
        fc.assert(
            fc.property(fc.array(rule, { maxLength: 5 }), existing, fc.nat(2), (rules, numbers, fresh) => {
                const named = rules.map((given, index) => ({ ...given, name: String(index) }));
                const before = new Map(numbers.map((number, index) => [String(index + fresh), number]));
                const given = priorities(named, before);
                assertSound(named, before, given);
                assert.equal(changed(before, given).length, fewest(named, before));
            }),
            { numRuns: 500, seed: 12 },
        );
    });

    it("follow an order that is swapped, and leave the others alone", () => {
        const at = (priority: number): Route => ({ hosts: [], paths: [`/x${priority}/*`], priority });
        const before = new Map([
            ["a", 10],
            ["b", 20],
            ["c", 30],
        ]);
        const routes: Routes = new Map([
            ["a", { ...at(20), paths: ["/x/*"] }],
            ["b", { ...at(10), paths: ["/y/*"] }],
            ["c", at(30)],
        ]);
        const after = priorities(rulesOf(routes), before);
        assertSound(rulesOf(routes), before, after);
        assert.equal(changed(before, after).length, 1);
        assert.equal(after.get("c"), 30);
    });

    it("change for the rule that was edited where one of two has to", () => {
        const before = new Map([
            ["a", 10],
            ["b", 20],
        ]);
        const routes: Routes = new Map([
            ["a", { hosts: [], paths: ["/a/*"], priority: 30 }],
            ["b", { hosts: [], paths: ["/b/*"], priority: 20 }],
        ]);
        assert.deepEqual([...priorities(rulesOf(routes), before)].sort(), [
            ["a", 30],
            ["b", 20],
        ]);
    });

    it("stay what they are by an earlier program: a band of specificity, and a slot by name", () => {
        const routes: Routes = new Map([
            ["web", { hosts: [], paths: ["/*"] }],
            ["api", { hosts: ["shop.example.com"], paths: ["/api/*"] }],
            ["own", { hosts: [], paths: ["/own/*"], priority: 7 }],
        ]);
        const numbers = new Map([
            ["web", 49_926],
            ["api", 10_168],
            ["own", 7],
        ]);
        assert.deepEqual(priorities(rulesOf(routes), numbers), numbers);
        assert.deepEqual(
            priorities(rulesOf(routes), new Map()),
            new Map(["own", "api", "web"].map(own => [own, numbers.get(own)])),
        );
    });

    it("are found when a whole stack turns around", () => {
        const rules = Array.from({ length: 200 }, (_, index) => ({ name: String(index), level: index, preferred: index + 1 }));
        const before = new Map(rules.map((rule, index) => [rule.name, 200 - index]));
        const after = priorities(rules, before);
        assertSound(rules, before, after);
        assert.equal(changed(before, after).length, 199);
    });
});

/** By trying every set of rules that keep theirs. */
function fewest(rules: readonly Ranked[], existing: Numbers): number {
    const having = rules.filter(rule => existing.has(rule.name));
    const taken = new Set(existing.values());
    const counts = Array.from({ length: 2 ** having.length }, (_, bits) => {
        const kept = new Map(
            having.filter((__, index) => (bits >> index) % 2 === 1).map(rule => [rule.name, existing.get(rule.name) ?? 0]),
        );
        let [lowest, ok] = [0, true];
        for (const value of [...new Set(rules.map(rule => rule.level))].sort((a, b) => a - b)) {
            const members = rules.filter(rule => rule.level === value);
            let [place, highest] = [lowest, lowest];
            for (const { name: own } of members) {
                const priority = kept.get(own);
                if (priority === undefined) {
                    do place++;
                    while (taken.has(place));
                } else {
                    ok &&= priority > lowest;
                    highest = Math.max(highest, priority);
                }
            }
            lowest = Math.max(place, highest);
        }
        return ok ? having.length - kept.size : Infinity;
    });
    return Math.min(...counts);
}

describe("the level of a route", () => {
    it("is the same for equal priorities only where they are as specific as each other", () => {
        const at = (path: string): Route => ({ hosts: [], paths: [path], priority: 5 });
        assert.ok(level(at("/api/*")) < level(at("/*")));
        assert.equal(level(at("/a/*")), level(at("/b/*")));
    });
});
