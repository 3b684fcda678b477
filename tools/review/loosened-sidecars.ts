import { isDeepStrictEqual } from "node:util";
import { DEFAULT_WRITABLE_PATHS } from "../../settings/container";
import type { SidecarSettings } from "../../settings";

type Sidecars = Readonly<Record<string, SidecarSettings>>;

/** Every sidecar sees its task's traffic, and may do what its task may: one more, or another one, is told of as a whole. */
export function loosenedSidecars(before: Sidecars = {}, after: Sidecars = {}): string[] {
    return Object.entries(after).flatMap(([name, sidecar]) => {
        const old = Object.hasOwn(before, name) ? before[name] : undefined;
        const lines =
            old === undefined ? [`runs ${sidecar.image} beside it`, ...ofSidecar(NOTHING, sidecar)] : changes(old, sidecar);
        return lines.map(line => `sidecar ${name}: ${line}`);
    });
}

/** What a sidecar starts from: no rights of its own. */
const NOTHING = { writablePaths: DEFAULT_WRITABLE_PATHS, secrets: {} };

function changes(before: SidecarSettings, after: SidecarSettings): string[] {
    return [
        ...(before.image === after.image ? [] : [`image ${before.image}→${after.image}`]),
        ...ofSidecar(before, after),
        ...(before.health !== undefined && !isDeepStrictEqual(before.health, after.health)
            ? [`health is ${after.health === undefined ? "gone" : "another one"}`]
            : []),
        ...(before.essential && !after.essential ? ["may end without its task"] : []),
    ];
}

function ofSidecar(
    before: Pick<SidecarSettings, "writablePaths" | "secrets" | "environmentFiles" | "plain"> & { readonly user?: string },
    after: SidecarSettings,
): string[] {
    const isNew = (list: readonly string[] | undefined) => (one: string) => !list?.includes(one);
    const paths = after.writablePaths.filter(isNew(before.writablePaths));
    const files = (after.environmentFiles ?? []).filter(isNew(before.environmentFiles));
    const plain = (after.plain ?? []).filter(isNew(before.plain));
    const secrets = Object.entries(after.secrets).flatMap(([name, arn]) => (before.secrets[name] === arn ? [] : [name]));
    const isRoot = /^(root|0+)(:|$)/.test(after.user);
    return [
        ...(before.user !== after.user && (isRoot || before.user !== undefined)
            ? [isRoot ? "runs as root" : `user ${before.user ?? ""}→${after.user}`]
            : []),
        ...(paths.length > 0 ? [`may write to ${paths.join(", ")}`] : []),
        ...(secrets.length > 0 ? [`gets secrets: ${secrets.join(", ")}`] : []),
        ...(files.length > 0 ? [`gets variables of ${files.join(", ")}`] : []),
        ...(plain.length > 0 ? [`says that these are no secrets: ${plain.join(", ")}`] : []),
    ];
}
