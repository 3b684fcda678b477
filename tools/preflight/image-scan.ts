import { setTimeout as sleep } from "node:timers/promises";
import type { EcrRepository } from "../../model/image-reference";
import { SEVERITIES, Severity } from "../../settings/image-scan";
import type { Finding } from "./check";
import type { Clients } from "./clients";

/** What ECR says of the scan of an image. */
export interface Scan {
    /** ECR's word, or that there is none. */
    readonly status: string;
    readonly description?: string;
    /** By severity, in ECR's words. */
    readonly counts: Readonly<Record<string, number>>;
}

/** An image in ECR, by the digest of one platform's manifest: ECR scans no index. */
export interface Scanned {
    readonly ecr: EcrRepository;
    readonly digest: string;
}

/** Scans end within minutes of the push. */
const PAUSE_MS = 1000;

/** Asks again for as long as the scan is under way, and there is time. @returns undefined where nobody ever scanned the image */
export async function scanOf(
    ask: () => Promise<Scan | undefined>,
    signal: AbortSignal,
    pauseMs = PAUSE_MS,
): Promise<Scan | undefined> {
    const found = await ask();
    if (found === undefined || !isUnderWay(found)) return found;
    try {
        await sleep(pauseMs, undefined, { signal });
        return await scanOf(ask, signal, pauseMs);
    } catch (error) {
        if (signal.aborted) return found;
        throw error;
    }
}

/** Counts by severity, the same of basic and of enhanced scanning. */
export async function askScan({ ecr, digest }: Scanned, clients: Pick<Clients, "ecr">): Promise<Scan | undefined> {
    const { DescribeImageScanFindingsCommand, ScanNotFoundException } = await import("@aws-sdk/client-ecr");
    const { region, account, name } = ecr;
    const question = { registryId: account, repositoryName: name, imageId: { imageDigest: digest } };
    try {
        const answer = await (await clients.ecr(region)).send(new DescribeImageScanFindingsCommand(question));
        const { status = "", description } = answer.imageScanStatus ?? {};
        return { status, description, counts: answer.imageScanFindings?.findingSeverityCounts ?? {} };
    } catch (error) {
        if (error instanceof ScanNotFoundException) return undefined;
        throw error;
    }
}

/** What is asked of an image. */
export interface Asked {
    /** Whose it is. */
    readonly name: string;
    readonly reference: string;
    readonly scanned: Scanned;
    /** From which severity on an update stops. */
    readonly level: Severity;
    /** Whether the stack runs it already, which an update does not change. */
    readonly isRunning: boolean;
}

/** An image that is good is told by its name alone. */
export function scanFindings({ name, reference, scanned, level, isRunning }: Asked, scan: Scan | undefined): readonly Finding[] {
    const stops = isRunning ? "warning" : "failure";
    const where = placeIn(scanned);
    if (scan === undefined)
        return [
            {
                status: "warning",
                found: `${name}: ECR never scanned ${reference}`,
                fix: `let its repository scan on push; this one: aws ecr start-image-scan ${where}`,
            },
        ];
    if (isUnderWay(scan))
        return [
            {
                status: stops,
                found: `${name}: the scan of ${reference} is under way`,
                fix: "ask again in a minute or two",
            },
        ];
    if (!ENDED.includes(scan.status)) {
        const why = scan.description === undefined ? scan.status : `${scan.status}: ${scan.description}`;
        return [
            { status: "warning", found: `${name}: ECR could not scan ${reference}: ${why}`, fix: "have it scanned elsewhere" },
        ];
    }
    const bad = SEVERITIES.slice(0, SEVERITIES.indexOf(level) + 1).filter(severity => countOf(scan, severity) > 0);
    const [worst] = bad;
    if (worst === undefined) return [{ status: "ok", found: name }];
    const counts = bad.map(severity => `${countOf(scan, severity)} ${severity}`).join(", ");
    return [
        {
            status: stops,
            found: `${name}: ECR's scan found ${counts} in ${reference}${isRunning ? ", which runs already" : `; fargate:imageScan: ${level}`}`,
            fix:
                `take a newer base or image; aws ecr describe-image-scan-findings ${where} lists them. ` +
                `Where they are accepted: fargate:imageScan: ${SEVERITIES[SEVERITIES.indexOf(worst) - 1] ?? "none"}`,
        },
    ];
}

/** `ACTIVE` is how a scan is called that Amazon Inspector goes on with. */
const ENDED = ["COMPLETE", "ACTIVE"];

function isUnderWay({ status }: Scan): boolean {
    return ["IN_PROGRESS", "PENDING"].includes(status);
}

function countOf({ counts }: Scan, severity: Severity): number {
    return counts[severity.toUpperCase()] ?? 0;
}

function placeIn({ ecr, digest }: Scanned): string {
    const { region, account, name } = ecr;
    return `--region ${region} --registry-id ${account} --repository-name ${name} --image-id imageDigest=${digest}`;
}
