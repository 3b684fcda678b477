import { providerArgs } from "../../../model/tags";
import type { Settings } from "../../../settings";

export interface AwsTag {
    readonly Key: string;
    readonly Value: string;
}

/** The tags of a stack for what a command makes beside it, which Pulumi does not manage: `managed-by` names the command. */
export function tagsBeside(settings: Pick<Settings, "aws" | "project" | "stack" | "tags">, command: string): readonly AwsTag[] {
    const tags = { ...providerArgs(settings).defaultTags.tags, "managed-by": `npm run ${command}` };
    return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Whose something is by its tags, where that is another stack's. */
export function otherOwner(
    { project, stack }: Pick<Settings, "project" | "stack">,
    tags: readonly { readonly Key?: string; readonly Value?: string }[],
): string | undefined {
    const of = (key: string) => tags.find(({ Key }) => Key === key)?.Value;
    const [itsProject = project, itsStack = stack] = [of("project"), of("stack")];
    return itsProject === project && itsStack === stack ? undefined : `the stack ${itsStack} of ${itsProject}`;
}
