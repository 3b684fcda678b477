import { repositoriesScanOnPush } from "../../../../tools/policy/rules/repositories-scan-on-push";
import { REPOSITORY } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { having, resource } from "../../../support/resources";

prove(repositoriesScanOnPush, {
    meets: { scans: [resource(REPOSITORY, { imageScanningConfiguration: { scanOnPush: true } })] },
    breaks: { "the default": [[resource(REPOSITORY)], /it does not scan images/] },
    unknown: [resource(REPOSITORY, { imageScanningConfiguration: UNKNOWN })],
    broken: { by: having(REPOSITORY, "web-registry-repository", { imageScanningConfiguration: undefined }) },
});
