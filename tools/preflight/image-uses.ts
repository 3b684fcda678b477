import { containersOf, tasksOf } from "../../settings/tasks";
import { imageFor } from "../deployed/images";
import type { Subject } from "./check";
import type { Wanted } from "./image-platform";

/** A container, and the image that the update would give it. */
export interface Use extends Wanted {
    readonly reference: string;
}

/** Each image once a task: a job that runs its service's is told with that. */
export function usesIn({ settings }: Subject, chosen: Readonly<Record<string, string>>): readonly Use[] {
    return tasksOf(settings).flatMap(placed => {
        const { task } = placed;
        const platform = `linux/${task.architecture === "arm64" ? "arm64" : "amd64"}`;
        return containersOf(placed).flatMap(({ name, container, at, is }) => {
            const isOwn = is === "own";
            const reference = (isOwn ? imageFor(chosen, name) : undefined) ?? container.image;
            if (reference === undefined || (isOwn && task.of !== undefined)) return [];
            const key = `fargate:${at().join(".")}`;
            return [
                {
                    name: isOwn ? name : `${task.name}/${name}`,
                    reference,
                    platform,
                    user: container.user,
                    port: isOwn ? task.port : undefined,
                    key,
                },
            ];
        });
    });
}
