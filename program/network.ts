import { Endpoints } from "../components/endpoints";
import { Network } from "../components/network";
import { endpointServices } from "../model/endpoints";
import { OWN_NAME } from "../model/names";
import type { Given } from "./given";

/** Where tasks run, and their way to AWS. */
export function network({ settings, found, onAws }: Given) {
    const { network: vpc, services, jobs, region } = settings;
    const made = new Network(OWN_NAME.network, found.network, onAws);
    const doors = endpointServices(vpc.egress, [...services, ...jobs]);
    const endpoints =
        doors &&
        new Endpoints(
            OWN_NAME.endpoints,
            {
                region,
                account: found.account,
                ...doors,
                vpcId: made.vpcId,
                subnetIds: found.endpointSubnetIds
                    ? [...found.endpointSubnetIds]
                    : made.privateSubnetIds.apply(ids => ids.slice(0, vpc.endpointZones)),
                routeTableIds: made.privateRouteTableIds,
            },
            onAws,
        );
    return { network: made, endpoints };
}
