import { stackRule } from "../rule";
import { REPOSITORY, REPOSITORY_LIFECYCLE } from "../../inventory/types";

export const repositoriesExpireImages = stackRule({
    name: "repositories-expire-images",
    title: "Image repositories have a lifecycle policy.",
    controls: ["ECR.3"],
    severity: "medium",
    reason: "Old images are paid for, and keep their flaws ready to be started.",
    fix: "Make an aws.ecr.LifecyclePolicy for the repository.",
    standing: { is: "met", where: "components/registry.ts" },
    types: [REPOSITORY],
    find: stack =>
        stack
            .ofType(REPOSITORY)
            .filter(repository => stack.referring(repository, REPOSITORY_LIFECYCLE, "repository").length === 0)
            .map(resource => ({ resource, what: "it has no lifecycle policy" })),
});
