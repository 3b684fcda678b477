/**
 * What AWS tells only in the middle of an update: a stack that passes one of these is refused before, or made in another form. Lengths of names stand in
 * `names.ts`, what a listener rule holds in `routes.ts`, sizes of networks and tasks in files of their own.
 */
export const AWS_LIMIT = {
    /** Characters of all inline policies of a role together, white space aside (IAM and STS quotas; cannot be raised). */
    inlinePolicies: 10_240,
    /** Characters of a managed policy, white space aside; a boundary is one (IAM and STS quotas; cannot be raised). */
    managedPolicy: 6144,
    /** Managed policies of a role (IAM and STS quotas, default). */
    managedPolicies: 10,
    /** Characters of a role's trust policy, white space aside (IAM and STS quotas, default). */
    trustPolicy: 2048,
    /** Bytes of a task definition as ECS keeps it (ECS service quotas; cannot be raised). */
    taskDefinition: 64 * 1024,
    /** Containers of a task definition (ECS service quotas; cannot be raised). */
    containers: 10,
    /** Subnets of a service's tasks (ECS API reference, `AwsVpcConfiguration`). */
    serviceSubnets: 16,
    /** Rules of a security group, for each direction (VPC quotas, default). */
    groupRules: 60,
    /** Certificates of a load balancer beside its listener's default one (Application Load Balancer quotas, default). */
    listenerCertificates: 25,
    /** Names of a certificate (AWS Certificate Manager quotas, default). */
    certificateNames: 10,
    /** Tags of a resource, without those that begin with `aws:` (Tagging AWS resources user guide). */
    tags: 50,
} as const;
