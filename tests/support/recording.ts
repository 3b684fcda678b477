import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { RecorderOptions, Recorded, Recording, record } from "../../tools/inventory/recorder";

/** A component. */
export class Group extends pulumi.ComponentResource {
    constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
        super("test:index:Group", name, { of: "things" }, opts);
        this.registerOutputs({ size: pulumi.output(1), password: pulumi.secret("hunter2") });
    }
}

/** A program that declares one VPC. */
export function vpc(name: string): () => void {
    return () => {
        new aws.ec2.Vpc(name);
    };
}

/** A run of a program under test. */
export function run<T>(program: () => Promise<T> | T, options: Partial<RecorderOptions> = {}): Promise<Recording<T>> {
    return record(async () => program(), { project: "fargate", stack: "test", ...options });
}

export function names(resources: readonly Recorded[]): string[] {
    return resources.map(({ name }) => name);
}
