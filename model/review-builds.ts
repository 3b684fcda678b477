import { Preview, State, Step, UNKNOWN_TEXT } from "./review-preview";
import { TASK_DEFINITION } from "./review-service";

const IMAGE = "fargate:index:Image";
const BUILD = "docker-build:index:Image";
const ECS_SERVICE = "aws:ecs/service:Service";

/**
 * A preview as it would be with images that CI has yet to build, whose digests nobody knows: their services get a new task definition. In place of
 * a build of the stack's own, which CI never runs.
 *
 * @param tags content tags of the images, by service
 */
export function withNewBuilds(preview: Preview, tags: Readonly<Record<string, string>>): Preview {
    const services = Object.keys(tags);
    const isOf = (step: Step, type: string, suffix: string) =>
        step.type === type && services.some(service => step.name === `${service}${suffix}`);
    return {
        ...preview,
        steps: preview.steps
            .filter(step => !(step.op === "create" && isOf(step, BUILD, "-image")))
            .map(step => {
                if (isOf(step, IMAGE, "-image"))
                    return withInputs(step, { kind: "build", tag: tags[step.name.replace(/-image$/, "")] });
                if (isOf(step, TASK_DEFINITION, "-task-definition")) return changed(step, "replace", "containerDefinitions");
                return isOf(step, ECS_SERVICE, "") ? changed(step, "update", "taskDefinition") : step;
            }),
    };
}

/** What is created, replaced or deleted anyhow stays so. */
function changed(step: Step, op: string, key: string): Step {
    if (step.before === undefined || step.after === undefined) return step;
    const reasons = [...new Set([...step.reasons, key])].sort();
    return { ...withInputs(step, { ...step.after.inputs, [key]: UNKNOWN_TEXT }), op: step.op === "same" ? op : step.op, reasons };
}

function withInputs(step: Step, inputs: State["inputs"]): Step {
    return step.after === undefined ? step : { ...step, after: { ...step.after, inputs } };
}
