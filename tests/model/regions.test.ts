import assert from "node:assert/strict";
import { regionFault } from "../../model/regions";

describe("a region", () => {
    it("is one that AWS has, or may have some day", () => {
        for (const region of ["us-east-1", "ap-northeast-2", "us-gov-east-1", "cn-northwest-1", "eusc-de-east-1", "mx-central-1"])
            assert.equal(regionFault(region), undefined, region);
        for (const region of ["eu-west-4", "ap-southeast-12", "nz-north-1", "sa-northwest-2"])
            assert.equal(regionFault(region), undefined, region);
    });

    it("is no typo of one", () => {
        for (const [typo, region] of [
            ["ap-norteast-2", "ap-northeast-2"],
            ["ap-northeast2", "ap-northeast-2"],
            ["us-east1", "us-east-1"],
            ["US-EAST-1", "us-east-1"],
            ["us-east-1a", "us-east-1"],
            ["eu-wset-1", "eu-west-1"],
            ["ue-west-1", "eu-west-1"],
            ["eu-centrall-1", "eu-central-1"],
            ["us-gov-wst-1", "us-gov-west-1"],
        ] as const)
            assert.equal(regionFault(typo), `did you mean ${region}?`, typo);
        for (const text of ["", "seoul", "us", "europe-west1-b"])
            assert.equal(regionFault(text), "a region, such as ap-northeast-2", text);
    });

    it("is in a partition whose endpoints and registries are known", () => {
        assert.equal(regionFault("us-iso-east-1"), "a region of aws, aws-cn, aws-us-gov, aws-eusc; aws-iso is not supported");
    });
});
