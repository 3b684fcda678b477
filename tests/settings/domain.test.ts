import assert from "node:assert/strict";
import { REGION, WEB, problems, settings } from "../support/given";

const WORKER = { ...WEB, route: undefined };

describe("the domain", () => {
    const zone = "example.com";

    it("has a zone or a certificate: one of the two", () => {
        const certificateArn = `arn:aws:acm:${REGION}:123456789012:certificate/0123abcd-0123-0123-0123-0123456789ab`;
        assert.deepEqual(problems({ domain: { name: "shop.example.com", zone, certificateArn } }), [
            "fargate:domain: zone and certificateArn | one of the two",
        ]);
        assert.equal(problems({ domain: { name: "shop.example.com" } }).length, 1);
        settings({ domain: { name: "shop.example.com", certificateArn } });
        assert.match(
            problems({ domain: { name: "a.io", certificateArn: "x" } })[0] ?? "",
            /\| arn:aws:acm:<region>:<account>:certificate\/<id>$/,
        );
    });

    it("lies in its zone", () => {
        for (const name of ["example.com", "shop.example.com", "a.b.example.com"]) settings({ domain: { name, zone } });
        for (const name of ["example.org", "badexample.com"]) {
            assert.deepEqual(problems({ domain: { name, zone } }), [
                `fargate:domain.name: ${name} | example.com or a name below it`,
            ]);
        }
    });

    it("is one host name, whose certificate covers the names below it too", () => {
        for (const name of ["*.example.com", "https://example.com", "example"])
            assert.match(problems({ domain: { name, zone } })[0] ?? "", /fargate:domain\.name: .* \| a host name/);
        for (const bad of ["*.example.com", "example"])
            assert.match(problems({ domain: { name: "a.example.com", zone: bad } })[0] ?? "", /domain\.zone/);
    });

    it("has at most 64 characters where it gets a certificate of its own", () => {
        const name = `${"a".repeat(63)}.example.com`;
        assert.deepEqual(problems({ domain: { name, zone } }), [
            "fargate:domain.name: a name of 75 characters | at most 64 characters, for the certificate that `zone` makes; or a certificateArn",
        ]);
        settings({
            domain: {
                name,
                certificateArn: `arn:aws:acm:${REGION}:123456789012:certificate/0123abcd-0123-0123-0123-0123456789ab`,
            },
        });
    });

    it("is needed in production, unless plain HTTP is asked for or nothing is routed", () => {
        assert.deepEqual(problems({ profile: "production" }), [
            "fargate:domain: nothing | { name, zone } or { name, certificateArn }: production speaks HTTPS; or allowHttp: true",
        ]);
        settings({ profile: "production", allowHttp: true });
        settings({ profile: "production", domain: { name: "shop.example.com", zone } });
        settings({ profile: "production", services: { web: WORKER } });
        settings({ profile: "development" });
    });

    it("has its certificate in the load balancer's region", () => {
        const domain = (region: string) => ({
            name: "shop.example.com",
            certificateArn: `arn:aws:acm:${region}:123456789012:certificate/0123abcd-0123-0123-0123-0123456789ab`,
        });
        settings({ domain: domain(REGION) });
        assert.deepEqual(
            problems({ domain: domain("us-east-1") }).map(line => line.replace(/: arn:.* \|/, ": … |")),
            [`fargate:domain.certificateArn: … | a certificate in ${REGION}, the load balancer's region`],
        );
        const nowhere = problems({ domain: domain("us-east-1"), "aws:region": "nowhere" });
        assert.equal(nowhere.length, 1, "without a region, nothing is said about the certificate's");
    });
});
