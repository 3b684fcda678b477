import { NO_FACTS, NO_OUTPUTS, PRICED, Rows, forGood, named } from "./row";

export const SECRET = "aws:secretsmanager/secret:Secret";

export const ROWS: Rows = {
    [SECRET]: {
        facts: NO_FACTS,
        loss: forGood(named("all versions of the secret")),
        cost: PRICED,
        outputs: NO_OUTPUTS,
    },
};
