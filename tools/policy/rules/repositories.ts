import { UNKNOWN, at, listOf, mayBe, show } from "../../inventory/inputs";
import type { Resource } from "../../inventory/resource";
import { REPOSITORY, REPOSITORY_LIFECYCLE } from "../../inventory/types/ecr";
import { Rule, resourceRule, stackRule } from "../rule";

const repositoriesAreProtected = resourceRule({
    name: "repositories-are-protected",
    title: "Image repositories with images in them cannot be deleted.",
    controls: [],
    severity: "medium",
    reason: "The images that run would be gone: no task could start, and nothing could be rolled back to.",
    fix: "Set fargate:deletionProtection to true, which is production's default.",
    standing: { is: "met", where: "components/registry.ts" },
    profile: "production",
    types: [REPOSITORY],
    check: ({ inputs }) => (inputs["forceDelete"] === true ? "forceDelete is true" : undefined),
});

const repositoriesExpireImages = stackRule({
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

const repositoriesHaveFixedTags = resourceRule({
    name: "repositories-have-fixed-tags",
    title: "Image tags cannot be moved.",
    controls: ["ECR.2"],
    severity: "medium",
    reason: "Whoever may push could put another image under a tag that is trusted.",
    fix: 'Set imageTagMutability to "IMMUTABLE".',
    standing: { is: "met", where: "components/registry.ts" },
    types: [REPOSITORY],
    check: ({ inputs: { imageTagMutability } }) =>
        mayBe(imageTagMutability, "IMMUTABLE") ? undefined : `imageTagMutability is ${show(imageTagMutability ?? "MUTABLE")}`,
});

const repositoriesScanOnPush = resourceRule({
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

const repositoriesUseACustomerKey = stackRule({
    name: "repositories-use-a-customer-key",
    title: "Image repositories are made under a customer key.",
    controls: ["ECR.5"],
    severity: "medium",
    reason: "Under AWS's own key nobody can be kept from images by the key's policy, nor seen using it.",
    fix: "Set fargate:encryption to { customerKey: true }, which is production's default.",
    standing: { is: "met", where: "components/registry.ts" },
    profile: "production",
    types: [REPOSITORY],
    find: stack =>
        stack
            .ofType(REPOSITORY)
            // One that is older than the key stays as it is: its encryption cannot change.
            .filter(repository => stack.parentOf(repository)?.inputs["customerKey"] !== true && !hasKey(repository))
            .map(resource => ({ resource, what: "it is encrypted under AWS's own key" })),
});

function hasKey({ inputs: { encryptionConfigurations } }: Resource): boolean {
    const types = listOf(encryptionConfigurations).map(encryption => at(encryption, "encryptionType"));
    return encryptionConfigurations === UNKNOWN || types.some(type => mayBe(type, "KMS", "KMS_DSSE"));
}

export const repositoryRules: readonly Rule[] = [
    repositoriesAreProtected,
    repositoriesExpireImages,
    repositoriesHaveFixedTags,
    repositoriesScanOnPush,
    repositoriesUseACustomerKey,
];
