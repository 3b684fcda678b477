import { COMPONENT } from "../../../../model/names";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { NAT_GATEWAY, VPC_ENDPOINT } from "../../../../tools/inventory/types/ec2";
import { SERVICE } from "../../../../tools/inventory/types/ecs";
import { ROLE, ROLE_POLICY } from "../../../../tools/inventory/types/iam";
import { prove } from "../../../support/prove";
import { allow, having, resource, task, without } from "../../../support/resources";

const endpoint = (name: string, vpcEndpointType = "Interface") =>
    resource(VPC_ENDPOINT, { serviceName: `com.amazonaws.eu-west-1.${name}`, vpcEndpointType }, { name });
const ENDPOINTS = [endpoint("ecr.api"), endpoint("ecr.dkr"), endpoint("logs"), endpoint("s3", "Gateway")];
const ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf";
const SECRET = { name: "DB_PASSWORD", valueFrom: ARN };
const TASK_COMPONENT = resource(COMPONENT.task, { secrets: { DB_PASSWORD: ARN }, permissions: [] });

prove("endpoints-serve-every-feature", {
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
            [...ENDPOINTS, TASK_COMPONENT, { ...task({}, { containerDefinitions: UNKNOWN }), parent: TASK_COMPONENT.urn }],
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

const ANYBODY = { Principal: "*", Action: ["*"], Resource: ["*"] };
const guarded = (policy: string) => resource(VPC_ENDPOINT, { vpcEndpointType: "Interface", policy });

prove("endpoints-serve-this-account-only", {
    meets: {
        "this account": [guarded(allow({ ...ANYBODY, Condition: { StringEquals: { "aws:PrincipalAccount": "123456789012" } } }))],
        "image layers, which ECR signs links to": [
            guarded(
                allow({
                    Principal: "*",
                    Action: ["s3:GetObject"],
                    Resource: ["arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*"],
                }),
            ),
        ],
        "a gateway beside NAT gateways": [resource(VPC_ENDPOINT, { vpcEndpointType: "Gateway" })],
    },
    breaks: {
        "no policy": [[resource(VPC_ENDPOINT, { vpcEndpointType: "Interface" })], /it has no policy/],
        everybody: [[guarded(allow(ANYBODY))], /serves principals of every account/],
        "every account but one": [
            [guarded(allow({ ...ANYBODY, Condition: { StringNotEquals: { "aws:PrincipalAccount": "123456789012" } } }))],
            /serves principals of every account/,
        ],
        "another bucket for everybody": [
            [guarded(allow({ Principal: "*", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::others/*"] }))],
            /serves principals of every account/,
        ],
        "writing to ECR's bucket": [
            [
                guarded(
                    allow({
                        Principal: "*",
                        Action: ["s3:PutObject"],
                        Resource: ["arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*"],
                    }),
                ),
            ],
            /serves principals of every account/,
        ],
    },
    unknown: [resource(VPC_ENDPOINT, { vpcEndpointType: "Interface", policy: UNKNOWN })],
    broken: { by: having(VPC_ENDPOINT, "endpoints-logs", { policy: undefined }) },
});
