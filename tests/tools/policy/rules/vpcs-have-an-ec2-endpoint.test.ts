import { vpcsHaveAnEc2Endpoint } from "../../../../tools/policy/rules/vpcs-have-an-ec2-endpoint";
import { VPC, VPC_ENDPOINT } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { resource } from "../../../support/resources";

prove(vpcsHaveAnEc2Endpoint, {
    meets: {
        "an endpoint": [resource(VPC), resource(VPC_ENDPOINT, { vpcId: "Vpc", serviceName: "com.amazonaws.eu-west-1.ec2" })],
    },
    breaks: {
        none: [
            [resource(VPC), resource(VPC_ENDPOINT, { vpcId: "Vpc", serviceName: "com.amazonaws.eu-west-1.s3" })],
            /no endpoint for the EC2 API/,
        ],
    },
    unknown: [resource(VPC), resource(VPC_ENDPOINT, { vpcId: "Vpc", serviceName: UNKNOWN })],
});
