import assert from "node:assert/strict";
import { Settings } from "../../settings";
import { Given, service, settings } from "../support/given";

const production = (given: Given = {}) => settings({ profile: "production", allowHttp: true, ...given });

describe("the profile", () => {
    it("is development unless the stack says production", () => {
        assert.equal(settings().profile, "development");
        assert.equal(production().profile, "production");
    });

    it("chooses what DESIGN's table says", () => {
        const table = ({ network, services: [web], ...stack }: Settings) => ({
            zones: network.kind === "created" ? network.zoneCount : 0,
            endpointZones: network.endpointZones,
            egress: network.egress,
            tasks: web?.tasks,
            spotPercent: web?.spotPercent,
            logRetentionDays: stack.logRetentionDays,
            containerInsights: stack.containerInsights,
            imageScan: stack.imageScan,
            deletionProtection: stack.deletionProtection,
            customerKey: stack.encryption?.customerKey,
            interval: web?.health.intervalSeconds,
            timeout: web?.health.timeoutSeconds,
        });
        assert.deepEqual(table(settings()), {
            zones: 2,
            endpointZones: 1,
            egress: "endpoints",
            tasks: 1,
            spotPercent: 100,
            logRetentionDays: 7,
            containerInsights: "disabled",
            imageScan: undefined,
            deletionProtection: false,
            customerKey: undefined,
            interval: 5,
            timeout: 4,
        });
        assert.deepEqual(table(production()), {
            zones: 3,
            endpointZones: 3,
            egress: "endpoints",
            tasks: { min: 2, max: 10, cpuPercent: 60 },
            spotPercent: 0,
            logRetentionDays: 365,
            containerInsights: "enhanced",
            imageScan: "high",
            deletionProtection: true,
            customerKey: true,
            interval: 10,
            timeout: 5,
        });
    });

    it("has no say in what a key sets, false and 0 included", () => {
        const keys = { logRetentionDays: 30, containerInsights: "enabled", deletionProtection: false };
        const { logRetentionDays, containerInsights, deletionProtection } = production(keys);
        assert.deepEqual({ logRetentionDays, containerInsights, deletionProtection }, keys);
        assert.equal(settings({ deletionProtection: true }).deletionProtection, true);
        for (const imageScan of ["critical", "low"] as const) assert.equal(production({ imageScan }).imageScan, imageScan);
        assert.equal(settings({ imageScan: "critical" }).imageScan, "critical");
        assert.equal(production({ imageScan: "none" }).imageScan, undefined);
        assert.equal(service({ spotPercent: 0 }).spotPercent, 0);
        assert.equal(service({ tasks: 0 }).tasks, 0);
        assert.equal(service({ tasks: 3 }, { profile: "production", allowHttp: true }).tasks, 3);
        const health = { path: "/healthz", gracePeriodSeconds: 0, intervalSeconds: 20, timeoutSeconds: 3 };
        assert.deepEqual(service({ health }).health, health);
    });
});
