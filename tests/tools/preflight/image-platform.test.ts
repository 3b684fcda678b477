import assert from "node:assert/strict";
import { judged } from "../../../tools/preflight/checks/images";
import { imageConfigOf, manifestOf, misfits } from "../../../tools/preflight/image-platform";
import { Registry, placeOf } from "../../../tools/preflight/registry";

const use = { name: "web", reference: "shop:1", platform: "linux/arm64", user: "65532", port: 8080, key: "fargate:services.web" };
const config = (architecture: string, more: object = {}) => JSON.stringify({ os: "linux", architecture, config: more });
const MANIFEST = JSON.stringify({ config: { digest: "sha256:c" } });

/** Of images without an index. */
const registry = (manifest: string | undefined, blob?: string): Registry => ({
    manifest: () => Promise.resolve(manifest),
    blob: () => (blob === undefined ? Promise.reject(new Error("denied")) : Promise.resolve(blob)),
});

describe("an image", () => {
    it("by its index is for the platforms of its images, and for none of its attestations", () => {
        const manifests = [
            { digest: "sha256:1", platform: { os: "linux", architecture: "amd64" } },
            { digest: "sha256:2", platform: { os: "unknown", architecture: "unknown" } },
            { digest: "sha256:3" },
        ];
        assert.deepEqual(manifestOf(JSON.stringify({ manifests })), {
            kind: "index",
            images: [{ digest: "sha256:1", platform: "linux/amd64" }],
            isSilent: false,
        });
    });

    it("by an index that says no platform may be for any", async () => {
        const index = (platform?: object) => JSON.stringify({ manifests: [{ digest: "sha256:1", platform }] });
        assert.deepEqual(await judged(use, registry(index())), []);
        assert.equal((await judged(use, registry(index({ os: "linux", architecture: "amd64" }))))[0]?.status, "failure");
        assert.equal((await judged(use, registry('{"manifests":[]}')))[0]?.status, "failure");
    });

    it("without a form that is known is asked no further", async () => {
        assert.deepEqual(manifestOf("<html>"), { kind: "unknown" });
        assert.deepEqual(await judged(use, registry('{"schemaVersion":1}')), []);
    });

    it("by its configuration is for that platform alone", async () => {
        const [finding, ...others] = await judged(use, registry(MANIFEST, config("amd64")));
        assert.deepEqual(others, []);
        assert.equal(finding?.status, "failure");
        assert.match(finding.found, /^web: shop:1 is for linux\/amd64, and its task is linux\/arm64$/);
        assert.deepEqual(await judged(use, registry(MANIFEST, config("arm64", { User: "nonroot" }))), []);
    });

    it("whose configuration cannot be read is no failure", async () => {
        assert.deepEqual(await judged(use, registry(MANIFEST)), []);
    });

    it("that is made for root, another user or another port is a warning", () => {
        const texts = (user: string, ports: readonly number[], wanted: Partial<typeof use> = {}) =>
            misfits({ ...use, ...wanted }, { platform: "linux/arm64", user, ports }).map(({ found }) => found);
        assert.deepEqual(texts("", []), ["its image is made to run as root, and it runs as 65532"]);
        assert.deepEqual(texts("1001:1001", [8080]), ["its image is made to run as 1001, and it runs as 65532"]);
        assert.deepEqual(texts("65532:65532", [80, 443]), ["its image says that it listens on 80, 443, and it is asked on 8080"]);
        assert.deepEqual(texts("node", [8080]), []);
        assert.deepEqual(texts("", [], { user: "0:0" }), []);
        assert.deepEqual(texts("65532", [80], { port: undefined }), []);
    });

    it("tells TCP ports alone", () => {
        const ExposedPorts = { "80/tcp": {}, "53/udp": {}, "443/tcp": {} };
        assert.deepEqual(imageConfigOf(config("arm64", { ExposedPorts })), {
            platform: "linux/arm64",
            user: "",
            ports: [80, 443],
        });
        assert.equal(imageConfigOf("{}"), undefined);
    });

    it("is asked for where Docker would pull it from", () => {
        const places = ["nginx", "docker.io/nginx", "grafana/grafana", "ghcr.io/a/b", "localhost/x", "host:5000/x"];
        assert.deepEqual(
            places.map(repository => Object.values(placeOf({ repository })).join(" ")),
            [
                "registry-1.docker.io library/nginx",
                "registry-1.docker.io library/nginx",
                "registry-1.docker.io grafana/grafana",
                "ghcr.io a/b",
                "localhost x",
                "host:5000 x",
            ],
        );
    });
});
