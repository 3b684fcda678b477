import * as assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import * as path from "node:path";
import type { Machine } from "../../../../tools/sandbox/engine/terraform-folders";
import { findTerraformProvider } from "../../../../tools/sandbox/engine/terraform-provider";
import { NoWay } from "../../../../tools/sandbox/engine/way";
import { temporaryFolder, write } from "./folders";

const ADDRESS = "registry.terraform.io/hashicorp/aws";

describe("the Terraform AWS provider", () => {
    const folder = temporaryFolder();
    const home = () => path.join(folder(), "home");
    const machine = (environment: Machine["environment"] = {}): Machine => ({
        environment: { XDG_DATA_DIRS: path.join(folder(), "share"), ...environment },
        home: home(),
        target: "linux_amd64",
        addOns: [path.join(folder(), "opt")],
    });
    const program = (root: string, version: string, target = "linux_amd64") =>
        write(path.join(folder(), root, ADDRESS, version, target, `terraform-provider-aws_v${version}_x5`), "", 0o755);
    const found = (environment?: Machine["environment"]) => findTerraformProvider(machine(environment)).file;

    it("is the one that TF_AWS_PROVIDER_BINARY names, before all others", () => {
        program("home/.terraform.d/plugins", "5.100.0");
        const named = write(path.join(folder(), "elsewhere", "provider"), "", 0o755);
        assert.deepEqual(findTerraformProvider(machine({ TF_AWS_PROVIDER_BINARY: named })), {
            file: named,
            isPacked: false,
            version: undefined,
        });
        const missing = path.join(folder(), "missing");
        assert.throws(() => found({ TF_AWS_PROVIDER_BINARY: missing }), {
            message: `TF_AWS_PROVIDER_BINARY names ${missing}, which is no program`,
        });
        const newer = program("elsewhere", "6.3.0");
        assert.throws(() => found({ TF_AWS_PROVIDER_BINARY: newer }), /names version 6\.3\.0; only 5\.x can be used/);
    });

    it("is found in a mirror of the CLI configuration, whose comments do not count", () => {
        const file = program("mirror", "5.90.0");
        program("opt/plugins", "5.100.0");
        const mirror = path.join(folder(), "mirror");
        const commented = path.join(folder(), "opt", "plugins");
        const text = `provider_installation {
            # filesystem_mirror { path = "${commented}" }
            filesystem_mirror {
                path    = "${mirror}" // what the company approved
                include = ["registry.terraform.io/*/*"]
            }
            direct { exclude = ["registry.terraform.io/*/*"] }
        }`;
        write(path.join(home(), ".terraformrc"), text);
        assert.equal(found(), file);
        const configuration = write(path.join(folder(), "company.tfrc"), `/*\n${text}\n*/`);
        assert.notEqual(found({ TF_CLI_CONFIG_FILE: configuration }), file);
    });

    it("is found in the plugin cache, of the configuration or of the environment", () => {
        const file = program("cache", "5.90.0");
        write(path.join(home(), ".terraformrc"), 'plugin_cache_dir = "$ROOT/cache"\n');
        assert.equal(found({ ROOT: folder() }), file);
        const other = program("other-cache", "5.80.0");
        assert.equal(found({ ROOT: folder(), TF_PLUGIN_CACHE_DIR: path.join(folder(), "other-cache") }), other);
    });

    for (const [where, root, environment] of [
        ["the user's plugins", "home/.terraform.d/plugins", {}],
        ["the user's data", "home/.local/share/terraform/plugins", {}],
        ["data elsewhere", "data/terraform/plugins", { XDG_DATA_HOME: "data" }],
        ["the system's data", "share/terraform/plugins", {}],
    ] as const) {
        it(`is found among ${where}`, () => {
            const file = program(root, "5.100.0");
            const absolute = Object.entries(environment).map(([name, inner]) => [name, path.join(folder(), inner)]);
            assert.equal(found(Object.fromEntries(absolute) as Record<string, string>), file);
        });
    }

    it("is the newest of its major version for this kind of machine, by number", () => {
        program("share/terraform/plugins", "5.9.0");
        const newest = program("home/.terraform.d/plugins", "5.100.0");
        program("home/.terraform.d/plugins", "5.200.0", "darwin_arm64");
        program("home/.terraform.d/plugins", "6.1.0");
        write(path.join(home(), ".terraform.d/plugins", ADDRESS, "5.300.0/linux_amd64/terraform-provider-aws_v5.300.0_x5"));
        assert.equal(found(), newest);
    });

    it("may be packed, for this kind of machine", () => {
        const root = path.join(home(), ".terraform.d", "plugins", ADDRESS);
        const file = write(path.join(root, "terraform-provider-aws_5.100.0_linux_amd64.zip"));
        write(path.join(root, "terraform-provider-aws_5.200.0_linux_arm64.zip"));
        assert.deepEqual(findTerraformProvider(machine()), { file, isPacked: true, version: "5.100.0" });
    });

    it("is found through a link, as a plugin cache has them", () => {
        program("real", "5.100.0");
        write(path.join(home(), ".terraform.d", "plugins", "registry.terraform.io", "hashicorp", "readme"));
        const link = path.join(home(), ".terraform.d", "plugins", ADDRESS);
        symlinkSync(path.join(folder(), "real", ADDRESS), link);
        symlinkSync("circle", path.join(home(), ".terraform.d", "plugins", "circle"));
        symlinkSync("nowhere", path.join(home(), ".terraform.d", "plugins", "broken"));
        assert.equal(found(), path.join(link, "5.100.0/linux_amd64/terraform-provider-aws_v5.100.0_x5"));
    });

    it("is looked for among added software where Terraform has none, and no deeper than seven folders", () => {
        const file = program("opt/tf-plugins", "5.100.0");
        program("opt/much/too/deep/for/this", "5.101.0");
        write(path.join(folder(), "opt/app/node_modules/terraform-provider-aws_v5.102.0_x5"), "", 0o755);
        assert.equal(found(), file);
        const ofTerraform = program("home/.terraform.d/plugins", "5.80.0");
        assert.equal(found(), ofTerraform);
    });

    it("that cannot be used is named where there is no other", () => {
        program("opt/tf-plugins", "6.1.0");
        assert.throws(() => found(), {
            message:
                "there is no Terraform AWS provider 5.x for linux_amd64 (there is 6.1.0); `terraform providers mirror` gets one, and TF_AWS_PROVIDER_BINARY names one elsewhere",
        });
        assert.throws(() => found(), NoWay);
    });
});
