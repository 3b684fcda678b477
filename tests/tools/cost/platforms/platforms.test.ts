import assert from "node:assert/strict";
import { DIFFERENCES } from "../../../../tools/cost/platforms/differences";
import { CORE_DNS, ROOM, instancesFor } from "../../../../tools/cost/platforms/instances";
import { LARGEST_LOAD, atLoad, crossings } from "../../../../tools/cost/platforms/load";
import { PLATFORMS, Platform, Workload, compare, workloadOf } from "../../../../tools/cost/platforms/platforms";
import { DEFAULT_USAGE } from "../../../../settings/usage";
import { toCents } from "../../../../tools/cost/prices/prices";
import { endpoint, prices, scaling, service } from "../../../support/cost-fixtures";

/** `tasks` tasks of 0.5 vCPU and 1 GB on ARM64 in one zone, with a way out of their own. */
function workload(tasks: number, change: Partial<Workload> = {}): Workload {
    const size = { vcpu: 0.5, memoryGb: 1, architecture: "ARM64", extraStorageGb: 0 } as const;
    return { services: [{ name: "web", size, tasks }], zones: 1, endpointZones: 0, ...change };
}

function amounts(of: Workload, region = "us-east-1", packing?: "shared CPU"): Record<Platform, number | undefined> {
    const costs = compare(of, prices(region), packing);
    const usd = (amount: number | undefined) => (amount === undefined ? undefined : toCents(amount));
    return Object.fromEntries(costs.map(({ platform, monthlyUsd }) => [platform, usd(monthlyUsd)])) as Record<
        Platform,
        number | undefined
    >;
}

const partsOf = (of: Workload, platform: Platform) =>
    compare(of, prices())
        .find(cost => cost.platform === platform)
        ?.parts.map(({ what, monthlyUsd }) => [what, toCents(monthlyUsd ?? 0)]);

describe("packing", () => {
    const room = { cpuUnits: 2048, memoryMiB: 8000, tasks: 10 };
    const task = (cpuUnits: number, memoryMiB: number) => ({ cpuUnits, memoryMiB });

    it("fills instances by CPU, memory and number of tasks", () => {
        assert.equal(
            instancesFor(
                Array.from({ length: 8 }, () => task(512, 100)),
                room,
            ),
            2,
        );
        assert.equal(
            instancesFor(
                Array.from({ length: 8 }, () => task(1, 3000)),
                room,
            ),
            4,
        );
        assert.equal(
            instancesFor(
                Array.from({ length: 21 }, () => task(1, 1)),
                room,
            ),
            3,
        );
        assert.equal(instancesFor([], room), 0);
    });

    it("takes large tasks first, so that small ones fill the gaps", () => {
        assert.equal(instancesFor([task(600, 1), task(1400, 1), task(600, 1), task(1400, 1)], room), 2);
    });

    it("knows a task that no instance can hold", () => {
        assert.equal(instancesFor([task(2048, 8000)], room), 1);
        assert.equal(instancesFor([task(2049, 1)], room), undefined);
        assert.equal(instancesFor([task(1, 8001)], room), undefined);
    });

    it("leaves less room on EKS, which runs its own pods on each node", () => {
        assert.ok(ROOM.eks.cpuUnits < ROOM.ecs.cpuUnits && ROOM.eks.memoryMiB < ROOM.ecs.memoryMiB);
        assert.deepEqual(ROOM.ecs, { cpuUnits: 2048, memoryMiB: 7729, tasks: 10 });
        assert.deepEqual([Math.round((ROOM.eks.cpuUnits * 1000) / 1024), ROOM.eks.memoryMiB, ROOM.eks.tasks], [1780, 7311, 27]);
        assert.equal(CORE_DNS.length, 2);
    });
});

