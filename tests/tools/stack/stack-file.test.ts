import assert from "node:assert/strict";
import { stackFileLike } from "../../../tools/stack/stack-file";

const PROD = `# yaml-language-server: $schema=./settings/stack.schema.json
secretsprovider: awskms:///alias/prod
encryptedkey: AQ==
config:
    aws:region: eu-west-1
    # Asked for by the team of payments.
    fargate:domain: { name: shop.example.com, zone: example.com }
    fargate:permissionsBoundary: arn:aws:iam::123456789012:policy/fargate-prod
    other:token:
        secure: v1:abc
    fargate:services:
        web:
            route: { hosts: [shop.example.com, "*.shop.example.com", shop.example.org] } # two names
            environment: { URL: https://shop.example.com, LEVEL: production }
            secrets: { DB: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:fargate/prod/db-AbCdEf" }
`;

describe("the file of a stack that is like another", () => {
    const made = stackFileLike(PROD, { stack: "staging", like: "prod" });

    it("has another domain and other hosts, lacks what is the other's own, and keeps every other byte", () => {
        assert.equal(
            made.text,
            `# yaml-language-server: $schema=./settings/stack.schema.json
config:
    aws:region: eu-west-1
    # Asked for by the team of payments.
    fargate:domain: { name: staging.shop.example.com, zone: example.com }
    fargate:services:
        web:
            route: { hosts: [staging.shop.example.com, "*.staging.shop.example.com", shop.example.org] } # two names
            environment: { URL: https://shop.example.com, LEVEL: production }
            secrets: { DB: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:fargate/prod/db-AbCdEf" }
`,
        );
        assert.deepEqual(made.left, ["secretsprovider", "encryptedkey", "fargate:permissionsBoundary", "other:token"]);
    });

    it("is told with what may mean the other stack still", () => {
        assert.deepEqual(made.open, ["fargate:services.web.environment.URL", "fargate:services.web.secrets.DB"]);
    });

    it("is told with every ARN that it has from the other, whose queue would have two readers", () => {
        const text =
            "config:\n    fargate:services: { web: { permissions: [{ actions: [a], resources: [arn:aws:sqs:eu-west-1:123456789012:orders] }] } }\n";
        assert.equal(stackFileLike(text, { stack: "test", like: "dev" }).open.length, 1);
    });

    it("is told with other names of the domain, which only one stack can answer to, unless they are below it", () => {
        const names =
            "config:\n    fargate:domain: { name: shop.example.com, zone: example.com, otherNames: [example.com, a.b.shop.example.com] }\n";
        const { text, open } = stackFileLike(names, { stack: "test", like: "dev" });
        assert.match(text, /otherNames: \[example\.com, a\.b\.test\.shop\.example\.com\]/);
        assert.deepEqual(open, ["fargate:domain.otherNames.0"]);
    });

    it("has the domain that somebody chose", () => {
        const { text, domain } = stackFileLike(PROD, { stack: "staging", like: "prod", domain: "try.example.com" });
        assert.deepEqual(domain, { from: "shop.example.com", to: "try.example.com" });
        assert.match(text, /hosts: \[try\.example\.com, "\*\.try\.example\.com", shop\.example\.org\]/);
    });

    it("without a domain is the same", () => {
        const dev = "config:\n    aws:region: eu-west-1\n";
        assert.deepEqual(stackFileLike(dev, { stack: "test", like: "dev" }), {
            text: dev,
            domain: undefined,
            left: [],
            open: [],
        });
    });
});
