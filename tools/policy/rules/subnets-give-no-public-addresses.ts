import { resourceRule } from "../rule";
import { SUBNET } from "../../inventory/types";

export const subnetsGiveNoPublicAddresses = resourceRule({
    name: "subnets-give-no-public-addresses",
    title: "Subnets give no public address to what is started in them.",
    controls: ["EC2.15"],
    severity: "medium",
    reason: "Whatever lands in such a subnet, by mistake or by hand, is on the internet.",
    fix: "Set mapPublicIpOnLaunch to false; load balancers and NAT gateways get their addresses without it.",
    standing: { is: "met", where: "components/network.ts" },
    types: [SUBNET],
    check: ({ inputs }) => (inputs["mapPublicIpOnLaunch"] === true ? "mapPublicIpOnLaunch is true" : undefined),
});
