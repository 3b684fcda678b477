import { SERVICES } from "./services";
import type { AwsService, TypeActions } from "./services/actions";
import { BUILT_IMAGE } from "./services/ecr";

/** Everything that a stack's updates call, and who asks what became of one. */
export function updateActions(hasDomain: boolean): string[] {
    return unique(
        servicesOf(hasDomain).flatMap(service => [
            ...typesOf(service).flatMap(allOf),
            ...lookUpsOf(service),
            ...(service.rollouts ?? []),
            ...(service.preflight ?? []),
        ]),
    );
}

/** What a preview calls, with `--refresh` too, and what is asked before an update. */
export function previewActions(hasDomain: boolean): string[] {
    return unique(
        servicesOf(hasDomain).flatMap(service => [
            ...typesOf(service).flatMap(({ read }) => read),
            ...lookUpsOf(service),
            ...(service.preflight ?? []),
        ]),
    );
}

/** Pushing an image, and looking whether it is there already. */
export function pushActions(): string[] {
    return unique(["ecr:GetAuthorizationToken", ...BUILT_IMAGE.create, ...BUILT_IMAGE.read]);
}

function servicesOf(hasDomain: boolean): AwsService[] {
    return SERVICES.filter(({ needsDomain }) => hasDomain || needsDomain !== true);
}

function typesOf({ types }: AwsService): TypeActions[] {
    return Object.values(types);
}

function lookUpsOf({ lookUps }: AwsService): string[] {
    return Object.values(lookUps).flat();
}

function allOf(actions: TypeActions): string[] {
    return [...actions.create, ...actions.read, ...actions.update, ...actions.delete, ...actions.tag];
}

function unique(values: readonly string[]): string[] {
    return [...new Set(values)].sort();
}
