import assert from "node:assert/strict";
import { ServiceFacts, failedContainer, key } from "../../model/verdict-facts";
import { FACTS, block, exited, stopped, wentBack } from "../support/verdict-fixture";

const PROXY = {
    image: "envoy:1",
    user: "1000",
    writablePaths: [],
    environment: {},
    secrets: {},
    essential: true,
    memoryMiB: 128,
};
const SIDECARS: Partial<ServiceFacts> = { sidecars: { proxy: PROXY, warm: { ...PROXY, essential: false } } };
const ended = (...codes: [string, number][]) => ({
    ...exited(0),
    containers: codes.map(([name, exitCode]) => ({ name, exitCode })),
});

describe("the container that a task failed by", () => {
    it("is the one that ended by itself, and none that was told to end, or may end", () => {
        const named = (...codes: [string, number][]) => failedContainer(ended(...codes), { ...FACTS, ...SIDECARS });
        assert.equal(named(["web", 143], ["proxy", 1]), "proxy");
        assert.equal(named(["proxy", 137], ["web", 1]), "web");
        assert.equal(named(["warm", 1], ["web", 2]), "web");
        assert.equal(named(["proxy", 1], ["web", 1]), "web");
        assert.equal(named(["proxy", 143]), "proxy");
        assert.equal(named(["web", 0]), undefined);
        const said = stopped({
            containers: [
                { name: "web", exitCode: 1 },
                { name: "proxy", reason: "OutOfMemoryError" },
            ],
        });
        assert.equal(failedContainer(said, FACTS), "proxy");
    });

    it("is advised on by its own keys", () => {
        const memory = {
            ...ended(["web", 143]),
            containers: [{ name: "proxy", exitCode: 137, reason: "OutOfMemoryError: killed" }],
        };
        assert.match(
            block(wentBack(memory), undefined, SIDECARS).join(),
            /raise fargate:services\.web\.sidecars\.proxy\.memoryMiB, which is 128\./,
        );
        assert.match(
            block(wentBack(ended(["web", 143], ["proxy", 1])), undefined, SIDECARS).join(),
            /The sidecar proxy ended by itself, and the task with it: .* set fargate:services\.web\.sidecars\.proxy\.essential to false/,
        );
        assert.match(
            block(wentBack(ended(["web", 1], ["proxy", 143])), undefined, SIDECARS).join(),
            /The application ended by itself/,
        );
        assert.equal(key({ ...FACTS, sidecar: "proxy" }, "architecture"), "fargate:services.web.architecture");
    });

    it("waited in vain where ECS says so", () => {
        const reason = "dependency graph: container ordering dependency [proxy] for target [web] has timed out.";
        assert.match(
            block(wentBack(stopped({ reason })), undefined, SIDECARS).join(),
            /waited in vain .* fargate:services\.web\.dependsOn/,
        );
    });
});
