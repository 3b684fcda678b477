import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Certificate } from "./components/certificate";
import { Cluster } from "./components/cluster";
import { Endpoints } from "./components/endpoints";
import type { Egress } from "./components/group-rules";
import { Image } from "./components/image";
import { LoadBalancer } from "./components/load-balancer";
import { Network } from "./components/network";
import { Registry } from "./components/registry";
import { Service } from "./components/service";
import { lookUp } from "./lookups";
import { endpointServices, gatewaysOf } from "./model/endpoints";
import { STACK_COMPONENTS, imageName, serviceName, stackPrefix } from "./model/names";
import { providerArgs } from "./model/tags";
import { ServiceSettings, readSettings } from "./settings";

/** The architecture, in the order data flows. */
async function program() {
    const settings = readSettings();
    const provider = new aws.Provider("aws", providerArgs(settings));
    const found = await lookUp(settings, provider);
    const { services, domain, region, deletionProtection } = settings;
    const place = { region, account: found.account };
    const onAws = { provider };

    const vpc = settings.network;
    const network = new Network(
        STACK_COMPONENTS.network,
        vpc.kind === "existing" ? vpc : { kind: vpc.kind, cidr: vpc.cidr, egress: vpc.egress, zones: found.zones },
        onAws,
    );

    const doors = endpointServices(vpc.egress, services);
    const endpoints =
        doors &&
        new Endpoints(
            STACK_COMPONENTS.endpoints,
            {
                ...place,
                ...doors,
                vpcId: network.vpcId,
                subnetIds: network.privateSubnetIds.apply(ids => ids.slice(0, vpc.endpointZones)),
                routeTableIds: network.privateRouteTableIds,
            },
            onAws,
        );

    const hostedZone = domain && found.hostedZoneId ? { domainName: domain.name, hostedZoneId: found.hostedZoneId } : undefined;
    const certificateArn = hostedZone
        ? new Certificate(STACK_COMPONENTS.certificate, hostedZone, onAws).arn
        : domain?.certificateArn;
    const loadBalancer = services.some(service => service.route)
        ? new LoadBalancer(
              STACK_COMPONENTS.loadBalancer,
              {
                  vpcId: network.vpcId,
                  subnetIds: network.publicSubnetIds,
                  certificateArn,
                  records: hostedZone,
                  deletionProtection,
              },
              onAws,
          )
        : undefined;

    const credentials = found.sources.some(({ source }) => source.kind === "build") ? registryCredentials(onAws) : undefined;
    const sources = found.sources.map(({ service, source }) => {
        const { name } = service;
        const repository = { repositoryName: serviceName(settings, name), deletionProtection, tags: { service: name } };
        const registry = service.build && new Registry(`${name}-registry`, repository, onAws);
        return { service, registry, image: new Image(imageName(name), { source, registry, credentials }, onAws) };
    });

    const cluster = new Cluster(
        STACK_COMPONENTS.cluster,
        { clusterName: stackPrefix(settings), containerInsights: settings.containerInsights },
        onAws,
    );
    const egressOf = (service: ServiceSettings): Egress =>
        endpoints?.securityGroupId
            ? {
                  to: "endpoints",
                  securityGroupId: endpoints.securityGroupId,
                  prefixListIds: pick(endpoints.prefixListIds, gatewaysOf(service)),
              }
            : { to: "internet" };
    const running = sources.map(({ service, image }) => {
        const args = {
            service,
            place,
            network,
            cluster,
            loadBalancer,
            egress: egressOf(service),
            deployment: settings,
            image: image.reference,
            repositoryArn: image.repositoryArn,
            logRetentionDays: settings.logRetentionDays,
            permissionsBoundary: settings.permissionsBoundary,
            imagesReady: sources.flatMap(source => source.image.ready),
            after: [...cluster.ready, ...network.egressReady, ...(endpoints?.ready ?? [])],
        };
        return { name: service.name, running: new Service(service.name, args, onAws) };
    });

    const url = loadBalancer && (domain ? `https://${domain.name}` : pulumi.interpolate`http://${loadBalancer.dnsName}`);
    return {
        ...(url && { url }),
        cluster: cluster.clusterName,
        services: Object.fromEntries(running.map(({ name, running: { serviceName: physical } }) => [name, physical])),
        images: Object.fromEntries(sources.map(({ service, image }) => [service.name, image.reference])),
        logGroups: Object.fromEntries(running.map(({ name, running: { logGroupName } }) => [name, logGroupName])),
        repositories: Object.fromEntries(
            sources.flatMap(({ service, registry }) => (registry ? [[service.name, registry.url]] : [])),
        ),
    };
}

function pick<T>(record: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> {
    return Object.fromEntries(Object.entries(record).filter(([key]) => keys.includes(key)));
}

function registryCredentials(options: pulumi.InvokeOptions) {
    const token = aws.ecr.getAuthorizationTokenOutput({}, options);
    return token.apply(({ proxyEndpoint, userName, password }) => ({ address: proxyEndpoint, username: userName, password }));
}

export = program;
