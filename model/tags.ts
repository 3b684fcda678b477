import type { Deployment } from "./names";

/** Tags of everything that a stack is made of. Deploy roles know by the first two whose it is. */
export const DEFAULT_TAGS = ["project", "stack", "managed-by"] as const;

/** Tags that the program sets itself, in lower case, since IAM knows no case. */
export const OWN_TAGS: readonly string[] = ["project", "stack", "service", "managed-by", "name"];

export function defaultTags({ project, stack }: Deployment): Readonly<Record<(typeof DEFAULT_TAGS)[number], string>> {
    return { project, stack, "managed-by": "pulumi" };
}

/**
 * By which tag AWS Budgets knows what a stack costs, in its own form. One tag alone: AWS does not say whether several must all be there, or any. Of two
 * projects' stacks of one name in one account it counts both, so that it is early and never late.
 */
export function costTag({ stack }: Deployment): string {
    return `user:stack$${stack}`;
}

export interface Provided extends Deployment {
    /** Everything found under `aws:`. */
    readonly aws: Readonly<Record<string, unknown>>;
    readonly tags: Readonly<Record<string, string>>;
}

/** Arguments of the AWS provider. An explicit provider reads no configuration by itself, so it is given all that is found under `aws:`. */
export function providerArgs({ aws, project, stack, tags }: Provided) {
    const given = aws as { readonly defaultTags?: { readonly tags?: Readonly<Record<string, string>> } };
    return { ...given, defaultTags: { tags: { ...given.defaultTags?.tags, ...defaultTags({ project, stack }), ...tags } } };
}
