import * as path from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { version } from "@pulumi/pulumi/version";
import { unpublished, withPlugins } from "./plugins";
import { Engine, NoWay, Wishes, lastLine } from "./way";

/** For the installer, whose own downloads know no limit, in milliseconds. */
const INSTALL_LIMIT = 5 * 60_000;

/** The `pulumi` on the PATH, with the plugins that its user has or can get. */
export async function fromPath(wishes: Wishes): Promise<Engine> {
    const pulumi = await PulumiCommand.get().catch((error: unknown) => {
        throw new NoWay(/ENOENT/.test(String(error)) ? "there is none" : lastLine(error));
    });
    return engineOf(pulumi, "from PATH", wishes);
}

/** The CLI that the Automation API installs: of the SDK's own version, into the sandbox's folder. */
export async function downloaded(wishes: Wishes): Promise<Engine> {
    const root = path.join(wishes.folder, "pulumi");
    const installed = await PulumiCommand.get({ root }).catch(() => undefined);
    return engineOf(installed ?? (await install(root, wishes)), "downloaded", wishes);
}

async function install(root: string, { tell }: Wishes): Promise<PulumiCommand> {
    const reason = await unpublished();
    if (reason !== undefined) throw new NoWay(reason);
    tell(`downloading the Pulumi CLI ${version} (once)`);
    const limit = new Promise<never>((_, reject) =>
        setTimeout(() => reject(new NoWay(`it was not there within ${INSTALL_LIMIT / 60_000} min`)), INSTALL_LIMIT).unref(),
    );
    return Promise.race([limit, PulumiCommand.install({ root })]).catch((error: unknown) => {
        throw error instanceof NoWay ? error : new NoWay(lastLine(error));
    });
}

async function engineOf(pulumi: PulumiCommand, origin: string, wishes: Wishes): Promise<Engine> {
    const aws = await withPlugins(pulumi, wishes);
    const folder = path.isAbsolute(pulumi.command) ? [path.dirname(pulumi.command)] : [];
    return {
        pulumi,
        environment: { PATH: [...folder, process.env["PATH"] ?? ""].join(path.delimiter), PULUMI_SKIP_UPDATE_CHECK: "true" },
        description: `Pulumi ${String(pulumi.version)} ${origin}, ${aws}`,
    };
}
