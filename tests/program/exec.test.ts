import assert from "node:assert/strict";
import { inventory } from "../../tools/inventory/inventory";
import { costSection } from "../../tools/cost/section";
import { policySection } from "../../tools/policy/section";
import { sample } from "../support/sample";
import { stack } from "../support/stacks";

const prod = () => {
    const files = sample("prod");
    const services = JSON.parse(files.config["fargate:services"] ?? "") as { web: object };
    return {
        ...files,
        config: { ...files.config, "fargate:services": JSON.stringify({ web: { ...services.web, exec: true } }) },
    };
};

describe("a stack with ECS Exec", () => {
    const made = inventory("prod", prod());

    it("has an endpoint, a log group of sessions and a role of the application more, and nothing else", async () => {
        const before = (await stack("prod")).list;
        const { resources } = await made;
        const names = resources.map(({ type, name }) => `${type} ${name}`);
        const added = names.filter(name => !before.some(line => line.endsWith(` ${name.split(" ")[1]}`)));
        assert.deepEqual(added.sort(), [
            "aws:cloudwatch/logGroup:LogGroup cluster-sessions",
            "aws:ec2/vpcEndpoint:VpcEndpoint endpoints-ssmmessages",
            "aws:iam/role:Role web-task-task",
            "aws:iam/rolePolicy:RolePolicy web-task-task",
        ]);
        assert.equal(names.length, before.length + added.length);
    });

    it("is one finding in production, which an exception takes on", async () => {
        const found = await made;
        const rules = (json: ReturnType<typeof policySection>["json"]) => json.findings.map(({ rule }) => rule);
        assert.deepEqual(rules(policySection(found, "2026-01-01").json), ["services-have-no-shell"]);
        const exception = { rule: "services-have-no-shell", reason: "to look", until: "2026-01-31" } as const;
        const settings = { ...found.settings, policyExceptions: [...found.settings.policyExceptions, exception] };
        assert.deepEqual(rules(policySection({ ...found, settings }, "2026-01-01").json), []);
    });

    it("is priced: the endpoint by the hour and zone, sessions by next to nothing", async () => {
        const [before, after] = [costSection(await inventory("prod", sample("prod"))), costSection(await made)];
        assert.match(after.text, /sessions of ECS Exec/);
        const total = ({ json }: typeof after) => (json["total"] as { expected: number }).expected;
        const more = total(after) - total(before);
        // Three zones, 0.013 USD an hour each in Seoul.
        assert.ok(more > 28 && more < 29, String(more));
    });
});
