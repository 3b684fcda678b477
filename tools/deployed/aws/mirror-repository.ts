import type { ECRClient, Repository } from "@aws-sdk/client-ecr";
import { Connection, connectionFor } from "../../../lookups/aws-connection";
import { mirrorName } from "../../../model/names";
import type { Settings } from "../../../settings";
import { UserError } from "../../cli/user-error";
import { otherOwner, tagsBeside } from "./own-tags";
import { cannotAsk } from "./refusal";

/** A repository of the stack for copies of one public image. Its images are no secret, and outlive the stack: they are under AWS's own key. */
export class MirrorRepository {
    private constructor(
        /** Without a tag, as ECR names it. */
        readonly uri: string,
        readonly name: string,
        private readonly ecr: ECRClient,
        private readonly connection: Connection,
    ) {}

    /** The one that is there, or a new one. @throws UserError where it is another stack's, or where AWS refuses */
    static async open(settings: Settings, image: string): Promise<MirrorRepository> {
        const [{ ECRClient, CreateRepositoryCommand }, connection] = await Promise.all([
            import("@aws-sdk/client-ecr"),
            connectionFor(settings.aws),
        ]);
        const ecr = new ECRClient(connection.at("ecr"));
        const repositoryName = mirrorName(settings, image);
        const found = await asked("ecr:DescribeRepositories", repositoryName, connection, described(ecr, repositoryName));
        if (found !== undefined) {
            const other = otherOwner(settings, found.tags);
            if (other !== undefined) throw new UserError(`${repositoryName} is there, and by its tags is of ${other}.`);
            return new MirrorRepository(found.repositoryUri, repositoryName, ecr, connection);
        }
        const making = new CreateRepositoryCommand({
            repositoryName,
            imageTagMutability: "IMMUTABLE",
            imageScanningConfiguration: { scanOnPush: true },
            encryptionConfiguration: { encryptionType: "AES256" },
            tags: [...tagsBeside(settings, "mirror")],
        });
        const { repository } = await asked("ecr:CreateRepository", repositoryName, connection, ecr.send(making));
        return new MirrorRepository(repository?.repositoryUri ?? "", repositoryName, ecr, connection);
    }

    async has(imageDigest: string): Promise<boolean> {
        const { DescribeImagesCommand, ImageNotFoundException } = await import("@aws-sdk/client-ecr");
        const question = new DescribeImagesCommand({ repositoryName: this.name, imageIds: [{ imageDigest }] });
        const answer = this.ecr.send(question).then(
            () => true,
            (error: unknown) => {
                if (error instanceof ImageNotFoundException) return false;
                throw error;
            },
        );
        return asked("ecr:DescribeImages", this.name, this.connection, answer);
    }

    /** For whoever pushes, as Docker keeps a login. */
    async login(): Promise<string> {
        const { GetAuthorizationTokenCommand } = await import("@aws-sdk/client-ecr");
        const answer = this.ecr.send(new GetAuthorizationTokenCommand({}));
        const { authorizationData = [] } = await asked("ecr:GetAuthorizationToken", this.name, this.connection, answer);
        return authorizationData[0]?.authorizationToken ?? "";
    }
}

async function described(ecr: ECRClient, repositoryName: string) {
    const { DescribeRepositoriesCommand, ListTagsForResourceCommand, RepositoryNotFoundException } =
        await import("@aws-sdk/client-ecr");
    try {
        const { repositories = [] } = await ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] }));
        const [{ repositoryUri = "", repositoryArn = "" }] = repositories as [Repository];
        const { tags = [] } = await ecr.send(new ListTagsForResourceCommand({ resourceArn: repositoryArn }));
        return { repositoryUri, tags };
    } catch (error) {
        if (error instanceof RepositoryNotFoundException) return undefined;
        throw error;
    }
}

async function asked<T>(action: string, name: string, connection: Connection, answer: Promise<T>): Promise<T> {
    try {
        return await answer;
    } catch (error) {
        throw cannotAsk(`the repository ${name}`, action, error, connection);
    }
}
