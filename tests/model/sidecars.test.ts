import assert from "node:assert/strict";
import { Sidecar, containerDefinitions } from "../../model/sidecars";
import { COLLECTOR, collector } from "../../model/tracing";

const OWN = {
    ...{ name: "web", image: "web@sha256:0", cpu: 512, memoryMiB: 1024, user: "65532", writablePaths: ["/tmp"] },
    ...{ environment: {}, secrets: {}, stopTimeoutSeconds: 30, logGroup: "shop-dev-web", region: "ap-northeast-2" },
};
const PROXY: Sidecar = {
    image: "envoy@sha256:1",
    user: "1000",
    writablePaths: ["/tmp"],
    environment: {},
    secrets: {},
    essential: true,
};

type Fields = Readonly<Record<string, unknown>>;
const made = (sidecars: Record<string, Sidecar>, more: object = {}) =>
    containerDefinitions({ ...OWN, sidecars, ...more }) as Fields[];

describe("the containers of a task", () => {
    it("are its own alone, as ever, where there are no sidecars", () => {
        const [own = {}, ...others] = containerDefinitions(OWN) as Fields[];
        assert.deepEqual(others, []);
        for (const key of ["memory", "dependsOn"]) assert.ok(!(key in own), key);
        assert.deepEqual([own["cpu"], own["essential"]], [0, true]);
    });

    it("stand in a stable order: its own first, sidecars by name", () => {
        assert.deepEqual(
            made({ z: PROXY, a: PROXY }).map(({ name }) => name),
            ["web", "a", "z"],
        );
    });

    it("share CPU alike, or as sidecars say, the rest its own", () => {
        assert.deepEqual(
            made({ a: PROXY, b: PROXY }).map(({ cpu }) => cpu),
            [0, 0, 0],
        );
        assert.deepEqual(
            made({ a: { ...PROXY, cpu: 64 }, b: { ...PROXY, cpu: 128 } }).map(({ cpu }) => cpu),
            [320, 64, 128],
        );
    });

    it("have a limit of memory where one is said, and mounts that fit it", () => {
        const [own, limited, free] = made({ a: { ...PROXY, memoryMiB: 130 }, b: PROXY });
        assert.deepEqual([own?.["memory"], limited?.["memory"], free?.["memory"]], [undefined, 130, undefined]);
        const size = (container?: Fields) => (container?.["linuxParameters"] as { tmpfs: { size: number }[] }).tmpfs[0]?.size;
        assert.deepEqual([size(own), size(limited), size(free)], [256, 32, 256]);
    });

    it("wait for each other in ECS's words, and stop as long as their task unless they say so", () => {
        const dependsOn = { d: "successful", a: "started", b: "healthy", c: "complete" } as const;
        const [own, a, b] = made({ a: PROXY, b: { ...PROXY, stopTimeoutSeconds: 60 }, c: PROXY, d: PROXY }, { dependsOn });
        assert.deepEqual(own?.["dependsOn"], [
            { containerName: "a", condition: "START" },
            { containerName: "b", condition: "HEALTHY" },
            { containerName: "c", condition: "COMPLETE" },
            { containerName: "d", condition: "SUCCESS" },
        ]);
        assert.deepEqual([a?.["stopTimeout"], b?.["stopTimeout"]], [30, 60]);
    });

    it("write to one log group, in streams of their own names", () => {
        for (const container of made({ proxy: PROXY })) {
            const { options } = container["logConfiguration"] as { options: Fields };
            assert.deepEqual([options["awslogs-group"], options["awslogs-stream-prefix"]], ["shop-dev-web", container["name"]]);
        }
    });
});

describe("the collector of traces", () => {
    it("cannot take its task down: it may end, is started again, and has a limit", () => {
        const [, container = {}] = made({ [COLLECTOR]: collector() });
        assert.deepEqual([container["essential"], container["memory"]], [false, 256]);
        assert.deepEqual((container["restartPolicy"] as Fields)["enabled"], true);
        assert.equal(container["user"], "4317");
        assert.deepEqual((container["healthCheck"] as Fields)["command"], ["CMD", "/healthcheck"]);
    });
});
