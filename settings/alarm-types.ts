import type { ServiceThresholds, StackThresholds } from "../model/alarm-thresholds";

/** Who is told of what. */
export interface AlarmSettings {
    /** Addresses that get a subscription each. */
    readonly email: readonly string[];
    /**
     * A topic that exists already.
     *
     * @default the stack has one of its own
     */
    readonly topicArn?: string;
    readonly stack: StackThresholds;
    /** By the service's name, for every service. */
    readonly services: Readonly<Record<string, ServiceThresholds>>;
}
