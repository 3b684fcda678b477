/** `aws:ec2/vpc:Vpc` and `main` make `Vpc:main`. */
export function idOf(type: string, name: string): string {
    return `${type.split(":").pop() ?? ""}:${name}`;
}

/** What AWS or a plugin would add to the inputs, made from type and name alone. */
export function outputsOf(type: string, name: string, inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const id = idOf(type, name);
    const own = OUTPUTS[type]?.(id, inputs) ?? {};
    return { arn: `arn:aws:${id}`, name, ...inputs, ...own };
}

const OUTPUTS: Readonly<Record<string, (id: string, inputs: Readonly<Record<string, unknown>>) => Record<string, unknown>>> = {
    "awsx:ec2:Vpc": (id, inputs) => {
        const zones = inputs["availabilityZoneNames"] as string[];
        const ids = (noun: string) => zones.map((_, index) => `${id}-${noun}-${index + 1}`);
        const [publicSubnetIds, privateSubnetIds] = [ids("public"), ids("private")];
        const associated = [...publicSubnetIds, ...privateSubnetIds];
        const routeTableAssociations = associated.map(subnetId => ({ subnetId, routeTableId: `${subnetId}-table` }));
        return { vpcId: id, publicSubnetIds, privateSubnetIds, routeTableAssociations };
    },
    "aws:ec2/vpcEndpoint:VpcEndpoint": id => ({ prefixListId: `${id}-prefixes` }),
    "aws:ecr/repository:Repository": (_, { name }) => ({
        repositoryUrl: `123456789012.dkr.ecr.region.amazonaws.com/${String(name)}`,
        arn: `arn:aws:ecr:region:123456789012:repository/${String(name)}`,
    }),
    "aws:lb/loadBalancer:LoadBalancer": id => ({
        dnsName: `${id}.elb.amazonaws.com`,
        zoneId: `${id}-zone`,
        arnSuffix: `app/${id}`,
    }),
    "aws:lb/targetGroup:TargetGroup": id => ({ arnSuffix: `targetgroup/${id}` }),
    "aws:acm/certificate:Certificate": (id, { domainName }) => ({
        domainValidationOptions: [
            { domainName, resourceRecordName: `${id}-proof`, resourceRecordType: "CNAME", resourceRecordValue: `${id}-value` },
        ],
    }),
    "aws:route53/record:Record": (_, { name }) => ({ fqdn: name }),
    "docker-build:index:Image": id => ({ digest: `sha256:${id}` }),
};
