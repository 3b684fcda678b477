import { stackRule } from "../rule";
import { VPC, VPC_ENDPOINT } from "../../inventory/types";
import { UNKNOWN, show } from "../../inventory/inputs";

export const vpcsHaveAnEc2Endpoint = stackRule({
    name: "vpcs-have-an-ec2-endpoint",
    title: "VPCs have an interface endpoint for the EC2 API.",
    controls: ["EC2.10"],
    severity: "medium",
    reason: "Calls of the EC2 API from inside would otherwise go over the internet.",
    fix: "Make an interface endpoint for com.amazonaws.<region>.ec2.",
    standing: {
        is: "excepted",
        reason: "No Fargate task of this program calls the EC2 API, and each endpoint costs by the hour and zone; one that calls it has no way out but an endpoint.",
        covers: () => true,
    },
    types: [VPC],
    find: stack =>
        stack
            .ofType(VPC)
            .filter(vpc =>
                stack
                    .referring(vpc, VPC_ENDPOINT, "vpcId")
                    .every(({ inputs: { serviceName } }) => serviceName !== UNKNOWN && !show(serviceName).endsWith(".ec2")),
            )
            .map(resource => ({ resource, what: "it has no endpoint for the EC2 API" })),
});
