/** The newest releases known on 2026-08-21 (of actions/cache: that others pin by then), and the commits that their tags stood for. */
export const PINS: Readonly<Record<string, { readonly tag: string; readonly commit: string }>> = {
    "actions/cache": { tag: "v5.0.5", commit: "27d5ce7f107fe9357f9df03efb73ab90386fccae" },
    "actions/checkout": { tag: "v7.0.1", commit: "3d3c42e5aac5ba805825da76410c181273ba90b1" },
    "actions/setup-node": { tag: "v7.0.0", commit: "820762786026740c76f36085b0efc47a31fe5020" },
    "actions/upload-artifact": { tag: "v7.0.0", commit: "bbbca2ddaa5d8feaa63e36b76fdaad77386f024f" },
    "aws-actions/configure-aws-credentials": { tag: "v6.2.3", commit: "e6de054238d6b7531b4efff3b6587d9aade6a06c" },
    "docker/build-push-action": { tag: "v7.3.0", commit: "53b7df96c91f9c12dcc8a07bcb9ccacbed38856a" },
    "docker/login-action": { tag: "v4.1.0", commit: "4907a6ddec9925e35a0a9e82d7399ccc52663121" },
    "docker/setup-buildx-action": { tag: "v4.3.0", commit: "37fe631027851001ddb9b187196cc803df7f5f0e" },
    "pulumi/actions": { tag: "v7.0.0", commit: "8e5e406f4007fca908480587cb9893c07090f58d" },
};

/** Whether a tag `vX.Y.Z` comes after another. */
export function isNewer(tag: string, than: string): boolean {
    const [left, right] = [tag, than].map(text => text.slice(1).split(".").map(Number));
    const index = (left ?? []).findIndex((part, place) => part !== right?.[place]);
    return index >= 0 && (left?.[index] ?? 0) > (right?.[index] ?? 0);
}
