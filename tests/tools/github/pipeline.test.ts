import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { review } from "../../../tools/review/changes";
import { PROJECT_FOLDER, Settings, settingsOf } from "../../../settings";
import { stackNames } from "../../../tools/cli/stack-files";
import { command } from "../../../tools/github/pipeline";
import { githubFrom } from "../../../tools/github/api";
import { acknowledgedFor, acknowledgedIn } from "../../../tools/github/pipeline-acknowledged";
import { imageBuilds } from "../../../tools/github/image-builds";
import { builtImages } from "../../../tools/github/built-images";
import { reviewMarkdown } from "../../../tools/review/markdown";
import { fixture } from "../../fixtures/review/fixture";
import { call } from "../../support/command-line";
import { GitHubServer } from "../../support/github-server";
import { sample } from "../../support/sample";

type Services = Settings["services"];

const BUILD = { context: "./app", dockerfile: "app/Dockerfile", args: {} };

describe("what a pipeline's jobs hand to each other", () => {
    describe("stacks", () => {
        let change: string;
        before(() => (change = mkdtempSync(path.join(tmpdir(), "change-"))));
        after(() => rmSync(change, { recursive: true, force: true }));
        const listed = (...names: readonly string[]) => {
            for (const name of names) writeFileSync(path.join(change, `Pulumi.${name}.yaml`), "");
            return call(command, ["stacks", "--change", change]);
        };

        it("are those of the project and those of a change: one that it takes away is looked at too", async () => {
            const { output } = await listed("staging", "dev");
            assert.deepEqual(JSON.parse(output), [...new Set([...stackNames(PROJECT_FOLDER), "dev", "staging"])].sort());
        });

        it("have names that no command takes for anything else", async () => {
            for (const name of ["$(x)", "--help", "a b", "x;y", ".."]) {
                const { code, output, errors } = await listed(name);
                assert.deepEqual([code, output], [1, ""], name);
                assert.ok(errors.startsWith("Not the name of a stack: "), errors);
                assert.ok(errors.includes(JSON.stringify(name)), errors);
                rmSync(path.join(change, `Pulumi.${name}.yaml`));
            }
        });
    });

    describe("images to build", () => {
        const stack = (name: string, ...services: object[]): Settings => {
            const files = sample("dev");
            const settings = settingsOf(files.config, files);
            const [web] = settings.services;
            return {
                ...settings,
                stack: name,
                services: services.map(service => ({ ...web, ...service })) as unknown as Services,
            };
        };

        it("are built once for all stacks, for every architecture that a stack asks for", () => {
            const dev = stack("dev", { name: "web", build: BUILD, architecture: "arm64" });
            const prod = stack("prod", { name: "web", build: BUILD, architecture: "x86_64" });
            const [build, ...others] = imageBuilds([dev, prod]);
            assert.deepEqual(others, []);
            assert.equal(build?.platforms, "linux/arm64,linux/amd64");
            assert.equal(imageBuilds([prod])[0]?.platforms, "linux/amd64");
        });

        it("are built on a machine of their architecture", () => {
            const runner = (architecture: string) =>
                imageBuilds([stack("dev", { name: "web", build: BUILD, architecture })])[0]?.runner;
            assert.equal(runner("arm64"), "ubuntu-24.04-arm");
            assert.equal(runner("x86_64"), "ubuntu-24.04");
        });

        it("come from every stack, and from no service whose image is given", () => {
            const image = "public.ecr.aws/nginx/nginx:1.29";
            const dev = stack("dev", { name: "web", build: BUILD }, { name: "proxy", build: undefined, image });
            const prod = stack("prod", { name: "web", build: BUILD }, { name: "mail", build: BUILD });
            assert.deepEqual(
                imageBuilds([dev, prod]).map(({ service, repository }) => ({ service, repository })),
                [
                    { service: "mail", repository: "fargate/mail" },
                    { service: "web", repository: "fargate/web" },
                ],
            );
        });

        it("carry what docker/build-push-action takes", () => {
            const build = { ...BUILD, args: { BASE: "scratch", LEVEL: "a=b, c" }, target: "slim" };
            const [{ context, file, target, arguments: lines } = { context: "" }] = imageBuilds([
                stack("dev", { name: "web", build }),
            ]);
            assert.deepEqual(
                { context, file, target, lines },
                { context: "./app", file: "app/Dockerfile", target: "slim", lines: "BASE=scratch\nLEVEL=a=b, c" },
            );
        });

        it("carry each argument whole, by the grammar in which the action reads them", () => {
            const args = { A: 'a,"b"', B: "x\nC=y", D: '{"a":1,"b":2}', E: "a\rb", F: "a, b" };
            const lines = imageBuilds([stack("dev", { name: "web", build: { ...BUILD, args } })])[0]?.arguments;
            assert.equal(lines, '"A=a,""b"""\n"B=x\nC=y"\n"D={""a"":1,""b"":2}"\n"E=a\rb"\nF=a, b');
        });

        it("have a tag that changes with what is built, and with nothing else", () => {
            const tag = (service: object) =>
                imageBuilds([stack("dev", { name: "web", build: BUILD, ...service })])[0]?.contentTag;
            assert.equal(tag({ environment: { LOG_LEVEL: "info" }, cpu: 1024 }), tag({}));
            assert.notEqual(tag({ build: { ...BUILD, args: { LEVEL: "1" } } }), tag({}));
            assert.notEqual(tag({ architecture: "x86_64" }), tag({}));
        });

        it("are refused where two stacks want them built differently", () => {
            const dev = stack("dev", { name: "web", build: { ...BUILD, args: { MODE: "debug", A: "1" } } });
            const prod = stack("prod", { name: "web", build: BUILD });
            assert.throws(
                () => imageBuilds([dev, prod]),
                /fargate:services\.web\.build: dev says .*"MODE":"debug".*, prod says .*Allowed: the same in every stack.*Next: put what differs into environment\./,
            );
            const sameInAnotherOrder = stack("prod", { name: "web", build: { ...BUILD, args: { A: "1", MODE: "debug" } } });
            assert.equal(imageBuilds([dev, sameInAnotherOrder]).length, 1);
        });
    });

    describe("losses", () => {
        const urn = "urn:pulumi:dev::fargate::fargate:index:Service$aws:cloudwatch/logGroup:LogGroup::web-logs";

        it("are acknowledged by lines of a description as the review words them", () => {
            const removed = review(fixture("removed-service").preview);
            const urns = removed.losses.filter(({ isForGood }) => isForGood).map(({ urn: lost }) => lost);
            const told = [...reviewMarkdown(removed, [], []).matchAll(/`(Allow loss: [^`]+)`/g)].map(([, line]) => line);
            assert.ok(urns.length > 1);
            assert.deepEqual(
                acknowledgedIn(`The worker is not needed any more.\r\n\r\n${told.join("\r\n")}\r\n\r\nBye.`).urns,
                urns,
            );
        });

        it("are not acknowledged by a review that is pasted, nor by anything else", () => {
            const line = `Allow loss: ${urn}`;
            const pasted = [
                reviewMarkdown(review(fixture("removed-service").preview), [], []),
                `> ${line}`,
                `    ${line}`,
                `- ${line}`,
            ];
            for (const text of [
                "",
                ...pasted,
                `${line} and more`,
                "Allow loss: everything",
                `allow loss: ${urn}`,
                `Allow loss: ${urn} x`,
            ])
                assert.deepEqual(acknowledgedIn(text).urns, [], text);
        });

        describe("that a merged pull request acknowledges", () => {
            const github = new GitHubServer();
            const commit = "c0ffee".padEnd(40, "0");
            before(() => github.start());
            after(() => github.stop());
            beforeEach(() => (github.merged.length = 0));
            const acknowledged = () => acknowledgedFor(githubFrom(github.environment), commit, "main");
            const merged = (pull: { from?: string | null; into?: string; body?: string } = {}) =>
                github.merged.push({ commit, body: `Allow loss: ${urn}`, ...pull });

            it("hold at its deployment", async () => {
                merged();
                assert.deepEqual(await acknowledged(), { urns: [urn], leftOut: [] });
            });

            it("are left out where it came from a fork, whose author nobody here chose, and that is told", async () => {
                merged({ from: "outsider/shop" });
                merged({ from: null });
                const { urns, leftOut } = await acknowledged();
                assert.deepEqual(urns, []);
                assert.deepEqual(leftOut, [
                    `Left out what pull request 1 acknowledges (${urn}): it came from outsider/shop. Next: acknowledge it in a pull request from a branch of this repository.`,
                    `Left out what pull request 2 acknowledges (${urn}): it came from a fork that is gone. Next: acknowledge it in a pull request from a branch of this repository.`,
                ]);
            });

            it("are left out where it was merged into another branch", async () => {
                merged({ into: "feature" });
                const { urns, leftOut } = await acknowledged();
                assert.deepEqual(urns, []);
                assert.match(leftOut.join(), /: it was merged into feature, not into main\. Next: /);
            });

            it("are told where they were passed over", async () => {
                merged({ body: `Moves the logs.\nAllow loss: ${urn}` });
                const { urns, leftOut } = await acknowledged();
                assert.deepEqual(urns, []);
                assert.match(leftOut.join(), /^Pull request 1: Passed over line 2 of the description \(Allow loss: urn:/);
            });

            it("are nothing to tell of where there are none", async () => {
                merged({ from: "outsider/shop", body: "Fixes a typo." });
                assert.deepEqual(await acknowledged(), { urns: [], leftOut: [] });
            });
        });
    });

    describe("images that were built", () => {
        const github = new GitHubServer();
        before(() => github.start());
        after(() => github.stop());

        const built = (...services: readonly string[]) => builtImages(githubFrom(github.environment), services);
        const image = `123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/fargate/web@sha256:${"a".repeat(64)}`;

        it("are told by the digest that their job pushed", async () => {
            github.upload("image-web.txt", `${image}\n`);
            assert.deepEqual(await built("web"), { web: image });
        });

        it("are deployed all or none: one without a digest fails, and is named", async () => {
            github.upload("image-api.txt", "repository@\n");
            await assert.rejects(
                built("web", "api", "mail"),
                /no image by digest for api: repository@, mail: nothing\. Allowed: <repository>@sha256/,
            );
        });
    });
});
