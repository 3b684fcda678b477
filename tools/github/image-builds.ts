import * as path from "node:path";
import { contentTag } from "../../model/content-hash";
import { sharedRepositoryName } from "../../iam/names";
import { isSurelyHarmless } from "../../model/plain-secrets";
import { BuildSettings, PROJECT_FOLDER, Settings } from "../../settings";
import { imageOwners } from "../../settings/tasks";
import { UserError } from "../cli/user-error";

/** One image that CI builds for every stack that asks for it: the inputs of docker/build-push-action, and where to build. */
export interface ImageBuild {
    readonly service: string;
    /** Without the registry's host. */
    readonly repository: string;
    /** Changes when, and only when, what is built changes: an image that has it already is not built again, and nothing restarts for it. */
    readonly contentTag: string;
    readonly context: string;
    readonly file: string;
    /** Comma separated. */
    readonly platforms: string;
    /** One `NAME=value` a line, in quotes where the action would read it as something else. */
    readonly arguments: string;
    /** Empty: the last stage. */
    readonly target: string;
    /** Label of a GitHub-hosted runner that runs the image's `RUN` lines without emulation. */
    readonly runner: string;
}

/** The first that an image asks for runs the build; `COPY` needs no processor, so an image without `RUN` is built for both on either. */
const PLACES = [
    { architecture: "arm64", platform: "linux/arm64", runner: "ubuntu-24.04-arm" },
    { architecture: "x86_64", platform: "linux/amd64", runner: "ubuntu-24.04" },
] as const;

/**
 * The images of all stacks, each built once, for every architecture that a stack asks for.
 *
 * @param root what contexts are relative to. Default: the project's folder
 * @throws UserError where two stacks want the same service built differently: what is promoted is one image.
 */
export function imageBuilds(stacks: readonly Settings[], root = PROJECT_FOLDER): ImageBuild[] {
    const asked = stacks.flatMap(({ project, stack, ...settings }) =>
        imageOwners(settings).flatMap(({ name, build, architecture }) =>
            build ? [{ project, stack, name, build, architecture }] : [],
        ),
    );
    const names = [...new Set(asked.map(({ name }) => name))].sort();
    return names.map(name => {
        const same = asked.filter(candidate => candidate.name === name);
        const [first, ...others] = same;
        if (first === undefined) throw new Error(`no stack builds ${name}`);
        const other = others.find(({ build }) => text(build) !== text(first.build));
        if (other !== undefined) {
            throw new UserError(
                `fargate:services.${name}.build: ${first.stack} says ${shown(first.build)}, ${other.stack} says ${shown(other.build)}. Allowed: the same in every stack, since one build is promoted. Next: put what differs into environment.`,
            );
        }
        const { build, project } = first;
        const places = PLACES.filter(place => same.some(({ architecture }) => place.architecture === architecture));
        const platforms = places.map(({ platform }) => platform).join(",");
        const fromProject = (file: string) => path.resolve(root, file);
        return {
            service: name,
            repository: sharedRepositoryName(project, name),
            contentTag: contentTag({
                ...build,
                context: fromProject(build.context),
                dockerfile: fromProject(build.dockerfile),
                platform: platforms,
            }),
            context: build.context,
            file: build.dockerfile,
            platforms,
            arguments: Object.entries(build.args)
                .map(([key, value]) => asRecord(`${key}=${value}`))
                .join("\n"),
            target: build.target ?? "",
            runner: (places[0] ?? PLACES[0]).runner,
        };
    });
}

function text({ context, dockerfile, args, target }: BuildSettings): string {
    const sorted = Object.fromEntries(Object.entries(args).sort(([one], [other]) => (one < other ? -1 : 1)));
    return JSON.stringify({ context, dockerfile, args: sorted, target });
}

/** docker/build-push-action reads the arguments as CSV, and joins what commas part. */
function asRecord(argument: string): string {
    return /["\r\n]/.test(argument) ? `"${argument.replaceAll('"', '""')}"` : argument;
}

/** Where a value may be a secret, without it. */
function shown(build: BuildSettings): string {
    const args = Object.entries(build.args).map(([name, value]) => [name, isSurelyHarmless(name, value) ? value : "(not shown)"]);
    return text({ ...build, args: Object.fromEntries(args) as BuildSettings["args"] });
}
