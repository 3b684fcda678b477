import { AnswerRule, answerText } from "../../../model/answers";
import { Conditions, furtherConditions, furtherText } from "../../../model/conditions";
import { inWords } from "../../../model/schedule";
import { fieldsOf, joined, listOf, textOf } from "../inputs";
import type { Facts } from "./row";
import { COMPONENT } from "../../../model/names";
import { commandText } from "../../../model/task-run-text";

const EGRESS: Readonly<Record<string, string>> = {
    endpoints: "no internet for tasks",
    nat: "one NAT gateway",
    "nat-per-zone": "a NAT gateway in each zone",
    existing: "the VPC's own way out",
};

/** What matters of a component; it only groups, so that it costs nothing and nothing goes with it. */
export const FACTS: Readonly<Record<string, Facts>> = {
    [COMPONENT.answers]: inputs => [(inputs["rules"] as AnswerRule["route"][]).map(answerText).join("; ")],
    [COMPONENT.alarms]: inputs => [
        joined([...new Set([...Object.keys(fieldsOf(inputs["thresholds"])), ...listOf(inputs["events"])])]),
    ],
    [COMPONENT.budget]: inputs => [`${textOf(inputs["monthlyUsd"])} USD a month`],
    [COMPONENT.cluster]: inputs => [textOf(inputs["clusterName"]), `Container Insights ${textOf(inputs["containerInsights"])}`],
    [COMPONENT.endpoints]: inputs => [joined([...(inputs["gateways"] as string[]), ...(inputs["interfaces"] as string[])])],
    [COMPONENT.firewall]: inputs => [
        inputs["mode"] === "count" ? "counts, stops nothing" : "stops",
        `over ${textOf(inputs["rateLimit"])} requests of an address in 5 min`,
        blocks("lets through", inputs["allowCidrs"]),
        blocks("stops", inputs["blockCidrs"]),
    ],
    [COMPONENT.image]: inputs => [
        inputs["kind"] === "build" &&
            `built from ${textOf(fieldsOf(inputs["build"])["context"])} for ${textOf(inputs["platform"])}`,
        inputs["kind"] === "reference" && textOf(inputs["reference"]).replace(/(@sha256:.{12}).*/, "$1…"),
    ],
    [COMPONENT.job]: inputs => [
        schedule(inputs["schedule"]),
        imageOf(inputs["of"]),
        inputs["parallel"] !== 1 && `${textOf(inputs["parallel"])} tasks`,
        `${textOf(inputs["timeoutMinutes"])} min`,
        inputs["retries"] !== 0 && `${textOf(inputs["retries"])} ${inputs["retries"] === 1 ? "retry" : "retries"}`,
        inputs["spot"] === true && "Spot",
    ],
    [COMPONENT.loadBalancer]: inputs => [
        inputs["https"] === true ? "HTTPS, HTTP redirects" : "HTTP",
        textOf(inputs["domainName"]),
    ],
    [COMPONENT.logBucket]: inputs => [
        inputs["deletionProtection"] === true ? "stays when the stack goes" : "goes with the stack",
    ],
    [COMPONENT.network]: inputs => [
        textOf(inputs["cidr"]) || textOf(inputs["vpcId"]),
        joined(inputs["zones"]),
        EGRESS[textOf(inputs["egress"])],
    ],
    [COMPONENT.service]: inputs => [
        tasks(inputs["tasks"]),
        spot(inputs["spotPercent"], inputs["spotBase"]),
        route(inputs["route"]),
        imageOf(inputs["of"]),
        inputs["release"] !== undefined &&
            `first runs ${commandText(listOf(fieldsOf(inputs["release"])["command"]).map(textOf))}`,
    ],
    [COMPONENT.task]: inputs => [
        `${textOf(inputs["cpu"])} CPU units, ${textOf(inputs["memoryMiB"])} MiB`,
        inputs["ephemeralGiB"] !== undefined && `${textOf(inputs["ephemeralGiB"])} GiB of storage`,
        textOf(inputs["architecture"]),
        `user ${textOf(inputs["user"])}`,
        starts(listOf(inputs["entryPoint"]), listOf(inputs["command"])),
        beside(Object.keys(fieldsOf(inputs["sidecars"]))),
    ],
    [COMPONENT.topic]: inputs => [joined(inputs["email"])],
};

function imageOf(service: unknown): string | false {
    return service !== undefined && `in the image of ${textOf(service)}`;
}

/** A script may stand there as a whole. */
const COMMAND_LENGTH = 60;

function starts(...words: readonly (readonly unknown[])[]): string | false {
    const command = words.flat().map(textOf);
    const text = commandText(command);
    return command.length > 0 && `runs ${text.length > COMMAND_LENGTH ? `${text.slice(0, COMMAND_LENGTH)}…\`` : text}`;
}

function beside(sidecars: readonly string[]): string | false {
    return sidecars.length > 0 && `beside it ${[...sidecars].sort().join(", ")}`;
}

function schedule(value: unknown): string {
    if (value === undefined) return "on demand";
    const { cron, timeZone } = fieldsOf(value);
    return inWords({ cron: textOf(cron), timeZone: textOf(timeZone) });
}

function blocks(what: string, value: unknown): string | false {
    const count = listOf(value).length;
    return count > 0 && `${what} ${count} block${count === 1 ? "" : "s"}`;
}

function tasks(value: unknown): string {
    if (typeof value === "number") return `${value} task${value === 1 ? "" : "s"}`;
    return `${textOf(fieldsOf(value)["min"])} to ${textOf(fieldsOf(value)["max"])} tasks`;
}

function spot(value: unknown, base: unknown): string {
    if (value === 0) return "on demand";
    const beyond = base === undefined ? "" : ` beyond ${textOf(base)}`;
    return value === 100 ? `Spot${beyond}` : `${textOf(value)} % Spot${beyond}`;
}

function route(value: unknown): string {
    if (value === undefined) return "worker, no route";
    const { hosts, paths } = fieldsOf(value);
    const further = furtherConditions(value as Conditions).map(furtherText);
    return [joined(hosts), joined(paths), ...further].filter(part => part !== "").join(" ");
}
