import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { Declared } from "../../../policy/declared";
import { evaluate } from "../../../tools/policy/evaluate";
import { fromRecorded } from "../../../tools/inventory/resource";
import { canonicalType } from "../../../tools/inventory/types/aliases";
import { LISTENER, LISTENER_RULE, LOAD_BALANCER, TARGET_GROUP } from "../../../tools/inventory/types/elb";
import { ROLE } from "../../../tools/inventory/types/iam";
import { BUCKET, BUCKET_LOGGING } from "../../../tools/inventory/types/s3";
import { record } from "../../../tools/inventory/recorder";

describe("the type of a resource", () => {
    it("is one for the names that load balancing has had", () => {
        assert.equal(canonicalType("aws:alb/loadBalancer:LoadBalancer"), LOAD_BALANCER);
        assert.equal(canonicalType("aws:alb/listener:Listener"), LISTENER);
        assert.equal(canonicalType("aws:applicationloadbalancing/listenerRule:ListenerRule"), LISTENER_RULE);
        assert.equal(canonicalType("aws:elasticloadbalancingv2/targetGroup:TargetGroup"), TARGET_GROUP);
    });

    it("is one for both versions of S3's", () => {
        assert.equal(canonicalType("aws:s3/bucketV2:BucketV2"), BUCKET);
        assert.equal(canonicalType("aws:s3/bucketLoggingV2:BucketLoggingV2"), BUCKET_LOGGING);
    });

    it("is itself everywhere else", () => {
        for (const type of [LOAD_BALANCER, BUCKET, ROLE, "aws:elb/loadBalancer:LoadBalancer", "aws:apigatewayv2/api:Api"])
            assert.equal(canonicalType(type), type);
    });

    it("is told so by an inventory: rules see what is declared under another name", async () => {
        const { resources } = await record(
            () => {
                const balancer = new aws.alb.LoadBalancer("door", { subnets: ["a", "b"] });
                new aws.alb.Listener("http", {
                    loadBalancerArn: balancer.arn,
                    port: 8080,
                    protocol: "HTTP",
                    defaultActions: [{ type: "fixed-response" }],
                });
                // eslint-disable-next-line @typescript-eslint/no-deprecated -- older programs have it
                new aws.s3.BucketV2("files");
                return Promise.resolve();
            },
            { project: "fargate", stack: "prod" },
        );
        const { findings } = evaluate(fromRecorded(resources), {
            profile: "production",
            exceptions: [],
            today: "2026-01-01",
        });
        const found = findings.map(({ rule, resource }) => `${rule} ${resource}`);
        for (const expected of [
            "http-redirects-to-https http",
            "load-balancers-are-protected door",
            "buckets-block-public-access files",
        ])
            assert.ok(found.includes(expected), `${expected} is not among ${found.join(", ")}`);
    });

    it("is told so by the engine, alone and in the stack", () => {
        const asked = { urn: "urn", type: "aws:alb/listener:Listener", name: "http", props: {}, opts: {} };
        const declared = new Declared();
        assert.equal(declared.remember(asked as unknown as ResourceValidationArgs).type, LISTENER);
        const inStack = { ...asked, dependencies: [], propertyDependencies: {} };
        assert.equal(declared.inStack(inStack as unknown as PolicyResource).type, LISTENER);
    });
});
