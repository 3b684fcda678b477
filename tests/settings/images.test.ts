import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { DIGEST, REPOSITORY, WEB, problems, problemsOf, service, settings } from "../support/given";

describe("the image of a service", () => {
    it("comes from a build or exists already: one of the two", () => {
        const image = `${REPOSITORY}:1`;
        assert.deepEqual(problemsOf({ image }), ["fargate:services.web.image: build and image | one of the two"]);
        assert.deepEqual(problemsOf({ build: undefined }), [
            "fargate:services.web: neither build nor image | build: { context: ./app }, or image: <repository>:<tag>",
        ]);
        assert.equal(service({ build: undefined, image }).image, image);
    });

    it("may be another service's, which has one of its own", () => {
        const services = (image: unknown, more: object = {}) => ({
            services: { web: WEB, worker: { image, ...more } },
        });
        const [, worker] = settings(services({ of: "web" })).services;
        assert.deepEqual([worker?.of, worker?.image, worker?.build], ["web", undefined, undefined]);
        assert.deepEqual(problems(services({ of: "wbe" })), ["fargate:services.worker.image.of: wbe | did you mean web?"]);
        assert.equal(problems(services({ of: "worker" })).length, 1);
        const alone = { web: { ...WEB, build: undefined, image: { of: "web" } } };
        assert.match(problems({ services: alone })[0] ?? "", /\| another service's name, .* and there is none$/);
        const of = { web: WEB, worker: { of: "web" } };
        assert.match(
            problems({ services: of })[0] ?? "",
            /worker\.of: an unknown key \| it stands at fargate:services\.<name>\.image\.of$/,
        );
        assert.match(problems(services({ of: "web", tag: "x" }))[0] ?? "", /image\.tag: an unknown key \| one of of$/);
        assert.match(problems(services({ form: "web" }))[0] ?? "", /worker\.image: a mapping \| .*\{ of: <service> \}/);
        assert.match(
            problems(services({ of: "web" }, { build: { context: "./app" } }))[0] ?? "",
            /build and image \| one of the two/,
        );
        const chain = { web: WEB, worker: { image: { of: "web" } }, mailer: { image: { of: "worker" } } };
        assert.equal(problems({ services: chain }).length, 1);
    });

    it("runs on the processor that it is built for", () => {
        const services = { web: { ...WEB, architecture: "x86_64" }, worker: { image: { of: "web" } } };
        assert.deepEqual(problems({ services }), [
            "fargate:services.worker.architecture: arm64 | x86_64, for which the image of web is built",
        ]);
    });

    it("follows the service whose image it is, also to what CI built", () => {
        const services = { web: WEB, worker: { image: { of: "web" } } };
        assert.deepEqual(problems({ services, images: { worker: `${REPOSITORY}@${DIGEST}` } }), [
            "fargate:images.worker: worker | web, whose image worker runs",
        ]);
        assert.equal(settings({ services, images: { web: `${REPOSITORY}@${DIGEST}` } }).services[1]?.image, undefined);
    });

    it("is named by tag or digest, never as what moves", () => {
        assert.deepEqual(problemsOf({ build: undefined, image: REPOSITORY }), [
            `fargate:services.web.image: ${REPOSITORY.slice(0, 60)} | <repository>:<tag> or <repository>@sha256:<64 hex digits>; a name alone would be another image tomorrow`,
        ]);
    });

    it("is the one that CI built, by digest, where fargate:images names one: over build and over image", () => {
        const built = `${REPOSITORY}@${DIGEST}`;
        assert.equal(service({}, { images: { web: built } }).image, built);
        assert.equal(service({ build: undefined, image: `${REPOSITORY}:1` }, { images: { web: built } }).image, built);
        assert.deepEqual(problems({ images: { web: `${REPOSITORY}:1` } }), [
            `fargate:images.web: ${REPOSITORY}:1 | <repository>@sha256:<64 hex digits>`,
        ]);
    });

    it("needs no folder where CI built it", () => {
        const build = { context: "./nowhere" };
        assert.equal(service({ build }, { images: { web: `${REPOSITORY}@${DIGEST}` } }).build?.context, "./nowhere");
        assert.equal(problemsOf({ build }).length, 1);
    });

    it("is of a service that exists", () => {
        assert.deepEqual(problems({ images: { wbe: `${REPOSITORY}@${DIGEST}` } }), [
            "fargate:images.wbe: a service or job that does not exist | did you mean web?",
        ]);
    });

    it("is built with arguments as text, whatever YAML made of them", () => {
        const build = { context: "./app", args: { BASE: "scratch", COUNT: 5, DEBUG: false } };
        assert.deepEqual(service({ build }).build?.args, { BASE: "scratch", COUNT: "5", DEBUG: "false" });
    });

    it("is built with what CI's build action and buildx make of the same text, or not at all", () => {
        const told = (build: object) =>
            problemsOf({ build: { context: "./app", ...build } }).map(text => text.split(" | ")[1] ?? "");
        for (const args of [{ A: "x " }, { A: "x\n" }, { A: "x\u00a0" }, { A: "\r" }])
            assert.deepEqual(told({ args }), [
                "without white space at its end, which CI's build action takes away; of a YAML block: |- in place of |",
            ]);
        assert.match(told({ target: " web" }).join(), /^without white space around it/);
        const args = { A: " x", B: 'a,"b"', C: "x\ny", D: "" };
        assert.deepEqual(service({ build: { context: "./app", args } }).build?.args, args);
    });

    it("is built from the context's own Dockerfile unless another is named", () => {
        assert.equal(service().build?.dockerfile, "app/Dockerfile");
        const build = { context: "./app", dockerfile: "./app/server.js", target: "web" };
        assert.deepEqual(service({ build }).build, { ...build, args: {} });
    });
});

describe("what exists before anything is created", () => {
    it("is refused in words where the path is one that no system takes", () => {
        const told = (context: string) => problemsOf({ build: { context } });
        assert.deepEqual(told("app\0"), ["fargate:services.web.build.context: app\\u0000 | text without null characters"]);
        assert.match(told("x".repeat(3000))[0] ?? "", /, which is no folder \| a folder, relative to the project$/);
    });

    it("is looked up below the project, not below the current folder", () => {
        const root = fs.mkdtempSync(path.join(os.tmpdir(), "project-"));
        fs.mkdirSync(path.join(root, "site"));
        const build = (context: string) => ({ services: { web: { ...WEB, build: { context } } } });
        const lacksDockerfile =
            "fargate:services.web.build.dockerfile: site/Dockerfile, which is no file | a Dockerfile, relative to the project";
        assert.deepEqual(problems(build("site"), { root }), [lacksDockerfile]);
        fs.writeFileSync(path.join(root, "site/Dockerfile"), "FROM scratch\n");
        settings(build("site"), { root });
        settings(build("./site/"), { root });
        assert.deepEqual(problems(build("site/Dockerfile"), { root }), [
            "fargate:services.web.build.context: site/Dockerfile, which is no folder | a folder, relative to the project",
        ]);
        fs.rmSync(root, { recursive: true });
    });

    describe("below the project", () => {
        let outer = "";
        let root = "";
        beforeEach(() => {
            outer = fs.mkdtempSync(path.join(os.tmpdir(), "outer-"));
            root = path.join(outer, "project");
            for (const folder of ["app", "deep/er", "../secrets"]) {
                fs.mkdirSync(path.join(root, folder), { recursive: true });
                fs.writeFileSync(path.join(root, folder, "Dockerfile"), "FROM scratch\n");
            }
        });
        afterEach(() => fs.rmSync(outer, { recursive: true }));

        const accepted = (build: { context: string; dockerfile?: string }) =>
            void settings({ services: { web: { ...WEB, build } } }, { root });
        const found = (build: { context: string; dockerfile?: string }) =>
            problems({ services: { web: { ...WEB, build } } }, { root }).map(
                text => text.replaceAll(outer, "<outer>").split(" | ")[0],
            );
        const link = (target: string, name: string) => fs.symlinkSync(target, path.join(root, name));
        const ends = (key: string, value: string) => [
            `fargate:services.web.build.${key}: ${value}, which ends outside of the project`,
        ];

        it("a context ends inside, whatever way it is written and whatever links it goes by", () => {
            link("app", "inside");
            link(path.join(root, "app"), "absolute");
            for (const context of [".", "app", "./app/../app/", "inside", "absolute", "../project/app", path.join(root, "app")])
                accepted({ context, dockerfile: "app/Dockerfile" });
            link("../secrets", "out");
            link("out", "twice");
            link("..", "up");
            for (const context of ["..", "../secrets", "app/../../secrets", "out", "twice", "up/secrets", "../project/out"])
                assert.deepEqual(found({ context, dockerfile: "app/Dockerfile" }), ends("context", context));
            assert.deepEqual(found({ context: path.join(outer, "secrets") }), ends("context", "<outer>/secrets"));
        });

        it("a context is the same folder for who follows a link before `..` and who does not", () => {
            link("deep/er", "link");
            fs.mkdirSync(path.join(root, "deep/app"));
            assert.deepEqual(found({ context: "link/../app" }), ends("context", "link/../app"));
        });

        it("a folder or Dockerfile is none that CI's build action or buildx takes for something else", () => {
            for (const name of ["-", "-q", "http:/x", "https:/x", "{{defaultContext}}", "app ", " app"])
                fs.cpSync(path.join(root, "app"), path.join(root, name), { recursive: true });
            fs.symlinkSync("Dockerfile", path.join(root, "app/Dockerfile "));
            const refused = ["-", "-q", "http://x", "https://x", "{{defaultContext}}", "app ", " app", "./ app"];
            for (const context of refused) assert.equal(found({ context, dockerfile: "app/Dockerfile" }).length, 1, context);
            for (const dockerfile of ["http://x/Dockerfile", "-q/Dockerfile", "app/Dockerfile "])
                assert.equal(found({ context: "app", dockerfile }).length, 1, dockerfile);
            for (const context of ["./-", "./-q", "./http:/x", "app /."]) accepted({ context });
        });

        it("a folder whose name begins as the project's is not in it", () => {
            fs.mkdirSync(`${root}-other`);
            assert.deepEqual(found({ context: "../project-other" }), ends("context", "../project-other"));
        });

        it("a Dockerfile ends inside, and is one that BuildKit finds: it sees the Dockerfile's folder alone", () => {
            accepted({ context: "app", dockerfile: "deep/er/Dockerfile" });
            link("../secrets", "out");
            link("../../secrets/Dockerfile", "app/linked");
            for (const dockerfile of ["../secrets/Dockerfile", "out/Dockerfile", "app/linked"])
                assert.deepEqual(found({ context: "app", dockerfile }), ends("dockerfile", dockerfile));
            link("Dockerfile", "app/near");
            accepted({ context: "app", dockerfile: "app/near" });
            link("../deep/er/Dockerfile", "app/far");
            assert.deepEqual(found({ context: "app", dockerfile: "app/far" }), [
                "fargate:services.web.build.dockerfile: app/far, which is a link that BuildKit does not follow",
            ]);
        });

        it("an ignore file is refused by its line, or where it is no file that the build would read", () => {
            const at = "fargate:services.web.build: app/";
            fs.writeFileSync(path.join(root, "app/.dockerignore"), "*.log\n[a-\n");
            assert.deepEqual(found({ context: "app" }), [`${at}.dockerignore: line 2, "[a-": syntax error in pattern`]);
            link("../../secrets/Dockerfile", "app/Dockerfile.dockerignore");
            assert.deepEqual(found({ context: "app" }), [
                `${at}Dockerfile.dockerignore: neither a file nor a link straight to one in its folder`,
            ]);
        });
    });
});
