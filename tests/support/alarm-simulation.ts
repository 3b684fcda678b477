import { Series, metricMath } from "./metric-math";

export type State = "OK" | "ALARM" | "INSUFFICIENT_DATA";
export type Missing = "missing" | "ignore" | "breaching" | "notBreaching";

/** What is measured, a value a minute, by the name of the metric. */
export type Minutes = Readonly<Record<string, Series>>;

interface MetricInputs {
    readonly metricName: string;
    readonly period: number;
}

interface AlarmInputs extends Partial<MetricInputs> {
    readonly statistic?: string;
    readonly metricQueries?: readonly {
        readonly id: string;
        readonly expression?: string;
        readonly metric?: MetricInputs & { readonly stat: string };
    }[];
    readonly threshold: number;
    readonly evaluationPeriods: number;
    readonly datapointsToAlarm: number;
    readonly treatMissingData: Missing;
    readonly comparisonOperator: string;
}

/**
 * CloudWatch looks at more values than an alarm asks for, the evaluation range, to do without missing ones; how many more it does not say. In its
 * examples two more.
 */
const FURTHER = 2;

/**
 * The state that CloudWatch gives an alarm for the values of its evaluation range, oldest first ("How alarm state is evaluated when data is missing",
 * Amazon CloudWatch user guide).
 */
export function stateOf(
    range: readonly (boolean | undefined)[],
    {
        evaluationPeriods,
        datapointsToAlarm,
        treatMissingData,
    }: Pick<AlarmInputs, "evaluationPeriods" | "datapointsToAlarm" | "treatMissingData">,
    before: State,
): State {
    const real = range.filter(value => value !== undefined);
    const count = real.slice(-evaluationPeriods).filter(Boolean).length;
    const decided = (breaching: number): State => (breaching >= datapointsToAlarm ? "ALARM" : "OK");
    if (real.length >= evaluationPeriods) return decided(count);
    if (treatMissingData === "breaching") return decided(count + evaluationPeriods - real.length);
    if (treatMissingData === "notBreaching") return decided(count);
    if (real.length === 0) return treatMissingData === "ignore" ? before : "INSUFFICIENT_DATA";
    if (real.includes(false)) return decided(count);
    if (treatMissingData === "ignore") return before;
    // A breach that is new, with nothing before it, is none yet.
    const age = range.length - range.indexOf(true);
    return age >= datapointsToAlarm ? "ALARM" : "INSUFFICIENT_DATA";
}

/** The states of an alarm as it was declared, one for each of its periods. */
export function statesOf(inputs: Readonly<Record<string, unknown>>, minutes: Minutes, further = FURTHER): State[] {
    const alarm = inputs as unknown as AlarmInputs;
    if (alarm.comparisonOperator !== "GreaterThanOrEqualToThreshold") throw new Error(alarm.comparisonOperator);
    const breaches = valuesOf(alarm, minutes).map(value => (value === undefined ? undefined : value >= alarm.threshold));
    const states: State[] = [];
    breaches.forEach((_, index) => {
        const range = breaches.slice(Math.max(0, index + 1 - alarm.evaluationPeriods - further), index + 1);
        states.push(stateOf(range, alarm, states.at(-1) ?? "INSUFFICIENT_DATA"));
    });
    return states;
}

/** How long a period of it is, in minutes. */
export function periodMinutes(inputs: Readonly<Record<string, unknown>>): number {
    const { period, metricQueries = [] } = inputs as unknown as AlarmInputs;
    return (period ?? metricQueries.find(({ metric }) => metric)?.metric?.period ?? 0) / 60;
}

function valuesOf({ metricName = "", statistic = "", period = 60, metricQueries }: AlarmInputs, minutes: Minutes): Series {
    if (metricQueries === undefined) return summed(minutes[metricName] ?? [], statistic, period / 60);
    const [made, ...measured] = metricQueries;
    const metrics = measured.map(({ id, metric }) => {
        if (metric === undefined) throw new Error(`${id} is no metric`);
        return [id, summed(minutes[metric.metricName] ?? [], metric.stat, metric.period / 60)] as const;
    });
    return metricMath(made?.expression ?? "", Object.fromEntries(metrics));
}

/** A value a period of those of its minutes; the slowest minute stands for a percentile of several. */
function summed(series: Series, statistic: string, length: number): Series {
    return Array.from({ length: Math.floor(series.length / length) }, (_, index) => {
        const values = series.slice(index * length, (index + 1) * length).filter(value => value !== undefined);
        if (values.length === 0) return undefined;
        const sum = values.reduce((a, b) => a + b, 0);
        if (statistic === "Sum") return sum;
        return statistic === "Average" ? sum / values.length : Math.max(...values);
    });
}
