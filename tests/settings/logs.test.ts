import assert from "node:assert/strict";
import { Given, WEB, problems, settings } from "../support/given";

const PRODUCTION = { profile: "production", allowHttp: true };
const WORKER = { web: { ...WEB, route: undefined } };
const EXISTING = {
    network: {
        vpcId: "vpc-0123456789abcdef0",
        publicSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
        privateSubnetIds: ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"],
        egress: "existing",
        privateRouteTableIds: ["rtb-0123456789abcdef0"],
    },
};
const ON = { flowLogs: true, loadBalancer: { accessLogs: true } };

const kept = (given: Given) => {
    const { logs } = settings(given);
    return logs && [logs.accessLogs, logs.flowLogs];
};

describe("logs in a bucket", () => {
    it("are none in development, and both in production", () => {
        assert.equal(kept({}), undefined);
        assert.deepEqual(kept(PRODUCTION), [true, true]);
    });

    it("are turned on and off one by one", () => {
        assert.deepEqual(kept({ flowLogs: true }), [false, true]);
        assert.deepEqual(kept({ loadBalancer: { accessLogs: true } }), [true, false]);
        assert.deepEqual(kept({ ...PRODUCTION, flowLogs: false }), [true, false]);
        assert.equal(kept({ ...PRODUCTION, flowLogs: false, loadBalancer: { accessLogs: false } }), undefined);
    });

    it("are kept by production of what there is: of no load balancer without a route, of no VPC that is somebody else's", () => {
        assert.deepEqual(kept({ ...PRODUCTION, services: WORKER }), [false, true]);
        assert.deepEqual(kept({ ...PRODUCTION, ...EXISTING }), [true, false]);
        assert.equal(kept({ ...PRODUCTION, ...EXISTING, services: WORKER }), undefined);
    });

    it("are refused where they are asked of what is not there", () => {
        assert.deepEqual(problems({ loadBalancer: { accessLogs: true }, services: WORKER }), [
            "fargate:loadBalancer.accessLogs: true | false, or a service with a route: without one there is no load balancer",
        ]);
        assert.match(
            problems({ ...EXISTING, flowLogs: true })[0] ?? "",
            /^fargate:flowLogs: true \| false in a VPC that exists already/,
        );
    });

    it("go to the stack's own bucket, or to one that exists, by its name", () => {
        assert.equal(settings(ON).logs?.bucket, undefined);
        assert.equal(settings({ ...ON, logBucket: "acme-logs" }).logs?.bucket, "acme-logs");
        for (const bad of [
            "Logs",
            "a",
            "a_b",
            "logs.example.com",
            "-logs",
            "xn--logs",
            "logs-s3alias",
            "arn:aws:s3:::logs",
            "a".repeat(64),
        ])
            assert.match(problems({ ...ON, logBucket: bad })[0] ?? "", /^fargate:logBucket: .* \| the name of a bucket/, bad);
    });

    it("need a bucket only where something writes to it", () => {
        assert.match(
            problems({ logBucket: "acme-logs" })[0] ?? "",
            /^fargate:logBucket: acme-logs \| nothing, or with it flowLogs: true/,
        );
        const asked = { logBucket: "acme-logs", flowLogs: true, ...EXISTING };
        assert.deepEqual(problems(asked).length, 1, "the reason alone");
    });

    it("have room for the bucket's name, of which S3 takes 63 characters", () => {
        const long = { stack: "s".repeat(43) };
        // A longer service has no room for its role's name before.
        const short = { services: { w: WEB } };
        settings({ ...ON, ...short }, { stack: "s".repeat(42) });
        const [told = ""] = problems({ ...ON, ...short }, long);
        assert.match(told, /^pulumi:stack: .*, of 51 characters \| at most 50 for <project>-<stack>/);
        settings({ ...ON, ...short, logBucket: "acme-logs" }, long);
        settings(short, long);
    });
});
