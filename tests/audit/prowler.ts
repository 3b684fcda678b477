import { execFile } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { PROJECT_FOLDER } from "../../settings";

const run = promisify(execFile);
const VENV = path.join(PROJECT_FOLDER, ".sandbox", "prowler");
const REQUIREMENTS = path.join(__dirname, "requirements.txt");

/** AWS services that a stack has something of, in Prowler's words. */
const SERVICES = [
    ...["acm", "cloudwatch", "ec2", "ecr", "ecs", "elbv2", "eventbridge", "iam", "kms", "route53", "s3", "secretsmanager"],
    ...["sns", "stepfunctions", "vpc", "wafv2"],
];

/** Something that Prowler objects to. */
export interface Finding {
    /** Name of the check. */
    readonly check: string;
    /** Type and name in AWS, without what AWS draws: `loadbalancer/app/load-balancer-*`. */
    readonly resource: string;
}

interface Reported {
    readonly status_code: string;
    readonly metadata: { readonly event_code: string };
    readonly resources: readonly { readonly uid: string }[];
}

/** Installs Prowler from PyPI below `.sandbox`, once. */
export async function installProwler(): Promise<void> {
    if (existsSync(path.join(VENV, "bin", "prowler"))) return;
    rmSync(VENV, { recursive: true, force: true });
    await run("python3", ["-m", "venv", VENV]);
    await run(path.join(VENV, "bin", "pip"), ["install", "--quiet", "--no-deps", "--requirement", REQUIREMENTS]);
}

/** What Prowler objects to in an account. @param folder where its report goes */
export async function audit(region: string, environment: Readonly<Record<string, string>>, folder: string): Promise<Finding[]> {
    const report = path.join(folder, "audit.ocsf.json");
    const args = ["aws", "--region", region, "--services", ...SERVICES, "--output-formats", "json-ocsf", "--no-banner"];
    const outputs = ["--output-directory", folder, "--output-filename", "audit", "--ignore-exit-code-3"];
    await run(path.join(VENV, "bin", "prowler"), [...args, ...outputs, "--aws-retries-max-attempts", "1"], {
        env: { ...process.env, ...environment, AWS_REGION: region },
        maxBuffer: 64 * 1024 * 1024,
    });
    const reported = JSON.parse(readFileSync(report, "utf8")) as Reported[];
    return reported
        .filter(({ status_code: status }) => status === "FAIL")
        .map(({ metadata, resources: [resource] }) => ({ check: metadata.event_code, resource: nameOf(resource?.uid ?? "") }));
}

/** An ARN without partition, region and account, and an asterisk for what AWS or Pulumi draws. */
function nameOf(uid: string): string {
    const resource = uid.startsWith("arn:") ? `${uid.split(":")[2] ?? ""} ${uid.split(":").slice(5).join(":")}` : uid;
    return resource.replaceAll(/\b(?=[0-9a-f]*\d)[0-9a-f]{7,}\b/g, "*").replace(/(\/\*)+$/, "");
}
