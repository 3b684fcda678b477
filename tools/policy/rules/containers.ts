import { COMPONENT } from "../../../model/names";
import { looksSecret } from "../../../model/plain-secrets";
import type { Graph } from "../../inventory/graph";
import { UNKNOWN, at, fieldsOf, isAbsent, listOf, show } from "../../inventory/inputs";
import type { Resource } from "../../inventory/resource";
import { TASK_DEFINITION } from "../../inventory/types/ecs";
import { LOG_GROUP } from "../../inventory/types/cloudwatch";
import { containers, declaredContainers } from "../reading/containers";
import { Rule, resourceRule, stackRule } from "../rule";

const containersDropPrivileges = resourceRule({
    name: "containers-drop-privileges",
    title: "Containers are not privileged, and drop every Linux capability.",
    controls: ["ECS.4"],
    severity: "high",
    reason: "Capabilities are what turns a flaw in the application into a way around its limits.",
    fix: 'Set linuxParameters.capabilities to { add: [], drop: ["ALL"] } and privileged to nothing.',
    standing: { is: "met", where: "model/container.ts" },
    types: [TASK_DEFINITION],
    check: resource =>
        containers(resource).flatMap(({ name, definition }) => {
            const dropped = at(definition, "linuxParameters", "capabilities", "drop");
            const added = listOf(at(definition, "linuxParameters", "capabilities", "add"));
            return [
                ...(at(definition, "privileged") === true ? [`container ${name} is privileged`] : []),
                ...(dropped === UNKNOWN || listOf(dropped).includes("ALL") ? [] : [`container ${name} keeps capabilities`]),
                ...(added.length === 0 ? [] : [`container ${name} adds ${added.map(show).join(", ")}`]),
            ];
        }),
});

const containersHaveReadOnlyRoot = stackRule({
    name: "containers-have-read-only-root",
    title: "The root file system of containers is read-only.",
    controls: ["ECS.5"],
    severity: "high",
    reason: "Whoever gets into a container could change the program that it runs.",
    fix: "Set readonlyRootFilesystem to true, and name what the application writes to under writablePaths.",
    standing: { is: "met", where: "model/container.ts" },
    types: [TASK_DEFINITION],
    find: stack =>
        stack.ofType(TASK_DEFINITION).flatMap(resource => {
            const open = openToCommands(stack, resource);
            return containers(resource)
                .filter(({ name, definition }) => name !== open && at(definition, "readonlyRootFilesystem") !== true)
                .map(({ name }) => ({ resource, what: `container ${name} may write to its root file system` }));
        }),
});

/** The container of a task that ECS Exec has to reach: that it can be written to is part of what `services-have-no-shell` tells. */
function openToCommands(stack: Graph, definition: Resource): string | undefined {
    const task = stack.parentOf(definition);
    if (task?.type !== COMPONENT.task || task.inputs["exec"] !== true) return undefined;
    return declaredContainers(task)[0]?.name;
}

const containersLogToAKeptGroup = stackRule({
    name: "containers-log-to-a-kept-group",
    title: "Containers log to a group of this stack, which says how long logs are kept.",
    controls: [],
    severity: "medium",
    reason: "A group that a task or somebody else makes keeps everything for ever, unencrypted by any choice of yours, and is left behind.",
    fix: "Make the log group in the same stack and name it in awslogs-group, without awslogs-create-group.",
    standing: { is: "met", where: "components/task.ts" },
    types: [TASK_DEFINITION],
    find: stack => {
        const names = new Set(stack.ofType(LOG_GROUP).map(({ inputs }) => inputs["name"]));
        return stack.ofType(TASK_DEFINITION).flatMap(resource =>
            containers(resource).flatMap(({ name, definition }) => {
                const driver = at(definition, "logConfiguration", "logDriver");
                const options = at(definition, "logConfiguration", "options");
                const group = at(options, "awslogs-group");
                if (driver !== "awslogs" || group === UNKNOWN) return [];
                if (at(options, "awslogs-create-group") === "true")
                    return [{ resource, what: `container ${name} makes its log group itself` }];
                if (names.has(group) || names.has(UNKNOWN)) return [];
                return [{ resource, what: `container ${name} logs to ${show(group)}, which this stack does not make` }];
            }),
        );
    },
});

const ROOT_USER = /^(root|0+)(:|$)/;

const containersRunAsNonRoot = resourceRule({
    name: "containers-run-as-non-root",
    title: "Containers run as a user other than root.",
    controls: ["ECS.20"],
    severity: "medium",
    reason: "Root inside a container is root to every flaw of the kernel, of mounts and of the runtime.",
    fix: 'Set user, such as "65532", in the service\'s settings.',
    standing: { is: "met", where: "model/container.ts" },
    // The component's arguments are plain where the definition is not known before its image is built.
    types: [TASK_DEFINITION, COMPONENT.task],
    check: resource => {
        const running = resource.type === COMPONENT.task ? declaredContainers(resource) : containers(resource);
        return running.flatMap(({ name, definition }) => {
            const user = at(definition, "user");
            if (user === UNKNOWN) return [];
            if (isAbsent(user)) return [`container ${name} leaves its user to the image`];
            return ROOT_USER.test(show(user)) ? [`container ${name} runs as root (user ${show(user)})`] : [];
        });
    },
});

