import * as pulumi from "@pulumi/pulumi";
import program from "../../../index";
import { VARIANTS } from "./variants";

for (const label of new pulumi.Config("policy-test").getObject<string[]>("variants") ?? []) {
    const variant = VARIANTS[label];
    if (variant === undefined) throw new Error(`there is no variant ${label}`);
    pulumi.runtime.registerStackTransformation(({ type, name, props, opts }) =>
        type === variant.type && name === variant.name ? { props: variant.change(props), opts } : undefined,
    );
}

export = program;
