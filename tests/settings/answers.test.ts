import assert from "node:assert/strict";
import { Given, WEB, problems, settings } from "../support/given";

const DOMAIN = { name: "shop.example.com", zone: "example.com" };
const WWW = { hosts: ["www.shop.example.com"], to: "shop.example.com" };
const ROBOTS = { paths: ["/robots.txt"], body: "User-agent: *\nDisallow: /\n" };

const told = (loadBalancer: Given, given: Given = { domain: DOMAIN }) => problems({ ...given, loadBalancer });
const accepted = (loadBalancer: Given, given: Given = {}) => settings({ domain: DOMAIN, ...given, loadBalancer }).loadBalancer;

describe("what the load balancer answers by itself", () => {
    it("is nothing where nobody says so", () => {
        assert.equal(settings().loadBalancer, undefined);
        assert.deepEqual(accepted({}), {});
    });

    it("is redirects for good, and answers of 200 in plain text, where nothing else is said", () => {
        assert.deepEqual(accepted({ redirects: [WWW], answers: [ROBOTS] }), {
            redirects: [{ ...WWW, paths: ["/*"], status: 301 }],
            answers: [{ ...ROBOTS, hosts: [], status: 200, contentType: "text/plain" }],
        });
    });

    it("goes to a host, a path, or both", () => {
        for (const to of ["shop.example.org", "/new", "shop.example.org/blog/#{path}", "/#{host}/x"])
            accepted({ redirects: [{ paths: ["/old"], to }] });
        const what =
            "a host, a path that starts with /, or both, such as shop.example.com/new; #{host} and #{path} stand for those asked for";
        assert.deepEqual(told({ redirects: [{ paths: ["/a"], to: "https://b.io" }] }), [
            `fargate:loadBalancer.redirects[0].to: https://b.io | ${what}: without https://`,
        ]);
        assert.deepEqual(told({ redirects: [{ paths: ["/a"], to: "/b?c=1" }] }), [
            `fargate:loadBalancer.redirects[0].to: /b?c=1 | ${what}: the query stays as it was`,
        ]);
        assert.match(told({ redirects: [{ paths: ["/a"], to: "" }] })[0] ?? "", /empty text/);
        assert.match(told({ redirects: [{ paths: ["/a"], to: "/b", status: 308 }] })[0] ?? "", /308 \| 301, 302$/);
    });

    it("has a body, a status and a type that a listener rule takes", () => {
        accepted({ answers: [{ ...ROBOTS, body: "x".repeat(1024), status: 503, contentType: "application/json" }] });
        assert.match(
            told({ answers: [{ ...ROBOTS, body: "x".repeat(1025) }] })[0] ?? "",
            /at most 1024 characters, a limit of the load balancer/,
        );
        assert.match(told({ answers: [{ ...ROBOTS, status: 301 }] })[0] ?? "", /301 \| 200 to 299, or 400 to 599$/);
        assert.match(told({ answers: [{ ...ROBOTS, contentType: "text/xml" }] })[0] ?? "", /text\/xml \| text\/plain, text\/css/);
    });

    it("has hosts that the certificate covers, and as many conditions as a rule has", () => {
        assert.deepEqual(told({ redirects: [{ hosts: ["www.example.com"], to: "shop.example.com" }] }), [
            "fargate:loadBalancer.redirects[0].hosts[0]: www.example.com | shop.example.com or one name below it, which is what the certificate covers",
        ]);
        assert.deepEqual(told({ answers: [{ ...ROBOTS, paths: ["/a", "/b", "/c", "/d", "/e", "/f"] }] }), [
            "fargate:loadBalancer.answers[0]: 6 hosts and paths | at most 5, a limit of listener rules",
        ]);
        accepted({ redirects: [{ hosts: ["www.example.com"], to: "shop.example.com" }] }, { domain: undefined });
    });

    it("stands beside a service with a route, without which there is no load balancer", () => {
        const services = { jobs: { build: WEB.build } };
        assert.deepEqual(told({ answers: [ROBOTS] }, { services }), [
            "fargate:loadBalancer.answers: no service with a route | a service with a route beside it: without one the stack has no load balancer",
        ]);
    });

    it("competes with services' routes in one order: what is never reached is found, on both sides", () => {
        const shop = { ...WEB, route: { hosts: ["shop.example.com"] } };
        assert.deepEqual(
            told(
                { answers: [ROBOTS] },
                { domain: DOMAIN, services: { shop, rest: { ...WEB, route: { paths: ["/robots.txt"] } } } },
            ),
            ["fargate:loadBalancer.answers[0]: the route of rest | a host or path of its own"],
        );
        accepted({ answers: [ROBOTS] }, { services: { shop } });
        const wide = { paths: ["/*"], hosts: ["*.shop.example.com"], priority: 3 };
        const api = { ...WEB, route: { hosts: ["api.shop.example.com"] } };
        assert.deepEqual(
            told({ answers: [wide] }, { domain: DOMAIN, services: { api } }),
            [
                "fargate:loadBalancer.answers[0]: api.shop.example.com/*, which never gets a request: loadBalancer.answers[0] comes first with *.shop.example.com/*, since loadBalancer.answers[0] has priority 3 | route.priority for api, lower than 3, so that api comes before loadBalancer.answers[0]",
            ].map(line => line.replace("fargate:loadBalancer.answers[0]", "fargate:services.api.route")),
        );
        const all = { ...WEB, route: { paths: ["/*"], priority: 2 } };
        assert.deepEqual(told({ redirects: [{ paths: ["/old"], to: "/new" }] }, { services: { all } }), [
            "fargate:loadBalancer.redirects[0]: /old, which never gets a request: all comes first with /*, since all has priority 2 | priority for loadBalancer.redirects[0], lower than 2, so that loadBalancer.redirects[0] comes before all",
        ]);
        accepted({ redirects: [{ paths: ["/old"], to: "/new", priority: 1 }] }, { services: { all } });
    });

    it("ends: nobody is sent round in a circle, over one redirect or several", () => {
        const circle = (index: number, place: string) =>
            `fargate:loadBalancer.redirects[${index}].to: a circle, for ${place} | a target that no redirect takes back: another host, or a path that is not among its own`;
        assert.deepEqual(told({ redirects: [{ paths: ["/blog/*"], to: "/blog/#{path}" }] }), [circle(0, "/blog/*")]);
        assert.deepEqual(told({ redirects: [{ hosts: ["a.shop.example.com"], to: "A.shop.example.com/x" }] }), [
            circle(0, "a.shop.example.com/*"),
        ]);
        // To where it was asked for, which AWS refuses too; the path that stands for itself is the same one.
        for (const place of ["/x", "/x?", "*.php"])
            assert.deepEqual(told({ redirects: [{ paths: [place], to: "/#{path}" }] }), [circle(0, place)]);
        assert.deepEqual(told({ redirects: [{ hosts: ["a.shop.example.com"], to: "a.shop.example.com/#{path}" }] }), [
            circle(0, "a.shop.example.com/*"),
        ]);
        accepted({ redirects: [{ paths: ["/x"], to: "/v2/#{path}" }] });
        accepted({ redirects: [{ paths: ["/x"], to: "/v2/#{host}/#{path}/#{path}" }] });
        const round = [
            { paths: ["/a"], to: "/b" },
            { paths: ["/b"], to: "/a" },
        ];
        assert.deepEqual(told({ redirects: round }), [circle(0, "/a"), circle(1, "/b")]);
        accepted({ redirects: [{ paths: ["/a"], to: "/b" }, { paths: ["/b"], to: "/c" }, WWW] });
        // A service answers what comes back.
        accepted(
            { redirects: [{ paths: ["/blog/*"], to: "/blog/new" }] },
            { services: { web: WEB, blog: { ...WEB, route: { paths: ["/blog/new"] } } } },
        );
    });

    it("counts with the routes of services, of which a load balancer has a hundred by default", () => {
        const redirects = Array.from({ length: 100 }, (_, index) => ({ paths: [`/old-${index}`], to: "/new" }));
        assert.deepEqual(told({ redirects }), [
            "fargate:loadBalancer: 1 routes, and 100 redirects and answers | at most 100 together, AWS's default for the rules of a load balancer: the others in a stack of their own",
        ]);
        accepted({ redirects: redirects.slice(1) });
    });

    it("is what another tool's redirect of a route is", () => {
        assert.match(
            problems({ services: { web: { ...WEB, route: { redirect: "x" } } } })[0] ?? "",
            /here it is fargate:loadBalancer\.redirects: a list of \{ hosts, paths, to \}$/,
        );
    });
});
