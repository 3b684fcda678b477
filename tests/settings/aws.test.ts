import assert from "node:assert/strict";
import { Given, problems, refusal, settings } from "../support/given";

const ROLE = "arn:aws:iam::123456789012:role/deploy";

describe("the provider's settings", () => {
    it("are those that it has: another key is told the nearest one, at every level", () => {
        assert.deepEqual(problems({ "aws:proflie": "x" }), ["aws:proflie: an unknown key | did you mean profile?"]);
        assert.deepEqual(problems({ "aws:defaultTags": { tag: {} } }), [
            "aws:defaultTags.tag: an unknown key | did you mean tags?",
        ]);
        assert.deepEqual(
            problems({ "aws:allowedAccountIds": ["123456789012"], "aws:assumeRoles": [{ roleARN: ROLE, roleArn: ROLE }] }),
            ["aws:assumeRoles[0].roleARN: an unknown key | did you mean roleArn?"],
        );
        assert.deepEqual(problems({ "aws:maxRetries": -1, "aws:retryMode": "fast", "aws:endpoints": "x" }), [
            "aws:maxRetries: -1 | a whole number from 0 to 100",
            "aws:retryMode: fast | standard, adaptive",
            'aws:endpoints: the text "x" | a list',
        ]);
    });

    it("stay text where text is wanted", () => {
        assert.equal(settings({ "aws:profile": "123456" }).aws["profile"], "123456");
        assert.equal(settings({ "aws:profile": "1.10" }).aws["profile"], "1.10");
        assert.deepEqual(settings({ "aws:allowedAccountIds": [123456789012] }).aws["allowedAccountIds"], ["123456789012"]);
    });

    it("of an emulator are taken, since nothing is unprotected by them", () => {
        settings({
            "aws:s3UsePathStyle": true,
            "aws:skipCredentialsValidation": true,
            "aws:skipMetadataApiCheck": true,
            "aws:skipRegionValidation": true,
            "aws:maxRetries": 2,
        });
    });

    it("hold no credentials, which are not shown, plain or secure", () => {
        for (const key of ["aws:accessKey", "aws:secretKey", "aws:token"]) {
            for (const secretKeys of [[], [key]]) {
                const [line = "", ...others] = problems({ [key]: "hunter2" }, { secretKeys });
                assert.match(line, new RegExp(`^${key}: credentials \\(not shown\\) \\| no credentials in a stack's file`));
                assert.deepEqual(others, []);
            }
        }
        const web = { roleArn: ROLE, webIdentityToken: "hunter2" };
        const given = { "aws:allowedAccountIds": ["123456789012"], "aws:assumeRoleWithWebIdentity": web };
        assert.deepEqual(problems(given), [
            "aws:assumeRoleWithWebIdentity.webIdentityToken: credentials (not shown) | webIdentityTokenFile",
        ]);
        assert.deepEqual(problems({ "aws:profile": "x" }, { secretKeys: ["aws:profile"] }), [
            "aws:profile: a secure value | no secret: the provider's settings are kept in the stack's state",
        ]);
        assert.doesNotMatch(refusal({ "aws:secretKey": ["hunter2"], "aws:token": { a: "hunter2" } }), /hunter2/);
    });

    it("hold no credentials in another spelling, for another provider, or in an address", () => {
        for (const key of ["aws:access_key", "aws:AccessKey", "aws:secretkey", "aws:sessionToken", "aws-native:secretKey"])
            assert.match(problems({ [key]: "hunter2" })[0] ?? "", new RegExp(`^${key}: credentials \\(not shown\\) \\| no cred`));
        const address = "http://user:hunter2@proxy.example.com:3128";
        for (const [key, value] of [
            ["aws:httpProxy", address],
            ["aws:httpsProxy", address],
            ["aws:endpoints", [{ s3: address }]],
        ] as const)
            assert.deepEqual(problems({ [key]: value }), [`${key}: credentials (not shown) | an address without a password`]);
        settings({ "aws:httpProxy": "http://proxy.example.com:3128" });
    });

    it("are told in short where nothing is near, and as levels where dots stand", () => {
        assert.deepEqual(problems({ "aws:colour": "x", "aws:defaultTags.tags.Project": "x" }), [
            "aws:colour: an unknown key | the provider's keys in docs/configuration.md",
            "aws:defaultTags.tags.Project: an unknown key | a level for each dot: defaultTags: { tags: { Project: … } }; pulumi config set needs --path for it",
        ]);
    });

    it("name accounts one way, and a region where one is wanted", () => {
        const both = { "aws:allowedAccountIds": ["123456789012"], "aws:forbiddenAccountIds": ["999999999999"] };
        assert.deepEqual(problems(both), ["aws:forbiddenAccountIds: it beside allowedAccountIds | one of the two"]);
        assert.deepEqual(problems({ "aws:allowedAccountIds": [] }), [
            "aws:allowedAccountIds: an empty list | one account at least",
        ]);
        assert.deepEqual(problems({ "aws:stsRegion": "nowhere" }), ["aws:stsRegion: nowhere | a region, such as ap-northeast-2"]);
        settings({ "aws:stsRegion": "us-east-1" });
    });

    it("do not turn TLS off", () => {
        assert.deepEqual(problems({ "aws:insecure": true }), [
            "aws:insecure: true | false; for certificates of your own: customCaBundle",
        ]);
        settings({ "aws:insecure": false });
    });
});

