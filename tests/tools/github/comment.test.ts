import assert from "node:assert/strict";
import { stackList } from "../../../tools/cli/options";
import { BODY_LIMIT, COMMENT_MARKER, commentBody, firstLines, postable } from "../../../tools/github/comment-text";
import { command } from "../../../tools/github/comment";
import { writeComment } from "../../../tools/github/comment-write";
import { githubFrom } from "../../../tools/github/api";
import { call } from "../../support/command-line";
import { GitHubServer } from "../../support/github-server";

const PULL = 12;

describe("the comment on a pull request", () => {
    const github = new GitHubServer();
    before(() => github.start());
    after(() => github.stop());
    beforeEach(() => {
        for (const list of [github.artifacts, github.comments, github.writes]) list.length = 0;
    });

    const comment = (stacks: readonly string[]) => writeComment(githubFrom(github.environment), PULL, stacks);
    const run = (stacks: string, environment: Record<string, string> = github.environment, pull = String(PULL)) =>
        call(command, ["--pull-request", pull, "--stacks", stacks], environment);

    it("has a section for every stack, in their order", async () => {
        github.upload("review-prod.md", "## prod\n\nno change\n");
        github.upload("review-dev.md", "## dev\n\nweb restarts 2 tasks\n");
        const { code, output } = await run('["dev","prod"]');
        assert.equal(code, 0);
        assert.match(output, /^commented: https:\/\/github\.test\//);
        assert.deepEqual(
            github.comments.map(({ on, body }) => ({ on, body })),
            [{ on: PULL, body: `${COMMENT_MARKER}\n\n## dev\n\nweb restarts 2 tasks\n\n## prod\n\nno change` }],
        );
    });

    it("is edited in place, also where a hundred others were written before it", async () => {
        for (let index = 0; index < 120; index++) github.addComment(PULL, `remark ${index}`, "someone");
        const { id } = github.addComment(PULL, `${COMMENT_MARKER}\n\n## dev\n\nold`);
        github.upload("review-dev.md", "## dev\n\nnew");
        assert.match(await comment(["dev"]), /^comment updated/);
        assert.deepEqual(github.writes, [`PATCH /issues/comments/${id}`]);
        assert.equal(github.comments.find(found => found.id === id)?.body, `${COMMENT_MARKER}\n\n## dev\n\nnew`);
    });

    it("is left alone while the facts are the same", async () => {
        github.addComment(PULL, `${COMMENT_MARKER}\n\n## dev\n\nsame`);
        github.upload("review-dev.md", "## dev\n\nsame\n");
        assert.match(await comment(["dev"]), /^nothing changed/);
        assert.deepEqual(github.writes, []);
    });

    it("is never put in the place of what a person wrote", async () => {
        const { id } = github.addComment(PULL, `${COMMENT_MARKER}\n\nmine`, "someone");
        github.upload("review-dev.md", "## dev");
        await comment(["dev"]);
        assert.deepEqual(github.writes, [`POST /issues/${PULL}/comments`]);
        assert.equal(github.comments.find(found => found.id === id)?.body, `${COMMENT_MARKER}\n\nmine`);
    });

    it("says which preview failed, and where its log is", async () => {
        github.upload("review-dev.md", "## dev\n\nno change");
        github.upload("review-prod.md", "\n");
        await comment(["dev", "prod", "test"]);
        const [{ body } = { body: "" }] = github.comments;
        for (const stack of ["prod", "test"])
            assert.match(
                body,
                new RegExp(`## \`${stack}\`\\n\\nNo review: .*\\(https://github\\.test/example/shop/actions/runs/4711\\)`),
            );
    });

    it("takes the newest review of a job that ran twice", async () => {
        github.upload("review-dev.md", "## dev\n\nfirst");
        github.upload("review-dev.md", "## dev\n\nsecond");
        github.upload("review-dev.md", "## dev\n\nexpired", { expired: true });
        await comment(["dev"]);
        assert.match(github.comments[0]?.body ?? "", /second$/);
    });

    it("stays within what GitHub takes, and says what was cut", async () => {
        github.upload("review-dev.md", `## dev\n\n\`\`\`text\n${"a line of the review\n".repeat(5000)}\`\`\``);
        github.upload("review-prod.md", "## prod\n\nno change");
        await comment(["dev", "prod"]);
        const [{ body } = { body: "" }] = github.comments;
        assert.ok(body.length <= BODY_LIMIT, `${body.length} characters`);
        assert.match(body, /a line of the review\n```\n\n… cut after \d+ of 105\d{3} characters/);
        assert.match(body, /## prod\n\nno change$/);
    });

    it("ends what is open where it was cut: a block of code with its own fence, and a part that folds", () => {
        const lines = "a line of the review\n".repeat(5000);
        const fence = "`".repeat(5);
        const fold = "<details><summary>Cost</summary>";
        const code = `\`\`\`text\n</details>\n\`\`\``;
        for (const [text, end] of [
            [`${fold}\n\n${fence}text\n\`\`\`\n${fold}\n${lines}${fence}\n\n</details>`, `review\n${fence}\n\n</details>`],
            [`${fold}\n\n${lines}\n</details>`, "review\n\n</details>"],
            [`${fold}\n\n${code}\n\n</details>\n\n${lines}`, "a line of the review"],
            [`${fold}\n\n${code}\n\n${lines}\n</details>`, "review\n\n</details>"],
            [`\`\`\`text\n${lines}\`\`\``, "review\n```"],
        ] as const) {
            const [first = "", told] = postable(text, 20_000, "https://github.test/run").split("\n\n… cut");
            assert.ok(first.length <= 20_000, `${first.length} characters`);
            assert.ok(first.endsWith(end) && told !== undefined, first.slice(-60));
            assert.doesNotMatch(first, /not made as a review/);
        }
    });

    it("is cut within the limit whatever it is, and where nothing can be kept", () => {
        for (const line of ["`".repeat(400), "<details>", "a"])
            assert.ok((postable(`${line}\n`.repeat(1000), 1000, "").split("\n\n… cut")[0] ?? "").length <= 1000);
        assert.equal(firstLines("x".repeat(2000), 1000), "");
    });

    it("tells what GitHub refused, without a stack trace", async () => {
        const { code, errors } = await run('["dev"]', { ...github.environment, GITHUB_TOKEN: "expired" });
        assert.equal(code, 1);
        assert.match(
            errors,
            /^GitHub answered 401 to GET \/actions\/runs\/4711\/artifacts.*: \{"message":"Bad credentials"\}\. Next: compare the job's permissions/,
        );
        assert.doesNotMatch(errors, /\n\s+at /);
    });

    it("tells what a job has to set", () => {
        assert.throws(
            () => githubFrom({ GITHUB_TOKEN: "" }),
            /^Error: GITHUB_TOKEN, GITHUB_REPOSITORY, GITHUB_RUN_ID are not set\. .*GITHUB_TOKEN: \$\{\{ github\.token \}\}/,
        );
    });

    it("refuses what is no number of a pull request", async () => {
        const { code, errors } = await run('["dev"]', github.environment, "1/../2");
        assert.notEqual(code, 0);
        assert.match(errors, /Allowed: the number of a pull request/);
        assert.deepEqual(github.writes, []);
    });

    it("takes names of stacks only, since they become names of files", () => {
        assert.deepEqual(stackList('["dev","prod-eu.1"]'), ["dev", "prod-eu.1"]);
        for (const text of ["dev", '["../dev"]', "[]", '["a b"]', '[".."]'])
            assert.throws(() => stackList(text), /Allowed: names of stacks as JSON/);
    });

    it("never cuts what fits", () => {
        const text = "x".repeat(30_000);
        assert.equal(commentBody([{ stack: "dev", text }], "https://github.test/run"), `${COMMENT_MARKER}\n\n${text}`);
    });
});
