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
            "fargate:images.wbe: a service that does not exist | did you mean web?",
        ]);
    });

    it("is built with arguments as text, whatever YAML made of them", () => {
        const build = { context: "./app", args: { BASE: "scratch", COUNT: 5, DEBUG: false } };
        assert.deepEqual(service({ build }).build?.args, { BASE: "scratch", COUNT: "5", DEBUG: "false" });
    });

    it("is built from the context's own Dockerfile unless another is named", () => {
        assert.equal(service().build?.dockerfile, "app/Dockerfile");
        const build = { context: "./app", dockerfile: "./app/server.js", target: "web" };
        assert.deepEqual(service({ build }).build, { ...build, args: {} });
    });
});

describe("what exists before anything is created", () => {
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
});
