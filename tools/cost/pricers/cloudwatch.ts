import { Graph } from "../../inventory/graph";
import { fieldsOf, listOf, numberOf } from "../../inventory/inputs";
import type { Resource } from "../../inventory/resource";
import { Priced, always, flat } from "../quantities";
import type { Usage, UsageKey } from "../../../settings/usage";
import { FIREWALL_LOGS, INSIGHTS_LOGS, isSessionLogGroup } from "../../../model/names";

/** As bills name it. */
export const CLOUDWATCH = "Amazon CloudWatch";

/** What is left of log data when it is stored compressed (AWS Pricing Calculator, CloudWatch: storage compression factor). */
export const STORED_SHARE = 0.15;
export const DAYS_PER_MONTH = 365 / 12;
/**
 * A firewall's logs keep what is stopped or counted: taken to be a request in twenty, of 2 KB each. The logs that AWS includes with each million
 * requests are not counted.
 */
const FIREWALL_GB_PER_REQUEST = 0.05 * 2e-6;

/** What people type and are shown, in a month. */
const SESSIONS_GB = 0.01;

/** A log group: what it takes in, and what it holds once the retention time has passed. */
export function priceLogGroup({ inputs }: Resource, _: Graph, usage: Usage): Priced[] | undefined {
    const days = numberOf(inputs["retentionInDays"] ?? 0);
    // Without an end nobody can say what it holds, and other classes have other prices.
    if (days === 0 || (inputs["logGroupClass"] ?? "STANDARD") !== "STANDARD") return undefined;
    // Told with the cluster: what it takes in goes with the metrics.
    if (String(inputs["name"]).startsWith(INSIGHTS_LOGS)) return [];
    const { what, takenGb, assumes } = writtenTo(String(inputs["name"]), usage);
    const storedGb = takenGb * (days / DAYS_PER_MONTH) * STORED_SHARE;
    return [
        {
            service: CLOUDWATCH,
            what: `${what}, kept ${days} days`,
            quantities: [
                { key: "logsIngestGb", part: "usage", quantity: always(takenGb), assumes },
                { key: "logsStoreGbMonth", part: "usage", quantity: always(storedGb), assumes },
            ],
        },
    ];
}

interface Written {
    readonly what: string;
    readonly takenGb: number;
    readonly assumes: UsageKey[];
}

function writtenTo(name: string, usage: Usage): Written {
    if (isSessionLogGroup(name)) return { what: "sessions of ECS Exec", takenGb: SESSIONS_GB, assumes: [] };
    if (!name.startsWith(FIREWALL_LOGS)) return { what: "logs", takenGb: usage.logGbPerMonth, assumes: ["logGbPerMonth"] };
    return { what: "firewall logs", takenGb: usage.requestsPerMonth * FIREWALL_GB_PER_REQUEST, assumes: ["requestsPerMonth"] };
}

/** An alarm costs by the metrics it looks at; a period under a minute is high resolution. */
export function priceAlarm({ inputs }: Resource): Priced[] {
    const queries = listOf(inputs["metricQueries"]).map(fieldsOf);
    const metrics = queries.map(({ metric }) => fieldsOf(metric)).filter(metric => "period" in metric);
    const periods = queries.length === 0 ? [inputs["period"]] : metrics.map(({ period }) => period);
    const isHighResolution = !periods.every(period => numberOf(period ?? 60) >= 60);
    const key = isHighResolution ? "alarmHighResolutionMonth" : "alarmMonth";
    const quantity = always(Math.max(1, periods.length));
    return [
        {
            service: CLOUDWATCH,
            what: `${isHighResolution ? "high-resolution alarm" : "alarm"}${periods.length > 1 ? ` on ${periods.length} metrics` : ""}`,
            quantities: [{ key, part: "fixed", quantity, assumes: [] }],
        },
    ];
}

export function priceCompositeAlarm(): Priced[] {
    return [flat(CLOUDWATCH, "composite alarm", "compositeAlarmMonth")];
}

export function priceDashboard(): Priced[] {
    return [flat(CLOUDWATCH, "dashboard", "dashboardMonth")];
}