describe("the comparison", () => {
    it("takes the tasks of a stack at the expected level, in whole ones", () => {
        const subnets = { networkConfiguration: { subnets: ["a", "b", "c"] } };
        const resources = [
            ...service({ service: subnets }),
            ...scaling("web", { min: 2, max: 9 }, { ECSServiceAverageCPUUtilization: 60 }),
            endpoint("logs", 2),
        ];
        const { services, zones, endpointZones } = workloadOf(resources, { ...DEFAULT_USAGE, scalingPercent: 10 });
        assert.deepEqual([services[0]?.tasks, zones, endpointZones], [3, 3, 2]);
        assert.equal(workloadOf(service(), DEFAULT_USAGE).endpointZones, 0);
    });

    it("prices Fargate by what tasks are given", () => {
        const { Fargate: fargate, "Fargate Spot": spot } = amounts(workload(4));
        assert.deepEqual([fargate, spot], [57.67, 18.36]);
    });

    it("prices instances with their volumes, and has room for one task more", () => {
        // Four tasks fill an instance, the fifth is the one that a deployment starts.
        assert.deepEqual(partsOf(workload(3), "ECS on EC2"), [["1 × m6g.large", toCents(0.077 * 730 + 30 * 0.08)]]);
        assert.deepEqual(partsOf(workload(4), "ECS on EC2"), [["2 × m6g.large", toCents(2 * (0.077 * 730 + 30 * 0.08))]]);
    });

    it("counts the control plane of EKS", () => {
        assert.deepEqual(partsOf(workload(1), "EKS on EC2"), [
            ["control plane", 73],
            ["1 × m6g.large", toCents(0.077 * 730 + 20 * 0.08)],
        ]);
    });

    it("has an instance in every zone with a task", () => {
        const [[what] = []] = partsOf(workload(2, { zones: 3 }), "ECS on EC2") ?? [];
        assert.equal(what, "2 × m6g.large");
        const [[other] = []] = partsOf(workload(5, { zones: 3 }), "ECS on EC2") ?? [];
        assert.equal(other, "3 × m6g.large");
    });

    it("counts the endpoints that instances need and Fargate does not", () => {
        const extra = (platform: Platform) =>
            (amounts(workload(3, { endpointZones: 2 }))[platform] ?? NaN) - (amounts(workload(3))[platform] ?? NaN);
        assert.equal(extra("Fargate"), 0);
        assert.equal(extra("ECS on EC2").toFixed(2), "43.80");
        assert.equal(extra("EKS on EC2").toFixed(2), "43.80");
    });

    it("takes the cheapest instance whose price is known, by architecture", () => {
        const x86 = workload(1);
        const services = x86.services.map(one => ({ ...one, size: { ...one.size, architecture: "X86_64" as const } }));
        assert.deepEqual(partsOf({ ...x86, services }, "ECS on EC2")?.[0]?.[0], "1 × m5.large");
        const both = { ...x86, services: [...services, ...x86.services] };
        assert.deepEqual(
            partsOf(both, "ECS on EC2")?.map(([what]) => what),
            ["1 × m5.large", "1 × m6g.large"],
        );
    });

    it("names every service whose task is larger than an instance, and no other", () => {
        const [web] = workload(1).services;
        assert.ok(web);
        const big = { name: "big", tasks: 1, size: { ...web.size, vcpu: 4, memoryGb: 8 } };
        const found = compare(workload(1, { services: [web, big] }), prices());
        for (const platform of ["ECS on EC2", "EKS on EC2"]) {
            const cost = found.find(one => one.platform === platform);
            assert.deepEqual(cost?.unknown, ["a task of big (4 vCPU, 8 GB, ARM64) is larger than m6g.large, m7g.large"]);
        }
    });

    it("knows no amount where a price is missing or a task is too large, and says why", () => {
        const seoul = compare(workload(1), prices("ap-northeast-2")).find(({ platform }) => platform === "Fargate Spot");
        assert.equal(seoul?.monthlyUsd, undefined);
        assert.match(seoul?.unknown[0] ?? "", /^no price for Fargate Spot ARM64/);
        const large = workload(1, {
            services: [{ name: "big", tasks: 1, size: { vcpu: 4, memoryGb: 8, architecture: "ARM64", extraStorageGb: 0 } }],
        });
        const onEc2 = compare(large, prices()).find(({ platform }) => platform === "ECS on EC2");
        assert.equal(onEc2?.monthlyUsd, undefined);
        assert.match(onEc2?.unknown[0] ?? "", /larger than/);
    });

    it("packs by memory alone where tasks share CPU", () => {
        assert.ok(
            (amounts(workload(20), "us-east-1", "shared CPU")["ECS on EC2"] ?? 0) < (amounts(workload(20))["ECS on EC2"] ?? 0),
        );
        assert.equal(amounts(workload(20), "us-east-1", "shared CPU").Fargate, amounts(workload(20)).Fargate);
    });

    it("answers every question for every platform", () => {
        for (const { question, answers } of DIFFERENCES) {
            for (const platform of PLATFORMS) assert.ok(answers[platform], `${question} for ${platform}`);
        }
    });
});

describe("load", () => {
    it("keeps the proportions of services", () => {
        const [web] = workload(3).services;
        assert.ok(web);
        const two = workload(0, { services: [web, { ...web, name: "worker", tasks: 1 }] });
        const counts = (tasks: number) => atLoad(two, tasks).services.map(one => one.tasks);
        assert.deepEqual(
            [counts(4), counts(8), counts(1), counts(5)],
            [
                [3, 1],
                [6, 2],
                [1, 0],
                [4, 1],
            ],
        );
    });

    it("changes the order from the number of tasks on where it no longer changes back", () => {
        const found = crossings(workload(4, { endpointZones: 2 }), prices(), "shared CPU");
        const crossing = found.find(({ cheaper, than }) => cheaper === "ECS on EC2" && than === "Fargate");
        assert.ok(crossing && crossing.firstTasks < crossing.fromTasks);
        const difference = (tasks: number) => {
            const usd = amounts(workload(tasks, { endpointZones: 2 }), "us-east-1", "shared CPU");
            return (usd["ECS on EC2"] ?? NaN) - (usd.Fargate ?? NaN);
        };
        assert.ok(difference(crossing.fromTasks - 1) >= 0);
        assert.ok(difference(crossing.firstTasks) < 0 && difference(crossing.firstTasks - 1) >= 0);
        for (let tasks = crossing.fromTasks; tasks <= LARGEST_LOAD; tasks++) assert.ok(difference(tasks) < 0, `${tasks} tasks`);
    });

    it("never makes instances cheaper where they are reserved as Fargate is and memory lies idle", () => {
        const found = crossings(workload(1), prices());
        assert.deepEqual(
            found.filter(({ cheaper }) => cheaper === "Fargate").map(({ than, fromTasks }) => [than, fromTasks]),
            [
                ["ECS on EC2", 1],
                ["EKS on EC2", 1],
            ],
        );
    });

    it("says nothing about a platform without a price", () => {
        const found = crossings(workload(1), prices("ap-northeast-2"));
        assert.ok(found.every(({ cheaper, than }) => ![cheaper, than].includes("Fargate Spot")));
    });
});
