import assert from "node:assert/strict";
import { Answers } from "../../components/answers";
import { answerRules } from "../../model/answers";
import { declare } from "../support/declared";

const RULES = answerRules({
    redirects: [{ hosts: ["www.shop.example.com"], paths: ["/*"], to: "shop.example.com", status: 301 }],
    answers: [{ hosts: [], paths: ["/robots.txt"], status: 200, contentType: "text/plain", body: "User-agent: *\n" }],
});

const made = (priorities: readonly (readonly [string, number])[]) =>
    declare(() => {
        new Answers("load-balancer-answers", { listenerArn: "arn:listener", rules: RULES, priorities: new Map(priorities) });
        return {};
    });

describe("answers of the load balancer", () => {
    it("are a listener rule each, without a target", async () => {
        const declared = await made([
            ["redirect-www.shop.example.com", 10],
            ["answer-/robots.txt", 20],
        ]);
        assert.deepEqual(declared.list, [
            "Answers load-balancer-answers",
            "lb.ListenerRule answer-/robots.txt",
            "lb.ListenerRule redirect-www.shop.example.com",
        ]);
        assert.deepEqual(declared.inputs("lb.ListenerRule redirect-www.shop.example.com"), {
            listenerArn: "arn:listener",
            priority: 10,
            conditions: [{ hostHeader: { values: ["www.shop.example.com"] } }],
            actions: [{ type: "redirect", redirect: { host: "shop.example.com", statusCode: "HTTP_301" } }],
        });
        assert.deepEqual(declared.inputs("lb.ListenerRule answer-/robots.txt")["actions"], [
            {
                type: "fixed-response",
                fixedResponse: { statusCode: "200", contentType: "text/plain", messageBody: "User-agent: *\n" },
            },
        ]);
    });

    it("need a priority each", async () => {
        await assert.rejects(made([["answer-/robots.txt", 20]]), /redirect-www\.shop\.example\.com has none/);
    });
});
