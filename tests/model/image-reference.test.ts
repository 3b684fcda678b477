import assert from "node:assert/strict";
import fc from "fast-check";
import { ecrFault, parseImageReference, registryHost } from "../../model/image-reference";

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;
const repository = fc.stringMatching(/^[a-z0-9]{1,10}(\.[a-z]{2,5}(:\d{2,5})?)?(\/[a-z0-9]{1,8}([._-][a-z0-9]{1,4})?){1,3}$/);
const tag = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,30}$/);
const digest = fc.stringMatching(/^sha256:[0-9a-f]{64}$/);

describe("an image reference", () => {
    it("with a tag says repository and tag, also behind a registry with a port", () => {
        fc.assert(
            fc.property(repository, tag, (name, version) => {
                const parsed = parseImageReference(`${name}:${version}`);
                assert.equal(parsed?.repository, name);
                assert.equal(parsed.tag, version);
                assert.equal(parsed.digest, undefined);
            }),
        );
    });

    it("with a digest says repository and digest, and the tag where it has one too", () => {
        fc.assert(
            fc.property(repository, digest, fc.option(tag, { nil: undefined }), (name, content, version) => {
                const parsed = parseImageReference(`${name}${version === undefined ? "" : `:${version}`}@${content}`);
                assert.equal(parsed?.repository, name);
                assert.equal(parsed.tag, version);
                assert.equal(parsed.digest, content);
            }),
        );
    });

    it("without tag and digest is none, since it moves", () => {
        for (const text of ["nginx", "library/nginx", "registry.example.com/team/web", "localhost:5000/web"]) {
            assert.equal(parseImageReference(text), undefined, text);
        }
    });

    it("is none where it is not in Docker's form", () => {
        const bad = ["", ":1", "web:", "web:-1", "-web:1", "Web Shop:1", `web:${"x".repeat(129)}`, "web@sha256:abc", "web@md5:1"];
        for (const text of [
            ...bad,
            `web@${DIGEST}0`,
            `web@${DIGEST.toUpperCase()}`,
            "https://example.com/web:1",
            "web//shop:1",
            "web/:1",
            "shop/Web:1",
        ]) {
            assert.equal(parseImageReference(text), undefined, text);
        }
        assert.notEqual(parseImageReference(`web:${"x".repeat(128)}`), undefined);
        for (const host of ["", "ghcr.io/", "localhost/"]) {
            assert.notEqual(parseImageReference(`${host}${"x".repeat(255)}:1`), undefined);
            assert.equal(parseImageReference(`${host}x/${"x".repeat(254)}:1`), undefined);
        }
    });
});

describe("an image reference in ECR", () => {
    it("says account, region, name and ARN of its repository", () => {
        const reference = `123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/team/web@${DIGEST}`;
        assert.deepEqual(parseImageReference(reference)?.ecr, {
            account: "123456789012",
            region: "ap-northeast-2",
            name: "team/web",
            arn: "arn:aws:ecr:ap-northeast-2:123456789012:repository/team/web",
        });
    });

    it("is known under every host name that ECR has, in each partition", () => {
        for (const [host, arn] of [
            ["123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com", "arn:aws-us-gov:ecr:us-gov-west-1"],
            ["123456789012.dkr-ecr.eu-west-1.on.aws", "arn:aws:ecr:eu-west-1"],
            ["123456789012.dkr-ecr-fips.us-east-1.on.aws", "arn:aws:ecr:us-east-1"],
            ["123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn", "arn:aws-cn:ecr:cn-north-1"],
            ["123456789012.dkr-ecr.cn-northwest-1.on.amazonwebservices.com.cn", "arn:aws-cn:ecr:cn-northwest-1"],
            ["123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu", "arn:aws-eusc:ecr:eusc-de-east-1"],
        ] as const)
            assert.equal(parseImageReference(`${host}/web:1`)?.ecr?.arn, `${arn}:123456789012:repository/web`);
    });

    it("has one host that VPC endpoints serve", () => {
        const hostIn = (region: string) => registryHost({ account: "123456789012", region });
        assert.equal(hostIn("eu-west-1"), "123456789012.dkr.ecr.eu-west-1.amazonaws.com");
        assert.equal(hostIn("cn-north-1"), "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn");
        assert.equal(hostIn("eusc-de-east-1"), "123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu");
    });

    it("is strange with another partition's end", () => {
        for (const host of [
            "dkr.ecr.cn-north-1.amazonaws.com",
            "dkr.ecr.eu-west-1.amazonaws.com.cn",
            "dkr-ecr.eu-west-1.amazonaws.com",
        ]) {
            const image = parseImageReference(`123456789012.${host}/web:1`);
            assert.ok(image !== undefined && image.ecr === undefined, host);
            assert.match(ecrFault(image) ?? "", /^with \.amazonaws\.com at its end/, host);
        }
    });

    it("says which part is wrong of a host that can only be meant as ECR", () => {
        for (const [host, fault] of [
            ["123456789012.dkr.ecr.ap-northeast-2.amazonaws.com:443", "without a port"],
            ["123456789012.DKR.ECR.ap-northeast-2.amazonaws.com", "in lower case"],
            ["123456789012.dkr.ecr.ap-northeast-2.AmazonAWS.com", "in lower case"],
            ["12345678901.dkr.ecr.ap-northeast-2.amazonaws.com", "with an account of 12 digits"],
            ["x123456789012.dkr-ecr-fips.us-east-1.on.aws", "with an account of 12 digits"],
            ["dkr.ecr.us-east-1.amazonaws.com", "with an account of 12 digits"],
            ["123456789012.dkr.ecr.ap-northest-2.amazonaws.com", "with a region that there is: did you mean ap-northeast-2?"],
            ["api.ecr.ap-northeast-2.amazonaws.com", "with .dkr.ecr. behind the account"],
            ["123456789012.ecr.ap-northeast-2.amazonaws.com", "with .dkr.ecr. behind the account"],
            ["123456789012.dkr.ecr.ap-northeast-2.amazonaws.com", undefined],
            ["123456789012.dkr.ecr.eu-west-1.amazonaws.com.example.com", undefined],
            ["public.ecr.aws", undefined],
        ] as const) {
            const image = parseImageReference(`${host}/web:1`);
            assert.ok(image !== undefined, host);
            assert.equal(ecrFault(image), fault, host);
        }
    });

    it("is none where the registry only looks like one", () => {
        const hosts = [
            "public.ecr.aws",
            "12345.dkr.ecr.eu-west-1.amazonaws.com",
            "123456789012.dkr.ecr.eu-west-1.amazonaws.com.example.com",
        ];
        for (const host of [...hosts, "x123456789012.dkr.ecr.eu-west-1.amazonaws.com", "docker.io"]) {
            assert.equal(parseImageReference(`${host}/web:1`)?.ecr, undefined, host);
            assert.notEqual(parseImageReference(`${host}/web:1`), undefined, host);
        }
    });
});
