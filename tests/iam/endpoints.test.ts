import assert from "node:assert/strict";
import { endpointPolicy, openEndpointPolicy, s3GatewayPolicy } from "../../iam/endpoints";

const SEOUL = { region: "ap-northeast-2", account: "123456789012" };

describe("an endpoint's policy", () => {
    const thisAccount = {
        Sid: "ThisAccount",
        Effect: "Allow",
        Principal: "*",
        Action: ["*"],
        Resource: ["*"],
        Condition: { StringEquals: { "aws:PrincipalAccount": "123456789012" } },
    };

    it("serves principals of this account alone", () => {
        assert.deepEqual(endpointPolicy("123456789012"), { Version: "2012-10-17", Statement: [thisAccount] });
    });

    it("beside NAT gateways serves everybody, since it would protect nothing", () => {
        const anybody = { Effect: "Allow", Principal: "*", Action: ["*"], Resource: ["*"] };
        assert.deepEqual(openEndpointPolicy(), { Version: "2012-10-17", Statement: [anybody] });
    });

    it("of the S3 gateway also lets image layers through, which come by links without an account, and nothing else", () => {
        assert.deepEqual(s3GatewayPolicy(SEOUL), {
            Version: "2012-10-17",
            Statement: [
                thisAccount,
                {
                    Sid: "ImageLayers",
                    Effect: "Allow",
                    Principal: "*",
                    Action: ["s3:GetObject"],
                    Resource: ["arn:aws:s3:::prod-ap-northeast-2-starport-layer-bucket/*"],
                },
            ],
        });
        const inChina = JSON.stringify(s3GatewayPolicy({ region: "cn-north-1", account: "123456789012" }));
        assert.match(inChina, /"arn:aws-cn:s3:::prod-cn-north-1-starport-layer-bucket\/\*"/);
    });
});
