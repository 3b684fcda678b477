import assert from "node:assert/strict";
import * as fc from "fast-check";
import { boundaryPolicy } from "../../iam/boundary";
import { policySize } from "../../iam/packing";
import { buildPolicies, deployPolicies, previewPolicies } from "../../iam/roles";
import { AWS_LIMIT } from "../../model/limits";

const ACCOUNT = "123456789012";

describe("policies of the bootstrap", () => {
    const label = (limit: number) => fc.stringMatching(new RegExp(`^[a-z][a-z0-9]{0,${limit - 1}}$`));

    it("keep AWS's limits, whatever the names", () => {
        fc.assert(
            fc.property(
                label(22),
                fc.uniqueArray(label(30), { minLength: 1, maxLength: 5 }),
                fc.uniqueArray(label(20), { minLength: 1, maxLength: 12 }),
                fc.constantFrom("ap-southeast-2", "us-gov-east-1", "cn-northwest-1", "eu-north-1"),
                (project, stacks, services, region) => {
                    const scope = (names: readonly string[]) => ({
                        project,
                        stacks: names,
                        region,
                        account: ACCOUNT,
                        services,
                        domains: names.map(name => ({ name: `${name}.shop.example.com`, zoneId: `Z${"0".repeat(31)}` })),
                        securityGroups: names.flatMap(() => Array.from({ length: 6 }, () => `sg-${"0".repeat(17)}`)),
                        networks: names.map(() => ({
                            vpcId: `vpc-${"0".repeat(17)}`,
                            subnetIds: Array.from({ length: 6 }, () => `subnet-${"0".repeat(17)}`),
                            routeTableIds: Array.from({ length: 6 }, () => `rtb-${"0".repeat(17)}`),
                        })),
                    });
                    const state = {
                        bucketArn: `arn:aws:s3:::${"b".repeat(63)}`,
                        keyArn: `arn:aws:kms:${region}:${ACCOUNT}:key/${"0".repeat(36)}`,
                    };
                    for (const role of [
                        previewPolicies(scope(stacks), state),
                        buildPolicies(scope(stacks)),
                        ...stacks.map(stack => deployPolicies(scope([stack]), state)),
                    ]) {
                        assert.ok(Object.keys(role).length <= AWS_LIMIT.managedPolicies);
                        for (const document of Object.values(role)) assert.ok(policySize(document) <= AWS_LIMIT.managedPolicy);
                    }
                    for (const stack of stacks)
                        assert.ok(policySize(boundaryPolicy(scope([stack]), state, [])) <= AWS_LIMIT.managedPolicy);
                },
            ),
            { numRuns: 50 },
        );
    });
});
