import { secretsStayOutOfDefinitions } from "../../../../tools/policy/rules/secrets-stay-out-of-definitions";
import { TASK_DEFINITION } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { resource, task } from "../../../support/resources";

const PASSWORD = resource("random:index/randomPassword:RandomPassword");

prove(secretsStayOutOfDefinitions, {
    meets: {
        "a definition without secrets": [task({})],
        "one that rests on a role": [
            resource("aws:iam/role:Role"),
            resource(TASK_DEFINITION, { containerDefinitions: UNKNOWN }, { propertyDependencies: { executionRoleArn: [] } }),
        ],
    },
    breaks: {
        "a definition that is secret as a whole": [
            [resource(TASK_DEFINITION, { containerDefinitions: UNKNOWN }, { secretProperties: ["containerDefinitions"] })],
            /hold a secret value/,
        ],
        "one that rests on a generated password": [
            [
                PASSWORD,
                resource(
                    TASK_DEFINITION,
                    { containerDefinitions: UNKNOWN },
                    { propertyDependencies: { containerDefinitions: [PASSWORD.urn] } },
                ),
            ],
            /rest on the secret RandomPassword/,
        ],
    },
    unknown: [resource(TASK_DEFINITION, { containerDefinitions: UNKNOWN })],
    broken: {
        by: resources =>
            resources.map(each =>
                each.type === TASK_DEFINITION
                    ? {
                          ...each,
                          inputs: { ...each.inputs, containerDefinitions: UNKNOWN },
                          secretProperties: ["containerDefinitions"],
                      }
                    : each,
            ),
    },
});
