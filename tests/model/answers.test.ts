import assert from "node:assert/strict";
import { FixedAnswer, Redirect, answerRules, answerText, listenerAction } from "../../model/answers";

const redirect = (given: Partial<Redirect>): Redirect => ({ hosts: [], paths: ["/*"], to: "a.io", status: 301, ...given });
const ROBOTS: FixedAnswer = { hosts: [], paths: ["/robots.txt"], status: 200, contentType: "text/plain", body: "x" };

describe("a rule that the load balancer answers by itself", () => {
    it("is named by its first host and path, so that entries before it may come and go", () => {
        const names = (redirects: readonly Redirect[]) =>
            answerRules({ redirects, answers: [ROBOTS] }).map(rule => rule.logicalName);
        const [www, old] = [
            redirect({ hosts: ["www.a.io", "w.a.io"] }),
            redirect({ hosts: ["a.io"], paths: ["/old"], to: "/new" }),
        ];
        assert.deepEqual(names([www, old]), ["redirect-www.a.io", "redirect-a.io/old", "answer-/robots.txt"]);
        assert.deepEqual(names([old]), ["redirect-a.io/old", "answer-/robots.txt"]);
        assert.deepEqual(answerRules(), []);
    });

    it("has a name of its own where a pattern has characters that none can have", () => {
        const paths = ["/a*", "/a?", "/a-", "/", "/*"].map(path => redirect({ paths: [path], to: "/b" }));
        const names = answerRules({ redirects: paths }).map(rule => rule.logicalName);
        assert.equal(new Set(names).size, 5);
        for (const name of names) assert.match(name, /^redirect-[\w./-]+$/);
        // No service can be called so, whose rule has its number under that name.
        for (const name of names) assert.match(name, /[./A-Z]/);
    });

    it("changes what is named and leaves the rest as it was asked for", () => {
        const told = (given: Partial<Redirect>) => listenerAction(redirect(given)).redirect;
        assert.deepEqual(told({ to: "b.io", status: 302 }), { host: "b.io", statusCode: "HTTP_302" });
        assert.deepEqual(told({ to: "/new" }), { path: "/new", statusCode: "HTTP_301" });
        assert.deepEqual(told({ to: "b.io/x/#{path}" }), { host: "b.io", path: "/x/#{path}", statusCode: "HTTP_301" });
        assert.deepEqual(listenerAction(ROBOTS), {
            type: "fixed-response",
            fixedResponse: { statusCode: "200", contentType: "text/plain", messageBody: "x" },
        });
    });

    it("is told in a few words", () => {
        assert.deepEqual([redirect({}), ROBOTS].map(answerText), ["301 to a.io", "200 text/plain"]);
    });
});
