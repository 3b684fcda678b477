import { servicesHaveAlarms } from "../../../../tools/policy/rules/services-have-alarms";
import { METRIC_ALARM, SERVICE } from "../../../../tools/inventory/types";
import { prove } from "../../../support/prove";
import { plus, resource } from "../../../support/resources";

prove(servicesHaveAlarms, {
    meets: { "an alarm": [resource(SERVICE), resource(METRIC_ALARM, { dimensions: { ServiceName: "Service" } })] },
    breaks: {
        none: [[resource(SERVICE)], /no alarm watches it/],
        "one of another service": [
            [resource(SERVICE), resource(METRIC_ALARM, { dimensions: { ServiceName: "other" } })],
            /no alarm watches it/,
        ],
    },
    mended: plus(resource(METRIC_ALARM, { dimensions: { ServiceName: "Service:web" } })),
});
