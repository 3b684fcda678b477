import assert from "node:assert/strict";
import { DashboardFacts, dashboardBody } from "../../model/dashboard";

interface Drawn {
    readonly type: string;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    readonly properties: {
        readonly title: string;
        readonly region: string;
        readonly query?: string;
        readonly metrics?: readonly (readonly unknown[])[];
        readonly annotations?: { readonly horizontal: readonly { readonly label: string; readonly value: number }[] };
    };
}

const WEB = { name: "web", serviceName: "web-1a2b", targetGroup: "targetgroup/web/1", min: 2, max: 10, cpuPercent: 60 };
const WORKER = { name: "worker", serviceName: "worker-1a2b", min: 1, max: 1 };
const FACTS: DashboardFacts = {
    region: "ap-northeast-2",
    cluster: "shop-prod",
    loadBalancer: "app/shop/1",
    services: [WEB, WORKER],
    hasInsights: true,
    logGroups: ["shop-prod-web", "shop-prod-worker"],
};

const widgets = (changes: Partial<DashboardFacts> = {}) => dashboardBody({ ...FACTS, ...changes }).widgets as readonly Drawn[];
const titled = (title: string, changes: Partial<DashboardFacts> = {}) => {
    const found = widgets(changes).find(({ properties }) => properties.title === title);
    assert.ok(
        found,
        `${title} is none of ${widgets(changes)
            .map(({ properties }) => properties.title)
            .join(", ")}`,
    );
    return found.properties;
};

describe("the dashboard of a stack", () => {
    it("shows traffic, errors and answer times, then each service, then rollouts and log lines", () => {
        assert.deepEqual(
            widgets().map(({ properties }) => properties.title),
            [
                "Requests a minute",
                "Answers with 5xx a minute",
                "Seconds to answer, 99 of 100 requests",
                ...["web", "worker"].flatMap(name =>
                    ["tasks", "CPU, in percent", "memory, in percent"].map(what => `${name}: ${what}`),
                ),
                "Deployments: two are a rollout",
                "Log lines with errors",
            ],
        );
    });

    it("fills its 24 units row by row, and no widget lies over another", () => {
        const drawn = widgets();
        for (const { x, width } of drawn) assert.ok(x >= 0 && x + width <= 24);
        for (const [index, one] of drawn.entries())
            for (const other of drawn.slice(index + 1)) {
                const isBeside = one.x + one.width <= other.x || other.x + other.width <= one.x;
                const isBelow = one.y + one.height <= other.y || other.y + other.height <= one.y;
                assert.ok(isBeside || isBelow, `${one.properties.title} lies over ${other.properties.title}`);
            }
    });

    it("counts 5xx of the targets and of the load balancer, and no traffic of a worker", () => {
        const { metrics = [] } = titled("Answers with 5xx a minute");
        assert.deepEqual(metrics, [
            [
                "AWS/ApplicationELB",
                "HTTPCode_Target_5XX_Count",
                "TargetGroup",
                "targetgroup/web/1",
                "LoadBalancer",
                "app/shop/1",
                { label: "web", stat: "Sum" },
            ],
            [
                "AWS/ApplicationELB",
                "HTTPCode_ELB_5XX_Count",
                "LoadBalancer",
                "app/shop/1",
                { label: "load balancer", stat: "Sum" },
            ],
        ]);
    });

    it("draws tasks against their bounds, and CPU against what scaling holds", () => {
        const lines = (title: string) => titled(title).annotations?.horizontal;
        assert.deepEqual(lines("web: tasks"), [
            { label: "min", value: 2 },
            { label: "max", value: 10 },
        ]);
        assert.deepEqual(lines("worker: tasks"), [{ label: "wanted", value: 1 }]);
        assert.deepEqual(lines("web: CPU, in percent"), [{ label: "scaling holds", value: 60 }]);
        assert.equal(lines("web: memory, in percent"), undefined);
        assert.deepEqual(titled("web: tasks").metrics, [
            [
                "AWS/ECS",
                "CPUUtilization",
                "ClusterName",
                "shop-prod",
                "ServiceName",
                "web-1a2b",
                { label: "running", stat: "SampleCount" },
            ],
        ]);
    });

    it("has no traffic without a load balancer, and no rollouts where nobody counts them", () => {
        const titles = widgets({ loadBalancer: undefined, hasInsights: false, services: [WORKER] }).map(
            ({ properties }) => properties.title,
        );
        assert.deepEqual(titles, [
            "worker: tasks",
            "worker: CPU, in percent",
            "worker: memory, in percent",
            "Log lines with errors",
        ]);
    });

    it("reads fifty log groups, which is what one query can, and says how many it leaves out", () => {
        const logGroups = Array.from({ length: 53 }, (_, index) => `shop-prod-${index}`);
        const { query = "" } = titled("Log lines with errors, of all log groups but 3", { logGroups });
        assert.equal(query.match(/SOURCE/g)?.length, 50);
        assert.match(query, /^SOURCE 'shop-prod-0' \| .* \| fields @timestamp, @log, @message \| filter /);
    });

    it("is of one region", () => {
        assert.deepEqual([...new Set(widgets().map(({ properties }) => properties.region))], ["ap-northeast-2"]);
    });
});
