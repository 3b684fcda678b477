import * as provider from "@pulumi/pulumi/provider";
import { VPC, Vpc, refuse, vpcArgs } from "./vpc";

/**
 * Stands in for the awsx plugin in an engine that is built here: `awsx:ec2:Vpc` with explicit zones and explicit blocks. Children, names, tags and outputs are
 * those of awsx 3.9; everything else is refused, never guessed.
 */

const VERSION = "3.9.0";

const plugin: provider.Provider = {
    version: VERSION,
    schema: JSON.stringify({ name: "awsx", version: VERSION, resources: {} }),
    construct: (name, type, inputs, options) =>
        Promise.resolve().then(() => {
            if (type !== VPC) refuse(`knows ${VPC} alone, not ${type}`);
            const vpc = new Vpc(name, vpcArgs(inputs), options);
            return { urn: vpc.urn, state: vpc.state };
        }),
};

provider.main(plugin, process.argv.slice(2)).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
});
