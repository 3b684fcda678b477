import assert from "node:assert/strict";
import { Registry, RegistryArgs } from "../../components/registry";
import { cached, declare, json } from "../support/declared";

const ARGS: RegistryArgs = { repositoryName: "fargate-dev-web", deletionProtection: true, tags: { service: "web" } };

const made = cached((changes: Partial<RegistryArgs> = {}) =>
    declare(() => {
        const { url, arn } = new Registry("web-registry", { ...ARGS, ...changes });
        return { url, arn };
    }),
);

describe("a registry", () => {
    it("is a repository and its lifecycle", async () => {
        const { list } = await made();
        assert.deepEqual(list, [
            "Registry web-registry",
            "ecr.LifecyclePolicy web-registry-lifecycle",
            "ecr.Repository web-registry-repository",
        ]);
    });

    it("has tags that never move, scans what is pushed, and encrypts it", async () => {
        assert.deepEqual((await made()).inputs("ecr.Repository web-registry-repository"), {
            name: "fargate-dev-web",
            imageTagMutability: "IMMUTABLE",
            imageScanningConfiguration: { scanOnPush: true },
            encryptionConfigurations: [{ encryptionType: "AES256" }],
            forceDelete: false,
            tags: { service: "web" },
        });
    });

    it("is made under a customer key where it is given one, and stays under the one it has", async () => {
        const declared = await made({ kmsKeyArn: "arn:aws:kms:…" });
        const { encryptionConfigurations } = declared.inputs("ecr.Repository web-registry-repository");
        assert.deepEqual(encryptionConfigurations, [{ encryptionType: "KMS", kmsKey: "arn:aws:kms:…" }]);
        const repository = declared.resources.find(({ name }) => name === "web-registry-repository");
        assert.deepEqual(repository?.ignoreChanges, ["encryptionConfigurations"]);
        assert.equal(declared.inputs("Registry web-registry")["customerKey"], true);
    });

    it("goes with its images only where nothing is protected", async () => {
        const declared = await made({ deletionProtection: false });
        assert.equal(declared.inputs("ecr.Repository web-registry-repository")["forceDelete"], true);
    });

    it("drops untagged images after two weeks and keeps the latest two hundred builds, however many images each is", async () => {
        const declared = await made();
        const { repository, policy } = declared.inputs("ecr.LifecyclePolicy web-registry-lifecycle");
        // A repository has one: the old one would take the new one along.
        assert.equal(declared.resources.find(({ name }) => name === "web-registry-lifecycle")?.deleteBeforeReplace, true);
        assert.equal(repository, "fargate-dev-web");
        assert.deepEqual(json(policy), {
            rules: [
                {
                    rulePriority: 1,
                    description: "untagged images expire after 14 days",
                    selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 14 },
                    action: { type: "expire" },
                },
                {
                    rulePriority: 2,
                    description: "the latest 200 builds stay",
                    selection: {
                        tagStatus: "tagged",
                        tagPatternList: ["*"],
                        countType: "imageCountMoreThan",
                        countNumber: 200,
                    },
                    action: { type: "expire" },
                },
            ],
        });
    });

    it("shows its plain arguments in a preview", async () => {
        assert.deepEqual((await made()).inputs("Registry web-registry"), ARGS);
    });

    it("tells address and ARN of its repository", async () => {
        assert.deepEqual((await made()).outputs, {
            url: "123456789012.dkr.ecr.region.amazonaws.com/fargate-dev-web",
            arn: "arn:aws:ecr:region:123456789012:repository/fargate-dev-web",
        });
    });
});
