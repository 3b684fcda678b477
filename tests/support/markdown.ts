import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

type Document = ReturnType<typeof fromMarkdown>;
type Block = Document["children"][number];
type Node = Document | Block | Extract<Block, { type: "paragraph" }>["children"][number];

/** A reading of CommonMark with GitHub's tables, footnotes and the like. It differs from GitHub's in corners: fences of more than 255, for one. */
export function readMarkdown(text: string): Document {
    return fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}

/** The nodes of a part, itself first, in the order of the text. */
export function nodesOf(node: Node): Node[] {
    return "children" in node ? [node, ...(node.children as Node[]).flatMap(nodesOf)] : [node];
}
