import { COMPONENT } from "../../../../model/names";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { TASK_DEFINITION } from "../../../../tools/inventory/types/ecs";
import { LOG_GROUP } from "../../../../tools/inventory/types/cloudwatch";
import { prove } from "../../../support/prove";
import { havingContainer, resource, task, without } from "../../../support/resources";

prove("containers-drop-privileges", {
    meets: { "no capability": [task({ linuxParameters: { capabilities: { add: [], drop: ["ALL"] } } })] },
    breaks: {
        "the capabilities that Docker leaves": [[task({})], /container web keeps capabilities/],
        "an added one": [
            [task({ linuxParameters: { capabilities: { add: ["SYS_PTRACE"], drop: ["ALL"] } } })],
            /adds SYS_PTRACE/,
        ],
        "a privileged container": [
            [task({ privileged: true, linuxParameters: { capabilities: { drop: ["ALL"] } } })],
            /container web is privileged/,
        ],
    },
    unknown: [task({}, { containerDefinitions: UNKNOWN })],
    broken: { by: havingContainer({ linuxParameters: undefined }) },
});

const OPEN = resource(COMPONENT.task, { name: "web", exec: true }, { name: "web-task" });
const openly = (name: string) => ({ ...task({ name, readonlyRootFilesystem: false }), parent: OPEN.urn });

prove("containers-have-read-only-root", {
    meets: {
        "a read-only root": [task({ readonlyRootFilesystem: true })],
        "the container that ECS Exec reaches, which services-have-no-shell tells of": [OPEN, openly("web")],
    },
    breaks: {
        "the default": [[task({})], /container web may write/],
        "a sidecar beside it": [[OPEN, openly("proxy")], /container proxy may write/],
    },
    unknown: [task({}, { containerDefinitions: UNKNOWN })],
    broken: { by: havingContainer({ readonlyRootFilesystem: undefined }) },
});

const loggingTo = (options: Readonly<Record<string, string>>) => ({ logConfiguration: { logDriver: "awslogs", options } });

prove("containers-log-to-a-kept-group", {
    meets: {
        "a group of the stack": [resource(LOG_GROUP, { name: "logs" }), task(loggingTo({ "awslogs-group": "logs" }))],
        "another driver, which knows no group": [task({ logConfiguration: { logDriver: "splunk" } })],
    },
    breaks: {
        "a group of somebody else": [
            [resource(LOG_GROUP, { name: "logs" }), task(loggingTo({ "awslogs-group": "others" }))],
            /logs to others, which this stack does not make/,
        ],
        "a group that the task makes": [
            [resource(LOG_GROUP, { name: "logs" }), task(loggingTo({ "awslogs-group": "logs", "awslogs-create-group": "true" }))],
            /makes its log group itself/,
        ],
    },
    unknown: [resource(LOG_GROUP, { name: UNKNOWN }), task(loggingTo({ "awslogs-group": "logs" }))],
    broken: { by: without(LOG_GROUP, "web-task-logs") },
});

prove("containers-run-as-non-root", {
    meets: {
        "a user by number": [task({ user: "65532" })],
        "a user by name and group": [task({ user: "app:app" })],
        "a user in the component's arguments": [resource(COMPONENT.task, { name: "web", user: "65532" })],
    },
    breaks: {
        "root by name": [[task({ user: "root" })], /container web runs as root \(user root\)/],
        "root by number": [[task({ user: "0:0" })], /runs as root/],
        "the image's user": [[task({})], /container web leaves its user to the image/],
        "root in the component's arguments": [
            [resource(COMPONENT.task, { name: "web", user: "0" })],
            /container web runs as root/,
        ],
        "root in a sidecar's": [
            [resource(COMPONENT.task, { name: "web", user: "1", sidecars: { proxy: { user: "0" } } })],
            /container proxy runs as root/,
        ],
    },
    unknown: [task({}, { containerDefinitions: UNKNOWN }), resource(COMPONENT.task, { name: "web", user: UNKNOWN })],
    broken: { by: havingContainer({ user: undefined }) },
});

prove("containers-write-logs", {
    meets: { awslogs: [task({ logConfiguration: { logDriver: "awslogs" } })] },
    breaks: { "no driver": [[task({})], /container web has no log driver/] },
    unknown: [task({}, { containerDefinitions: UNKNOWN })],
    broken: { by: havingContainer({ logConfiguration: undefined }) },
});

