import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { Image } from "../components/image";
import { Registry } from "../components/registry";
import { logicalName, serviceName } from "../model/names";
import type { TaskSettings } from "../settings";
import { keepsKey } from "../settings/encryption";
import type { Given, Kept } from "./given";

/** What tasks are started from: an image for each that has one of its own, in a repository where it is built. */
export function images({ settings, found, onAws }: Given, { kmsKeyArn }: Kept) {
    const { deletionProtection } = settings;
    const credentials = found.sources.some(({ source }) => source.kind === "build") ? registryCredentials(onAws) : undefined;
    const made = found.sources.map(({ task: { name, build }, source }) => {
        const repository = {
            repositoryName: serviceName(settings, name),
            deletionProtection,
            // Images may be needed for as long as there is a repository.
            ...(kmsKeyArn !== undefined && keepsKey(settings) && { kmsKeyArn }),
            tags: { service: name },
        };
        const registry = build && new Registry(`${name}-registry`, repository, onAws);
        return { name, registry, image: new Image(logicalName.image(name), { source, registry, credentials }, onAws) };
    });
    return {
        of: ({ name, of = name }: TaskSettings) => {
            const owner = made.find(each => each.name === of);
            if (owner === undefined) throw new Error(`nothing says where the image of ${name} comes from`);
            return { image: owner.image.reference, repositoryArn: owner.image.repositoryArn };
        },
        ready: made.flatMap(({ image }) => image.ready),
        repositories: Object.fromEntries(made.flatMap(({ name, registry }) => (registry ? [[name, registry.url]] : []))),
    };
}

function registryCredentials(options: pulumi.InvokeOptions) {
    const token = aws.ecr.getAuthorizationTokenOutput({}, options);
    return token.apply(({ proxyEndpoint, userName, password }) => ({ address: proxyEndpoint, username: userName, password }));
}
