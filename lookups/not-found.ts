import * as pulumi from "@pulumi/pulumi";

/** One line for a name in the configuration that stands for nothing; what AWS said is in it, its stack trace is not. */
export function notFound(key: string, found: string, allowed: string, error: unknown): pulumi.RunError {
    const reason = String(error instanceof Error ? error.message : error).split("\n", 1)[0] ?? "";
    return new pulumi.RunError(
        `${key}: ${found} was not found. Allowed: ${allowed}. AWS or the registry said: ${reason}. Nothing was created.`,
    );
}
