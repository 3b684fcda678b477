import { textOf } from "../inputs";
import { NO_FACTS, NO_OUTPUTS, Rows, forGood, forNow, named } from "./row";

export const RECORD = "aws:route53/record:Record";
export const ZONE = "aws:route53/zone:Zone";

export const ROWS: Rows = {
    [RECORD]: {
        // A colon stands in no name of DNS, but in what stands for one that only AWS knows.
        facts: ({ name, type }) => [textOf(name).includes(":") ? "a name that ACM tells" : textOf(name), textOf(type)],
        loss: forNow(named("the record")),
        cost: { free: "records are free, and so are queries for aliases of load balancers" },
        outputs: (_, { name }) => ({ fqdn: name }),
    },
    [ZONE]: {
        facts: NO_FACTS,
        loss: forGood(named("all records in, and the name servers of,")),
        cost: undefined,
        outputs: NO_OUTPUTS,
    },
};