describe("a role that the provider takes", () => {
    const problemsOfRoles = (given: Given) => problems(given);

    it("is in an account that is named too: the last one decides, whatever is passed on the way", () => {
        const foreign = "arn:aws:iam::999999999999:role/deploy";
        assert.deepEqual(problemsOfRoles({ "aws:assumeRoles": [{ roleArn: ROLE }] }), [
            `aws:assumeRoles[0].roleArn: ${ROLE} | the account said too, as a guard: aws:allowedAccountIds: ["123456789012"]`,
        ]);
        const allowed = { "aws:allowedAccountIds": ["123456789012"] };
        assert.deepEqual(problemsOfRoles({ ...allowed, "aws:assumeRoles": [{ roleArn: ROLE }, { roleArn: foreign }] }), [
            `aws:assumeRoles[1].roleArn: ${foreign} | a role of aws:allowedAccountIds: 123456789012`,
        ]);
        assert.deepEqual(problemsOfRoles({ ...allowed, "aws:assumeRoleWithWebIdentity": { roleArn: foreign } }), [
            `aws:assumeRoleWithWebIdentity.roleArn: ${foreign} | a role of aws:allowedAccountIds: 123456789012`,
        ]);
        settings({ ...allowed, "aws:assumeRoles": [{ roleArn: foreign }, { roleArn: ROLE }] });
    });

    it("has what STS takes, each at its own place", () => {
        const allowed = { "aws:allowedAccountIds": ["123456789012"] };
        const told = (changes: Given) => [
            ...problemsOfRoles({ ...allowed, "aws:assumeRoles": [{ roleArn: ROLE, ...changes }] }),
            ...problemsOfRoles({ ...allowed, "aws:assumeRoleWithWebIdentity": { roleArn: ROLE, ...changes } }),
        ];
        for (const [changes, place, rule] of [
            [{ duration: "99h" }, "duration", /a duration of 15 minutes to 12 hours/],
            [{ duration: "5m" }, "duration", /a duration of 15 minutes to 12 hours/],
            [{ duration: "12h1s" }, "duration", /a duration of 15 minutes to 12 hours/],
            [{ sessionName: "a b/c" }, "sessionName", /2 to 64 letters/],
            [{ policyArns: ["nope"] }, "policyArns[0]", /a policy's ARN/],
            [{ roleArn: ROLE.replace("aws", "aws-cn") }, "roleArn", /a role in aws, the partition of ap-northeast-2/],
        ] as const) {
            const lines = told(changes);
            assert.equal(lines.length, 2, JSON.stringify(lines));
            for (const line of lines) assert.ok(line.includes(`.${place}: `) || line.includes(`].${place}: `), line);
            for (const line of lines) assert.match(line, rule);
        }
        const role = { roleArn: ROLE, sessionName: "deploy@shop", policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] };
        for (const duration of ["15m", "12h", "1h30m", "900s"])
            settings({ ...allowed, "aws:assumeRoles": [{ ...role, duration }] });
    });

    it("is named by its ARN", () => {
        for (const roleArn of ["deploy", "arn:aws:iam::123456789012:user/x", "arn:aws:iam::1:role/x"])
            assert.match(problems({ "aws:assumeRoles": [{ roleArn }] })[0] ?? "", /arn:aws:iam::<account>:role\/<name>$/);
    });
});

describe("the provider's own tags", () => {
    const tagged = (tags: Given, given: Given = {}) => problems({ ...given, "aws:defaultTags": { tags } });

    it("are not the program's, in whatever case: AWS would refuse both, in the middle of an update", () => {
        for (const name of ["project", "Project", "STACK", "Service", "managed-by", "Managed-By", "Name"])
            assert.deepEqual(tagged({ [name]: "x" }), [
                `aws:defaultTags.tags.${name}: ${name} | another name: project, stack, service, managed-by, name are the program's own`,
            ]);
        assert.match(tagged({ "AWS:x": "y" })[0] ?? "", /not start with aws:/);
    });

    it("are there once each, with those of fargate:tags", () => {
        assert.equal(tagged({ team: "x", Team: "y" }).length, 2);
        assert.deepEqual(tagged({ Team: "x" }, { tags: { team: "y" } }), [
            "aws:defaultTags.tags.Team: Team | each name once: IAM knows no case, and there is team",
        ]);
        settings({ tags: { team: "y" }, "aws:defaultTags": { tags: { team: "x", cost: "1" } } });
    });

    it("are not too many together with fargate:tags", () => {
        const many = (count: number, prefix: string) =>
            Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, "x"]));
        assert.match(
            tagged(many(25, "a"), { tags: many(21, "b") })[0] ?? "",
            /^aws:defaultTags\.tags: 46 tags with fargate:tags \| at most 45/,
        );
        settings({ tags: many(20, "b"), "aws:defaultTags": { tags: many(25, "a") } });
    });

    it("are not ignored where roles know resources by them", () => {
        assert.match(
            problems({ "aws:ignoreTags": { keys: ["x", "Project"] } })[0] ?? "",
            /^aws:ignoreTags\.keys\[1\]: Project \| tags of others/,
        );
        assert.match(
            problems({ "aws:ignoreTags": { keyPrefixes: ["st"] } })[0] ?? "",
            /^aws:ignoreTags\.keyPrefixes\[0\]: st \| tags of others/,
        );
        settings({ "aws:ignoreTags": { keys: ["kubernetes.io/x"], keyPrefixes: ["cost-"] } });
    });
});
