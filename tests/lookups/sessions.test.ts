import assert from "node:assert/strict";
import { Call } from "../../tools/inventory/recorder";
import { NAT, STATE, found } from "./found";

const CLUSTER = "aws:ecs/cluster:Cluster";

/** A state whose cluster is said to be configured so. */
const state =
    (configuration: unknown): Call =>
    () => ({
        outputs: {
            [`urn:pulumi:dev::fargate::fargate:index:Cluster$${CLUSTER}::cluster-cluster`]: {
                type: CLUSTER,
                outputs: { configuration },
            },
        },
    });

describe("whether ECS was told where sessions are logged", () => {
    it("is known by the state, also after it was told that there are none any more", async () => {
        for (const logging of ["OVERRIDE", "DEFAULT"])
            assert.equal((await found(NAT, { [STATE]: state({ executeCommandConfiguration: { logging } }) })).hadSessions, true);
    });

    it("is not so of a stack that never had any, nor of a new one", async () => {
        for (const configuration of [undefined, null])
            assert.equal((await found(NAT, { [STATE]: state(configuration) })).hadSessions, false);
        assert.equal((await found(NAT)).hadSessions, false);
    });
});
