import { environmentHoldsNoSecret } from "../../../../tools/policy/rules/environment-holds-no-secret";
import { TASK_COMPONENT } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { havingContainer, resource, task } from "../../../support/resources";

prove(environmentHoldsNoSecret, {
    meets: {
        "plain settings": [task({ environment: [{ name: "LOG_LEVEL", value: "info" }] })],
        "a secret by ARN": [task({ secrets: [{ name: "DB_PASSWORD", valueFrom: "arn:aws:secretsmanager:…" }] })],
        "what is about a secret": [task({ environment: [{ name: "TOKEN_TTL_SECONDS", value: "3600" }] })],
        "a plain setting in the component's arguments": [resource(TASK_COMPONENT, { environment: { LOG_LEVEL: "info" } })],
    },
    breaks: {
        "the name of a password": [
            [task({ environment: [{ name: "DB_PASSWORD", value: "x" }] })],
            /DB_PASSWORD looks like a secret/,
        ],
        "the keys of AWS": [[task({ environment: [{ name: "AWS_SECRET_ACCESS_KEY", value: "x" }] })], /AWS_SECRET_ACCESS_KEY/],
        "a URL with a password": [[task({ environment: [{ name: "DB", value: "postgres://me:pass@db/x" }] })], /variable DB /],
        "a value in the form of a secret": [
            [task({ environment: [{ name: "STRIPE", value: ["sk", "live", "0123456789"].join("_") }] })],
            /variable STRIPE /,
        ],
        "one in the component's arguments": [[resource(TASK_COMPONENT, { environment: { API_KEY: "x" } })], /API_KEY/],
        "the name of a password whose value is not known yet": [
            [resource(TASK_COMPONENT, { environment: { DB_PASSWORD: UNKNOWN } })],
            /DB_PASSWORD/,
        ],
    },
    unknown: [
        task({}, { containerDefinitions: UNKNOWN }),
        resource(TASK_COMPONENT, { environment: UNKNOWN }),
        resource(TASK_COMPONENT, { environment: { DB: UNKNOWN } }),
    ],
    broken: { by: havingContainer({ environment: [{ name: "DB_PASSWORD", value: "x" }] }) },
});
