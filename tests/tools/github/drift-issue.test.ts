import assert from "node:assert/strict";
import { githubFrom } from "../../../tools/github/api";
import { BODY_LIMIT } from "../../../tools/github/comment-text";
import { ISSUE_MARKER, reportDrift } from "../../../tools/github/drift-issue";
import { GitHubServer } from "../../support/github-server";

describe("the issue about drift", () => {
    const github = new GitHubServer();
    before(() => github.start());
    after(() => github.stop());
    beforeEach(() => {
        for (const list of [github.artifacts, github.issues, github.comments, github.writes]) list.length = 0;
    });

    const found = (stack: string, differs: boolean, markdown = `## ${stack}\n\nthe rule for port 22 would be deleted`) =>
        github.upload(`drift-${stack}.json`, JSON.stringify({ stack, differs, markdown }));
    const report = () => reportDrift(githubFrom(github.environment), ["dev", "prod"]);
    const [DEV, PROD] = ["## dev\n\nthe rule for port 22 would be deleted", "## prod\n\nthe rule for port 22 would be deleted"];

    it("is not opened while nothing differs", async () => {
        found("dev", false);
        found("prod", false);
        assert.deepEqual(await report(), { line: "no stack differs", unknown: [] });
        assert.deepEqual(github.writes, []);
    });

    it("is opened once, and explains every stack that differs", async () => {
        found("dev", true);
        found("prod", true);
        assert.match((await report()).line, /^issue opened: https:\/\/github\.test\//);
        assert.match((await report()).line, /^the same difference as before/);
        assert.deepEqual(github.writes, ["POST /issues"]);
        const [{ title, body } = { title: "", body: "" }] = github.issues;
        assert.equal(title, "Drift: dev, prod");
        assert.ok(body.startsWith(`${ISSUE_MARKER}\n\n`));
        assert.ok(body.endsWith(`\n\n${DEV}\n\n${PROD}`));
        assert.doesNotMatch(body, /actions\/runs/, "an address of a run would change the body every night");
    });

    it("is updated when the difference changes, also where a hundred others are open", async () => {
        for (let index = 0; index < 120; index++) github.addIssue(`request ${index}`, { login: "someone" });
        const { number } = github.addIssue(`${ISSUE_MARKER}\n\nold`, { title: "Drift: dev, prod" });
        found("dev", false);
        found("prod", true);
        assert.match((await report()).line, /^issue updated/);
        assert.deepEqual(github.writes, [`PATCH /issues/${number}`]);
        const issue = github.issues.find(candidate => candidate.number === number);
        assert.equal(issue?.title, "Drift: prod");
        assert.doesNotMatch(issue.body, /## dev|old/);
        assert.ok(issue.body.endsWith(PROD));
    });

    it("is closed, and says by which check, when nothing differs any more", async () => {
        const issue = github.addIssue(`${ISSUE_MARKER}\n\nold`);
        found("dev", false);
        found("prod", false);
        assert.match((await report()).line, /^issue closed/);
        assert.equal(issue.state, "closed");
        assert.equal(issue.state_reason, "completed");
        assert.match(github.comments[0]?.body ?? "", /\(https:\/\/github\.test\/example\/shop\/actions\/runs\/4711\)/);
    });

    it("is another one when drift comes back after it was closed", async () => {
        github.addIssue(`${ISSUE_MARKER}\n\nold`).state = "closed";
        found("dev", true);
        found("prod", false);
        assert.match((await report()).line, /^issue opened/);
    });

    it("stays open while a stack could not be checked", async () => {
        const issue = github.addIssue(`${ISSUE_MARKER}\n\nold`);
        found("dev", false);
        const { line, unknown } = await report();
        assert.match(line, /^left open/);
        assert.deepEqual(unknown, ["prod"]);
        assert.equal(issue.state, "open");
        assert.deepEqual(github.writes, []);
    });

    it("names a stack that could not be checked beside one that differs", async () => {
        found("dev", true);
        github.upload("drift-prod.json", '{"stack":"prod"');
        assert.deepEqual((await report()).unknown, ["prod"]);
        assert.match(github.issues[0]?.body ?? "", /\*\*`prod` could not be checked\*\*: see \[the log\]/);
    });

    it("is never put in the place of a person's issue, or of a pull request", async () => {
        github.addIssue(`${ISSUE_MARKER}\n\nmine`, { login: "someone" });
        github.addIssue(`${ISSUE_MARKER}\n\nchange`, { pull: true });
        found("dev", true);
        found("prod", false);
        assert.match((await report()).line, /^issue opened/);
        assert.deepEqual(github.writes, ["POST /issues"]);
    });

    it("stays within what GitHub takes", async () => {
        found("dev", true, `## dev\n\n${"a line of the difference\n".repeat(4000)}`);
        found("prod", true, `## prod\n\n${"a line of the difference\n".repeat(4000)}`);
        await report();
        const [{ body } = { body: "" }] = github.issues;
        assert.ok(body.length <= BODY_LIMIT, `${body.length} characters`);
        assert.equal(body.match(/… cut after/g)?.length, 2);
    });
});
