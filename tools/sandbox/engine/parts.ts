import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import * as path from "node:path";
import type { Entry } from "./cache";

const GO_SOURCES = path.join(__dirname, "go");

/** A program of an engine that is built here. */
export interface Part {
    readonly name: string;
    readonly title: string;
    /** Folder of its Go module. */
    readonly module: string;
    /** What is built, as Go names it. */
    readonly package: string;
    /** Name of the program. */
    readonly binary: string;
    /** Files and folders that decide on it. */
    readonly sources: readonly string[];
    /** A variable that the program tells its version by, and the module whose version it is. */
    readonly version?: { readonly variable: string; readonly of: string; readonly prefix: "v" | "" };
    /** How long it takes on two cores when nothing is compiled yet, in seconds, after those above it. */
    readonly seconds: number;
}

/** Sources of a program of this repository's own, below the one module. */
const own = (...folders: string[]) => ["go.mod", "go.sum", ...folders].map(name => path.join(GO_SOURCES, name));
/** A program of somebody else's, by a module that does nothing but pin it. */
const foreign = (module: string) => ({
    module: path.join(GO_SOURCES, module),
    sources: ["go.mod", "go.sum"].map(name => path.join(GO_SOURCES, module, name)),
});

const PULUMI = "github.com/pulumi/pulumi/pkg/v3";

export const CLI: Part = {
    name: "cli",
    title: "the Pulumi CLI",
    module: GO_SOURCES,
    package: `${PULUMI}/cmd/pulumi`,
    binary: "pulumi",
    sources: own(),
    version: { variable: "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version", of: PULUMI, prefix: "v" },
    seconds: 200,
};

export const AWS: Part = {
    name: "aws",
    title: "the AWS plugin",
    module: GO_SOURCES,
    package: "./aws",
    binary: "pulumi-resource-aws",
    sources: own("terraform", "aws"),
    seconds: 75,
};

export const DOCKER: Part = {
    name: "docker",
    title: "the Docker plugin",
    module: GO_SOURCES,
    package: "./docker",
    binary: "pulumi-resource-docker",
    sources: own("terraform", "docker"),
    seconds: 5,
};

export const TERRAFORM_DOCKER: Part = {
    ...foreign("terraform-provider-docker"),
    name: "terraform-docker",
    title: "the Terraform Docker provider",
    package: "github.com/terraform-providers/terraform-provider-docker",
    binary: "terraform-provider-docker",
    seconds: 130,
};

export const DOCKER_BUILD: Part = {
    ...foreign("docker-build"),
    name: "docker-build",
    title: "the docker-build plugin",
    package: "github.com/pulumi/pulumi-docker-build/provider/cmd/pulumi-resource-docker-build",
    binary: "pulumi-resource-docker-build",
    version: {
        variable: "github.com/pulumi/pulumi-docker-build/provider.Version",
        of: "github.com/pulumi/pulumi-docker-build",
        prefix: "",
    },
    seconds: 120,
};

export const BUILDKIT: Part = {
    ...foreign("buildkitd"),
    name: "buildkit",
    title: "BuildKit",
    package: "github.com/moby/buildkit/cmd/buildkitd",
    binary: "buildkitd",
    version: { variable: "github.com/moby/buildkit/version.Version", of: "github.com/moby/buildkit", prefix: "v" },
    seconds: 80,
};

/** The version of a module that a part's go.mod names, such as `3.259.0`. */
export function pinnedVersion({ module }: Part, name: string): string {
    const text = readFileSync(path.join(module, "go.mod"), "utf8");
    const found = text.split("\n").map(line =>
        line
            .replace(/^require /, "")
            .trim()
            .split(" "),
    );
    const version = found.find(([first, second]) => first === name && second?.startsWith("v"))?.[1];
    if (version === undefined) throw new Error(`${module}/go.mod does not name ${name}`);
    return version.slice(1);
}

/** Arguments of `go build`, but for where the program goes. */
export function buildArguments(part: Part): string[] {
    const { version } = part;
    const told = version === undefined ? "" : ` -X ${version.variable}=${version.prefix}${pinnedVersion(part, version.of)}`;
    return [
        "-mod=readonly",
        "-buildvcs=false",
        "-trimpath",
        // Google's storage client without what it needs to reach Google's network by gRPC, which is 140 packages.
        "-tags=disable_grpc_modules",
        // Nothing inlined, and nothing for a debugger: this way it compiles in seven tenths of the time.
        "-gcflags=all=-l -dwarf=false",
        `-ldflags=-s -w${told}`,
        part.package,
    ];
}

/** Where a part lies in the cache: the same sources, versions and flags for the same kind of machine are the same program. */
export function entryOf(part: Part): Entry {
    const hash = createHash("sha256").update(JSON.stringify([process.platform, process.arch, buildArguments(part)]));
    for (const file of part.sources.flatMap(filesBelow).sort())
        hash.update(`\0${path.relative(part.module, file)}\0`).update(readFileSync(file));
    return { name: part.name, stamp: hash.digest("hex").slice(0, 16) };
}

function filesBelow(name: string): string[] {
    if (!statSync(name).isDirectory()) return [name];
    return readdirSync(name).flatMap(inner => filesBelow(path.join(name, inner)));
}
