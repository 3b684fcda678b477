import assert from "node:assert/strict";
import { WEB, problems, problemsOf, service, settings } from "../support/given";

describe("a route", () => {
    it("needs the port that the container listens on", () => {
        assert.deepEqual(problemsOf({ port: undefined }), [
            "fargate:services.web.port: nothing | the port that the container listens on, since the service has a route",
        ]);
        assert.equal(service({ port: undefined, route: undefined }).port, undefined);
    });

    it("has at most five hosts and paths, a limit of listener rules", () => {
        const hosts = ["a.example.com", "b.example.com"];
        assert.deepEqual(problemsOf({ route: { hosts, paths: ["/a", "/b", "/c", "/d"] } }), [
            "fargate:services.web.route: 6 hosts and paths | at most 5, a limit of listener rules",
        ]);
        service({ route: { hosts, paths: ["/a", "/b", "/c"] } });
        service({ route: { hosts: [...hosts, "c.example.com", "d.example.com", "e.example.com"], paths: ["/*"] } });
    });

    it("has each host and path once, in whatever case a host is written", () => {
        const route = { hosts: ["a.example.com", "b.example.com", "A.Example.com"], paths: ["/a", "/A", "/a"] };
        assert.deepEqual(problemsOf({ route }), [
            "fargate:services.web.route.hosts[2]: A.Example.com | each host once",
            "fargate:services.web.route.paths[2]: /a | each path once",
        ]);
    });

    it("has at most six wildcards, a limit of listener rules", () => {
        const paths = ["/*/a/*", "/*/b/*", "/*/c?*"];
        assert.deepEqual(problemsOf({ route: { paths } }), [
            "fargate:services.web.route: 7 wildcards in hosts and paths | at most 6 of * and ?, a limit of listener rules",
        ]);
        service({ route: { paths: ["/*/a/*", "/*/b/*", "/*/c?"] } });
    });

    it("has hosts that the certificate covers: the domain and one name below it", () => {
        const domain = { name: "shop.example.com", zone: "example.com" };
        const hosts = ["shop.example.com", "api.shop.example.com", "*.shop.example.com"];
        settings({ domain, services: { web: { ...WEB, route: { hosts } } } });
        const others = ["example.com", "a.b.shop.example.com", "myshop.example.com"];
        assert.deepEqual(
            problems({ domain, services: { web: { ...WEB, route: { hosts: others } } } }),
            others.map(
                (host, index) =>
                    `fargate:services.web.route.hosts[${index}]: ${host} | shop.example.com or one name below it, which is what the certificate covers`,
            ),
        );
    });

    it("has headers, methods and a query, each a value or a list of them, in the settings a list", () => {
        const route = { headers: { "X-Api-Version": ["2", "3"], "X-Beta": "*" }, methods: ["GET"], query: { beta: "1" } };
        assert.deepEqual(service({ route }).route, {
            hosts: [],
            paths: ["/*"],
            headers: { "X-Api-Version": ["2", "3"], "X-Beta": ["*"] },
            methods: ["GET"],
            query: { beta: ["1"] },
        });
        assert.deepEqual(service({}).route, { hosts: [], paths: ["/*"] });
    });

    it("has at most five values and six wildcards in all conditions together", () => {
        const query = { a: ["1", "2", "3"], b: "4" };
        assert.deepEqual(problemsOf({ route: { methods: ["GET", "HEAD"], query } }), [
            "fargate:services.web.route: 6 values in all conditions together | at most 5, a limit of listener rules",
        ]);
        service({ route: { methods: ["GET"], query } });
        assert.deepEqual(problemsOf({ route: { paths: ["/*/*/*"], headers: { A: "*a*" }, query: { b: "??" } } }), [
            "fargate:services.web.route: 7 wildcards in conditions | at most 6 of * and ?, a limit of listener rules",
        ]);
    });

    it("names headers and parameters that the load balancer looks at, once in whatever case", () => {
        assert.deepEqual(problemsOf({ route: { headers: { Host: "a.io" } } }), [
            "fargate:services.web.route.headers.Host: the name Host | another header: hosts are named under hosts",
        ]);
        // The load balancer drops it, as it does every header with such a name.
        assert.match(
            problemsOf({ route: { headers: { X_Api: "2" } } })[0] ?? "",
            /a header's name of at most 40 characters; not "_"$/,
        );
        assert.match(problemsOf({ route: { query: { "b*": "2" } } })[0] ?? "", /without spaces, \*, \? and \\$/);
        assert.deepEqual(problemsOf({ route: { headers: { "X-A": "1", "x-a": "2" }, query: { b: "1", B: "2" } } }), [
            "fargate:services.web.route.headers.x-a: x-a | each name once, in whatever case",
            "fargate:services.web.route.query.B: B | each name once, in whatever case",
        ]);
    });

    it("has values that a listener rule takes", () => {
        const form =
            "text in quotes or a list of such, of at most 128 ASCII characters each, without \\; * and ? stand for others";
        for (const value of [1, "", "é", "a\\*", "x".repeat(129), []])
            assert.match(
                problemsOf({ route: { headers: { "X-A": value } } })[0] ?? "",
                new RegExp(`\\| ${form.replace(/[\\*?]/g, "\\$&")}$`),
            );
        assert.match(problemsOf({ route: { methods: ["get"] } })[0] ?? "", /get \| a method in capital letters, such as GET$/);
        assert.match(problemsOf({ route: { methods: ["GET", "GET"] } })[0] ?? "", /each method once$/);
    });

    it("is compared with no secret, which whoever looks at the load balancer reads", () => {
        const token = "glpat-abcdEFGH12345678ijkl";
        const allowed =
            "what everybody may know: whoever may look at the load balancer reads it. Let the application ask for secrets";
        const hidden = "what looks like a secret in plain text (not shown)";
        assert.deepEqual(problemsOf({ route: { headers: { "X-Api-Key": "abc123def456" }, query: { a: token } } }), [
            `fargate:services.web.route.headers.X-Api-Key: ${hidden} | ${allowed}`,
            `fargate:services.web.route.query.a: ${hidden} | ${allowed}`,
        ]);
    });

    it("is sticky for a week at most, and starts slowly in 30 to 900 seconds", () => {
        assert.deepEqual(service({ route: { sticky: { seconds: 604_800 }, slowStartSeconds: 30 } }).route, {
            ...{ hosts: [], paths: ["/*"] },
            ...{ sticky: { seconds: 604_800 }, slowStartSeconds: 30 },
        });
        assert.match(problemsOf({ route: { sticky: { seconds: 0 } } })[0] ?? "", /0 \| a whole number from 1 to 604800 seconds$/);
        assert.match(problemsOf({ route: { slowStartSeconds: 29 } })[0] ?? "", /29 \| a whole number from 30 to 900 seconds$/);
    });

    it("speaks HTTP/2 and gRPC over HTTPS alone", () => {
        const domain = { name: "shop.example.com", zone: "example.com" };
        for (const protocol of ["http2", "grpc"]) {
            assert.deepEqual(problemsOf({ route: { protocol } }), [
                `fargate:services.web.route.protocol: ${protocol} | http1; ${protocol} needs a domain, since the load balancer takes it over HTTPS alone`,
            ]);
            assert.equal(service({ route: { protocol } }, { domain }).route?.protocol, protocol);
        }
        service({ route: { protocol: "http1" } });
    });

    it("of gRPC asks for a method that no server has, or for one that answers OK, and takes POST alone", () => {
        const domain = { name: "shop.example.com", zone: "example.com" };
        const grpc = { route: { protocol: "grpc" } };
        assert.equal(service(grpc, { domain }).health.path, "/AWS.ALB/healthcheck");
        const path = "/grpc.health.v1.Health/Check";
        assert.equal(service({ ...grpc, health: { path } }, { domain }).health.path, path);
        const other = { route: { protocol: "grpc", methods: ["GET"] }, health: { path: "/healthz" } };
        const told = problemsOf(other, { domain });
        assert.match(told[0] ?? "", /^fargate:services\.web\.health\.path: \/healthz \| a gRPC method that answers OK/);
        assert.match(told[1] ?? "", /^fargate:services\.web\.route\.methods: GET \| nothing, or POST alone/);
        assert.equal(told.length, 2);
    });
});
