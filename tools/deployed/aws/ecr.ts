import {
    DescribeImagesCommand,
    ECRClient,
    ImageNotFoundException,
    RepositoryNotFoundException,
    paginateDescribeImages,
} from "@aws-sdk/client-ecr";
import { connectionFor } from "../../../lookups/aws-connection";
import { EcrRepository, parseImageReference, registryHost } from "../../../model/image-reference";
import type { Settings } from "../../../settings";
import { UserError } from "../../cli/user-error";

/** An image of a repository. */
export interface RepositoryImage {
    readonly digest: string;
    /** Sorted. An image without one is a part of another, such as the variant for one architecture. */
    readonly tags: readonly string[];
    readonly pushedAt: Date;
}

/** Asks ECR for images, with the credentials that the stack's updates use. */
export class Ecr {
    constructor(private readonly settings: Pick<Settings, "aws">) {}

    /** Whether an image still exists. One outside of ECR cannot be asked for, and counts as one that does. */
    async has(reference: string): Promise<boolean> {
        const image = parseImageReference(reference);
        if (image?.ecr === undefined || image.digest === undefined) return true;
        const { account, name } = image.ecr;
        const command = new DescribeImagesCommand({
            registryId: account,
            repositoryName: name,
            imageIds: [{ imageDigest: image.digest }],
        });
        try {
            await (await this.client(image.ecr)).send(command);
            return true;
        } catch (error) {
            if (error instanceof ImageNotFoundException || error instanceof RepositoryNotFoundException) return false;
            throw cannotAsk(reference, error);
        }
    }

    /** The image that has a tag, as `<repository>@sha256:…`, in a repository of this account; undefined where there is none yet. */
    async withTag(region: string, repositoryName: string, imageTag: string): Promise<string | undefined> {
        const command = new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag }] });
        try {
            const { imageDetails = [] } = await (await this.client({ region })).send(command);
            const [{ registryId = "", imageDigest = "" } = {}] = imageDetails;
            return `${registryHost({ account: registryId, region })}/${repositoryName}@${imageDigest}`;
        } catch (error) {
            if (error instanceof ImageNotFoundException || error instanceof RepositoryNotFoundException) return undefined;
            throw cannotAsk(`${repositoryName}:${imageTag}`, error);
        }
    }

    /** The images of a repository, newest first. */
    async images(repository: EcrRepository): Promise<RepositoryImage[]> {
        const { account: registryId, name: repositoryName } = repository;
        const images: RepositoryImage[] = [];
        try {
            const pages = paginateDescribeImages({ client: await this.client(repository) }, { registryId, repositoryName });
            for await (const { imageDetails = [] } of pages) {
                for (const { imageDigest = "", imageTags = [], imagePushedAt = new Date(0) } of imageDetails)
                    images.push({ digest: imageDigest, tags: [...imageTags].sort(), pushedAt: imagePushedAt });
            }
        } catch (error) {
            throw cannotAsk(repositoryName, error);
        }
        return images.sort((a, b) => b.pushedAt.getTime() - a.pushedAt.getTime() || (a.digest < b.digest ? -1 : 1));
    }

    /** In the image's region, which need not be the stack's. */
    private async client({ region }: Pick<EcrRepository, "region">): Promise<ECRClient> {
        const { at } = await connectionFor(this.settings.aws);
        return new ECRClient({ ...at("ecr"), region });
    }
}

function cannotAsk(what: string, error: unknown): UserError {
    const reason = error instanceof Error ? error.message : String(error);
    return new UserError(`ECR cannot be asked for ${what}: ${reason}. Nothing was changed.`);
}
