import { Clients, clientsFor } from "../../lookups/aws-clients";
import { Connection, connectionFor } from "../../lookups/aws-connection";
import type { DeclaredRollout } from "../../model/rollout-state";
import type { ServiceSettings } from "../../settings";
import { UserError } from "../cli/user-error";
import { settingsIn } from "../deployed/images";
import { deployedRollouts } from "../deployed/rollouts";
import type { Place } from "../deployed/stack";

/** A service of a deployed stack that somebody acts on. */
export interface LiveService {
    readonly service: ServiceSettings;
    readonly rollout: DeclaredRollout;
    readonly clients: Clients;
    readonly connection: Connection;
}

/**
 * The service of this name, or the only one.
 *
 * @throws UserError where there is none, several without a name, or one that was never deployed
 */
export async function liveService(place: Place, name: string | undefined): Promise<LiveService> {
    const { stack } = place;
    const settings = settingsIn(place);
    const names = settings.services.map(service => service.name);
    if (name !== undefined && !names.includes(name))
        throw new UserError(`${stack} has no service ${name}. Allowed: ${names.join(", ") || "none: its file has no services"}`);
    if (name === undefined && names.length !== 1)
        throw new UserError(`${stack} has ${names.length} services. Allowed: one of ${names.join(", ")}, after the stack's name`);
    const wanted = name ?? names[0];
    const found = (await deployedRollouts(place)).find(({ service }) => service.name === wanted);
    if (found?.rollout === undefined)
        throw new UserError(`${stack} never got so far as to deploy ${wanted ?? ""}. Next: npm run up -- ${stack}`);
    const [clients, connection] = await Promise.all([clientsFor(settings.aws), connectionFor(settings.aws)]);
    return { service: found.service, rollout: found.rollout, clients, connection };
}
