import assert from "node:assert/strict";
import fc from "fast-check";
import { Zone, chooseZones } from "../../model/zones";

/** Zones as one account sees them: names and ids do not go together. */
const tokyo: Zone[] = [
    { name: "ap-northeast-1a", id: "apne1-az4" },
    { name: "ap-northeast-1b", id: "apne1-az3" },
    { name: "ap-northeast-1c", id: "apne1-az1" },
    { name: "ap-northeast-1d", id: "apne1-az2" },
];

describe("the zones that are chosen", () => {
    it("are the first by id, which means the same place in every account, as names", () => {
        assert.deepEqual(chooseZones(tokyo, 2), ["ap-northeast-1c", "ap-northeast-1d"]);
    });

    it("are never one without Fargate, which is told by its id", () => {
        assert.deepEqual(chooseZones(tokyo, 4), ["ap-northeast-1c", "ap-northeast-1d", "ap-northeast-1a"]);
        const california = ["usw1-az1", "usw1-az2", "usw1-az3"].map((id, index) => ({ name: `us-west-1${index}`, id }));
        assert.deepEqual(chooseZones(california, 3), ["us-west-10", "us-west-12"]);
    });

    it("do not depend on the order in which AWS lists them", () => {
        const anyOrder = fc.shuffledSubarray(tokyo, { minLength: tokyo.length });
        fc.assert(
            fc.property(anyOrder, fc.nat(4), (zones, count) =>
                assert.deepEqual(chooseZones(zones, count), chooseZones(tokyo, count)),
            ),
        );
    });

    it("stay when one more is wanted", () => {
        fc.assert(
            fc.property(fc.nat(3), count =>
                assert.deepEqual(chooseZones(tokyo, count + 1).slice(0, count), chooseZones(tokyo, count).slice(0, count)),
            ),
        );
    });
});
