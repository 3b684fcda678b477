import { containersDropPrivileges } from "../../../../tools/policy/rules/containers-drop-privileges";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { havingContainer, task } from "../../../support/resources";

prove(containersDropPrivileges, {
    meets: { "no capability": [task({ linuxParameters: { capabilities: { add: [], drop: ["ALL"] } } })] },
    breaks: {
        "the capabilities that Docker leaves": [[task({})], /container web keeps capabilities/],
        "an added one": [
            [task({ linuxParameters: { capabilities: { add: ["SYS_PTRACE"], drop: ["ALL"] } } })],
            /adds SYS_PTRACE/,
        ],
        "a privileged container": [
            [task({ privileged: true, linuxParameters: { capabilities: { drop: ["ALL"] } } })],
            /container web is privileged/,
        ],
    },
    unknown: [task({}, { containerDefinitions: UNKNOWN })],
    broken: { by: havingContainer({ linuxParameters: undefined }) },
});
