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

function reasonOf(error: unknown): string {
    const [first = ""] = String(error instanceof Error ? error.message : error).split("\n", 1);
    return first === "" ? "see the error above" : inertLine(first);
}
