import { stackRule } from "../rule";
import { TASK_DEFINITION } from "../../inventory/types";

/** Types whose outputs are the secret itself: a definition that rests on one has it in plain text. */
const SECRET_SOURCES = [
    "aws:iam/accessKey:AccessKey",
    "random:index/randomPassword:RandomPassword",
    "tls:index/privateKey:PrivateKey",
];

export const secretsStayOutOfDefinitions = stackRule({
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
