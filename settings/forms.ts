import { z } from "zod";

export const HOST_NAME = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;

export const VPC_ID = /^vpc-[0-9a-f]{8,17}$/;
export const SUBNET_ID = /^subnet-[0-9a-f]{8,17}$/;
export const ROUTE_TABLE_ID = /^rtb-[0-9a-f]{8,17}$/;
export const ARN_OR_ALL = /^(\*|arn:.+)$/;
export const ACTION = /^[a-z0-9-]+:[A-Za-z*]+$/;

export const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

export const integer = (minimum: number, maximum: number, unit = "") =>
    z
        .int({ error: `a whole number from ${minimum} to ${maximum}${unit}` })
        .min(minimum)
        .max(maximum);

export const text = (pattern: RegExp, allowed: string) => z.string({ error: allowed }).regex(pattern, { error: allowed });

/** Text, or what YAML makes of text that looks like a number or a boolean. */
export const plainValue = z
    .union([z.string(), z.int(), z.boolean()], { error: "text in quotes, a whole number or a boolean" })
    .transform(String);
