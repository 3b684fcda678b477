import type { Build } from "./content-hash";

/** What an image reference says, `<repository>:<tag>` or `<repository>@sha256:…`. */
export interface ImageReference {
    /** Registry and path, without tag and digest. */
    readonly repository: string;
    readonly tag?: string;
    readonly digest?: string;
    /** Present where the registry is a private Amazon ECR one. */
    readonly ecr?: EcrRepository;
}

export interface EcrRepository {
    readonly account: string;
    readonly region: string;
    readonly name: string;
    readonly arn: string;
}

/** Docker's grammar (distribution/reference): an optional host with a port, then lower-case words with separators inside. */
const HOST = "[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::\\d+)?";
const WORD = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const REFERENCE = new RegExp(
    `^(?<repository>(?:${HOST}/)?${WORD}(?:/${WORD})*)(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$`,
);
const ECR = /^(?<account>\d{12})\.dkr\.ecr(?:-fips)?\.(?<region>[a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(?<name>[a-z0-9._/-]+)$/;

/** The parts of a reference; undefined where it is none, or has neither tag nor digest. */
export function parseImageReference(text: string): ImageReference | undefined {
    const parts = REFERENCE.exec(text)?.groups;
    const repository = parts?.repository;
    if (repository === undefined || (parts?.tag ?? parts?.digest) === undefined) return undefined;
    return { repository, tag: parts?.tag, digest: parts?.digest, ecr: parseEcr(repository) };
}

function parseEcr(repository: string): EcrRepository | undefined {
    const parts = ECR.exec(repository)?.groups;
    if (parts === undefined) return undefined;
    const { account = "", region = "", name = "" } = parts;
    return { account, region, name, arn: `arn:${partitionOf(region)}:ecr:${region}:${account}:repository/${name}` };
}

/** Host of an account's private registry. */
export function registryHost({ account, region }: Pick<EcrRepository, "account" | "region">): string {
    return `${account}.dkr.ecr.${region}.amazonaws.com${partitionOf(region) === "aws-cn" ? ".cn" : ""}`;
}

/** The AWS partition that a region belongs to. */
export function partitionOf(region: string): string {
    if (region.startsWith("cn-")) return "aws-cn";
    return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** Where an image comes from. */
export type ImageSource =
    | {
          /** It exists. */
          readonly kind: "reference";
          /** `<repository>@sha256:…` */
          readonly reference: string;
      }
    | {
          /** An image of this content is in the service's repository already. */
          readonly kind: "pushed";
          /** `sha256:…` */
          readonly digest: string;
      }
    | {
          /** Still to be built, or built by this stack. */
          readonly kind: "build";
          /** Made from the content. */
          readonly tag: string;
          /** The task's, never the laptop's. */
          readonly platform: "linux/arm64" | "linux/amd64";
          /** What is built: folder, Dockerfile, arguments, stage. */
          readonly build: Omit<Build, "platform">;
      };

/** Images by service, as `<repository>@sha256:…`. */
export type Images = Readonly<Record<string, string>>;
