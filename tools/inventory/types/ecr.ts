import { fieldsOf, joined, listOf, textOf } from "../inputs";
import { NOTHING, NO_FACTS, NO_OUTPUTS, PRICED, Rows, forGood, forNow, named, says } from "./row";

export const REPOSITORY_LIFECYCLE = "aws:ecr/lifecyclePolicy:LifecyclePolicy";
export const REPOSITORY = "aws:ecr/repository:Repository";
export const IMAGE_BUILD = "docker-build:index:Image";

export const ROWS: Rows = {
    [REPOSITORY_LIFECYCLE]: {
        facts: NO_FACTS,
        loss: forNow(NOTHING),
        cost: { free: "free" },
        outputs: NO_OUTPUTS,
    },
    [REPOSITORY]: {
        facts: inputs => [
            textOf(inputs["name"]),
            "immutable tags",
            fieldsOf(inputs["imageScanningConfiguration"])["scanOnPush"] === true && "scanned on push",
        ],
        loss: forGood(named("all images in")),
        cost: PRICED,
        outputs: (_, { name }) => ({
            repositoryUrl: `123456789012.dkr.ecr.region.amazonaws.com/${String(name)}`,
            arn: `arn:aws:ecr:region:123456789012:repository/${String(name)}`,
        }),
    },
    [IMAGE_BUILD]: {
        facts: inputs => [joined(inputs["platforms"]), textOf(listOf(inputs["tags"])[0]).split(":").pop()],
        loss: forNow(says("nothing: the image stays in its repository")),
        cost: { free: "built on the machine that deploys; its storage is the repository's" },
        outputs: id => ({ digest: `sha256:${id}` }),
    },
};
