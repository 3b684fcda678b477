import type { ProviderArgs } from "@pulumi/aws";
import type { Settings } from "../settings";

/** Arguments of the AWS provider. An explicit provider reads no configuration by itself, so it is given all that is found under `aws:`. */
export function providerArgs({ aws, project, stack, tags }: Settings): ProviderArgs {
    const given = aws as { readonly defaultTags?: { readonly tags?: Readonly<Record<string, string>> } };
    return { ...given, defaultTags: { tags: { ...given.defaultTags?.tags, project, stack, "managed-by": "pulumi", ...tags } } };
}
