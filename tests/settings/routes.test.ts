import assert from "node:assert/strict";
import { Given, WEB, problems, settings } from "../support/given";

const to = (route: Given) => ({ ...WEB, route });
const paths = (...given: string[]) => to({ paths: given });
const hosts = (...given: string[]) => to({ hosts: given });

/** Whether a stack with these services is accepted. */
const accepted = (services: Given) => assert.doesNotThrow(() => settings({ services }));

describe("routes of several services", () => {
    it("are different ones, in whatever order hosts are written", () => {
        const services = {
            api: hosts("a.example.com", "b.example.com"),
            web: to({ hosts: ["b.example.com", "a.example.com"], paths: ["/*"] }),
        };
        assert.deepEqual(problems({ services }), ["fargate:services.web.route: the route of api | a host or path of its own"]);
        accepted({ api: paths("/api/*"), web: paths("/*") });
    });

    it("share no host and no path with each other, which one of the two would always get", () => {
        assert.deepEqual(problems({ services: { api: hosts("b.example.com"), web: hosts("a.example.com", "b.example.com") } }), [
            "fargate:services.web.route: b.example.com/*, which api has too | a host or path of its own",
        ]);
        assert.deepEqual(problems({ services: { api: paths("/x"), web: paths("/x", "/y", "/z/*") } }), [
            "fargate:services.web.route: /x, which api has too | a host or path of its own",
        ]);
    });

    it("never hide a path behind a wider one of another service: it says who comes first, why, and what to write", () => {
        const services = { orders: paths("/api/v1/orders/*", "/hc"), gateway: paths("/api/v1/*") };
        assert.deepEqual(problems({ services }), [
            "fargate:services.orders.route: /api/v1/orders/*, which never gets a request: gateway comes first with /api/v1/*, since orders is no more specific than /hc | " +
                "route.priority for orders, such as 1, so that orders comes before gateway",
        ]);
        accepted({ ...services, orders: to({ paths: ["/api/v1/orders/*", "/hc"], priority: 1 }) });
    });

    it("never hide a host behind a wildcard of another service that is tried first", () => {
        const services = { all: to({ hosts: ["*.example.com"], priority: 5 }), shop: hosts("shop.example.com") };
        assert.deepEqual(problems({ services }), [
            "fargate:services.shop.route: shop.example.com/*, which never gets a request: all comes first with *.example.com/*, since all has priority 5 | " +
                "route.priority for shop, lower than 5, so that shop comes before all",
        ]);
        assert.match(
            problems({ services: { ...services, all: to({ hosts: ["*.example.com"], priority: 1 }) } }).join(),
            /\| route\.priority 1 for shop and a higher one or none for all, so that shop comes before all$/,
        );
        accepted({
            all: to({ hosts: ["*.example.com"], priority: 2 }),
            shop: to({ hosts: ["shop.example.com"], priority: 1 }),
        });
        accepted({ ...services, shop: to({ hosts: ["shop.example.com"], priority: 4 }) });
    });

    it("are for a service of their own where each hides something of the other", () => {
        const services = { a: paths("/a/b/*", "/c/*"), b: paths("/a/*", "/c/d/*") };
        const [problem = ""] = problems({ services });
        // As specific as each other, by /c/* and /a/*.
        assert.match(problem, /^fargate:services\.b\.route\.priority: nothing, and no order/);
        const ordered = { ...services, a: to({ paths: ["/a/b/*", "/c/*"], priority: 1 }) };
        assert.deepEqual(problems({ services: ordered }), [
            "fargate:services.b.route: /c/d/*, which never gets a request: a comes first with /c/*, since a has priority 1 | " +
                "a service of its own for one of the two, since b before a would take /a/b/*",
        ]);
    });

    it("that meet and are as specific as each other need an order that is written, not one by name", () => {
        const services = { api: paths("/api/*"), images: paths("/*.png") };
        assert.deepEqual(problems({ services }), [
            "fargate:services.images.route.priority: nothing, and no order: requests for both /*.png and /api/* of api, neither more specific | " +
                "a priority for the one of api and images that is to get them, such as 1",
        ]);
        accepted({ ...services, api: to({ paths: ["/api/*"], priority: 1 }) });
        accepted({ ...services, images: to({ paths: ["/*.png"], priority: 1000 }) });
        assert.equal(
            problems({
                services: { api: to({ paths: ["/api/*"], priority: 5 }), images: to({ paths: ["/*.png"], priority: 5 }) },
            }).length,
            1,
        );
    });

    it("that both have priority 1 are told to part", () => {
        const services = { api: to({ paths: ["/api/*"], priority: 1 }), images: to({ paths: ["/*.png"], priority: 1 }) };
        assert.match(problems({ services }).join(), /is to get them, 1, and a higher one or none for the other$/);
    });

    it("are as specific as they are where no band of priorities is left to tell them apart", () => {
        const long = `/${"x".repeat(100)}`;
        accepted({ a: hosts("*.c.b.example.com"), b: hosts("*.d.c.b.example.com") });
        accepted({ a: paths(`${long}/*`), b: paths(`${long}/y/*`) });
    });

    it("may meet where one is more specific, and have the same priority where they do not meet", () => {
        accepted({ api: paths("/api/*"), images: paths("/*.jpeg") });
        accepted({ api: to({ paths: ["/a"], priority: 5 }), web: to({ paths: ["/b"], priority: 5 }) });
        accepted({ api: to({ hosts: ["api.example.com"] }), web: to({ hosts: ["*.example.com"] }), rest: paths("/*") });
        accepted({ lower: paths("/api/x"), upper: paths("/API/x") });
    });

    it("may be fifty with a host each, without a number", () => {
        const names = Array.from({ length: 50 }, (_, index) => `service-${index}`);
        accepted(Object.fromEntries(names.map(name => [name, hosts(`${name}.example.com`)])));
    });

    it("are at most 100, as many as a load balancer has target groups", () => {
        const services = (count: number) =>
            Object.fromEntries(Array.from({ length: count }, (_, index) => [`s-${index}`, paths(`/s-${index}`)]));
        accepted({ ...services(100), jobs: { build: { context: "./app" } } });
        assert.deepEqual(problems({ services: services(101) }), [
            "fargate:services: 101 routes | at most 100, since a load balancer has no more target groups: the others in a stack of their own",
        ]);
    });

    it("with further conditions come before those with the same host and path, and share them with theirs", () => {
        accepted({
            web: paths("/*"),
            beta: to({ query: { beta: "1" } }),
            post: to({ methods: ["POST"], headers: { "X-A": "1" } }),
        });
        accepted({ v1: to({ headers: { "X-Version": "1" } }), v2: to({ headers: { "x-version": "2*" } }), get: paths("/get") });
        accepted({ read: to({ methods: ["GET", "HEAD"] }), write: to({ methods: ["POST"] }) });
        assert.deepEqual(problems({ services: { a: to({ headers: { "X-A": "Y" } }), b: to({ headers: { "x-a": "y" } }) } }), [
            "fargate:services.b.route: the route of a | a host or path of its own",
        ]);
    });

    it("with conditions that may hold at once need an order that is written", () => {
        const services = { beta: to({ query: { beta: "1" } }), mobile: to({ headers: { "User-Agent": "*Mobile*" } }) };
        assert.deepEqual(problems({ services }), [
            "fargate:services.mobile.route.priority: nothing, and no order: requests for both /* with user-agent: *mobile* and /*?beta=1 of beta, neither more specific | " +
                "a priority for the one of beta and mobile that is to get them, such as 1",
        ]);
        accepted({ ...services, beta: to({ query: { beta: "1" }, priority: 1 }) });
    });

    it("with a condition are hidden by a wider one of a more specific place", () => {
        const services = {
            api: to({ paths: ["/api/*"] }),
            beta: to({ paths: ["/api/*", "/x"], methods: ["GET"], priority: undefined }),
        };
        assert.match(
            problems({ services }).join(),
            /^fargate:services\.beta\.route: GET \/api\/\*, which never gets a request: api comes first with \/api\/\*, since beta is no more specific than \/x \| route\.priority/,
        );
    });
});
