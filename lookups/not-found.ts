import * as pulumi from "@pulumi/pulumi";
import { inertLine } from "../model/inert-text";

/** One line for a name in the configuration that stands for nothing; what AWS said is in it, its stack trace is not. */
export function notFound(key: string, found: string, allowed: string, error: unknown): pulumi.RunError {
    return new pulumi.RunError(
        `${key}: ${found} was not found. Allowed: ${allowed}. AWS or the registry said: ${reasonOf(error)}. Nothing was created.`,
    );
}

/** What AWS answers to a question that any working credentials may ask. */
export async function asked<T>(question: string, answer: Promise<T>): Promise<T> {
    try {
        return await answer;
    } catch (error) {
        throw new pulumi.RunError(
            `AWS could not be asked ${question}: ${reasonOf(error)}. Next: check region and credentials (aws sts get-caller-identity). Nothing was created.`,
        );
    }
}

/** All results, or one error that tells every failure. */
export async function allOf<T>(promises: readonly Promise<T>[]): Promise<T[]> {
    const settled = await Promise.allSettled(promises);
    const failures = settled.flatMap(result => (result.status === "rejected" ? [result.reason as unknown] : []));
    const [first] = failures;
    if (failures.length === 1) throw first;
    if (failures.length > 1)
        throw new pulumi.RunError(
            failures.map(failure => (failure instanceof Error ? failure.message : String(failure))).join("\n"),
        );
    return settled.flatMap(result => (result.status === "fulfilled" ? [result.value] : []));
}

function reasonOf(error: unknown): string {
    const [first = ""] = String(error instanceof Error ? error.message : error).split("\n", 1);
    return first === "" ? "see the error above" : inertLine(first);
}
