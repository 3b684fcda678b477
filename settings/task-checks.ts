import { namedSecrets } from "../model/database";
import { ACTION_PREFIXES, hasEndpoint } from "../model/endpoints";
import { describeMemory, isLegalSize } from "../model/fargate-size";
import { parseImageReference, registryHost } from "../model/image-reference";
import { isOfPartition, partitionOf } from "../model/partitions";
import { holdsSecret, looksSecret } from "../model/plain-secrets";
import { COLLECTOR_IMAGE } from "../model/tracing";
import type { At, Context } from "./check";
import { NOT_EXECUTABLE, writableAbove } from "./executable";
import { ParsedTasks, STOCK_IMAGES, source } from "./images";
import { connections, databaseVariablesOnce } from "./outbound";
import { Finding, show, suggest } from "./problems";
import { SIDECAR_CHECKS } from "./sidecar-checks";
import { PlacedContainer, containersOf, findingsOfTasks } from "./tasks";
import type { Settings, TaskSettings } from "./types";

/** What must hold between the keys of one task. `at` makes a path below it. */
interface TaskCheck {
    (task: TaskSettings, context: Context<ParsedTasks>, at: At): readonly Finding[];
}

/** What must hold between the keys of one container, of which a task may have several. */
interface ContainerCheck {
    (placed: PlacedContainer, context: Context<ParsedTasks>): readonly Finding[];
}

/** In the order in which their findings are told. */
const TASK_CHECKS: readonly TaskCheck[] = [size, source, eachContainer, answered, connections, ...SIDECAR_CHECKS];
const CONTAINER_CHECKS: readonly ContainerCheck[] = [plaintextSecrets, executable, variablesOnce, reachable];

export function eachTask(context: Context<ParsedTasks>): readonly Finding[] {
    return findingsOfTasks(context, ({ task, at }) => TASK_CHECKS.flatMap(check => check(task, context, at)));
}

function eachContainer(task: TaskSettings, context: Context<ParsedTasks>, at: At): readonly Finding[] {
    return containersOf({ task, at }).flatMap(placed => CONTAINER_CHECKS.flatMap(check => check(placed, context)));
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

function plaintextSecrets({ container, at, is }: PlacedContainer): readonly Finding[] {
    const { environment, build, plain = [] } = container;
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
        ...commandsOf(container)
            .filter(([, command]) => holdsSecret(command.join(" ")))
            .map(([keys]) => ({ path: at(...keys), found, allowed: `${store} {…}, and read that variable in the command` })),
        ...unknown.map(name => ({
            path: at("plain"),
            found: show(name),
            allowed:
                names.length === 0
                    ? `names in environment${is === "own" ? " or build.args, which are" : ", which is"} empty`
                    : suggest(name, names),
            because: [at("environment"), at("build")],
        })),
    ];
}

/** What a container is asked to run, by the keys that say it. */
function commandsOf({ health, command, entryPoint }: PlacedContainer["container"]): [string[], readonly string[]][] {
    return [
        [["health", "command"], health?.command ?? []],
        [["command"], command ?? []],
        [["entryPoint"], entryPoint ?? []],
    ];
}

/** By the word that names the program, of what a container is started with and checked by. */
function executable({ container, at }: PlacedContainer): readonly Finding[] {
    const { command = [], entryPoint, health } = container;
    const [form, check] = health?.command ?? [];
    const programs: [string[], string | undefined][] = [
        entryPoint === undefined ? [["command", "0"], command[0]] : [["entryPoint", "0"], entryPoint[0]],
        [["health", "command", "1"], form === "CMD" ? check : undefined],
    ];
    return programs.flatMap(([keys, program = ""]) => {
        const path = writableAbove(program, container);
        if (path === undefined) return [];
        const allowed = `a program outside of ${path}: ${NOT_EXECUTABLE}`;
        return [{ path: at(...keys), found: program, allowed, because: [at("writablePaths"), at("workingDirectory")] }];
    });
}

