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
});
