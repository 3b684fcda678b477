import assert from "node:assert/strict";
import { Given, WEB, problems, problemsOf, service, settings } from "../support/given";

const ROUTED = (path: string, more: Given = {}) => ({ ...WEB, route: { paths: [path], ...more } });

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

    it("has at most six wildcards, another limit of listener rules", () => {
        assert.deepEqual(problemsOf({ route: { paths: ["/*/*/*", "/a*/?/*/?*"] } }), [
            "fargate:services.web.route: 8 times * or ? | at most 6, a limit of listener rules",
        ]);
        service({ route: { paths: ["/*/*/*", "/a*/?/*"] } });
    });

    it("has each host and path once, in whatever case a host is written", () => {
        const route = { hosts: ["a.example.com", "b.example.com", "A.Example.com"], paths: ["/a", "/A", "/a"] };
        assert.deepEqual(problemsOf({ route }), [
            "fargate:services.web.route.hosts[2]: A.Example.com | each host once",
            "fargate:services.web.route.paths[2]: /a | each path once",
        ]);
    });

    it("is no other service's, in whatever order its hosts are written", () => {
        const hosts = ["a.example.com", "b.example.com"];
        const services = {
            api: { ...WEB, route: { hosts } },
            web: { ...WEB, route: { hosts: [...hosts].reverse(), paths: ["/*"] } },
        };
        assert.deepEqual(problems({ services }), ["fargate:services.web.route: the route of api | a host or path of its own"]);
        settings({ services: { api: ROUTED("/api/*"), web: ROUTED("/*") } });
    });

    it("has a priority of its own: a tie is refused and asks for one", () => {
        const clash = "another route.priority for one of the two";
        assert.deepEqual(problems({ services: { api: ROUTED("/a", { priority: 5 }), web: ROUTED("/b", { priority: 5 }) } }), [
            `fargate:services.web.route.priority: priority 5, which api has too | ${clash}`,
        ]);
        // Found by trying: these two names fall into one slot.
        const services = { api: ROUTED("/a"), worker: ROUTED("/b") };
        assert.deepEqual(problems({ services }), [
            `fargate:services.worker.route.priority: priority 49568, which api has too | ${clash}`,
        ]);
        settings({ services: { ...services, worker: ROUTED("/b", { priority: 7 }) } });
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
