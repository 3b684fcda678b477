import { endpointsServeEveryFeature } from "../../../../tools/policy/rules/endpoints";
import { NAT_GATEWAY, ROLE, ROLE_POLICY, SERVICE, TASK_COMPONENT, VPC_ENDPOINT } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { allow, resource, task, without } from "../../../support/resources";

const endpoint = (name: string, vpcEndpointType = "Interface") =>
    resource(VPC_ENDPOINT, { serviceName: `com.amazonaws.eu-west-1.${name}`, vpcEndpointType }, { name });
const ENDPOINTS = [endpoint("ecr.api"), endpoint("ecr.dkr"), endpoint("logs"), endpoint("s3", "Gateway")];
const ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf";
const SECRET = { name: "DB_PASSWORD", valueFrom: ARN };
const COMPONENT = resource(TASK_COMPONENT, { secrets: { DB_PASSWORD: ARN }, permissions: [] });

prove(endpointsServeEveryFeature, {
    meets: {
        "what every task needs": [...ENDPOINTS, task({})],
        "a secret with its endpoint": [...ENDPOINTS, endpoint("secretsmanager"), task({ secrets: [SECRET] })],
        "a stack with NAT gateways": [resource(NAT_GATEWAY), endpoint("s3", "Gateway"), task({ secrets: [SECRET] })],
        "a stack whose VPC has a way out of its own": [task({ secrets: [SECRET] })],
    },
    breaks: {
        "logs without endpoint": [[...ENDPOINTS.filter(({ name }) => name !== "logs"), task({})], /need the endpoint logs/],
        "a secret without endpoint": [[...ENDPOINTS, task({ secrets: [SECRET] })], /need the endpoint secretsmanager/],
        "what the application calls": [
            [
                ...ENDPOINTS,
                resource(ROLE, {}, { name: "role" }),
                resource(ROLE_POLICY, {
                    role: "role",
                    policy: allow({ Action: ["sqs:SendMessage"], Resource: ["arn:aws:sqs:…"] }),
                }),
                task({}, { taskRoleArn: "role" }),
            ],
            /need the endpoint sqs/,
        ],
        "ECS Exec": [
            [...ENDPOINTS, task({}), resource(SERVICE, { taskDefinition: "TaskDefinition", enableExecuteCommand: true })],
            /need the endpoint ssmmessages/,
        ],
        "a secret of a definition that is not known yet": [
            [...ENDPOINTS, COMPONENT, { ...task({}, { containerDefinitions: UNKNOWN }), parent: COMPONENT.urn }],
            /need the endpoint secretsmanager/,
        ],
    },
    unknown: [
        ...ENDPOINTS.filter(({ name }) => name !== "logs"),
        resource(VPC_ENDPOINT, { serviceName: UNKNOWN, vpcEndpointType: "Interface" }, { name: "unknown" }),
        task({}),
    ],
    broken: { by: without(VPC_ENDPOINT, "endpoints-logs") },
});
