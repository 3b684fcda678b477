import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { COMPONENT } from "../model/names";

export interface RegistryArgs {
    /** Physical name of the repository: deploy policies are written against its prefix. */
    readonly repositoryName: string;
    /** Whether a repository that holds images refuses to be deleted. */
    readonly deletionProtection: boolean;
    /**
     * ARN of the KMS key that a new repository's images are under. Plain or not: its presence decides. One that exists stays under the key that it has,
     * since AWS cannot change it.
     *
     * @default AWS's own key
     */
    readonly kmsKeyArn?: pulumi.Input<string>;
    /** Tags of the repository. */
    readonly tags: Readonly<Record<string, string>>;
}

/** Days after which an image without a tag expires. */
const UNTAGGED_DAYS = 14;

/** Builds kept. ECR cannot know what runs (aws/containers-roadmap#1078): the image of a service untouched for this many builds expires. */
const TAGGED_COUNT = 200;

/**
 * A private ECR repository for one service's image: tags never move, images are scanned on push.
 *
 * Cost: storage of the images kept.
 *
 * @example
 * ```ts
 * import { Registry } from "./components/registry";
 *
 * const registry = new Registry("web-registry", {
 *     repositoryName: "shop-staging-web",
 *     deletionProtection: true,
 *     tags: { service: "web" },
 * });
 *
 * export const repositoryUrl = registry.url;
 * ```
 */
export class Registry extends pulumi.ComponentResource {
    /** Repository URI, without a tag. */
    readonly url: pulumi.Output<string>;
    /** ARN of the repository. */
    readonly arn: pulumi.Output<string>;

    constructor(name: string, args: RegistryArgs, opts?: pulumi.ComponentResourceOptions) {
        const { kmsKeyArn, ...plain } = args;
        const customerKey = kmsKeyArn !== undefined;
        super(COMPONENT.registry, name, { ...plain, ...(customerKey && { customerKey }) }, opts);

        const repository = new aws.ecr.Repository(
            `${name}-repository`,
            {
                name: args.repositoryName,
                imageTagMutability: "IMMUTABLE",
                imageScanningConfiguration: { scanOnPush: true },
                encryptionConfigurations: [
                    customerKey ? { encryptionType: "KMS", kmsKey: kmsKeyArn } : { encryptionType: "AES256" },
                ],
                forceDelete: !args.deletionProtection,
                tags: args.tags,
            },
            // Another key would be another repository, and an empty one.
            { parent: this, ignoreChanges: ["encryptionConfigurations"] },
        );
        new aws.ecr.LifecyclePolicy(
            `${name}-lifecycle`,
            { repository: repository.name, policy: pulumi.jsonStringify({ rules: LIFECYCLE_RULES }) },
            // A repository has one: the old one, taken away last, would take the new one along.
            { parent: this, deleteBeforeReplace: true },
        );

        this.url = repository.repositoryUrl;
        this.arn = repository.arn;
        this.registerOutputs({ url: this.url, arn: this.arn });
    }
}

const LIFECYCLE_RULES = [
    {
        rulePriority: 1,
        description: `untagged images expire after ${UNTAGGED_DAYS} days`,
        selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: UNTAGGED_DAYS },
        action: { type: "expire" },
    },
    {
        rulePriority: 2,
        // Of a build the index alone has a tag. Its image and its provenance are images to ECR too, which keeps them as long as the index refers to them
        // (Amazon ECR user guide, lifecycle policies).
        description: `the latest ${TAGGED_COUNT} builds stay`,
        selection: {
            tagStatus: "tagged",
            tagPatternList: ["*"],
            countType: "imageCountMoreThan",
            countNumber: TAGGED_COUNT,
        },
        action: { type: "expire" },
    },
];
