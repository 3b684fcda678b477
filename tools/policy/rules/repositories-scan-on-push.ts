import { resourceRule } from "../rule";
import { REPOSITORY } from "../../inventory/types";
import { at, mayBe } from "../../inventory/inputs";

export const repositoriesScanOnPush = resourceRule({
    name: "repositories-scan-on-push",
    title: "Image repositories scan what is pushed.",
    controls: ["ECR.1"],
    severity: "high",
    reason: "Known flaws in a base image would go to production unseen.",
    fix: "Set imageScanningConfiguration to { scanOnPush: true }.",
    standing: { is: "met", where: "components/registry.ts" },
    types: [REPOSITORY],
    check: ({ inputs }) =>
        mayBe(at(inputs, "imageScanningConfiguration", "scanOnPush"), true) ? undefined : "it does not scan images",
});
