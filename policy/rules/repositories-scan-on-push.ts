import { resourceRule } from "../rule";
import { REPOSITORY } from "../types";
import { at, mayBe } from "../values";

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
