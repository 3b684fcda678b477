import * as dockerBuild from "@pulumi/docker-build";
import * as pulumi from "@pulumi/pulumi";
import { ImageSource, parseImageReference } from "../model/image-reference";
import { COMPONENT } from "../model/names";

export interface ImageArgs {
    /** Where the image comes from. Plain: decides whether anything is built. */
    readonly source: ImageSource;
    /**
     * The service's ECR repository: needed unless the source is a reference.
     *
     * @default none
     */
    readonly registry?: {
        /** Repository URI, without a tag. */
        readonly url: pulumi.Input<string>;
        /** ARN of the repository. */
        readonly arn: pulumi.Input<string>;
    };
    /**
     * Who may push.
     *
     * @default whatever `docker login` left behind
     */
    readonly credentials?: pulumi.Input<RegistryCredentials>;
}

export interface RegistryCredentials {
    /** Address of the registry, such as `https://<account>.dkr.ecr.<region>.amazonaws.com`. */
    readonly address: string;
    /** `AWS` for ECR. */
    readonly username: string;
    /** Authorization token; kept as a secret. */
    readonly password: string;
}

/**
 * An image, always known by its digest: one that exists, or one that is built and pushed.
 *
 * Cost: nothing; its repository by what is stored.
 *
 * @throws pulumi.InputPropertyError where an image is built and no registry is given.
 * @example
 * ```ts
 * import { Image } from "./components/image";
 * import { Registry } from "./components/registry";
 *
 * const registry = new Registry("web-registry", {
 *     repositoryName: "shop-staging-web",
 *     deletionProtection: false,
 *     tags: { service: "web" },
 * });
 * const image = new Image("web-image", {
 *     source: {
 *         kind: "build",
 *         tag: "1.0.0",
 *         platform: "linux/arm64",
 *         build: { context: "./app", dockerfile: "./app/Dockerfile", args: {} },
 *     },
 *     registry,
 * });
 *
 * export const reference = image.reference;
 * ```
 */
export class Image extends pulumi.ComponentResource {
    /** `<repository>@sha256:…` */
    readonly reference: pulumi.Output<string>;
    /** ARN of the ECR repository that holds the image; absent for one elsewhere. */
    readonly repositoryArn: pulumi.Input<string> | undefined;
    /** What waits until the image is in its repository. */
    readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: ImageArgs, opts?: pulumi.ComponentResourceOptions) {
        const { source } = args;
        super(COMPONENT.image, name, { ...source }, opts);

        if (source.kind === "reference") {
            this.reference = pulumi.output(source.reference);
            this.repositoryArn = parseImageReference(source.reference)?.ecr?.arn;
            this.ready = [];
        } else {
            const { url, arn } = registryOf(name, args);
            const image = source.kind === "build" ? this.build(name, source, url, args.credentials) : undefined;
            const digest = source.kind === "build" ? image?.digest : source.digest;
            this.reference = pulumi.interpolate`${url}@${digest}`;
            this.repositoryArn = arn;
            this.ready = image === undefined ? [] : [image];
        }
        this.registerOutputs({ reference: this.reference });
    }

    private build(
        name: string,
        { build, tag, platform }: Extract<ImageSource, { kind: "build" }>,
        url: pulumi.Input<string>,
        credentials: ImageArgs["credentials"],
    ): dockerBuild.Image {
        return new dockerBuild.Image(
            name,
            {
                context: { location: build.context },
                dockerfile: { location: build.dockerfile },
                // As an output: the SDK turns what is none into text, and would stumble over an argument called toString.
                buildArgs: pulumi.output(build.args),
                target: build.target,
                platforms: [platform],
                tags: [pulumi.interpolate`${url}:${tag}`],
                push: true,
                buildOnPreview: false,
                // A token is good for twelve hours, and the state keeps it.
                registries: credentials === undefined ? [] : [withSecretPassword(credentials)],
            },
            // Replacing an image must not delete the digest that still runs.
            { parent: this, retainOnDelete: true },
        );
    }
}

function registryOf(name: string, args: ImageArgs): NonNullable<ImageArgs["registry"]> {
    if (args.registry === undefined) {
        throw new pulumi.InputPropertyError({
            propertyPath: "registry",
            reason: `image ${name} is built, so it needs a registry`,
        });
    }
    return args.registry;
}

function withSecretPassword(credentials: pulumi.Input<RegistryCredentials>) {
    const given = pulumi.output(credentials);
    return { address: given.address, username: given.username, password: pulumi.secret(given.password) };
}