prove("environment-holds-no-secret", {
    meets: {
        "plain settings": [task({ environment: [{ name: "LOG_LEVEL", value: "info" }] })],
        "a secret by ARN": [task({ secrets: [{ name: "DB_PASSWORD", valueFrom: "arn:aws:secretsmanager:…" }] })],
        "what is about a secret": [task({ environment: [{ name: "TOKEN_TTL_SECONDS", value: "3600" }] })],
        "what the stack file states to be none": [
            resource(COMPONENT.task, { name: "web", environment: { TOKEN: "x" }, plain: ["TOKEN"] }, { urn: "task" }),
            { ...task({ environment: [{ name: "TOKEN", value: "x" }] }), parent: "task" },
        ],
        "a plain setting in the component's arguments": [resource(COMPONENT.task, { environment: { LOG_LEVEL: "info" } })],
    },
    breaks: {
        "the name of a password": [
            [task({ environment: [{ name: "DB_PASSWORD", value: "x" }] })],
            /DB_PASSWORD looks like a secret/,
        ],
        "a secret of a sidecar, though the same name is stated to be none of the service's": [
            [
                resource(COMPONENT.task, {
                    ...{ name: "web", environment: { TOKEN: "x" }, plain: ["TOKEN"] },
                    sidecars: { proxy: { environment: { TOKEN: "x" } } },
                }),
            ],
            /TOKEN looks like a secret/,
        ],
        "the keys of AWS": [[task({ environment: [{ name: "AWS_SECRET_ACCESS_KEY", value: "x" }] })], /AWS_SECRET_ACCESS_KEY/],
        "a URL with a password": [[task({ environment: [{ name: "DB", value: "postgres://me:pass@db/x" }] })], /variable DB /],
        "a value in the form of a secret": [
            [task({ environment: [{ name: "STRIPE", value: ["sk", "live", "0123456789"].join("_") }] })],
            /variable STRIPE /,
        ],
        "one in the component's arguments": [[resource(COMPONENT.task, { environment: { API_KEY: "x" } })], /API_KEY/],
        "the name of a password whose value is not known yet": [
            [resource(COMPONENT.task, { environment: { DB_PASSWORD: UNKNOWN } })],
            /DB_PASSWORD/,
        ],
    },
    unknown: [
        task({}, { containerDefinitions: UNKNOWN }),
        resource(COMPONENT.task, { environment: UNKNOWN }),
        resource(COMPONENT.task, { environment: { DB: UNKNOWN } }),
    ],
    broken: { by: havingContainer({ environment: [{ name: "DB_PASSWORD", value: "x" }] }) },
});

prove("images-are-named-by-digest", {
    meets: { "a digest": [task({ image: "repository@sha256:abc" })] },
    breaks: { "a tag": [[task({ image: "repository:latest" })], /container web runs repository:latest/] },
    unknown: [task({}, { containerDefinitions: UNKNOWN })],
    broken: { by: havingContainer({ image: "repository:latest" }) },
});

const PASSWORD = resource("random:index/randomPassword:RandomPassword");

prove("secrets-stay-out-of-definitions", {
    meets: {
        "a definition without secrets": [task({})],
        "one that rests on a role": [
            resource("aws:iam/role:Role"),
            resource(TASK_DEFINITION, { containerDefinitions: UNKNOWN }, { propertyDependencies: { executionRoleArn: [] } }),
        ],
    },
    breaks: {
        "a definition that is secret as a whole": [
            [resource(TASK_DEFINITION, { containerDefinitions: UNKNOWN }, { secretProperties: ["containerDefinitions"] })],
            /hold a secret value/,
        ],
        "one that rests on a generated password": [
            [
                PASSWORD,
                resource(
                    TASK_DEFINITION,
                    { containerDefinitions: UNKNOWN },
                    { propertyDependencies: { containerDefinitions: [PASSWORD.urn] } },
                ),
            ],
            /rest on the secret RandomPassword/,
        ],
    },
    unknown: [resource(TASK_DEFINITION, { containerDefinitions: UNKNOWN })],
    broken: {
        by: resources =>
            resources.map(each =>
                each.type === TASK_DEFINITION
                    ? {
                          ...each,
                          inputs: { ...each.inputs, containerDefinitions: UNKNOWN },
                          secretProperties: ["containerDefinitions"],
                      }
                    : each,
            ),
    },
});
