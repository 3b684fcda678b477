import { z } from "zod";

/** What ECS and registries take for a manifest. */
export const MANIFEST_TYPES = [
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
    "application/vnd.docker.distribution.manifest.v2+json",
];

const index = z.object({
    manifests: z.array(
        z.object({ digest: z.string(), platform: z.object({ os: z.string(), architecture: z.string() }).optional() }),
    ),
});
const single = z.object({ config: z.object({ digest: z.string() }) });

/** What a manifest leads to: one for each platform, or the configuration of its one image. */
export type Manifest =
    | {
          readonly kind: "index";
          readonly images: readonly { readonly digest: string; readonly platform: string }[];
          /** Whether it leaves platforms to what its images say themselves, where Docker and containerd look then. */
          readonly isSilent: boolean;
      }
    | { readonly kind: "image"; readonly config: string }
    | { readonly kind: "unknown" };

export function manifestOf(text: string): Manifest {
    const json = fromJson(text);
    const many = index.safeParse(json);
    if (many.success) {
        const images = many.data.manifests.flatMap(({ digest, platform }) =>
            // Attestations, which are no image, have a platform `unknown/unknown`.
            platform === undefined || platform.os === "unknown"
                ? []
                : [{ digest, platform: `${platform.os}/${platform.architecture}` }],
        );
        return {
            kind: "index",
            images,
            isSilent: many.data.manifests.length > 0 && many.data.manifests.every(({ platform }) => platform === undefined),
        };
    }
    const one = single.safeParse(json);
    return one.success ? { kind: "image", config: one.data.config.digest } : { kind: "unknown" };
}

/** What an image says of itself. */
export interface ImageConfig {
    readonly platform: string;
    /** Empty: root. */
    readonly user: string;
    /** TCP ports that it says it listens on. */
    readonly ports: readonly number[];
}

const config = z.object({
    os: z.string(),
    architecture: z.string(),
    config: z.object({ User: z.string().nullish(), ExposedPorts: z.record(z.string(), z.unknown()).nullish() }).nullish(),
});

/** @returns undefined where it is no configuration of an image */
export function imageConfigOf(text: string): ImageConfig | undefined {
    const parsed = config.safeParse(fromJson(text));
    if (!parsed.success) return undefined;
    const { os, architecture, config: inner } = parsed.data;
    const ports = Object.keys(inner?.ExposedPorts ?? {}).flatMap(port =>
        /\/udp$/.test(port) ? [] : [Number.parseInt(port, 10)],
    );
    return { platform: `${os}/${architecture}`, user: inner?.User ?? "", ports };
}

/** What a container is started as. */
export interface Wanted {
    readonly name: string;
    readonly platform: string;
    /** The container's, whatever the image says. */
    readonly user: string;
    readonly port?: number;
    /** Its place in the stack file. */
    readonly key: string;
}

/** What does not fit between an image and its container, each with what to do. */
export function misfits({ user, port, key }: Wanted, image: ImageConfig): { readonly found: string; readonly fix: string }[] {
    const [wanted = "", made = ""] = [user, image.user].map(text => text.split(":", 1)[0] ?? "");
    const isRoot = ["", "0", "root"].includes(made);
    const isOther = isRoot ? !["0", "root"].includes(wanted) : /^\d+$/.test(made) && /^\d+$/.test(wanted) && made !== wanted;
    return [
        ...(isOther
            ? [
                  {
                      found: `its image is made to run as ${isRoot ? "root" : made}, and it runs as ${user}`,
                      fix: isRoot
                          ? `see that it starts so: docker run --user ${user}`
                          : `${key}.user: "${image.user}", or see that it starts so: docker run --user ${user}`,
                  },
              ]
            : []),
        ...(port !== undefined && image.ports.length > 0 && !image.ports.includes(port)
            ? [
                  {
                      found: `its image says that it listens on ${image.ports.join(", ")}, and it is asked on ${port}`,
                      fix: `${key}.port: ${image.ports[0]}, where it does`,
                  },
              ]
            : []),
    ];
}

function fromJson(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}