const containersWriteLogs = resourceRule({
    name: "containers-write-logs",
    title: "Containers have a log driver.",
    controls: ["ECS.9"],
    severity: "high",
    reason: "What a stopped task had to say is lost.",
    fix: "Give the container a logConfiguration.",
    standing: { is: "met", where: "model/container.ts" },
    types: [TASK_DEFINITION],
    check: resource =>
        containers(resource)
            .filter(({ definition }) => isAbsent(at(definition, "logConfiguration", "logDriver")))
            .map(({ name }) => `container ${name} has no log driver`),
});

const environmentHoldsNoSecret = stackRule({
    name: "environment-holds-no-secret",
    title: "No plain environment variable holds a secret.",
    controls: ["ECS.8"],
    severity: "high",
    reason: "Whoever may read a task definition, in the console or by an API call, reads its variables.",
    fix: "Store the value in Secrets Manager or SSM and name its ARN under secrets.",
    standing: { is: "met", where: "settings/service-checks.ts" },
    // The component's arguments are plain where the definition is not known before its image is built.
    types: [TASK_DEFINITION, COMPONENT.task],
    find: stack =>
        stack.ofType(TASK_DEFINITION, COMPONENT.task).flatMap(resource => {
            const task = resource.type === COMPONENT.task ? resource : stack.parentOf(resource);
            const declared = task === undefined ? [] : declaredContainers(task);
            const running = resource.type === COMPONENT.task ? declared : containers(resource);
            return running.flatMap(({ name: container, definition }) => {
                const plain = declared
                    .filter(({ name }) => name === container)
                    .flatMap(one => listOf(at(one.definition, "plain")));
                return variables(definition)
                    .filter(([name, value]) => !plain.includes(name) && looksSecret(name, value))
                    .map(([name]) => ({ resource, what: `variable ${name} looks like a secret in plain text` }));
            });
        }),
});

/** By name, as a component has them, or in pairs, as ECS has them. */
function variables(definition: unknown): [string, string][] {
    const environment = at(definition, "environment");
    const pairs = Array.isArray(environment)
        ? environment.map((pair): [string, unknown] => [show(at(pair, "name")), at(pair, "value")])
        : Object.entries(fieldsOf(environment));
    return pairs.map(([name, value]) => [name, value === UNKNOWN ? "" : show(value)]);
}

const imagesAreNamedByDigest = resourceRule({
    name: "images-are-named-by-digest",
    title: "Containers name their image by digest.",
    controls: [],
    severity: "medium",
    reason: "A tag may mean another image tomorrow: a scaled-out task would run what no deployment brought.",
    fix: "Use <repository>@sha256:… as the components/image.ts of this program resolves it.",
    standing: { is: "met", where: "components/image.ts" },
    types: [TASK_DEFINITION],
    check: resource =>
        containers(resource).flatMap(({ name, definition }) => {
            const image = at(definition, "image");
            return image === UNKNOWN || show(image).includes("@sha256:")
                ? []
                : [`container ${name} runs ${show(image)}, which is no digest`];
        }),
});

/** Types whose outputs are the secret itself: a definition that rests on one has it in plain text. */
const SECRET_SOURCES = [
    "aws:iam/accessKey:AccessKey",
    "random:index/randomPassword:RandomPassword",
    "tls:index/privateKey:PrivateKey",
];

const secretsStayOutOfDefinitions = stackRule({
    name: "secrets-stay-out-of-definitions",
    title: "No secret of the program flows into a task definition.",
    controls: ["ECS.8"],
    severity: "high",
    reason: "ECS stores and shows task definitions in plain text, however well the stack's state is encrypted.",
    fix: "Write the value to Secrets Manager and give the container its ARN under secrets.",
    standing: { is: "met", where: "components/task.ts" },
    types: [TASK_DEFINITION],
    find: stack =>
        stack.ofType(TASK_DEFINITION).flatMap(resource => {
            const sources = SECRET_SOURCES.flatMap(type => stack.referred(resource, "containerDefinitions", type));
            const isSecret = resource.secretProperties?.includes("containerDefinitions") ?? false;
            return [
                ...sources.map(({ name }) => ({ resource, what: `containerDefinitions rest on the secret ${name}` })),
                ...(isSecret && sources.length === 0 ? [{ resource, what: "containerDefinitions hold a secret value" }] : []),
            ];
        }),
});

export const containerRules: readonly Rule[] = [
    containersDropPrivileges,
    containersHaveReadOnlyRoot,
    containersLogToAKeptGroup,
    containersRunAsNonRoot,
    containersWriteLogs,
    environmentHoldsNoSecret,
    imagesAreNamedByDigest,
    secretsStayOutOfDefinitions,
];
