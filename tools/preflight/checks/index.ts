import type { Check } from "../check";
import { account } from "./account";

/** Alphabetical; one check a file. */
export const CHECKS: readonly Check[] = [account];
