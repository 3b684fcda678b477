import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Image } from "../../../components/image";
import { Task } from "../../../components/task";
import { buildSource } from "../../../lookups/images";
import type { BuildSettings, ServiceSettings } from "../../../settings";

/** A built image, its task, and the task of a neighbour whose image exists. The URL to push to is a loopback registry's, never the emulator's. */
async function program() {
    const config = new pulumi.Config("images");
    const repositoryName = config.require("repositoryName");
    const service = config.requireObject<ServiceSettings & { build: BuildSettings }>("service");
    const neighbour = config.requireObject<ServiceSettings>("neighbour");
    const region = new pulumi.Config("aws").require("region");

    const provider = new aws.Provider("aws", { region: region as aws.Region, skipCredentialsValidation: true, maxRetries: 2 });
    const onAws = { provider };
    const source = await buildSource(repositoryName, service.build, service.architecture, onAws);
    const repository = new aws.ecr.Repository(
        "repository",
        { name: repositoryName, imageTagMutability: "IMMUTABLE", forceDelete: true },
        onAws,
    );
    const image = new Image(
        "web-image",
        { source, registry: { url: config.require("registryUrl"), arn: repository.arn } },
        onAws,
    );

    const common = {
        deployment: { project: pulumi.getProject(), stack: pulumi.getStack() },
        place: { region, account: "123456789012" },
        stopTimeoutSeconds: 30,
        logRetentionDays: 1,
        imagesReady: image.ready,
    };
    new Task("web-task", { ...common, task: service, image: image.reference, repositoryArn: image.repositoryArn }, onAws);
    new Task("neighbour-task", { ...common, task: neighbour, image: `example/neighbour@sha256:${"1".repeat(64)}` }, onAws);
    return { kind: source.kind, reference: image.reference };
}

export = program;
