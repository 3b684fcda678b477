import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { PROJECT_FOLDER } from "../../settings";

interface Update {
    readonly "package-ecosystem": string;
    readonly directory?: string;
    readonly directories?: readonly string[];
    readonly cooldown?: { readonly "default-days"?: number };
}

const LEAST_DAYS = 7;

/** What a file makes its folder to Dependabot. */
const ECOSYSTEMS: Readonly<Record<string, string>> = {
    "package-lock.json": "npm",
    "action.yml": "github-actions",
    Dockerfile: "docker",
    "requirements.txt": "pip",
    "go.mod": "gomod",
};

const { updates } = parse(readFileSync(path.join(PROJECT_FOLDER, ".github/dependabot.yml"), "utf8")) as {
    readonly updates: readonly Update[];
};

describe("Dependabot", () => {
    it("takes no release before others had a week to look at it", () => {
        for (const { "package-ecosystem": ecosystem, cooldown } of updates)
            assert.ok((cooldown?.["default-days"] ?? 0) >= LEAST_DAYS, `${ecosystem}: ${JSON.stringify(cooldown)}`);
    });

    it("covers every folder that pins something", () => {
        const covered = updates.flatMap(({ "package-ecosystem": ecosystem, directory, directories = [] }) =>
            [...(directory === undefined ? [] : [directory]), ...directories].map(folder => `${ecosystem} ${folder}`),
        );
        const pinning = filesBelow(PROJECT_FOLDER).flatMap(file => {
            const ecosystem = ECOSYSTEMS[path.basename(file)];
            return ecosystem === undefined ? [] : [`${ecosystem} /${path.relative(PROJECT_FOLDER, path.dirname(file))}`];
        });
        // The workflows and the dev container, which Dependabot finds from the top.
        const expected = [...pinning, "devcontainers /", "github-actions /"].sort();
        assert.deepEqual(covered.sort(), expected, ".github/dependabot.yml names the folders that pin something, and no other");
    });
});

function filesBelow(folder: string): string[] {
    return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
        if (["node_modules", ".git", ".sandbox", "tests"].includes(entry.name)) return [];
        const file = path.join(folder, entry.name);
        return entry.isDirectory() ? filesBelow(file) : [file];
    });
}
