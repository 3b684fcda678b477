import assert from "node:assert/strict";
import { settingsOf } from "../../../settings";
import { loggedIn } from "../../../tools/delivery/docker-login";
import { mirrored, publicImage, tagOf, unfit } from "../../../tools/delivery/mirror";
import { files } from "../../support/changed-files";

const DIGEST = `sha256:${"0123456789ab".padEnd(64, "c")}`;

describe("a public image", () => {
    it("is called as at its registry, without the host, and without Docker Hub's own folder", () => {
        const name = (image: string) => publicImage(image).name;
        assert.equal(name("nginx:1.29"), "nginx");
        assert.equal(name("docker.io/library/nginx:1.29"), "nginx");
        assert.equal(name("grafana/grafana:12"), "grafana/grafana");
        assert.equal(name(`public.ecr.aws/docker/library/nginx@${DIGEST}`), "docker/library/nginx");
    });

    it("gets a tag of its own for each digest, as long as a tag may be", () => {
        assert.equal(tagOf({ tag: "1.29" }, DIGEST), "1.29-0123456789ab");
        assert.equal(tagOf({}, DIGEST), "sha256-0123456789ab");
        assert.ok(tagOf({ tag: "a".repeat(128) }, DIGEST).length <= 128);
    });

    it("is for the stack's tasks: for some of them with a word, for none of them not at all", () => {
        const web = { image: "123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/shop:1" };
        const { config, ...origin } = files("dev", {
            "fargate:services": { web: { ...web, architecture: "arm64" }, api: { ...web, architecture: "x86_64" } },
        });
        const settings = settingsOf(config, origin);
        const for_ = (...platforms: readonly string[]) => unfit(settings, "nginx:1", { digest: DIGEST, platforms });
        assert.deepEqual(for_("linux/amd64", "linux/arm64"), []);
        assert.deepEqual(for_("linux/amd64"), ["nginx:1 is for linux/amd64: tasks on linux/arm64 cannot run it."]);
        assert.throws(() => for_("linux/s390x"), /the stack's tasks are linux\/amd64, linux\/arm64\. Nothing was copied/);
    });

    it("is never pushed to the address that a sandbox's repository has, which is a real registry's", async () => {
        const repository = {
            uri: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/fargate-dev-mirror/nginx",
            has: () => Promise.resolve(false),
            login: () => Promise.reject(new Error("a login was asked for")),
        };
        assert.equal(await mirrored(repository, publicImage("nginx:1"), { digest: DIGEST }, true), "not-copied");
        await assert.rejects(mirrored(repository, publicImage("nginx:1"), { digest: DIGEST }, false), /a login was asked for/);
    });

    it("is pushed with one login beside those that Docker has, which no other program keeps", () => {
        const own = { auths: { "ghcr.io": {} }, credsStore: "desktop", credHelpers: { "gcr.io": "gcloud" } };
        assert.deepEqual(loggedIn(own, "a.example.com", "QVdTOng="), {
            auths: { "ghcr.io": {}, "a.example.com": { auth: "QVdTOng=" } },
            credsStore: "desktop",
            credHelpers: { "gcr.io": "gcloud", "a.example.com": "" },
        });
    });
});
