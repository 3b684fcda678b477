import type { Rule } from "./rule";
import { DELIVERY_RULES } from "./rules-delivery";
import { GATE_RULES } from "./rules-gates";
import { RIGHTS_RULES } from "./rules-rights";
import { TRUST_RULES } from "./rules-trust";

/** Every rule that the workflows keep. */
export const RULES: readonly Rule[] = [...RIGHTS_RULES, ...TRUST_RULES, ...GATE_RULES, ...DELIVERY_RULES];
