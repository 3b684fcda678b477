import { inventory } from "../../tools/inventory/inventory";
import { Declared, cached } from "./declared";
import { sample } from "./sample";
import { Given } from "./given";

/** What `pulumi up` would create for a sample stack, with changes to its configuration; `undefined` takes a key away. */
export const stack = cached(async (name: string, changes: Given = {}) => {
    const files = sample(name);
    const config: Record<string, string> = { ...files.config };
    for (const [key, value] of Object.entries(changes)) {
        const full = key.includes(":") ? key : `fargate:${key}`;
        if (value === undefined) Reflect.deleteProperty(config, full);
        else config[full] = typeof value === "string" ? value : JSON.stringify(value);
    }
    const { resources, outputs } = await inventory(name, { ...files, config });
    return new Declared(resources, outputs);
});

export const WEB = { build: { context: "./app" }, port: 8080, route: { paths: ["/*"] } };
export const WORKER = { build: { context: "./app" } };

/** What awsx makes of a VPC in so many zones without NAT gateways. */
export function vpcInZones(count: number): string[] {
    const zones = Array.from({ length: count }, (_, index) => index + 1);
    const inZone = (zone: number) => [
        ...["public", "private"].flatMap(kind =>
            ["Subnet", "RouteTable", "RouteTableAssociation"].map(noun => `ec2.${noun} network-${kind}-${zone}`),
        ),
        `ec2.Route network-public-${zone}`,
    ];
    return ["ec2.Vpc network", "ec2.InternetGateway network", ...zones.flatMap(inZone)];
}
