import type { Finding } from "./check";
import type { Need } from "./vcpus";

/** Something of which an account may have so many. */
export interface Quota {
    readonly service: "ec2" | "fargate" | "vpc";
    readonly code: string;
    /** What is counted. */
    readonly what: string;
}

/** What a quota has to be enough for. */
export interface Load {
    readonly need: Need;
    /** What others have of it. */
    readonly used: number;
}

/** Whether there is room. One that is enough to start with and not for all that may come is a warning. */
export function headRoom({ service, code, what }: Quota, { need, used }: Load, allowed: number, region: string): Finding {
    const [least, most] = [need.least + used, need.most + used].map(rounded) as [number, number];
    const others = used > 0 ? `, beside ${rounded(used)} in use` : "";
    if (most <= allowed) return { status: "ok", found: `${what} ${most} of ${allowed}` };
    const wanted = Math.ceil(most);
    const fix = `aws service-quotas request-service-quota-increase --region ${region} --service-code ${service} --quota-code ${code} --desired-value ${wanted}`;
    if (least > allowed)
        return {
            status: "failure",
            found: `${what}: the update needs ${rounded(need.least)}${others}, and ${allowed} are allowed`,
            fix,
        };
    const found = `${what}: ${rounded(need.least)} to start with, up to ${rounded(need.most)} with all tasks in a rollout${others}; ${allowed} are allowed`;
    return { status: "warning", found, fix };
}

function rounded(value: number): number {
    return Math.round(value * 100) / 100;
}
