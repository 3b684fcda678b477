import { stackRule } from "../rule";
import { METRIC_ALARM, SERVICE } from "../../inventory/types";

export const servicesHaveAlarms = stackRule({
    name: "services-have-alarms",
    title: "An alarm watches every service.",
    controls: [],
    severity: "medium",
    reason: "Customers would be the first to notice.",
    fix: "Make an aws.cloudwatch.MetricAlarm with the service among its dimensions.",
    standing: { is: "not yet", part: "alarms" },
    profile: "production",
    types: [SERVICE],
    find: stack =>
        stack
            .ofType(SERVICE)
            .filter(service => stack.referring(service, METRIC_ALARM, "dimensions").length === 0)
            .map(resource => ({ resource, what: "no alarm watches it" })),
});
