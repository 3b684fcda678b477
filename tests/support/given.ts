import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Origin, ServiceSettings, Settings, settingsOf } from "../../settings";

export const REGION = "ap-northeast-2";

/** A repository of the stack's own region, which tasks reach without internet. */
export const REPOSITORY = `123456789012.dkr.ecr.${REGION}.amazonaws.com/web`;
export const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;
export const SECRET = `arn:aws:secretsmanager:${REGION}:123456789012:secret:db-AbCdEf`;
export const PARAMETER = `arn:aws:ssm:${REGION}:123456789012:parameter/db`;

/** Of the load balancer's region. */
export const CERTIFICATE = `arn:aws:acm:${REGION}:123456789012:certificate/0123abcd-0123-0123-0123-0123456789ab`;

/** Parameters of dev by variable. Sixty are more than an inline policy has room for. */
export function parameters(count: number): Readonly<Record<string, string>> {
    const arn = (index: number) => `arn:aws:ssm:${REGION}:123456789012:parameter/fargate/dev/key-${index}`;
    return Object.fromEntries(Array.from({ length: count }, (_, index) => [`S${index}`, arn(index)]));
}

/** A service behind the load balancer, as short as one can be. */
export const WEB = { build: { context: "./app" }, port: 8080, route: {} };

/** Configuration by key, without `fargate:` where it is one of the project's. */
export type Given = Readonly<Record<string, unknown>>;

/** Configuration as the engine hands it over: full keys, structured values as JSON. A region, and the service WEB where none is given. */
export function configuration(given: Given = {}): Record<string, string> {
    const entries: [string, unknown][] = Object.entries({ "aws:region": REGION, services: { web: WEB }, ...given });
    return Object.fromEntries(
        entries
            .filter(([, value]) => value !== undefined)
            .map(([key, value]) => [
                key.includes(":") ? key : `fargate:${key}`,
                typeof value === "string" ? value : JSON.stringify(value),
            ]),
    );
}

export function settings(given: Given = {}, origin: Partial<Origin> = {}): Settings {
    return settingsOf(configuration(given), { project: "fargate", stack: "dev", ...origin });
}

/** The service WEB with changes, in the settings. */
export function service(changes: Given = {}, given: Given = {}): ServiceSettings {
    const [first] = settings({ ...given, services: { web: { ...WEB, ...changes } } }).services;
    assert.ok(first !== undefined);
    return first;
}

/** The one message about a configuration that is refused. */
export function refusal(given: Given, origin: Partial<Origin> = {}): string {
    return messageOf(() => settings(given, origin));
}

export function messageOf(refused: () => void): string {
    try {
        refused();
    } catch (error) {
        // The engine prints such an error without its stack.
        assert.ok(pulumi.RunError.isInstance(error), String(error));
        return error.message;
    }
    return assert.fail("accepted");
}

/** What the message says, as lines `<key>: <value found> | <what is allowed>`. */
export function problems(given: Given, origin: Partial<Origin> = {}): string[] {
    return toldIn(refusal(given, origin), origin.stack ?? "dev");
}

/** The same lines of any message. */
export function toldIn(message: string, stack: string): string[] {
    const [first = "", ...lines] = message.split("\n");
    const told: string[] = [];
    for (let index = 0; index < lines.length; index += 2) {
        const [, key = "", found = ""] = /^ {2}(\S.*?) {2,}found (.*)$/.exec(lines[index] ?? "") ?? [];
        const [, allowed = ""] = /^ +allowed: (.*)$/.exec(lines[index + 1] ?? "") ?? [];
        told.push(`${key}: ${found} | ${allowed}`);
    }
    assert.equal(
        first,
        `Pulumi.${stack}.yaml has ${told.length === 1 ? "1 problem" : `${told.length} problems`}. Nothing was created.`,
    );
    return told;
}

/** Problems of the service WEB with changes. */
export function problemsOf(changes: Given, given: Given = {}): string[] {
    return problems({ ...given, services: { web: { ...WEB, ...changes } } });
}
