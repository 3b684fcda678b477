import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { PROJECT_FOLDER } from "../settings";
import { sample } from "./support/sample";

const read = (file: string) => readFileSync(path.join(PROJECT_FOLDER, file), "utf8");
const yaml = (file: string) => parse(read(file)) as unknown;

interface Template {
    readonly config: Readonly<Record<string, { readonly default?: unknown }>>;
}

describe("Node", () => {
    const node = read(".nvmrc").trim();

    it("is one version in CI, in the dev container and for nvm, which package.json allows", () => {
        const { engines } = yaml("package.json") as { readonly engines: { readonly node: string } };
        const [, least = ""] = /^>=(\d+)$/.exec(engines.node) ?? [];
        assert.ok(Number(node) >= Number(least), `${node} of .nvmrc is not ${engines.node}`);
        assert.match(read(".devcontainer/Dockerfile"), new RegExp(`^FROM \\S+:[\\d.]+-${node}-`));
        assert.match(read(".github/actions/setup/action.yml"), /node-version-file: \.nvmrc$/m);
    });
});

describe("the dev container", () => {
    it("is made of an image by digest and of features by version", () => {
        const images = [...read(".devcontainer/Dockerfile").matchAll(/^FROM (\S+)/gm)].map(([, image = ""]) => image);
        const { features } = yaml(".devcontainer/devcontainer.json") as { readonly features: Readonly<Record<string, unknown>> };
        assert.notDeepEqual(images, []);
        for (const image of images) assert.match(image, /@sha256:[0-9a-f]{64}$/);
        for (const feature of Object.keys(features)) assert.match(feature, /:\d+\.\d+\.\d+$/);
    });
});

/** `pulumi new` takes the section out of the project that it makes. */
describe("pulumi new on this repository", () => {
    it("asks for keys with a default that fits the rest of the stack's file", () => {
        const { template } = yaml("Pulumi.yaml") as { readonly template?: Template };
        const { config } = sample("dev");
        for (const [key, { default: given }] of Object.entries(template?.config ?? {})) assert.equal(given, config[key], key);
    });

    it("finds no text that it would take for a placeholder", () => {
        const [opened, closed] = ["${", "}"];
        const placeholders = ["PROJECT", "DESCRIPTION"].flatMap(name => ["-e", opened + name + closed]);
        assert.equal(filesWith(placeholders), "");
    });
});

/** Of the files that git does not ignore; a new project is no repository yet. */
function filesWith(patterns: readonly string[]): string {
    try {
        return execFileSync("git", ["grep", "--no-index", "--exclude-standard", "-lF", ...patterns], {
            cwd: PROJECT_FOLDER,
            encoding: "utf8",
        });
    } catch (error) {
        if ((error as { status?: unknown }).status === 1) return "";
        throw error;
    }
}