/** ECS refuses a variable that is both. */
function variablesOnce({ container, at }: PlacedContainer, context: Context): readonly Finding[] {
    const ofDatabase = databaseVariablesOnce(container, context, at);
    if (ofDatabase.length > 0) return ofDatabase;
    return Object.keys(container.secrets)
        .filter(name => Object.hasOwn(container.environment, name))
        .map(name => ({
            path: at("secrets", name),
            found: `${name} in environment too`,
            allowed: "a variable in one of the two",
            because: [at("environment", name)],
        }));
}

/** Tasks pull from ECR of their own partition; without internet of their own region alone, and reach what has an endpoint. */
function reachable(placed: PlacedContainer, { settings, parsed }: Context<ParsedTasks>): readonly Finding[] {
    const { container, name, at, is } = placed;
    const { region, network, stack } = settings;
    const findings: Finding[] = [];
    const found = String(container.image);
    const image = container.image === undefined ? undefined : parseImageReference(container.image);
    const imagePlace = is === "own" && Object.hasOwn(parsed.images, name) ? ["images", name] : at("image");
    if (image?.ecr !== undefined && !isOfPartition(image.ecr.arn, region)) {
        const allowed = `an image in ${partitionOf(region)}, the partition of ${region}, or one outside of ECR`;
        findings.push({ path: imagePlace, found, allowed, because: [["aws:region"]] });
    }
    if (network.egress !== "endpoints") return findings;
    const way = otherWay(settings);
    if (is === "collector" && container.image === COLLECTOR_IMAGE) {
        const copy = `${registryHost({ account: "<account>", region })}/<name>:<tag>`;
        const allowed = `{ image: ${copy} }, a copy of ${COLLECTOR_IMAGE} in ECR in ${region}, which npm run mirror -- ${stack} ${COLLECTOR_IMAGE} makes, since tasks have no internet, ${way}`;
        findings.push({ path: at(), found: "true", allowed, because: BECAUSE });
    } else if (findings.length === 0 && image !== undefined && image.ecr?.region !== region) {
        const stock =
            image.ecr === undefined
                ? `. To copy this one there: npm run mirror -- ${stack} ${found}. Stock images: ${STOCK_IMAGES}`
                : "";
        const allowed = `an image in ECR in ${region}, since tasks have no internet, ${way}${stock}`;
        findings.push({ path: imagePlace, found, allowed, because: BECAUSE });
    } else if (findings.length === 0 && image?.ecr !== undefined && !image.repository.startsWith(`${registryHost(image.ecr)}/`)) {
        const allowed = `the same image on ${registryHost(image.ecr)}, the only host of ECR that VPC endpoints serve, ${way}`;
        findings.push({ path: imagePlace, found, allowed, because: BECAUSE });
    }
    for (const { keys, arn } of namedSecrets(container)) {
        if (arn.split(":")[3] === region || !isOfPartition(arn, region)) continue;
        findings.push({
            path: at(...keys),
            found: arn,
            allowed: `a secret in ${region}, since tasks have no internet, ${way}`,
            because: BECAUSE,
        });
    }
    return findings;
}

/** Without internet, what answers an application has an endpoint. */
function answered({ permissions }: TaskSettings, { settings }: Context, at: At): readonly Finding[] {
    if (settings.network.egress !== "endpoints") return [];
    return permissions.flatMap(({ actions }, index) =>
        actions
            .filter(action => !hasEndpoint(action))
            .map(action => ({
                path: at("permissions", String(index), "actions"),
                found: action,
                allowed: `actions of ${ACTION_PREFIXES.join(", ")}, whose endpoints are known, or of what is in the VPC itself, such as rds-db:connect; ${otherWay(settings)}`,
                because: BECAUSE,
            })),
    );
}

const BECAUSE = [["network", "egress"], ["aws:region"]];

function otherWay({ network }: Settings): string {
    return `or fargate:network.egress: ${network.kind === "created" ? "nat" : "existing"}`;
}
