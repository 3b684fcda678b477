import { partitionOf } from "../model/partitions";
import { Place, PolicyDocument, Statement, policy } from "./documents";

/** An endpoint serves the principals of this account and nobody else's, whatever credentials reach a task. */
export function endpointPolicy(account: string): PolicyDocument {
    return policy(ofAccount(account));
}

/** AWS's own default, spelled out: an endpoint whose policy is taken away keeps the one it had. */
export function openEndpointPolicy(): PolicyDocument {
    return policy({ Effect: "Allow", Principal: "*", Action: ["*"], Resource: ["*"] });
}

/**
 * The S3 gateway serves this account, and image layers: ECR hands these out as links that an AWS principal signed, which an account condition
 * would refuse (awsdocs/amazon-vpc-user-guide#94).
 */
export function s3GatewayPolicy({ account, region }: Place): PolicyDocument {
    return policy(ofAccount(account), {
        Sid: "ImageLayers",
        Effect: "Allow",
        Principal: "*",
        Action: ["s3:GetObject"],
        Resource: [`arn:${partitionOf(region)}:s3:::prod-${region}-starport-layer-bucket/*`],
    });
}

function ofAccount(account: string): Statement {
    return {
        Sid: "ThisAccount",
        Effect: "Allow",
        Principal: "*",
        Action: ["*"],
        Resource: ["*"],
        Condition: { StringEquals: { "aws:PrincipalAccount": account } },
    };
}
