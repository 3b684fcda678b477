import { Scalar, isMap, isScalar } from "yaml";
import { Edit, documentOf, edited, linesOf, mapAt, pairIn, scalarsIn } from "./edits";

/** What the new stack is to be. */
export interface Wish {
    readonly stack: string;
    /** The stack whose file it is made from. */
    readonly like: string;
    /** Name that it answers under. @default `<stack>.<name of the other>`, where that has one */
    readonly domain?: string;
}

export interface NewStackFile {
    readonly text: string;
    /** Name of the domain before and after, where there is one. */
    readonly domain?: { readonly from: string; readonly to: string };
    /** Keys that were left out. */
    readonly left: readonly string[];
    /** Keys that may mean the other stack still. */
    readonly open: readonly string[];
}

/** What the engine wrote beside the configuration of the other stack, and could not read for this one. */
const OF_ITS_SECRETS = ["secretsprovider", "encryptedkey", "encryptionsalt"];

/** Given to one stack alone. */
const OF_ITS_OWN = ["fargate:permissionsBoundary", "fargate:images"];

/** Both stacks' records may lie in it. */
const ZONE = "fargate:domain.zone";

/** Things that exist, of which the new stack may want others. */
const EXISTING = /\.(certificateArn|vpcId)$|^fargate:network\.stack(\.name)?$|^fargate:domain\.otherNames\b/;

/** The file of a stack made from another's. What would collide differs: domain and hosts; what only that stack may have is left out. */
export function stackFileLike(text: string, { stack, like, domain: wanted }: Wish): NewStackFile {
    const document = documentOf(text);
    const config = mapAt(document, ["config"]);
    const root = isMap(document.contents) ? document.contents : undefined;
    const secret = (config?.items ?? []).flatMap(({ key, value }) =>
        isScalar(key) && scalarsIn(value).some(({ path }) => path[path.length - 1] === "secure") ? [String(key.value)] : [],
    );
    const left = [...OF_ITS_SECRETS.filter(key => root?.has(key)), ...OF_ITS_OWN.filter(key => config?.has(key)), ...secret];
    const leaving = left
        .flatMap(key => pairIn(root, key) ?? pairIn(config, key) ?? [])
        .map(pair => ({ ...linesOf(text, pair), text: "" }));

    const name = document.getIn(["config", "fargate:domain", "name"]);
    const domain = typeof name === "string" ? { from: name, to: wanted ?? `${stack}.${name}` } : undefined;
    const scalars = scalarsIn(config).filter(({ path: [key = ""] }) => !left.includes(key));
    const named = scalars.filter(
        ({ path, node }) =>
            (/^fargate:domain\.(name|otherNames)\b/.test(path.join(".")) || path.includes("hosts")) &&
            isBelow(node.value, domain?.from),
    );
    const renames = domain === undefined ? [] : named.map(({ node }) => renaming(text, node, domain));
    const words = new RegExp(`(^|[^a-z0-9])${like.replaceAll(".", "\\.")}([^a-z0-9]|$)`, "i");
    const open = scalars
        .filter(scalar => !named.includes(scalar))
        .map(({ path, node }) => ({ key: path.join("."), value: String(node.value) }))
        .filter(
            ({ key, value }) =>
                words.test(value) ||
                /^arn:/.test(value) ||
                EXISTING.test(key) ||
                (key !== ZONE && domain !== undefined && value.includes(domain.from)),
        )
        .map(({ key }) => key);
    return { text: edited(text, [...leaving, ...renames]), domain, left, open };
}

export function isBelow(value: unknown, name: string | undefined): boolean {
    return typeof value === "string" && name !== undefined && (value === name || value.endsWith(`.${name}`));
}

/** `"*.shop.example.com"` becomes `"*.staging.shop.example.com"`, in its quotes. */
export function renaming(text: string, node: Scalar, { from, to }: { readonly from: string; readonly to: string }): Edit {
    const [start = 0, end = 0] = node.range ?? [];
    const at = text.slice(start, end).lastIndexOf(from) + start;
    return { start: at, end: at + from.length, text: to };
}
