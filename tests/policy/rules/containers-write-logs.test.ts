import { containersWriteLogs } from "../../../policy/rules/containers-write-logs";
import { UNKNOWN } from "../../../policy/values";
import { prove } from "../prove";
import { havingContainer, task } from "../resources";

prove(containersWriteLogs, {
    meets: { awslogs: [task({ logConfiguration: { logDriver: "awslogs" } })] },
    breaks: { "no driver": [[task({})], /container web has no log driver/] },
    unknown: [task({}, { containerDefinitions: UNKNOWN })],
    broken: { by: havingContainer({ logConfiguration: undefined }) },
});
