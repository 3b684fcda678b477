import assert from "node:assert/strict";
import { Call } from "../../tools/inventory/recorder";
import { NAT, STATE, found } from "./found";

const SERVICE = "aws:ecs/service:Service";
const urn = (name: string) => `urn:pulumi:dev::fargate::fargate:index:Service$${SERVICE}::${name}`;

/** A state with these services, by what it says of their alarms. */
const state =
    (services: Readonly<Record<string, unknown>>): Call =>
    () => ({
        outputs: Object.fromEntries(
            Object.entries(services).map(([name, alarms]) => [urn(name), { type: SERVICE, outputs: { alarms } }]),
        ),
    });

describe("services that ECS was told of alarms for", () => {
    it("are those whose state names any, on or off", async () => {
        const services = {
            web: { alarmNames: ["fargate-dev-web-errors"], enable: true },
            api: { alarmNames: ["fargate-dev-api-errors"], enable: false },
            worker: null,
            jobs: { alarmNames: [] },
        };
        const { alarmed } = await found(NAT, { [STATE]: state(services) });
        assert.deepEqual([...alarmed].sort(), ["api", "web"]);
    });

    it("are none in a new stack", async () => {
        assert.deepEqual([...(await found(NAT)).alarmed], []);
    });
});
