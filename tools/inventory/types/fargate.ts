import { fieldsOf, joined, textOf } from "../inputs";
import type { Facts } from "./row";

const EGRESS: Readonly<Record<string, string>> = {
    endpoints: "no internet for tasks",
    nat: "one NAT gateway",
    "nat-per-zone": "a NAT gateway in each zone",
    existing: "the VPC's own way out",
};

/** What matters of a component; it only groups, so that it costs nothing and nothing goes with it. */
export const FACTS: Readonly<Record<string, Facts>> = {
    "fargate:index:Cluster": inputs => [
        textOf(inputs["clusterName"]),
        `Container Insights ${textOf(inputs["containerInsights"])}`,
    ],
    "fargate:index:Endpoints": inputs => [joined([...(inputs["gateways"] as string[]), ...(inputs["interfaces"] as string[])])],
    "fargate:index:Image": inputs => [
        inputs["kind"] === "build" &&
            `built from ${textOf(fieldsOf(inputs["build"])["context"])} for ${textOf(inputs["platform"])}`,
        inputs["kind"] === "reference" && textOf(inputs["reference"]).replace(/(@sha256:.{12}).*/, "$1…"),
    ],
    "fargate:index:LoadBalancer": inputs => [
        inputs["https"] === true ? "HTTPS, HTTP redirects" : "HTTP",
        textOf(inputs["domainName"]),
    ],
    "fargate:index:Network": inputs => [
        textOf(inputs["cidr"]) || textOf(inputs["vpcId"]),
        joined(inputs["zones"]),
        EGRESS[textOf(inputs["egress"])],
    ],
    "fargate:index:Service": inputs => [tasks(inputs["tasks"]), spot(inputs["spotPercent"]), route(inputs["route"])],
    "fargate:index:Task": inputs => [
        `${textOf(inputs["cpu"])} CPU units, ${textOf(inputs["memoryMiB"])} MiB`,
        textOf(inputs["architecture"]),
        `user ${textOf(inputs["user"])}`,
    ],
};

function tasks(value: unknown): string {
    if (typeof value === "number") return `${value} task${value === 1 ? "" : "s"}`;
    return `${textOf(fieldsOf(value)["min"])} to ${textOf(fieldsOf(value)["max"])} tasks`;
}

function spot(value: unknown): string {
    if (value === 0) return "on demand";
    return value === 100 ? "Spot" : `${textOf(value)} % Spot`;
}

function route(value: unknown): string {
    if (value === undefined) return "worker, no route";
    const { hosts, paths } = fieldsOf(value);
    return [joined(hosts), joined(paths)].filter(part => part !== "").join(" ");
}
