import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { REPOSITORY, REPOSITORY_LIFECYCLE } from "../../../../tools/inventory/types/ecr";
import { prove } from "../../../support/prove";
import { having, resource, without } from "../../../support/resources";

prove("repositories-are-protected", {
    meets: { "the default": [resource(REPOSITORY)] },
    breaks: { "deletion with everything in it": [[resource(REPOSITORY, { forceDelete: true })], /forceDelete is true/] },
    unknown: [resource(REPOSITORY, { forceDelete: UNKNOWN })],
    broken: { by: having(REPOSITORY, "web-registry-repository", { forceDelete: true }) },
});

prove("repositories-expire-images", {
    meets: { "a lifecycle policy": [resource(REPOSITORY), resource(REPOSITORY_LIFECYCLE, { repository: "Repository" })] },
    breaks: { none: [[resource(REPOSITORY)], /it has no lifecycle policy/] },
    unknown: [
        resource(REPOSITORY),
        resource(
            REPOSITORY_LIFECYCLE,
            { repository: UNKNOWN },
            { propertyDependencies: { repository: [resource(REPOSITORY).urn] } },
        ),
    ],
    broken: { by: without(REPOSITORY_LIFECYCLE, "web-registry-lifecycle") },
});

prove("repositories-have-fixed-tags", {
    meets: { "fixed tags": [resource(REPOSITORY, { imageTagMutability: "IMMUTABLE" })] },
    breaks: {
        "the default": [[resource(REPOSITORY)], /imageTagMutability is MUTABLE/],
        "tags that are fixed but for some": [
            [resource(REPOSITORY, { imageTagMutability: "IMMUTABLE_WITH_EXCLUSION" })],
            /imageTagMutability is IMMUTABLE_WITH_EXCLUSION/,
        ],
    },
    unknown: [resource(REPOSITORY, { imageTagMutability: UNKNOWN })],
    broken: { by: having(REPOSITORY, "web-registry-repository", { imageTagMutability: undefined }) },
});

prove("repositories-scan-on-push", {
    meets: { scans: [resource(REPOSITORY, { imageScanningConfiguration: { scanOnPush: true } })] },
    breaks: { "the default": [[resource(REPOSITORY)], /it does not scan images/] },
    unknown: [resource(REPOSITORY, { imageScanningConfiguration: UNKNOWN })],
    broken: { by: having(REPOSITORY, "web-registry-repository", { imageScanningConfiguration: undefined }) },
});

prove("repositories-use-a-customer-key", {
    meets: {
        "one that is older than the key, which its registry has": [
            resource("fargate:index:Registry", { customerKey: true }, { name: "web-registry" }),
            resource(REPOSITORY, {}, { parent: resource("fargate:index:Registry", {}, { name: "web-registry" }).urn }),
        ],
        "a customer key": [resource(REPOSITORY, { encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: "arn:…" }] })],
    },
    breaks: {
        "AWS's own key": [[resource(REPOSITORY, { encryptionConfigurations: [{ encryptionType: "AES256" }] })], /AWS's own key/],
        "the default": [[resource(REPOSITORY)], /AWS's own key/],
    },
    unknown: [resource(REPOSITORY, { encryptionConfigurations: UNKNOWN })],
    broken: {
        by: all =>
            having(REPOSITORY, "web-registry-repository", { encryptionConfigurations: undefined })(
                having("fargate:index:Registry", "web-registry", { customerKey: undefined })(all),
            ),
    },
});
