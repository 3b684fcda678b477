import * as pulumi from "@pulumi/pulumi";
import program from "../../../index";
import { VARIANTS } from "./variants";

const variant = VARIANTS[new pulumi.Config("policy-test").get("variant") ?? ""];

if (variant !== undefined) {
    pulumi.runtime.registerStackTransformation(({ type, name, props, opts }) =>
        type === variant.type && name === variant.name ? { props: variant.change(props), opts } : undefined,
    );
}

export = program;
