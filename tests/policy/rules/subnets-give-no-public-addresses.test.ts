import { subnetsGiveNoPublicAddresses } from "../../../policy/rules/subnets-give-no-public-addresses";
import { SUBNET } from "../../../policy/types";
import { UNKNOWN } from "../../../policy/values";
import { prove } from "../prove";
import { having, resource } from "../resources";

prove(subnetsGiveNoPublicAddresses, {
    meets: { none: [resource(SUBNET, { mapPublicIpOnLaunch: false })], "the default": [resource(SUBNET)] },
    breaks: { one: [[resource(SUBNET, { mapPublicIpOnLaunch: true })], /mapPublicIpOnLaunch is true/] },
    unknown: [resource(SUBNET, { mapPublicIpOnLaunch: UNKNOWN })],
    broken: { by: having(SUBNET, "network-public-1", { mapPublicIpOnLaunch: true }) },
});
