import * as pulumi from "@pulumi/pulumi";
import type { RuleName } from "../../../settings/rule-names";
import * as types from "../../../tools/inventory/types";

type Props = Readonly<Record<string, unknown>>;

/** This program with one line changed, and the rules that have to block it. */
export interface Variant {
    readonly stack: "dev" | "prod";
    readonly type: string;
    readonly name: string;
    readonly change: (props: Props) => Props;
    readonly blockedBy: readonly RuleName[];
}

export const VARIANTS: Readonly<Record<string, Variant>> = {
    "a container that runs as root": container({ user: "0" }, "containers-run-as-non-root"),
    "a container that may write to its root": container({ readonlyRootFilesystem: false }, "containers-have-read-only-root"),
    "a password in the environment": container(
        { environment: [{ name: "DB_PASSWORD", value: "hunter2" }] },
        "environment-holds-no-secret",
    ),
    "a container that logs to a group of nobody": container(
        { logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": "elsewhere" } } },
        "containers-log-to-a-kept-group",
    ),
    "tasks with a public address": {
        stack: "dev",
        type: types.ecs.SERVICE,
        name: "web",
        change: props => ({
            ...props,
            networkConfiguration: { ...(props["networkConfiguration"] as Props), assignPublicIp: true },
        }),
        blockedBy: ["tasks-have-no-public-address"],
    },
    "tasks that the internet reaches": {
        stack: "dev",
        type: types.ec2.INGRESS_RULE,
        name: "web-from-load-balancer",
        change: having({ referencedSecurityGroupId: undefined, cidrIpv4: "0.0.0.0/0" }),
        blockedBy: ["ingress-is-open-for-listeners-only", "no-path-from-the-internet-to-a-task", "traffic-follows-its-arrows"],
    },
    "tasks that may send anything anywhere": {
        stack: "dev",
        type: types.ec2.EGRESS_RULE,
        name: "web-to-s3",
        change: having({
            prefixListId: undefined,
            fromPort: undefined,
            toPort: undefined,
            cidrIpv4: "0.0.0.0/0",
            ipProtocol: "-1",
        }),
        blockedBy: ["traffic-follows-its-arrows"],
    },
    "tasks whose logs have no endpoint": {
        stack: "dev",
        type: types.ec2.VPC_ENDPOINT,
        name: "endpoints-logs",
        change: having({ serviceName: "com.amazonaws.ap-northeast-2.sqs" }),
        blockedBy: ["endpoints-serve-every-feature"],
    },
    "a role of tasks that passes roles": {
        stack: "dev",
        type: types.iam.ROLE_POLICY,
        name: "web-task-execution",
        change: having({
            policy: JSON.stringify({
                Version: "2012-10-17",
                Statement: [{ Effect: "Allow", Action: ["iam:PassRole"], Resource: ["arn:aws:iam::123456789012:role/admin"] }],
            }),
        }),
        blockedBy: ["no-task-passes-roles"],
    },
    "a role that trusts ECS in anybody's name": {
        stack: "dev",
        type: types.iam.ROLE,
        name: "web-task-execution",
        change: having({
            assumeRolePolicy: JSON.stringify({
                Version: "2012-10-17",
                Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: ["sts:AssumeRole"] }],
            }),
        }),
        blockedBy: ["roles-trust-this-account-only"],
    },
    "a service that does not roll back": {
        stack: "prod",
        type: types.ecs.SERVICE,
        name: "web",
        change: having({ deploymentCircuitBreaker: undefined }),
        blockedBy: ["services-roll-back"],
    },
    "a listener with TLS 1.0": {
        stack: "prod",
        type: types.elb.LISTENER,
        name: "load-balancer-https",
        change: having({ sslPolicy: "ELBSecurityPolicy-2016-08" }),
        blockedBy: ["listeners-use-recommended-tls"],
    },
    "a load balancer that anybody may delete": {
        stack: "prod",
        type: types.elb.LOAD_BALANCER,
        name: "load-balancer",
        change: having({ enableDeletionProtection: undefined }),
        blockedBy: ["load-balancers-are-protected"],
    },
    "a default group with the rules of AWS": {
        stack: "prod",
        type: types.ec2.DEFAULT_SECURITY_GROUP,
        name: "network-default-group",
        change: having({ ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, self: true }] }),
        blockedBy: ["default-groups-are-closed"],
    },
    "images whose tags move, unscanned": {
        stack: "prod",
        type: types.ecr.REPOSITORY,
        name: "web-registry-repository",
        change: having({ imageTagMutability: undefined, imageScanningConfiguration: undefined }),
        blockedBy: ["repositories-have-fixed-tags", "repositories-scan-on-push"],
    },
    "a provider without default tags": {
        stack: "prod",
        type: "pulumi:providers:aws",
        name: "aws",
        change: having({ defaultTags: undefined }),
        blockedBy: ["resources-carry-tags"],
    },
    "a provider that trusts every certificate": {
        stack: "dev",
        type: "pulumi:providers:aws",
        name: "aws",
        change: having({ insecure: true }),
        blockedBy: ["providers-speak-to-aws"],
    },
};

/** Undefined takes a property away. */
function having(given: Props): Variant["change"] {
    return props => ({ ...props, ...given });
}

function container(given: Props, rule: RuleName): Variant {
    return {
        stack: "dev",
        type: types.ecs.TASK_DEFINITION,
        name: "web-task-definition",
        change: props => ({
            ...props,
            containerDefinitions: pulumi.output(props["containerDefinitions"] as pulumi.Input<string>).apply(text => {
                const definitions = JSON.parse(text) as Props[];
                return JSON.stringify(definitions.map(definition => ({ ...definition, ...given })));
            }),
        }),
        blockedBy: [rule],
    };
}
