import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { insightsLogGroup } from "../model/names";
import type { Settings } from "../settings";
import { asked } from "./not-found";
import { stateResources } from "./state";

/** Whether Container Insights made its log group before the stack had it: then the stack takes it over. */
export async function hasForeignInsights(settings: Settings, options: pulumi.InvokeOptions): Promise<boolean> {
    if (settings.containerInsights === "disabled") return false;
    const logGroupNamePrefix = insightsLogGroup(settings);
    const isOwn = (await stateResources()).some(
        ({ type, outputs }) => type === "aws:cloudwatch/logGroup:LogGroup" && outputs["name"] === logGroupNamePrefix,
    );
    if (isOwn) return false;
    const what = `which log groups begin with ${logGroupNamePrefix}`;
    const { logGroupNames } = await asked(what, aws.cloudwatch.getLogGroups({ logGroupNamePrefix }, options));
    return logGroupNames.includes(logGroupNamePrefix);
}
