import { endpointsServeThisAccountOnly } from "../../../../tools/policy/rules/endpoints-serve-this-account-only";
import { VPC_ENDPOINT } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { allow, having, resource } from "../../../support/resources";

const ANYBODY = { Principal: "*", Action: ["*"], Resource: ["*"] };
const endpoint = (policy: string) => resource(VPC_ENDPOINT, { vpcEndpointType: "Interface", policy });

prove(endpointsServeThisAccountOnly, {
    meets: {
        "this account": [
            endpoint(allow({ ...ANYBODY, Condition: { StringEquals: { "aws:PrincipalAccount": "123456789012" } } })),
        ],
        "image layers, which ECR signs links to": [
            endpoint(
                allow({
                    Principal: "*",
                    Action: ["s3:GetObject"],
                    Resource: ["arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*"],
                }),
            ),
        ],
        "a gateway beside NAT gateways": [resource(VPC_ENDPOINT, { vpcEndpointType: "Gateway" })],
    },
    breaks: {
        "no policy": [[resource(VPC_ENDPOINT, { vpcEndpointType: "Interface" })], /it has no policy/],
        everybody: [[endpoint(allow(ANYBODY))], /serves principals of every account/],
        "every account but one": [
            [endpoint(allow({ ...ANYBODY, Condition: { StringNotEquals: { "aws:PrincipalAccount": "123456789012" } } }))],
            /serves principals of every account/,
        ],
        "another bucket for everybody": [
            [endpoint(allow({ Principal: "*", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::others/*"] }))],
            /serves principals of every account/,
        ],
        "writing to ECR's bucket": [
            [
                endpoint(
                    allow({
                        Principal: "*",
                        Action: ["s3:PutObject"],
                        Resource: ["arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*"],
                    }),
                ),
            ],
            /serves principals of every account/,
        ],
    },
    unknown: [resource(VPC_ENDPOINT, { vpcEndpointType: "Interface", policy: UNKNOWN })],
    broken: { by: having(VPC_ENDPOINT, "endpoints-logs", { policy: undefined }) },
});
