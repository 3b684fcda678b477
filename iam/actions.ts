import { NETWORK_ACTIONS } from "./services/network-actions";
import { SERVICE_ACTIONS } from "./services/service-actions";
import type { TypeActions } from "./services/actions";

/**
 * The IAM actions behind each resource type that the stacks declare, in Pulumi's tokens. Sources: the code of Terraform's AWS provider, the API calls
 * that the engine was seen to make in a whole life of both stacks, and AWS's service authorization reference for what is authorized beside the call
 * itself, such as tags at creation.
 */
export const TYPE_ACTIONS: Readonly<Record<string, TypeActions>> = { ...NETWORK_ACTIONS, ...SERVICE_ACTIONS };

/** Actions by what the program asks before it declares anything, in Pulumi's tokens. */
export const LOOKUP_ACTIONS: Readonly<Record<string, readonly string[]>> = {
    "aws:ecr/getAuthorizationToken:getAuthorizationToken": ["ecr:GetAuthorizationToken"],
    "aws:ecr/getImage:getImage": ["ecr:DescribeImages", "ecr:DescribeRepositories"],
    "aws:index/getAvailabilityZones:getAvailabilityZones": ["ec2:DescribeAvailabilityZones"],
    // Needs no permission (service authorization reference, AWS STS).
    "aws:index/getCallerIdentity:getCallerIdentity": [],
    "aws:route53/getZone:getZone": ["route53:ListHostedZones", "route53:GetHostedZone", "route53:ListTagsForResource"],
    // Public registries only, without a login.
    "docker:index/getRegistryImage:getRegistryImage": [],
};

/** Tokens of types and look-ups that a stack has only where `fargate:domain` names a zone. */
export const DOMAIN_TOKENS: readonly string[] = [
    "aws:acm/certificate:Certificate",
    "aws:acm/certificateValidation:CertificateValidation",
    "aws:route53/record:Record",
    "aws:route53/getZone:getZone",
];

/** Everything that a stack's updates call. */
export function updateActions(hasDomain: boolean): string[] {
    return unique([...typesOf(hasDomain).flatMap(allOf), ...lookupActions(hasDomain)]);
}

/** What a preview calls, with `--refresh` too. */
export function previewActions(hasDomain: boolean): string[] {
    return unique([...typesOf(hasDomain).flatMap(([, { read }]) => read), ...lookupActions(hasDomain)]);
}

/** Pushing an image, and looking whether it is there already. */
export function pushActions(): string[] {
    const { create = [], read = [] } = TYPE_ACTIONS["docker-build:index:Image"] ?? {};
    return unique(["ecr:GetAuthorizationToken", ...create, ...read]);
}

function typesOf(hasDomain: boolean): [string, TypeActions][] {
    return Object.entries(TYPE_ACTIONS).filter(([token]) => hasDomain || !DOMAIN_TOKENS.includes(token));
}

function lookupActions(hasDomain: boolean): string[] {
    return Object.entries(LOOKUP_ACTIONS).flatMap(([token, actions]) =>
        hasDomain || !DOMAIN_TOKENS.includes(token) ? actions : [],
    );
}

function allOf([, actions]: [string, TypeActions]): string[] {
    return [...actions.create, ...actions.read, ...actions.update, ...actions.delete, ...actions.tag];
}

function unique(values: readonly string[]): string[] {
    return [...new Set(values)].sort();
}
