import { INSIGHTS_LOGS } from "../../../model/names";
import { textOf } from "../../inventory/inputs";
import type { Resource } from "../../inventory/resource";
import { canonicalType } from "../../inventory/types/aliases";
import { RECORD } from "../../inventory/types/route53";
import type { Check, Finding, OwnResource, Subject } from "../check";
import { publicZoneId } from "../hosted-zone";
import { findingOf } from "../obstacle";
import { NAMED_TYPES, NamedType } from "../taken-names";
import { takenRecords } from "../taken-records";

export const names: Check = {
    name: "names",
    asks: "whether names that the update would give are there already without being the stack's: of its cluster, repositories, log groups, roles, alarms and dashboard, and of its domain's records",
    run: async subject => {
        const own = await subject.own();
        const asked = await Promise.all([
            ...NAMED_TYPES.map(named => answered(named.noun, subject, () => ofType(named, own, subject))),
            answered("records", subject, () => ofRecords(own, subject)),
        ]);
        const findings = asked.flatMap(one => one.findings);
        const free = asked.reduce((sum, one) => sum + one.free, 0);
        return free === 0
            ? findings
            : [...findings, { status: "ok", found: `${free} ${free === 1 ? "name is" : "names are"} free` }];
    },
};

interface Answer {
    readonly free: number;
    readonly findings: readonly Finding[];
}

async function answered(what: string, { aws, signal }: Subject, ask: () => Promise<Answer>): Promise<Answer> {
    try {
        return await ask();
    } catch (error) {
        const { found, ...rest } = findingOf(error, signal, await aws.obstacle());
        return { free: 0, findings: [{ ...rest, found: `${what}: ${found}` }] };
    }
}

/** Resources that the update would make. */
function made(type: string, property: string, own: readonly OwnResource[], { declared }: Subject): readonly Resource[] {
    const known = own.filter(one => canonicalType(one.type) === type);
    return declared.ofType(type).filter(({ inputs }) => {
        const name = inputs[property];
        // The log group of Container Insights is taken over on purpose.
        if (typeof name !== "string" || name.startsWith(INSIGHTS_LOGS)) return false;
        return !known.some(({ outputs }) => [outputs?.[property], outputs?.["id"]].includes(name));
    });
}

async function ofType(named: NamedType, own: readonly OwnResource[], subject: Subject): Promise<Answer> {
    const { type, noun, property, then, taken, remove } = named;
    const { region } = subject.settings;
    const resources = made(type, property, own, subject);
    if (resources.length === 0) return { free: 0, findings: [] };
    const nameOf = ({ inputs }: Resource) => textOf(inputs[property]);
    const there = new Set(await taken(resources.map(nameOf), subject));
    const findings = resources
        .filter(resource => there.has(nameOf(resource)))
        .map((resource): Finding => {
            const name = nameOf(resource);
            const end =
                then === "refused" ? "" : `: the update would ${then === "overwritten" ? "overwrite it" : "take it over"}`;
            return {
                status: then === "overwritten" ? "warning" : "failure",
                found: `the ${noun} ${name} is there already, and is not the stack's${end}`,
                fix: `${importOf(resource, name, own, subject)}${remove(name)} --region ${region}, or another name for the stack`,
            };
        });
    return { free: resources.length - findings.length, findings };
}

async function ofRecords(own: readonly OwnResource[], subject: Subject): Promise<Answer> {
    const zone = subject.settings.domain?.zone;
    const records = made(RECORD, "name", own, subject).filter(({ inputs }) => inputs["allowOverwrite"] !== true);
    // That there is no such zone is told by the check `domain`.
    const zoneId = zone === undefined || records.length === 0 ? undefined : await publicZoneId(zone, subject.aws);
    if (zoneId === undefined) return { free: 0, findings: [] };
    const there = await takenRecords(records, zoneId, subject);
    const findings = there.map(({ record, name, type }): Finding => {
        const takeOver = type === record.inputs["type"] ? importOf(record, `${zoneId}_${name}_${type}`, own, subject) : "";
        return {
            status: "failure",
            found: `the record ${name} (${type}) is in the zone already, and is not the stack's`,
            fix: `${takeOver}delete it where it comes from, or another fargate:domain.name`,
        };
    });
    return { free: records.length - findings.length, findings };
}

/** The command that makes it the stack's own; nothing before the stack has what it stands below, without which the engine would take it for another resource. */
function importOf(resource: Resource, id: string, own: readonly OwnResource[], { declared, settings }: Subject): string {
    const parent = declared.parentOf(resource);
    const urnOf = (type: string, name: string) => own.find(one => one.type === type && one.urn.endsWith(`::${name}`))?.urn;
    const above = parent && urnOf(parent.type, parent.name);
    const provider = urnOf("pulumi:providers:aws", "aws");
    if (above === undefined || provider === undefined) return "";
    const options = `--parent 'parent=${above}' --provider 'aws=${provider}' --protect=false --generate-code=false`;
    return `pulumi import --stack ${settings.stack} ${resource.type} ${resource.name} '${id}' ${options}; or `;
}
