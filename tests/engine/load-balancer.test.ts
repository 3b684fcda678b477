import * as assert from "node:assert/strict";
import { sample } from "../support/sample";
import { CERTIFICATE } from "../support/given";
import { Change, Session, changed, isNoProof, openSession } from "./harness";

const DOMAIN = { name: "shop.example.com", zone: "example.com" };
const START: readonly Change[] = [
    [["fargate:network"], { zones: ["ap-northeast-2a", "ap-northeast-2c"] }],
    [["fargate:domain"], DOMAIN],
];
const FRONT: readonly Change[] = [
    [["fargate:domain", "otherNames"], ["example.com"]],
    [
        ["fargate:loadBalancer"],
        {
            allowCidrs: ["203.0.113.0/24"],
            allowPrefixLists: ["com.amazonaws.global.cloudfront.origin-facing"],
            idleTimeoutSeconds: 120,
            certificateArns: [CERTIFICATE],
        },
    ],
];

const PORTS = [80, 443];
const CERTIFIED = ["replace acm.Certificate certificate-certificate", "replace acm.CertificateValidation certificate-validation"];
const LISTENER_CERTIFICATE = `lb.ListenerCertificate load-balancer-certificate-${CERTIFICATE.split("/")[1] ?? ""}`;
/** A proof is kept, and only forgotten. */
const NAMED = ["route53.Record certificate-proof-example.com", "route53.Record load-balancer-name-example.com"];
const OPEN = PORTS.map(port => `vpc.SecurityGroupIngressRule load-balancer-from-internet-${port}`);

/** What one load balancer and the next differ in. */
const ANOTHER = [
    "replace lb.Listener load-balancer-http",
    "replace lb.Listener load-balancer-https",
    "replace lb.ListenerRule web-target-rule",
    "replace lb.LoadBalancer load-balancer",
    "replace lb.TargetGroup web",
    "update ecs.Service web",
    ...["name", "names-below"].map(end => `update route53.Record load-balancer-${end}`),
];

/** Rules of lists are named by ids, which the emulator draws. */
const withoutIds = (operations: readonly string[]) => operations.map(one => one.replace(/-pl-[0-9a-f]+-/, "-pl-"));

describe("the load balancer, on the real engine", function () {
    this.timeout(10 * 60_000);
    this.bail(true);
    const plain = START.reduce(changed, sample("dev"));
    let session: Session;
    let untouched: Awaited<ReturnType<Session["emulator"]["resources"]>>;

    before(async () => {
        session = await openSession("engine-load-balancer", "dev", plain);
        untouched = await session.emulator.resources();
        await session.up();
    });
    after(() => session.close());

    const settled = async () => assert.deepEqual(await session.preview({ refresh: true }), []);

    it("gets other names by another certificate, whose place the old one keeps until it is issued, and lets others in", async () => {
        await settled();
        await session.configure(...FRONT);
        assert.deepEqual(
            withoutIds(await session.up()),
            [
                ...CERTIFIED,
                ...NAMED.map(one => `create ${one}`),
                `create ${LISTENER_CERTIFICATE}`,
                ...PORTS.map(port => `create vpc.SecurityGroupIngressRule load-balancer-from-203.0.113.0-24-${port}`),
                "create vpc.SecurityGroupIngressRule load-balancer-from-pl-443",
                ...OPEN.map(one => `delete ${one}`),
                "update lb.Listener load-balancer-https",
                "update lb.LoadBalancer load-balancer",
            ].sort(),
        );
        await settled();
    });

    it("becomes internal as another one, with other target groups, to which its records and services move", async () => {
        await session.configure([["fargate:loadBalancer", "internal"], true]);
        assert.deepEqual(
            await session.up(),
            [...ANOTHER, `replace ${LISTENER_CERTIFICATE}`, "update route53.Record load-balancer-name-example.com"].sort(),
        );
        await settled();
    });

    it("is public and open to everybody again, with nothing left of what was asked for", async () => {
        session.files = plain;
        await session.configure();
        assert.deepEqual(
            withoutIds(await session.up()),
            [
                ...ANOTHER,
                ...CERTIFIED,
                ...NAMED.map(one => `delete ${one}`),
                `delete ${LISTENER_CERTIFICATE}`,
                ...PORTS.map(port => `delete vpc.SecurityGroupIngressRule load-balancer-from-203.0.113.0-24-${port}`),
                "delete vpc.SecurityGroupIngressRule load-balancer-from-pl-443",
                ...OPEN.map(one => `create ${one}`),
            ].sort(),
        );
        await settled();
    });

    it("destroy leaves nothing but proofs", async () => {
        await session.destroy();
        assert.deepEqual((await session.emulator.resources()).filter(isNoProof), untouched.filter(isNoProof));
    });
});
