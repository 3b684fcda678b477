import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import * as path from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { duration } from "../../cli/progress";
import { cacheFolder, find, findOrMake } from "./cache";
import { checkGo, goBuild } from "./go";
import { AWS, BUILDKIT, CLI, DOCKER, DOCKER_BUILD, Part, TERRAFORM_DOCKER, entryOf } from "./parts";
import { timeLeft } from "./time-left";
import { TerraformProvider, findTerraformProvider } from "./terraform-provider";
import { Engine, NoWay, Wishes } from "./way";
import { unzip } from "./zip";

/** The parts that Node runs as they are: language host, awsx's stand-in and dynamic resources. */
const NODE_PARTS = path.join(__dirname, "bin");

/**
 * An engine from Go and npm modules, for a machine that reaches their registries and nothing else. It shows less than the real plugins: the AWS plugin is a
 * Terraform provider of the major version before, bridged, and awsx is stood in for.
 */
export async function builtHere(wishes: Wishes): Promise<Engine> {
    if (process.platform === "win32") throw new NoWay("not on Windows; there it works in WSL");
    const provider = findTerraformProvider();
    const programs = await build([CLI, AWS, ...(wishes.images === true ? [DOCKER, TERRAFORM_DOCKER, DOCKER_BUILD] : [])], wishes);
    const program = (part: Part) => programs.get(part) ?? "";
    const folders = [...programs.values()].map(file => path.dirname(file));
    const pulumi = await PulumiCommand.get({ root: path.dirname(path.dirname(program(CLI))) });
    return {
        pulumi,
        environment: {
            PATH: [NODE_PARTS, ...folders, process.env["PATH"] ?? ""].join(path.delimiter),
            TF_AWS_PROVIDER_BINARY: await unpacked(provider, wishes),
            ...(wishes.images === true && { TF_DOCKER_PROVIDER_BINARY: program(TERRAFORM_DOCKER) }),
            PULUMI_SKIP_UPDATE_CHECK: "true",
            // Neither is to be had where this engine is used; without these the CLI would try for minutes.
            PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
            PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
        },
        description: `built here: Pulumi ${String(pulumi.version)}, AWS provider ${provider.version ?? "of an unknown version"} bridged, awsx's VPC stood in for`,
    };
}

/** BuildKit's daemon, for a test that builds images without Docker. */
export async function buildkitd(wishes: Wishes): Promise<string> {
    const programs = await build([BUILDKIT], wishes);
    return programs.get(BUILDKIT) ?? "";
}

/** The program of each part, by what is in the cache or by building it. */
async function build(parts: readonly Part[], { folder, tell, done, signal }: Wishes): Promise<ReadonlyMap<Part, string>> {
    const cache = cacheFolder();
    const programs = new Map<Part, string>();
    const missing: Part[] = [];
    for (const part of parts) {
        const found = find(cache, entryOf(part));
        if (found === undefined) missing.push(part);
        else programs.set(part, programIn(found, part));
    }
    const [first] = missing;
    if (first !== undefined) await checkGo(first);

    const log = path.join(folder, "build.log");
    const started = Date.now();
    for (const [index, part] of missing.entries()) {
        const { title } = part;
        const which = `${title}, ${index + 1} of ${missing.length}`;
        const begun = Date.now();
        const made = await findOrMake(
            entryOf(part),
            async aside =>
                goBuild(part, programIn(aside, part), {
                    onDownload: () => tell(`downloading Go modules for ${which}`),
                    onCompile: fraction =>
                        tell(`building ${which}, ${timeLeft(missing, index, fraction, Date.now() - started)} (once)`),
                    log,
                    signal,
                }),
            { cache, signal, onWait: pid => tell(`waiting for process ${pid}, which builds ${which}`) },
        );
        done(`  ${title} took ${duration(Date.now() - begun)}`);
        programs.set(part, programIn(made, part));
    }
    return programs;
}

/** In `bin`, where the Automation API looks for a CLI. */
function programIn(folder: string, { binary }: Part): string {
    return path.join(folder, "bin", binary);
}

async function unpacked({ file, isPacked }: TerraformProvider, { tell, signal }: Wishes): Promise<string> {
    if (!isPacked) return file;
    const { size, mtimeMs } = statSync(file);
    const stamp = createHash("sha256")
        .update(JSON.stringify([file, size, mtimeMs]))
        .digest("hex")
        .slice(0, 16);
    const name = path.basename(file, ".zip");
    const folder = await findOrMake(
        { name: "terraform-aws", stamp },
        aside => {
            tell(`unpacking ${name} (once)`);
            return unzip(file, entry => entry.startsWith("terraform-provider-aws"), path.join(aside, name));
        },
        { cache: cacheFolder(), signal },
    );
    return path.join(folder, name);
}
