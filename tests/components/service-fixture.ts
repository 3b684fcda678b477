import * as pulumi from "@pulumi/pulumi";
import { Service, ServiceArgs } from "../../components/service";
import { DIGEST, Given, REGION, REPOSITORY, service } from "../support/given";
import { cached, declare } from "../support/declared";

/** A service beside a load balancer, endpoints and a cluster that are plain ids, after one resource. */
const ARGS: Omit<ServiceArgs, "service"> = {
    deployment: { project: "fargate", stack: "dev" },
    place: { region: REGION, account: "123456789012" },
    image: `${REPOSITORY}@${DIGEST}`,
    repositoryArn: `arn:aws:ecr:${REGION}:123456789012:repository/web`,
    logRetentionDays: 30,
    imagesReady: [],
    network: { vpcId: "vpc-1", privateSubnetIds: ["subnet-1", "subnet-2"] },
    cluster: { arn: "arn:cluster", clusterName: "fargate-dev" },
    loadBalancer: { securityGroupId: "sg-load-balancer", listenerArn: "arn:listener", arnSuffix: "app/load-balancer" },
    rulePriority: 10_168,
    egress: { to: "endpoints", securityGroupId: "sg-endpoints", prefixListIds: { s3: "pl-s3" } },
    after: [],
};

/** The service `web` with changes to its configuration and to what is around it. */
export const made = cached((changes: Given = {}, more: Partial<ServiceArgs> = {}) =>
    declare(() => {
        const after = [new Ground("ground")];
        const { serviceName, logGroupName } = new Service("web", { ...ARGS, after, service: service(changes), ...more });
        return { serviceName, logGroupName };
    }),
);

export const INTERNET: Partial<ServiceArgs> = { egress: { to: "internet" } };
export const WORKER: Given = { route: undefined, port: undefined };

/** Something that a service stands on. */
class Ground extends pulumi.CustomResource {
    constructor(name: string) {
        super("test:index:Ground", name);
    }
}
