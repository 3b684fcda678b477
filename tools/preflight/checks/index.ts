import type { Check } from "../check";
import { account } from "./account";
import { domain } from "./domain";
import { images } from "./images";
import { names } from "./names";
import { network } from "./network";
import { quotas } from "./quotas";
import { roles } from "./roles";
import { scan } from "./scan";
import { secrets } from "./secrets";
import { zones } from "./zones";

/** Alphabetical; one check a file. */
export const CHECKS: readonly Check[] = [account, domain, images, names, network, quotas, roles, scan, secrets, zones];
