import * as dns from "./dns";
import * as ec2 from "./ec2";
import * as ecr from "./ecr";
import * as ecs from "./ecs";
import * as elb from "./elb";
import { FACTS } from "./fargate";
import * as iam from "./iam";
import * as logs from "./logs";
import * as messages from "./messages";
import type { Row } from "./row";
import * as storage from "./storage";
import * as wafv2 from "./wafv2";

export { dns, ec2, ecr, ecs, elb, iam, logs, messages, storage, wafv2 };

/** What is known of each AWS type, by its token. */
const SERVICES = [dns, ec2, ecr, ecs, elb, iam, logs, messages, storage, wafv2];

export const TYPES: ReadonlyMap<string, Row> = new Map(SERVICES.flatMap(({ ROWS }) => Object.entries(ROWS)));

/** The two or three properties of a resource or component that matter to a reader. */
export function factsOf({ type, inputs }: { readonly type: string; readonly inputs: Readonly<Record<string, unknown>> }): string {
    const facts = TYPES.get(type)?.facts ?? FACTS[type];
    return (facts?.(inputs) ?? []).filter(fact => fact !== undefined && fact !== false && fact !== "").join(" · ");
}

/** Whether a type costs nothing; a provider is no resource of AWS. */
export function isFree(type: string): boolean {
    return typeof TYPES.get(type)?.cost === "object" || type.startsWith("pulumi:providers:");
}
