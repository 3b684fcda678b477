import assert from "node:assert/strict";
import { once } from "node:events";
import { Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Ecr, RepositoryImage } from "../../../tools/deployed/aws/ecr";
import { choiceText, earlierImage, imageList, imageOf, ownerOf } from "../../../tools/delivery/rollback-images";
import { command } from "../../../tools/delivery/rollback";
import { call } from "../../support/command-line";

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
const pushed = (digit: string, hour: number, tags = [`commit-${digit}`]): RepositoryImage => ({
    digest: digest(digit),
    tags,
    pushedAt: new Date(Date.UTC(2026, 7, 1, hour, 30)),
});

/** Newest first; `9` is a part of `c`. */
const IMAGES = [pushed("d", 12), pushed("c", 11), pushed("9", 11, []), pushed("b", 10), pushed("a", 9)];

describe("the image that a rollback takes", () => {
    it("is the one with the digest, or with the start of it", () => {
        for (const wanted of [digest("b"), "b".repeat(64), "bbbbbbb", "sha256:bbbbbbbb"])
            assert.equal(imageOf("shop/web", IMAGES, wanted).digest, digest("b"));
    });

    it("is refused where no image has the digest", () => {
        assert.throws(() => imageOf("shop/web", IMAGES, digest("f")), {
            message: `shop/web has no image ${digest("f")}. Nothing was changed. Allowed: sha256:ddddddd, sha256:ccccccc, sha256:9999999, …`,
        });
        assert.throws(() => imageOf("shop/web", [], digest("f")), /Allowed: none, the repository is empty$/);
    });

    it("is refused where several begin like that", () => {
        const twins = [{ ...pushed("a", 1), digest: `sha256:${"a".repeat(63)}b` }, pushed("a", 1)];
        assert.throws(
            () => imageOf("shop/web", twins, "aaaaaaa"),
            /^Error: aaaaaaa means 2 images of shop\/web\. Allowed: more digits of one of /,
        );
    });

    it("is refused where it is no digest at all, such as a tag or too few digits", () => {
        for (const wanted of ["latest", "abc", "sha256:", "xyz1234"])
            assert.throws(() => imageOf("shop/web", IMAGES, wanted), {
                message: `${wanted} is no digest. Allowed: sha256:<64 hex digits>, or the first 7 of them at least.`,
            });
    });

    it("is by default the one that was pushed before the running one; parts of images do not count", () => {
        assert.equal(earlierImage(IMAGES, digest("d")).digest, digest("c"));
        assert.equal(earlierImage(IMAGES, digest("c")).digest, digest("b"));
    });

    it("may be one that the stack never ran, and that is told", async () => {
        assert.equal(
            choiceText("prod", pushed("c", 11)),
            `Chosen: ${digest("c")}, pushed before the one that runs. Nobody knows here whether prod ever ran it; to take another one, name its digest.`,
        );
        const { output } = await call(command, ["--help"]);
        assert.match(
            output.replace(/\s+/g, " "),
            /the image pushed before the one that runs, which the stack may never have run/,
        );
    });

    it("is nobody's guess where the running image is the oldest, or gone", () => {
        const message = (why: string) => ({
            message: `There is no earlier image to choose: ${why}. Nothing was changed. Next: name a digest.`,
        });
        assert.throws(() => earlierImage(IMAGES, digest("a")), message("no image is older than the one that runs"));
        assert.throws(() => earlierImage(IMAGES, digest("e")), message("the image that runs is not in the repository any more"));
    });
});

describe("the list of images", () => {
    it("is newest first, with dates, tags and a mark at the running one", () => {
        assert.equal(
            imageList("shop/web", IMAGES, digest("c")),
            [
                "Images in shop/web",
                `      digest${" ".repeat(65)}  pushed                tags`,
                `      ${digest("d")}  2026-08-01 12:30 UTC  commit-d`,
                `runs  ${digest("c")}  2026-08-01 11:30 UTC  commit-c`,
                `      ${digest("b")}  2026-08-01 10:30 UTC  commit-b`,
                `      ${digest("a")}  2026-08-01 09:30 UTC  commit-a`,
            ].join("\n"),
        );
    });

    it("shows the newest 20 and says how many are older", () => {
        const many = Array.from({ length: 23 }, (_, index) => pushed(String(index % 10), 23 - index));
        const lines = imageList("shop/web", many, digest("0")).split("\n");
        assert.equal(lines.length, 2 + 20 + 1);
        assert.equal(lines[lines.length - 1], "… and 3 older ones");
    });
});

