import { containersWriteLogs } from "../../../../tools/policy/rules/containers-write-logs";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { havingContainer, task } from "../../../support/resources";

prove(containersWriteLogs, {
    meets: { awslogs: [task({ logConfiguration: { logDriver: "awslogs" } })] },
    breaks: { "no driver": [[task({})], /container web has no log driver/] },
    unknown: [task({}, { containerDefinitions: UNKNOWN })],
    broken: { by: havingContainer({ logConfiguration: undefined }) },
});
