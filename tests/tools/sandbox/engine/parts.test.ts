import * as assert from "node:assert/strict";
import { appendFileSync, cpSync, existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import {
    AWS,
    BUILDKIT,
    CLI,
    DOCKER,
    DOCKER_BUILD,
    Part,
    TERRAFORM_DOCKER,
    buildArguments,
    entryOf,
} from "../../../../tools/sandbox/engine/parts";
import { neededPlugins } from "../../../../tools/sandbox/engine/plugins";
import { temporaryFolder, write } from "./folders";

const ENGINE = path.resolve("tools/sandbox/engine");
const PARTS = [CLI, AWS, DOCKER, TERRAFORM_DOCKER, DOCKER_BUILD, BUILDKIT];

describe("the parts of an engine that is built here", () => {
    const folder = temporaryFolder();

    /** A part as another clone has it. */
    function inClone(part: Part): Part {
        const moved = (name: string) => path.join(folder(), path.relative(path.join(ENGINE, "go"), name));
        for (const source of part.sources) cpSync(source, moved(source), { recursive: true });
        return { ...part, module: moved(part.module), sources: part.sources.map(moved) };
    }

    for (const part of PARTS) {
        it(`${part.title} is the same in another clone with the same sources, and another one with others`, () => {
            const clone = inClone(part);
            assert.deepEqual(entryOf(clone), entryOf(part));
            appendFileSync(path.join(clone.module, "go.sum"), "\n");
            assert.notEqual(entryOf(clone).stamp, entryOf(part).stamp);
        });

        it(`${part.title} is pinned with all that it consists of`, () => {
            assert.ok(existsSync(path.join(part.module, "go.sum")));
            assert.ok(buildArguments(part).includes("-mod=readonly"));
        });
    }

    it("another source, or another name for one, is another plugin", () => {
        const clone = inClone(AWS);
        const before = entryOf(clone).stamp;
        write(path.join(clone.module, "aws", "more.go"), "package main\n");
        const after = entryOf(clone).stamp;
        assert.notEqual(after, before);
        assert.notEqual(entryOf({ ...clone, package: "./docker" }).stamp, after);
    });

    it("the CLI tells its version, which go.mod names", () => {
        const [, version = ""] = /pulumi\/pkg\/v3 v(\S+)/.exec(readFileSync(path.join(ENGINE, "go/go.mod"), "utf8")) ?? [];
        assert.ok(buildArguments(CLI).some(argument => argument.endsWith(`version.Version=v${version}`)));
    });

    it("stand-ins are of the versions of the packages that they stand in for", () => {
        const sources: Record<string, string> = { aws: "go/aws/main.go", awsx: "node/awsx.ts", docker: "go/docker/main.go" };
        for (const { name, version } of neededPlugins({ images: true })) {
            const source = sources[name];
            const told =
                source === undefined
                    ? buildArguments(DOCKER_BUILD).find(argument => argument.startsWith("-ldflags"))
                    : /version = (".*")/i.exec(readFileSync(path.join(ENGINE, source), "utf8"))?.[1];
            assert.ok(told?.includes(version), `${name} ${version}: ${String(told)}`);
        }
    });
});
