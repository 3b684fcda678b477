import { NO_FACTS, NO_OUTPUTS, Rows, forGood, says } from "./row";

export const DATABASE_CLUSTER = "aws:rds/cluster:Cluster";
export const DATABASE_INSTANCE = "aws:rds/instance:Instance";

export const ROWS: Rows = {
    [DATABASE_CLUSTER]: {
        facts: NO_FACTS,
        loss: forGood(says("the database")),
        cost: undefined,
        outputs: NO_OUTPUTS,
    },
    [DATABASE_INSTANCE]: {
        facts: NO_FACTS,
        loss: forGood(says("the database")),
        cost: undefined,
        outputs: NO_OUTPUTS,
    },
};
