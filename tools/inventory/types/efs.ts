import { NO_FACTS, NO_OUTPUTS, Rows, forGood, says } from "./row";

export const FILE_SYSTEM = "aws:efs/fileSystem:FileSystem";

export const ROWS: Rows = {
    [FILE_SYSTEM]: {
        facts: NO_FACTS,
        loss: forGood(says("all files in it")),
        cost: undefined,
        outputs: NO_OUTPUTS,
    },
};
