import assert from "node:assert/strict";
import fc from "fast-check";
import { MAX_CONDITION_VALUES, conditions, pathConditions, requestsOf, wildcards } from "../../model/conditions";
import { Route, level, ranked } from "../../model/routes";

const host = fc.stringMatching(/^(\*\.)?[a-z]{1,8}(\.[a-z]{1,8}){1,4}$/);
const literalPath = fc.stringMatching(/^\/[a-z0-9/]{0,126}$/);
const path = fc.stringMatching(/^\/[a-z0-9/*?]{0,126}$/);
const route = fc.record({ hosts: fc.array(host, { maxLength: 2 }), paths: fc.array(path, { minLength: 1, maxLength: 3 }) });
const service = fc.stringMatching(/^[a-z][a-z0-9]{0,19}$/);

describe("the priority that a listener rule prefers", () => {
    it("is from 1001 to 50000, whatever the route: the first thousand are for route.priority", () => {
        fc.assert(
            fc.property(service, route, (name, given) => {
                const priority = preferred(name, given);
                assert.ok(Number.isInteger(priority) && priority > 1000 && priority <= 50_000, String(priority));
            }),
            { numRuns: 1000 },
        );
    });

    it("has room for the longest path, which does not reach into the next host's range", () => {
        const longest = `/${"x".repeat(126)}`;
        const first = preferred("web", to(longest, "a.example.com"));
        assert.ok(first > 1000 && first <= 1100, String(first));
        fc.assert(fc.property(service, service, (a, b) => comesBefore(a, to("/*", "*.example.com"), b, to(longest))));
    });

    it("is what route.priority says, where it says something", () => {
        assert.equal(preferred("web", { ...to("/api/*"), priority: 7 }), 7);
    });

    it("comes from the service and its route alone", () => {
        assert.equal(preferred("web", to("/*")), 49_926);
        assert.equal(preferred("api", to("/api/*", "shop.example.com")), 10_168);
    });

    it("lets an exact path come before every pattern that matches it too", () => {
        const cut = fc
            .tuple(literalPath, fc.nat())
            .map(([text, at]) => ({ text, pattern: `${text.slice(0, 1 + (at % text.length))}*` }));
        fc.assert(fc.property(service, service, cut, (a, b, { text, pattern }) => comesBefore(a, to(text), b, to(pattern))));
        comesBefore("a", to("/ab"), "b", to("/a?"));
    });

    it("lets the longer pattern come before the shorter one, wherever its wildcards are", () => {
        for (const [longer, shorter] of [
            ["/api/v1/*", "/api/*"],
            ["/api/*/items", "/api/*"],
            ["/*.png", "/*"],
            ["/a?*", "/a*"],
        ] as const) {
            fc.assert(fc.property(service, service, (a, b) => comesBefore(a, to(longer), b, to(shorter))));
        }
    });

    it("lets an exact host come before a wildcard host, the deeper wildcard before the shallower one, and any before none", () => {
        const order = ["a.b.c.example.com", "*.x.y.z.b.c.example.com", "*.c.example.com", "*.example.com", undefined];
        comesBefore("a", to("/*", "*.b.c.example.com"), "b", to("/*", "*.c.example.com"));
        for (const [index, first] of order.slice(0, -1).entries()) {
            const second = order[index + 1];
            fc.assert(fc.property(service, service, path, (a, b, text) => comesBefore(a, to("/*", first), b, to(text, second))));
        }
    });

    it("lets a host with a wildcard in it come before the wildcard host that matches it too, and behind an exact one", () => {
        for (const [first, second] of [
            ["api-*.example.com", "*.example.com"],
            ["api-1.example.com", "api-?.example.com"],
            ["*.api-*.example.com", "*.example.com"],
        ] as const)
            comesBefore("a", to("/*", first), "b", to("/*", second));
    });

    it("is that of the least specific of several hosts and paths", () => {
        const several = { hosts: ["a.example.com", "*.example.com"], paths: ["/api/v1", "/x/*"] };
        assert.equal(preferred("web", several), preferred("web", to("/x/*", "*.example.com")));
        assert.equal(preferred("web", { hosts: [], paths: ["/api/v1", "/*"] }), preferred("web", to("/*")));
    });
});

describe("the conditions of a listener rule", () => {
    it("are the route's hosts and paths, without a path that matches everything", () => {
        assert.deepEqual(conditions(to("/api/*", "a.example.com")), { hosts: ["a.example.com"], paths: ["/api/*"] });
        assert.deepEqual(conditions(to("/*", "a.example.com")), { hosts: ["a.example.com"], paths: [] });
        assert.deepEqual(pathConditions({ hosts: [], paths: ["/api/*", "/*"] }), []);
    });

    it("are one at least, since a rule without is none", () => {
        assert.deepEqual(conditions(to("/*")), { hosts: [], paths: ["/*"] });
        assert.deepEqual(conditions({ hosts: [], paths: [] }), { hosts: [], paths: ["/*"] });
        fc.assert(fc.property(route, given => assert.ok(conditions(given).hosts.length + conditions(given).paths.length > 0)));
    });

    it("have wildcards of both kinds counted, hosts and paths together", () => {
        assert.equal(wildcards({ hosts: ["*.example.com"], paths: ["/a/*", "/b?"] }), 3);
        assert.equal(wildcards(to("/*", "a.example.com")), 0);
    });

    it("match each host with each path, hosts without regard to case", () => {
        assert.deepEqual(requestsOf({ hosts: ["A.example.com"], paths: ["/A", "/b/*"] }), [
            { host: "a.example.com", path: "/A" },
            { host: "a.example.com", path: "/b/*" },
        ]);
        assert.deepEqual(requestsOf(to("/*")), [{ host: "*", path: "/*" }]);
    });

    it("are at most five, by ELB's quota", () => {
        assert.equal(MAX_CONDITION_VALUES, 5);
    });
});

function to(path: string, host?: string): Route {
    return { hosts: host === undefined ? [] : [host], paths: [path] };
}

function preferred(service: string, route: Route): number {
    return ranked(service, route).preferred;
}

function comesBefore(a: string, first: Route, b: string, second: Route): void {
    if (JSON.stringify(conditions(first)) === JSON.stringify(conditions(second))) return;
    assert.ok(
        level(first) < level(second) && preferred(a, first) < preferred(b, second),
        `${JSON.stringify(first)} comes after ${JSON.stringify(second)}`,
    );
}
