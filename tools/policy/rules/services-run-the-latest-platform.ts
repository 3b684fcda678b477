import { resourceRule } from "../rule";
import { SERVICE } from "../../inventory/types";
import { mayBe, show } from "../../inventory/inputs";

export const servicesRunTheLatestPlatform = resourceRule({
    name: "services-run-the-latest-platform",
    title: "Services run on the latest Fargate platform version.",
    controls: ["ECS.10"],
    severity: "medium",
    reason: "A fixed version keeps a kernel and runtime whose flaws are known.",
    fix: 'Set platformVersion to "LATEST".',
    standing: { is: "met", where: "components/service.ts" },
    types: [SERVICE],
    check: ({ inputs: { platformVersion } }) =>
        mayBe(platformVersion, undefined, "LATEST") ? undefined : `platformVersion is ${show(platformVersion)}`,
});
