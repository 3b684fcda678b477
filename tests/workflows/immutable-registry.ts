import { createHash } from "node:crypto";
import { once } from "node:events";
import * as http from "node:http";
import type { AddressInfo } from "node:net";

const TYPE = { index: "index.v1+json", manifest: "manifest.v1+json", config: "config.v1+json" } as const;

const mediaType = (kind: keyof typeof TYPE) => `application/vnd.oci.image.${TYPE[kind]}`;

/** As much of a registry as naming an image takes, on loopback; a tag that exists is refused, of the same image too, as ECR refuses it. */
export class ImmutableRegistry {
    /** Digests by tag. */
    readonly tags = new Map<string, string>();
    readonly #contents = new Map<string, { readonly type: string; readonly text: string }>();
    readonly #server = http.createServer((request, response) => void this.#answer(request, response));

    async start(): Promise<void> {
        await once(this.#server.listen(0, "127.0.0.1"), "listening");
    }

    stop(): void {
        this.#server.close().closeAllConnections();
    }

    get repository(): string {
        return `127.0.0.1:${(this.#server.address() as AddressInfo).port}/fargate/web`;
    }

    /** Adds an image for one platform, as an index. @returns its digest */
    push(tag: string, content: string): string {
        const platform = { os: "linux", architecture: "arm64" };
        const config = this.#add("config", { ...platform, config: { Labels: { content } } });
        const manifest = this.#add("manifest", { config, layers: [] });
        const { digest } = this.#add("index", { manifests: [{ ...manifest, platform }] });
        this.tags.set(tag, digest);
        return digest;
    }

    #add(
        kind: keyof typeof TYPE,
        content: object,
    ): { readonly mediaType: string; readonly digest: string; readonly size: number } {
        const type = mediaType(kind);
        const text = JSON.stringify({ schemaVersion: 2, mediaType: type, ...content });
        const digest = `sha256:${createHash("sha256").update(text).digest("hex")}`;
        this.#contents.set(digest, { type, text });
        return { mediaType: type, digest, size: text.length };
    }

    async #answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
        let sent = "";
        for await (const chunk of request) sent += String(chunk);
        const reference = /^\/v2\/fargate\/web\/(?:manifests|blobs)\/([^/?]+)/.exec(request.url ?? "")?.[1] ?? "";
        if (request.method === "PUT") {
            if (this.tags.has(reference)) return void response.writeHead(400).end('{"errors":[{"code":"TAG_INVALID"}]}');
            const { digest } = this.#add("index", JSON.parse(sent) as object);
            this.tags.set(reference, digest);
            return void response.writeHead(201, { "docker-content-digest": digest }).end();
        }
        const digest = this.tags.get(reference) ?? reference;
        const content = this.#contents.get(digest);
        if (content === undefined) return void response.writeHead(404).end();
        const { type, text } = content;
        response.writeHead(200, { "content-type": type, "docker-content-digest": digest, "content-length": text.length });
        response.end(request.method === "HEAD" ? "" : text);
    }
}
