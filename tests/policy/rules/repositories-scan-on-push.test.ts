import { repositoriesScanOnPush } from "../../../policy/rules/repositories-scan-on-push";
import { REPOSITORY } from "../../../policy/types";
import { UNKNOWN } from "../../../policy/values";
import { prove } from "../prove";
import { having, resource } from "../resources";

prove(repositoriesScanOnPush, {
    meets: { scans: [resource(REPOSITORY, { imageScanningConfiguration: { scanOnPush: true } })] },
    breaks: { "the default": [[resource(REPOSITORY)], /it does not scan images/] },
    unknown: [resource(REPOSITORY, { imageScanningConfiguration: UNKNOWN })],
    broken: { by: having(REPOSITORY, "web-registry-repository", { imageScanningConfiguration: undefined }) },
});
