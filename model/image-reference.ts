import type { Build } from "./content-hash";
import { DNS_SUFFIXES, partition } from "./partitions";
import { regionFault } from "./regions";

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
/** ECR's names (user guide, "Amazon ECR endpoints"): `dkr.ecr` with IPv4 addresses, `dkr-ecr` with IPv6 too, each with FIPS as well. */
const ECR =
    /^(?<account>\d{12})\.(?<kind>dkr[.-]ecr)(?:-fips)?\.(?<region>[a-z0-9-]+)\.(?<suffix>[a-z0-9.-]+)\/(?<name>[a-z0-9._/-]+)$/;

/** Of what stands behind the host (distribution/reference, `RepositoryNameTotalLengthMax`). */
const MAX_PATH = 255;

/** The parts of a reference; undefined where it is none, or has neither tag nor digest. */
export function parseImageReference(text: string): ImageReference | undefined {
    const parts = REFERENCE.exec(text)?.groups;
    const repository = parts?.repository;
    if (repository === undefined || (parts?.tag ?? parts?.digest) === undefined) return undefined;
    if (repository.replace(/^([^/]*[.:][^/]*|localhost)\//, "").length > MAX_PATH) return undefined;
    return { repository, tag: parts?.tag, digest: parts?.digest, ecr: parseEcr(repository) };
}

/** ARNs of the ECR repositories that hold these images; one elsewhere has none. */
export function repositoriesOf(references: readonly string[]): string[] {
    return references.flatMap(reference => parseImageReference(reference)?.ecr?.arn ?? []);
}

function parseEcr(repository: string): EcrRepository | undefined {
    const parts = ECR.exec(repository)?.groups;
    if (parts === undefined) return undefined;
    const { account = "", kind, region = "", suffix, name = "" } = parts;
    const { id, dnsSuffix, dualStackSuffix } = partition(region);
    if (suffix !== (kind === "dkr-ecr" ? dualStackSuffix : dnsSuffix)) return undefined;
    return { account, region, name, arn: `arn:${id}:ecr:${region}:${account}:repository/${name}` };
}

/** What is wrong with a registry that can only be meant as ECR, as what is allowed: no role could pull from it. */
export function ecrFault({ repository, ecr }: ImageReference): string | undefined {
    const [host = ""] = repository.split("/");
    const [name = ""] = host.split(":");
    const isOfAws = DNS_SUFFIXES.some(suffix => name.toLowerCase().endsWith(`.${suffix}`));
    if (!isOfAws || !/(^|\.)ecr[.-]|\.dkr[.-]ecr/i.test(name)) return undefined;
    if (host !== name) return "without a port";
    if (name !== name.toLowerCase()) return "in lower case";
    const [, account = "", region] = /^(.*?)\.?dkr[.-]ecr(?:-fips)?\.([^.]+)\./.exec(name) ?? [];
    if (region === undefined) return "with .dkr.ecr. behind the account";
    if (!/^\d{12}$/.test(account)) return "with an account of 12 digits";
    const fault = regionFault(region);
    if (fault !== undefined) return `with a region that there is: ${fault}`;
    return ecr === undefined
        ? "with .amazonaws.com at its end, .amazonaws.com.cn in China and .amazonaws.eu in the European Sovereign Cloud"
        : undefined;
}

/** Host of an account's private registry, the only one of its names that a VPC endpoint answers to. */
export function registryHost({ account, region }: Pick<EcrRepository, "account" | "region">): string {
    return `${account}.dkr.ecr.${region}.${partition(region).dnsSuffix}`;
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
