import { textOf } from "../inputs";
import { NO_OUTPUTS, PRICED, Rows, forGood, says } from "./row";

export const KMS_KEY = "aws:kms/key:Key";

export const ROWS: Rows = {
    [KMS_KEY]: {
        facts: inputs => [textOf(inputs["description"]), inputs["enableKeyRotation"] === true && "rotates every year"],
        loss: forGood(says("the key, and with it everything encrypted under it")),
        cost: PRICED,
        outputs: NO_OUTPUTS,
    },
};
