import { subnetsGiveNoPublicAddresses } from "../../../../tools/policy/rules/subnets-give-no-public-addresses";
import { SUBNET } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { having, resource } from "../../../support/resources";

prove(subnetsGiveNoPublicAddresses, {
    meets: { none: [resource(SUBNET, { mapPublicIpOnLaunch: false })], "the default": [resource(SUBNET)] },
    breaks: { one: [[resource(SUBNET, { mapPublicIpOnLaunch: true })], /mapPublicIpOnLaunch is true/] },
    unknown: [resource(SUBNET, { mapPublicIpOnLaunch: UNKNOWN })],
    broken: { by: having(SUBNET, "network-public-1", { mapPublicIpOnLaunch: true }) },
});
