import type { Check } from "../check";
import { account } from "./account";
import { domain } from "./domain";
import { images } from "./images";
import { quotas } from "./quotas";
import { scan } from "./scan";
import { secrets } from "./secrets";

/** Alphabetical; one check a file. */
export const CHECKS: readonly Check[] = [account, domain, images, quotas, scan, secrets];
