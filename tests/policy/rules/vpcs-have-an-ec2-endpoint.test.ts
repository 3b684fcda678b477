import { vpcsHaveAnEc2Endpoint } from "../../../policy/rules/vpcs-have-an-ec2-endpoint";
import { VPC, VPC_ENDPOINT } from "../../../policy/types";
import { UNKNOWN } from "../../../policy/values";
import { prove } from "../prove";
import { resource } from "../resources";

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
