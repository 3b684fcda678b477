import { shortestGapMinutes } from "../model/schedule";
import { COUNT_VARIABLE, INDEX_VARIABLE, retryWaitMinutes } from "../model/state-machine";
import type { Check, Context } from "./check";
import type { ParsedJobs } from "./jobs";
import { Finding, suggest } from "./problems";
import { nameFaults } from "./service-checks";

/** What must hold between the keys of one job. */
interface JobCheck {
    (name: string, job: ParsedJobs["jobs"][string], context: Context<ParsedJobs>): readonly Finding[];
}

/** In the order in which their findings are told. */
const JOB_CHECKS: readonly JobCheck[] = [jobName, ofService, command, onlyWithCron, endsBeforeTheNext, ownVariables];

export const eachJob: Check<ParsedJobs> = context =>
    Object.entries(context.parsed.jobs).flatMap(([name, job]) => JOB_CHECKS.flatMap(check => check(name, job, context)));

/** Roles, families and log groups of jobs and services are named alike. */
function jobName(name: string, _: unknown, { settings }: Context): readonly Finding[] {
    const path = ["jobs", name];
    if (settings.services.some(service => service.name === name))
        return [
            { path, found: `the name ${name}`, allowed: "another name: a service has this one", because: [["services", name]] },
        ];
    return nameFaults(name, settings, path);
}

function ofService(name: string, { of, build, image }: ParsedJobs["jobs"][string], { settings }: Context): readonly Finding[] {
    if (of === undefined) return [];
    const names = settings.services.map(service => service.name);
    const findings: Finding[] = [];
    if (!names.includes(of)) {
        findings.push({ path: ["jobs", name, "of"], found: of, allowed: suggest(of, names), because: [["services"]] });
    }
    if (build !== undefined || image !== undefined) {
        const key = build === undefined ? "image" : "build";
        findings.push({ path: ["jobs", name, key], found: `of and ${key}`, allowed: "one of the two" });
    }
    return findings;
}

/** Without one it would be the service once more. */
function command(name: string, { of, command: given }: ParsedJobs["jobs"][string]): readonly Finding[] {
    if (of === undefined || given !== undefined) return [];
    const allowed = `what the job runs in the image of ${of}: command: [npm, run, report]`;
    return [{ path: ["jobs", name, "command"], found: "nothing", allowed, because: [["jobs", name, "of"]] }];
}

function onlyWithCron(name: string, job: ParsedJobs["jobs"][string]): readonly Finding[] {
    if (job.cron !== undefined) return [];
    return (["timeZone", "flexibleMinutes"] as const)
        .filter(key => job[key] !== undefined)
        .map(key => ({
            path: ["jobs", name, key],
            found: String(job[key]),
            allowed: 'only with cron: "0 3 * * *", since the job runs on demand',
            because: [["jobs", name, "cron"]],
        }));
}

/** Nothing keeps two runs apart but that the first has ended: so it ends in time. */
function endsBeforeTheNext(name: string, job: ParsedJobs["jobs"][string]): readonly Finding[] {
    if (job.cron === undefined) return [];
    const gap = shortestGapMinutes(job.cron);
    const waits = (job.flexibleMinutes ?? 0) + retryWaitMinutes(job.retries);
    const attempts = job.retries + 1;
    if (attempts * job.timeoutMinutes + waits <= gap) return [];
    const most = Math.floor((gap - waits) / attempts);
    const rest = [
        ...(attempts > 1 ? [`${attempts} attempts and the waits between them`] : []),
        ...(job.flexibleMinutes === undefined ? [] : ["flexibleMinutes"]),
    ];
    const reason = `since the next run may begin ${gap} minutes after one${rest.length > 0 ? `, which has ${rest.join(", and ")}` : ""}, and two must not overlap`;
    return [
        {
            path: ["jobs", name, "timeoutMinutes"],
            found: String(job.timeoutMinutes),
            allowed: most >= 1 ? `at most ${most}, ${reason}` : `fewer retries, less flexibleMinutes or a rarer cron, ${reason}`,
            because: [
                ["jobs", name, "cron"],
                ["jobs", name, "retries"],
                ["jobs", name, "flexibleMinutes"],
            ],
        },
    ];
}

/** ECS starts no task whose secrets have the name of a variable that it is started with, and that one would hold. */
function ownVariables(name: string, { parallel }: ParsedJobs["jobs"][string], { settings }: Context): readonly Finding[] {
    const job = settings.jobs.find(each => each.name === name);
    if (job === undefined || parallel === 1) return [];
    return (["environment", "secrets"] as const).flatMap(key =>
        [INDEX_VARIABLE, COUNT_VARIABLE]
            .filter(variable => Object.hasOwn(job[key], variable))
            .map(variable => ({
                path: ["jobs", name, key, variable],
                found: `${variable}, which parallel sets too`,
                allowed: "another name",
                because: [["jobs", name, "parallel"]],
            })),
    );
}
