import { namedSecrets } from "../model/database";
import { ACTION_PREFIXES, hasEndpoint } from "../model/endpoints";
import { describeMemory, isLegalSize } from "../model/fargate-size";
import { parseImageReference, registryHost } from "../model/image-reference";
import { isOfPartition, partitionOf } from "../model/partitions";
import { holdsSecret, looksSecret } from "../model/plain-secrets";
import type { At, Context } from "./check";
import { ParsedTasks, source } from "./images";
import { connections, databaseVariablesOnce } from "./outbound";
import { Finding, show, suggest } from "./problems";
import { tasksOf } from "./tasks";
import type { TaskSettings } from "./types";

/** What must hold between the keys of one task. `at` makes a path below it. */
interface TaskCheck {
    (task: TaskSettings, context: Context<ParsedTasks>, at: At): readonly Finding[];
}

/** In the order in which their findings are told. */
const TASK_CHECKS: readonly TaskCheck[] = [size, source, plaintextSecrets, variablesOnce, reachable, connections];

export function eachTask(context: Context<ParsedTasks>): readonly Finding[] {
    return tasksOf(context.settings).flatMap(({ task, at }) => TASK_CHECKS.flatMap(check => check(task, context, at)));
}

function size({ cpu, memoryMiB }: TaskSettings, _: Context, at: At): readonly Finding[] {
    if (isLegalSize(cpu, memoryMiB)) return [];
    return [
        {
            path: at("memoryMiB"),
            found: String(memoryMiB),
            allowed: `with cpu ${cpu}: ${describeMemory(cpu)}`,
            because: [at("cpu")],
        },
    ];
}

function plaintextSecrets(task: TaskSettings, _: Context, at: At): readonly Finding[] {
    const { environment, build, health, plain = [] } = task;
    const { args = {} } = build ?? {};
    const isHidden = ([name, value]: [string, string]) => !plain.includes(name) && looksSecret(name, value);
    const found = "what looks like a secret in plain text (not shown)";
    const store = "store it in Secrets Manager or SSM and name its ARN: secrets:";
    const names = [...new Set([environment, args].flatMap(Object.keys))];
    const unknown = plain.filter(name => !names.includes(name));
    return [
        ...Object.entries(environment)
            .filter(isHidden)
            .map(([name]) => ({
                path: at("environment", name),
                found,
                allowed: `${store} { ${name}: arn:aws:secretsmanager:… }. Where it is none: plain: [${name}]`,
            })),
        ...Object.entries(args)
            .filter(isHidden)
            .map(([name]) => ({
                path: at("build", "args", name),
                found,
                allowed:
                    "no secret, since arguments stay in the image for all who may pull it, and this program hands a build none. " +
                    "What the build needs: build with docker build --secret, push, and name the image as `image`. " +
                    `What the running container needs: its ARN under \`secrets\`. Where it is none: plain: [${name}]`,
            })),
        ...(holdsSecret((health?.command ?? []).join(" "))
            ? [{ path: at("health", "command"), found, allowed: `${store} {…}, and read that variable in the command` }]
            : []),
        ...unknown.map(name => ({
            path: at("plain"),
            found: show(name),
            allowed: names.length === 0 ? "names in environment or build.args, which are empty" : suggest(name, names),
            because: [at("environment"), at("build")],
        })),
    ];
}

/** ECS refuses a variable that is both. */
function variablesOnce(task: TaskSettings, context: Context, at: At): readonly Finding[] {
    const ofDatabase = databaseVariablesOnce(task, context, at);
    if (ofDatabase.length > 0) return ofDatabase;
    return Object.keys(task.secrets)
        .filter(name => Object.hasOwn(task.environment, name))
        .map(name => ({
            path: at("secrets", name),
            found: `${name} in environment too`,
            allowed: "a variable in one of the two",
            because: [at("environment", name)],
        }));
}

/** Tasks pull from ECR of their own partition; without internet of their own region alone, and reach what has an endpoint. */
function reachable(task: TaskSettings, { settings, parsed }: Context<ParsedTasks>, at: At): readonly Finding[] {
    const { region, network } = settings;
    const findings: Finding[] = [];
    const image = task.image === undefined ? undefined : parseImageReference(task.image);
    const imagePlace = Object.hasOwn(parsed.images, task.name) ? ["images", task.name] : at("image");
    if (image?.ecr !== undefined && !isOfPartition(image.ecr.arn, region)) {
        const allowed = `an image in ${partitionOf(region)}, the partition of ${region}, or one outside of ECR`;
        return [{ path: imagePlace, found: String(task.image), allowed, because: [["aws:region"]] }];
    }
    if (network.egress !== "endpoints") return [];
    const because = [["network", "egress"], ["aws:region"]];
    const way = `or fargate:network.egress: ${network.kind === "created" ? "nat" : "existing"}`;
    if (image !== undefined && image.ecr?.region !== region) {
        const allowed = `an image in ECR in ${region}, since tasks have no internet, ${way}`;
        findings.push({ path: imagePlace, found: String(task.image), allowed, because });
    } else if (image?.ecr !== undefined && !image.repository.startsWith(`${registryHost(image.ecr)}/`)) {
        const allowed = `the same image on ${registryHost(image.ecr)}, the only host of ECR that VPC endpoints serve, ${way}`;
        findings.push({ path: imagePlace, found: String(task.image), allowed, because });
    }
    for (const { keys, arn } of namedSecrets(task)) {
        if (arn.split(":")[3] === region || !isOfPartition(arn, region)) continue;
        findings.push({
            path: at(...keys),
            found: arn,
            allowed: `a secret in ${region}, since tasks have no internet, ${way}`,
            because,
        });
    }
    task.permissions.forEach(({ actions }, index) => {
        for (const action of actions.filter(candidate => !hasEndpoint(candidate))) {
            const allowed = `actions of ${ACTION_PREFIXES.join(", ")}, whose endpoints are known, or of what is in the VPC itself, such as rds-db:connect; ${way}`;
            findings.push({ path: at("permissions", String(index), "actions"), found: action, allowed, because });
        }
    });
    return findings;
}
