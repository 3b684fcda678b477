import { NO_FACTS, NO_OUTPUTS, PRICED, Rows, forGood, says } from "./row";

export const KMS_KEY = "aws:kms/key:Key";

export const ROWS: Rows = {
    [KMS_KEY]: {
        facts: NO_FACTS,
        loss: forGood(says("the key, and with it everything encrypted under it")),
        cost: PRICED,
        outputs: NO_OUTPUTS,
    },
};
