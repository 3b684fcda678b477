import assert from "node:assert/strict";
import { Dashboard } from "../../components/dashboard";
import { cached, declare, json } from "../support/declared";

const made = cached((logGroups: readonly string[] = ["shop-prod-web"]) =>
    declare(() => {
        new Dashboard("stack-dashboard", {
            dashboardName: "shop-prod",
            region: "ap-northeast-2",
            clusterName: "shop-prod",
            loadBalancer: "app/shop/1",
            services: [{ name: "web", serviceName: "web-1a2b", targetGroup: "targetgroup/web/1", min: 2, max: 10 }],
            hasInsights: true,
            logGroups,
        });
    }),
);

describe("a dashboard", () => {
    it("is one dashboard and three saved queries", async () => {
        assert.deepEqual((await made()).list, [
            "Dashboard stack-dashboard",
            "cloudwatch.Dashboard stack-dashboard",
            "cloudwatch.QueryDefinition stack-dashboard-errors",
            "cloudwatch.QueryDefinition stack-dashboard-lines-by-log-group",
            "cloudwatch.QueryDefinition stack-dashboard-lines-over-time",
        ]);
    });

    it("has the stack's name, and widgets", async () => {
        const { dashboardName, dashboardBody } = (await made()).inputs("cloudwatch.Dashboard stack-dashboard");
        assert.equal(dashboardName, "shop-prod");
        assert.equal((json(dashboardBody) as { widgets: unknown[] }).widgets.length, 8);
    });

    it("saves its queries below the stack's name, over the stack's log groups", async () => {
        const { name, logGroupNames, queryString } = (await made()).inputs("cloudwatch.QueryDefinition stack-dashboard-errors");
        assert.deepEqual({ name, logGroupNames }, { name: "shop-prod/errors", logGroupNames: ["shop-prod-web"] });
        assert.match(String(queryString), /filter @message like/);
    });

    it("saves queries that can be run: over fifty log groups at most", async () => {
        const many = await made(Array.from({ length: 53 }, (_, index) => `shop-prod-${index}`));
        for (const { inputs } of many.all("cloudwatch.QueryDefinition"))
            assert.equal((inputs["logGroupNames"] as string[]).length, 50);
    });
});