describe("the service that a rollback is about", () => {
    const jobs = [
        { name: "import", build: { context: "./app", dockerfile: "", args: {} } },
        { name: "nightly", of: "web", build: { context: "./app", dockerfile: "", args: {} } },
    ];
    const stack = (...names: string[]) => {
        const services = names.map(name => ({
            name,
            ...(name !== "proxy" && { build: { context: "./app", dockerfile: "", args: {} } }),
        }));
        return { stack: "prod", services, jobs } as unknown as Parameters<typeof ownerOf>[0];
    };

    it("is the only one that is built", () => {
        assert.equal(ownerOf(stack("proxy", "web"), undefined), "web");
    });

    it("has to be named among several, and has to be built", () => {
        assert.throws(() => ownerOf(stack("web", "worker"), undefined), {
            message: "prod builds 2 services. Allowed: --service with web or worker or import",
        });
        assert.throws(() => ownerOf(stack("web", "proxy"), "proxy"), {
            message: "prod builds no service or job proxy. Allowed: --service with web or import",
        });
        assert.throws(
            () => ownerOf({ ...stack("proxy"), jobs: [] }, undefined),
            /Allowed: --service with none, since its file names every image$/,
        );
        assert.equal(ownerOf(stack("web", "worker"), "worker"), "worker");
    });

    it("may be a job with an image of its own, where that is named", () => {
        assert.equal(ownerOf(stack("web"), "import"), "import");
        assert.throws(() => ownerOf(stack("web"), "nightly"), {
            message: "nightly runs the image of web, and goes back with it. Allowed: --service with web or import",
        });
    });
});

describe("what ECR is asked", () => {
    const REFERENCE = `123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/shop/web@${digest("a")}`;
    const asked: { target: string; body: Record<string, unknown> }[] = [];
    const signed: string[] = [];
    let answers: { status?: number; body: object }[] = [];
    let server: Server;
    const saved = { ...process.env };

    before(async () => {
        server = createServer((request, response) => {
            let text = "";
            request.on("data", data => (text += String(data)));
            request.on("end", () => {
                signed.push(String(request.headers.authorization));
                asked.push({
                    target: String(request.headers["x-amz-target"]),
                    body: JSON.parse(text) as Record<string, unknown>,
                });
                const { status = 200, body } = answers.shift() ?? { status: 500, body: {} };
                response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(body));
            });
        }).listen(0, "127.0.0.1");
        await once(server, "listening");
        const { port } = server.address() as AddressInfo;
        const own = {
            AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
            AWS_ACCESS_KEY_ID: "a",
            AWS_SECRET_ACCESS_KEY: "b",
            AWS_MAX_ATTEMPTS: "1",
        };
        Object.assign(process.env, own);
    });
    beforeEach(() => asked.splice(0));
    after(() => {
        server.close();
        process.env = saved;
    });

    const ecr = new Ecr({ aws: {} });

    it("is whether this digest is in this account's repository", async () => {
        answers = [{ body: { imageDetails: [{ imageDigest: digest("a") }] } }];
        assert.equal(await ecr.has(REFERENCE), true);
        const body = { registryId: "123456789012", repositoryName: "shop/web", imageIds: [{ imageDigest: digest("a") }] };
        assert.deepEqual(asked, [{ target: "AmazonEC2ContainerRegistry_V20150921.DescribeImages", body }]);
    });

    it("is answered with no where the image or its repository is gone", async () => {
        for (const __type of ["ImageNotFoundException", "RepositoryNotFoundException"]) {
            answers = [{ status: 400, body: { __type, message: "gone" } }];
            assert.equal(await ecr.has(REFERENCE), false);
        }
    });

    it("is no answer where it may not be asked, and that stops everything", async () => {
        answers = [{ status: 400, body: { __type: "AccessDeniedException", message: "not you" } }];
        await assert.rejects(ecr.has(REFERENCE), {
            message: `ECR cannot be asked for ${REFERENCE}: not you. Nothing was changed.`,
        });
    });

    it("is nothing for an image of another registry, which has no such question", async () => {
        assert.equal(await ecr.has(`ghcr.io/shop/web@${digest("a")}`), true);
        assert.deepEqual(asked, []);
    });

    it("is asked where and as whom the stack's updates ask", async () => {
        const { AWS_ENDPOINT_URL: url = "" } = process.env;
        process.env["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1";
        answers = [{ body: { imageDetails: [{ imageDigest: digest("a") }] } }];
        const own = new Ecr({ aws: { accessKey: "mine", secretKey: "x", endpoints: [{ ecr: url }] } });
        assert.equal(await own.has(REFERENCE), true);
        assert.match(signed.at(-1) ?? "", /Credential=mine\//);
        process.env["AWS_ENDPOINT_URL"] = url;
    });

    it("is for all pages of images, and they come newest first", async () => {
        const detail = (digit: string, imagePushedAt: number, imageTags?: string[]) => ({
            imageDigest: digest(digit),
            imagePushedAt,
            imageTags,
        });
        answers = [
            { body: { imageDetails: [detail("a", 1000, ["one"]), detail("b", 3000, ["z", "y"])], nextToken: "more" } },
            { body: { imageDetails: [detail("c", 2000)] } },
        ];
        const { account, region, name, arn } = { account: "123456789012", region: "ap-northeast-2", name: "shop/web", arn: "" };
        const images = await ecr.images({ account, region, name, arn });
        assert.deepEqual(
            images.map(({ digest: found, tags }) => [found.slice(7, 8), tags]),
            [
                ["b", ["y", "z"]],
                ["c", []],
                ["a", ["one"]],
            ],
        );
        assert.equal(asked[1]?.body["nextToken"], "more");
    });
});
