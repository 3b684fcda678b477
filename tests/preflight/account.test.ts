import assert from "node:assert/strict";
import { CreateServiceLinkedRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { roles } from "../../tools/preflight/checks/roles";
import { zones } from "../../tools/preflight/checks/zones";
import { found, withEmulator } from "./emulated";

const REGION = "ap-northeast-2";

describe("what preflight finds in an account's region", function () {
    this.timeout(60_000);
    withEmulator();

    describe("roles", () => {
        const scaled = {
            "fargate:services": { web: { build: { context: "./app" }, port: 8080, route: {}, scaling: { min: 1, max: 2 } } },
        };

        it("are a warning where they are not there yet", async () => {
            const comes = "is not there yet: AWS makes it with the account's first";
            const where = "where the update's credentials have iam:CreateServiceLinkedRole";
            assert.deepEqual(await found(roles, scaled), [
                `warning AWSServiceRoleForECS ${comes} ecs.Cluster, ${where}`,
                `warning AWSServiceRoleForElasticLoadBalancing ${comes} lb.LoadBalancer, ${where}`,
                `warning AWSServiceRoleForApplicationAutoScaling_ECSService ${comes} appautoscaling.Target, ${where}`,
            ]);
        });

        it("are fine where they are", async () => {
            const iam = new IAMClient({ region: REGION });
            for (const name of ["ecs", "elasticloadbalancing", "ecs.application-autoscaling"])
                await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: `${name}.amazonaws.com` }));
            assert.deepEqual(await found(roles, scaled), [
                "ok AWSServiceRoleForECS, AWSServiceRoleForElasticLoadBalancing, AWSServiceRoleForApplicationAutoScaling_ECSService: there",
            ]);
        });
    });

    describe("zones", () => {
        const inZones = (...names: string[]) => ({ "fargate:network": { zones: names } });

        it("are fine where they exist, and AWS offers the endpoints there", async () => {
            assert.deepEqual(await found(zones, inZones(`${REGION}a`, `${REGION}c`)), [
                `ok ${REGION}a, ${REGION}c: there, with Fargate; 4 endpoint services are offered`,
            ]);
        });

        it("are a failure where the account has no such zone", async () => {
            assert.deepEqual(await found(zones, inZones(`${REGION}a`, `${REGION}f`)), [
                `failure this account has no zone ${REGION}f in ${REGION}`,
            ]);
        });
    });
});
