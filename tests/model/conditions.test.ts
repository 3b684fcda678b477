import assert from "node:assert/strict";
import {
    Conditions,
    conditionCount,
    conditions,
    listenerConditions,
    meet,
    requestsOf,
    requestsText,
    takesAll,
    wildcards,
} from "../../model/conditions";
import { level, ranked } from "../../model/routes";

const to = (given: Partial<Conditions>): Conditions => ({ hosts: [], paths: ["/*"], ...given });
const one = (given: Partial<Conditions>) => requestsOf(to(given))[0] ?? assert.fail("no request");

describe("what a listener rule asks of a request", () => {
    it("is a condition for each thing that is named, and one for each header and parameter, which must all hold", () => {
        const given = to({
            hosts: ["a.io"],
            methods: ["GET", "HEAD"],
            headers: { "X-A": ["1", "2"], "X-B": ["*"] },
            query: { c: ["3", "4"] },
        });
        assert.deepEqual(listenerConditions(given), [
            { hostHeader: { values: ["a.io"] } },
            { httpRequestMethod: { values: ["GET", "HEAD"] } },
            { httpHeader: { httpHeaderName: "X-A", values: ["1", "2"] } },
            { httpHeader: { httpHeaderName: "X-B", values: ["*"] } },
            {
                queryStrings: [
                    { key: "c", value: "3" },
                    { key: "c", value: "4" },
                ],
            },
        ]);
        assert.deepEqual([conditionCount(given), wildcards(given)], [8, 1]);
    });

    it("needs no path that matches everything where another condition is there", () => {
        assert.deepEqual(conditions(to({ methods: ["GET"] })), { hosts: [], paths: [] });
        assert.deepEqual(conditions(to({})), { hosts: [], paths: ["/*"] });
    });

    it("is every combination of its values, headers and parameters without regard to case, methods with it", () => {
        assert.deepEqual(requestsOf(to({ methods: ["GET"], headers: { "X-A": ["Y", "Z"] } })), [
            { host: "*", path: "/*", method: "GET", "header x-a": "y" },
            { host: "*", path: "/*", method: "GET", "header x-a": "z" },
        ]);
    });

    it("takes all of another where it looks at no more, and meets it where nothing tells them apart", () => {
        const [plain, get, v2] = [one({}), one({ methods: ["GET"] }), one({ headers: { V: ["2*"] } })];
        assert.deepEqual([takesAll(plain, get), takesAll(get, plain), takesAll(get, get)], [true, false, true]);
        assert.equal(takesAll(v2, one({ headers: { v: ["23"] }, methods: ["GET"] })), true);
        assert.equal(takesAll(one({ headers: { V: ["*"] } }), plain), false, "a header that may be absent");
        assert.deepEqual(
            [meet(get, v2), meet(get, one({ methods: ["PUT"] })), meet(v2, one({ headers: { v: ["3"] } }))],
            [true, false, false],
        );
    });

    it("is told in one line", () => {
        assert.equal(
            requestsText(
                one({
                    hosts: ["a.io"],
                    paths: ["/b"],
                    methods: ["GET"],
                    headers: { "X-A": ["1"] },
                    query: { c: ["2"], d: ["3"] },
                }),
            ),
            "GET a.io/b?c=2&d=3 with x-a: 1",
        );
    });

    it("orders routes of the same host and path, the one with more conditions first, and no others", () => {
        const order = [
            to({ hosts: ["a.io"] }),
            to({ paths: [`/${"x".repeat(100)}y/*`] }),
            to({
                paths: [`/${"x".repeat(100)}/*`],
                methods: ["GET"],
                headers: { A: ["1"], B: ["2"] },
                query: { c: ["3"], d: ["4"] },
            }),
            to({ paths: [`/${"x".repeat(100)}/*`] }),
            to({ paths: ["/api/*"] }),
            to({ methods: ["GET"], query: { a: ["1"] } }),
            to({ query: { a: ["1", "2", "3"] } }),
            to({}),
        ];
        const levels = order.map(level);
        assert.deepEqual(
            [...levels].sort((a, b) => a - b),
            levels,
        );
        assert.equal(new Set(levels).size, levels.length);
        assert.equal(
            ranked("web", to({ methods: ["GET"] })).preferred,
            ranked("web", to({})).preferred,
            "a band has room for both",
        );
    });
});
