import assert from "node:assert/strict";
import { AUDIENCE, GitHub, ISSUER, Job, WORKFLOWS, buildJobs, deployJobs, mayAssume, previewJobs } from "../../iam/trust";
import { FEDERATED, isAllowed } from "./evaluate";

const PROVIDER = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";
const github: GitHub = { repository: "example/shop", branch: "main", subjectPrefix: "repo:example/shop" };

interface Token {
    readonly sub: string;
    readonly workflow: string;
    readonly ref?: string;
    readonly aud?: string;
    readonly provider?: string;
}

const takes = (
    jobs: readonly Job[],
    { sub, workflow, ref = "refs/heads/main", aud = AUDIENCE, provider = PROVIDER }: Token,
    from = github,
) =>
    isAllowed(
        { identity: [mayAssume(from, PROVIDER, jobs)] },
        {
            action: "sts:AssumeRoleWithWebIdentity",
            resources: [{ arn: "the role" }],
            context: {
                [FEDERATED]: provider,
                [`${ISSUER}:aud`]: aud,
                [`${ISSUER}:sub`]: sub,
                [`${ISSUER}:job_workflow_ref`]: workflow,
                [`${ISSUER}:ref`]: ref,
            },
        },
    );

const file = (name: string, ref = "refs/heads/main", repository = "example/shop") =>
    `${repository}/.github/workflows/${name}@${ref}`;

describe("a role of GitHub Actions", () => {
    const prod = { sub: "repo:example/shop:environment:prod", workflow: file(WORKFLOWS.deploy) };

    it("is taken by the jobs it is for", () => {
        assert.ok(takes(deployJobs(github, "prod"), prod));
        const pullRequest = { sub: "repo:example/shop:pull_request", ref: "refs/pull/7/merge" };
        assert.ok(takes(previewJobs(github), { ...pullRequest, workflow: file(WORKFLOWS.preview) }));
        assert.ok(takes(previewJobs(github), { sub: "repo:example/shop:ref:refs/heads/main", workflow: file(WORKFLOWS.drift) }));
        assert.ok(takes(buildJobs(github), { sub: "repo:example/shop:ref:refs/heads/main", workflow: file(WORKFLOWS.build) }));
    });

    it("is taken by no other repository, environment, branch, audience or issuer", () => {
        for (const token of [
            { ...prod, sub: "repo:example/other:environment:prod" },
            { ...prod, sub: "repo:evil/shop:environment:prod" },
            { ...prod, sub: "repo:example/shop:environment:dev" },
            { ...prod, sub: "repo:example/shop:environment:prod2" },
            { ...prod, sub: "repo:example/shop:pull_request" },
            { ...prod, sub: "repo:example/shop:ref:refs/heads/main" },
            { ...prod, aud: "https://github.com/example" },
            { ...prod, provider: PROVIDER.replace("123456789012", "999999999999") },
        ])
            assert.ok(!takes(deployJobs(github, "prod"), token), JSON.stringify(token));
    });

    it("is taken by no other workflow, and by none as a pull request or branch changed it", () => {
        for (const workflow of [
            file("other.yml"),
            file(WORKFLOWS.preview),
            file(WORKFLOWS.deploy, "refs/heads/feature"),
            file(WORKFLOWS.deploy, "refs/pull/7/merge"),
            file(WORKFLOWS.deploy, "refs/heads/main", "evil/shop"),
        ])
            assert.ok(!takes(deployJobs(github, "prod"), { ...prod, workflow }), workflow);
    });

    it("is taken for no other branch that calls the trusted file: its own code would run", () => {
        const subject = "repo:example/shop:ref:refs/heads/main";
        const build = { sub: subject, workflow: file(WORKFLOWS.build) };
        const drift = { sub: subject, workflow: file(WORKFLOWS.drift) };
        for (const ref of ["refs/heads/feature", "refs/heads/main2", "refs/tags/main", "refs/pull/7/merge"]) {
            assert.ok(!takes(deployJobs(github, "prod"), { ...prod, ref }), ref);
            assert.ok(!takes(buildJobs(github), { ...build, ref }), ref);
            assert.ok(!takes(previewJobs(github), { ...drift, ref }), ref);
        }
        const release = { ...github, branch: "release" };
        const released = { ...prod, workflow: file(WORKFLOWS.deploy, "refs/heads/release") };
        assert.ok(takes(deployJobs(release, "prod"), { ...released, ref: "refs/heads/release" }, release));
        assert.ok(!takes(deployJobs(release, "prod"), released, release));
    });

    it("is not taken by the jobs of another role", () => {
        const pullRequest = { sub: "repo:example/shop:pull_request", workflow: file(WORKFLOWS.preview) };
        const build = { sub: "repo:example/shop:ref:refs/heads/main", workflow: file(WORKFLOWS.build) };
        assert.ok(!takes(buildJobs(github), pullRequest));
        assert.ok(!takes(deployJobs(github, "dev"), pullRequest));
        assert.ok(!takes(deployJobs(github, "dev"), build));
        assert.ok(!takes(deployJobs(github, "dev"), prod));
        assert.ok(!takes(previewJobs(github), build));
        assert.ok(!takes(previewJobs(github), prod));
    });

    it("is not taken with a pull request's subject and the file that looks after the branch, or the other way round", () => {
        const jobs = previewJobs(github);
        assert.ok(!takes(jobs, { sub: "repo:example/shop:pull_request", workflow: file(WORKFLOWS.drift) }));
        assert.ok(!takes(jobs, { sub: "repo:example/shop:ref:refs/heads/main", workflow: file(WORKFLOWS.preview) }));
    });

    it("knows repositories whose subjects carry immutable ids", () => {
        const from = { ...github, subjectPrefix: "repo:example@12/shop@34" };
        assert.ok(takes(deployJobs(github, "prod"), { ...prod, sub: "repo:example@12/shop@34:environment:prod" }, from));
        assert.ok(!takes(deployJobs(github, "prod"), prod, from));
        assert.ok(!takes(deployJobs(github, "prod"), { ...prod, sub: "repo:example@12/shop@35:environment:prod" }, from));
    });

    it("compares exactly: there is no pattern and no other operator", () => {
        for (const jobs of [previewJobs(github), buildJobs(github), deployJobs(github, "prod")])
            for (const { Condition } of mayAssume(github, PROVIDER, jobs).Statement) {
                assert.deepEqual(Object.keys(Condition ?? {}), ["StringEquals"]);
                const { [`${ISSUER}:sub`]: subject, ...others } = Condition?.["StringEquals"] ?? {};
                const ofBranch = subject === "repo:example/shop:pull_request" ? [] : [`${ISSUER}:ref`];
                assert.deepEqual(Object.keys(others), [`${ISSUER}:aud`, `${ISSUER}:job_workflow_ref`, ...ofBranch]);
                assert.doesNotMatch(JSON.stringify(Condition), /[*?]/);
            }
    });
});
