import assert from "node:assert/strict";
import * as path from "node:path";
import { refuseOtherAccounts } from "../../bootstrap/rules";
import { scopeOf } from "../../bootstrap/scope";
import { settingsOf } from "../../bootstrap/settings";
import { PROJECT_FOLDER, settingsOf as stackSettingsOf } from "../../settings";
import { readStackFile } from "../../settings/stack-file";
import { readStackFiles, stackNames } from "../../tools/cli/stack-files";

const GIVEN = {
    "aws:region": "ap-northeast-2",
    "fargate-bootstrap:github": { repository: "example/shop" },
    "fargate-bootstrap:services": ["web"],
    "fargate-bootstrap:environments": { prod: {}, dev: {} },
};

const from = (changes: Readonly<Record<string, unknown>> = {}, project = "fargate") =>
    settingsOf(
        Object.fromEntries(
            Object.entries({ ...GIVEN, ...changes }).map(([key, value]) => [
                key,
                typeof value === "string" ? value : JSON.stringify(value),
            ]),
        ),
        "main",
        project,
    );

/** The whole message, without the lengths of its columns. */
const told = (changes: Readonly<Record<string, unknown>>, project?: string) => {
    try {
        from(changes, project);
    } catch (error) {
        return (error as Error).message.replaceAll(/ {2,}/g, " ");
    }
    return assert.fail("nothing was wrong");
};

describe("the bootstrap's settings", () => {
    it("fill in the branch, the subject and empty permissions, and sort the environments", () => {
        const { github, environments, services, region, project } = from();
        assert.deepEqual(github, { repository: "example/shop", branch: "main", subjectPrefix: "repo:example/shop" });
        assert.deepEqual(environments, [
            { name: "dev", permissions: [], securityGroups: [], exec: false, internal: false, subnetIds: [], operators: [] },
            { name: "prod", permissions: [], securityGroups: [], exec: false, internal: false, subnetIds: [], operators: [] },
        ]);
        assert.deepEqual([services, region, project], [["web"], "ap-northeast-2", "fargate"]);
    });

    it("take the stacks' project from the file that names it", () => {
        const { config, stack } = readStackFiles(path.join(PROJECT_FOLDER, "bootstrap"), "main");
        assert.equal(settingsOf(config, stack).project, readStackFiles(PROJECT_FOLDER, "dev").project);
    });

    it("ship as an example that fits the stacks beside it", () => {
        const { config, stack } = readStackFiles(path.join(PROJECT_FOLDER, "bootstrap"), "main");
        const example = settingsOf(config, stack);
        assert.deepEqual(
            example.environments.map(({ name }) => name),
            stackNames(PROJECT_FOLDER).sort(),
        );
        for (const { name, domain } of example.environments) {
            const files = readStackFiles(PROJECT_FOLDER, name);
            const settings = stackSettingsOf(files.config, files);
            assert.equal(settings.region, example.region);
            assert.equal(settings.domain?.name, domain?.name);
            assert.deepEqual(
                settings.services.map(service => service.name).filter(service => !example.services.includes(service)),
                [],
            );
        }
    });

    it("tell every problem at once, with key, value, what is allowed and the nearest key", () => {
        const message = told({
            "aws:region": "korea",
            "fargate-bootstrap:github": { repository: "https://github.com/example/shop", brnach: "main" },
            "fargate-bootstrap:services": [],
            "fargate-bootstrap:environments": { Dev: {}, prod: { domain: { name: "shop.example.com", zoneId: "example.com" } } },
        });
        assert.match(message, /^Pulumi\.main\.yaml has 6 problems\. Nothing was created\.\n/);
        for (const line of [
            "aws:region found korea\n allowed: a region, such as ap-northeast-2",
            "fargate-bootstrap:github.repository found https://github.com/example/shop\n allowed: <owner>/<repository>",
            "fargate-bootstrap:github.brnach found an unknown key\n allowed: did you mean branch?",
            "fargate-bootstrap:services found an empty list\n allowed: one service at least",
            'fargate-bootstrap:environments.Dev found the name Dev\n allowed: lower-case letters, digits and single hyphens, starting with a letter; not "D"',
            "fargate-bootstrap:environments.prod.domain.zoneId found example.com\n allowed: the id of the public Route 53 zone",
        ])
            assert.ok(message.includes(line), `${line}\nin\n${message}`);
    });

    it("take the VPC that a stack is deployed into, its subnets and route tables where it has endpoints there", () => {
        const networkOf = (network: unknown) =>
            from({ "fargate-bootstrap:environments": { dev: { network } } }).environments[0]?.network;
        const vpcId = "vpc-0123456789abcdef0";
        assert.deepEqual(networkOf({ vpcId }), { vpcId, subnetIds: [], routeTableIds: [] });
        const whole = { vpcId, subnetIds: ["subnet-0123456789abcdef0"], routeTableIds: ["rtb-0123456789abcdef0"] };
        assert.deepEqual(networkOf(whole), whole);
        const wrong = { vpcId: "vpc-*", subnetIds: ["*"], routeTableIds: "rtb-0123456789abcdef0", publicSubnetIds: [] };
        const message = told({ "fargate-bootstrap:environments": { dev: { network: wrong } } });
        for (const line of [
            "network.vpcId found vpc-*\n allowed: vpc-…",
            "network.subnetIds[0] found *\n allowed: subnet-…",
            'network.routeTableIds found the text "rtb-0123456789abcdef0"\n allowed: a list of ids',
            "network.publicSubnetIds found an unknown key",
        ])
            assert.ok(message.includes(`fargate-bootstrap:environments.dev.${line}`), message);
    });

    it("take what limits a stack's role further, and tell its scope whose subnets are another's", () => {
        const settings = from({
            "fargate-bootstrap:environments": {
                dev: { exec: true, subnetIds: ["subnet-0000000a"] },
                prod: { internal: true, subnetIds: ["subnet-0000000b", "subnet-0000000c"] },
            },
        });
        const [dev, prod] = settings.environments.map(one => scopeOf(settings, "123456789012", one));
        assert.deepEqual([dev?.exec, dev?.internal, prod?.exec, prod?.internal], [true, false, false, true]);
        assert.deepEqual(dev?.subnets, { own: ["subnet-0000000a"], others: ["subnet-0000000b", "subnet-0000000c"] });
        assert.deepEqual(prod?.subnets, { own: ["subnet-0000000b", "subnet-0000000c"], others: ["subnet-0000000a"] });
        const message = told({ "fargate-bootstrap:environments": { dev: { exec: "yes", internal: 1, subnetIds: ["*"] } } });
        for (const line of [
            'exec found the text "yes"\n allowed: true or false',
            "internal found 1\n allowed: true or false",
            "subnetIds[0] found *\n allowed: subnet-…",
        ])
            assert.ok(message.includes(`fargate-bootstrap:environments.dev.${line}`), message);
    });

    it("name people by their ARNs, of whom an asterisk begins none", () => {
        const sso = "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_Operators_*";
        const settings = from({
            "fargate-bootstrap:readers": [sso],
            "fargate-bootstrap:environments": { dev: { operators: ["arn:aws:iam::123456789012:user/ada"] } },
        });
        assert.deepEqual(settings.readers, [sso]);
        refuseOtherAccounts(settings, "123456789012");
        assert.throws(
            () => refuseOtherAccounts(settings, "210987654321"),
            /readers +found arn[^]*operators +found arn[^]*allowed: roles and users of 210987654321/,
        );
        const message = told({
            "fargate-bootstrap:readers": ["arn:aws:iam::123456789012:root", "arn:aws:iam::123456789012:role/*"],
            "fargate-bootstrap:environments": { dev: { operators: ["*"] } },
        });
        for (const key of ["readers[0]", "readers[1]", "environments.dev.operators[0]"])
            assert.ok(message.includes(`fargate-bootstrap:${key} found`), message);
        const many = Array.from({ length: 60 }, (_, index) => `arn:aws:iam::123456789012:user/somebody-${index}`);
        assert.match(told({ "fargate-bootstrap:readers": many }), /readers found 60 ARNs, which make a trust policy of/);
    });

    it("are of a partition that the workflows know, and so are their ARNs", () => {
        assert.match(
            told({ "aws:region": "cn-north-1" }),
            /aws:region found cn-north-1\n allowed: a region of aws or aws-us-gov: the workflows know no other\. In aws-cn deploy by pulumi up/,
        );
        const permissions = [{ actions: ["s3:GetObject"], resources: ["arn:aws-us-gov:s3:::assets/*"] }];
        assert.match(
            told({ "fargate-bootstrap:environments": { dev: { permissions } } }),
            /dev\.permissions\[0\]\.resources found arn:aws-us-gov:s3:::assets\/\*\n allowed: what is in aws, the partition of/,
        );
    });

    it("name a branch as git does", () => {
        const branchOf = (branch: string) =>
            from({ "fargate-bootstrap:github": { repository: "example/shop", branch } }).github.branch;
        for (const branch of ["main", "release/1.x", "fix-#12", "a+b", "user@host"]) assert.equal(branchOf(branch), branch);
        for (const branch of ["refs/heads/main", "a b", "a..b", "a*", "${aws:x}", "a/", "-a", "a.lock"])
            assert.match(
                told({ "fargate-bootstrap:github": { repository: "example/shop", branch } }),
                /github\.branch found .*\n allowed: the name of a branch, without refs\/heads\//,
            );
    });

    it("refuse a subject with a wildcard", () => {
        for (const subjectPrefix of ["repo:example/*", "repo:*", "repo:example/shop:*", "repo:example/sho?"])
            assert.match(
                told({ "fargate-bootstrap:github": { repository: "example/shop", subjectPrefix } }),
                /github\.subjectPrefix found .*\n allowed: repo:<owner>\/<repository>, or with immutable ids/,
            );
        const ids = { repository: "example/shop", subjectPrefix: "repo:example@12/shop@34" };
        assert.equal(from({ "fargate-bootstrap:github": ids }).github.subjectPrefix, "repo:example@12/shop@34");
    });

    it("refuse environments of which one's names begin as another's: its role could change them", () => {
        const message = told({ "fargate-bootstrap:environments": { dev: {}, "dev-eu": {}, develop: {} } });
        assert.match(message, /has 1 problem\./);
        assert.match(message, /environments\.dev-eu found a name that dev begins too\n allowed: .* fargate-dev-\*\. Rename one/);
    });

    it("refuse a service that is named twice", () => {
        const message = told({ "fargate-bootstrap:services": ["web", "api", "web"] });
        assert.match(message, /has 1 problem\..*\n fargate-bootstrap:services\[2\] found web\n allowed: each name once/);
    });

    it("refuse names that AWS finds too long", () => {
        const name = `e${"x".repeat(55)}`;
        assert.match(
            told({ "fargate-bootstrap:environments": { [name]: {} } }),
            new RegExp(
                `environments\\.${name} found the role fargate-deploy-${name}\\n allowed: names of roles of at most 64 characters`,
            ),
        );
        assert.match(
            told({}, "a-project-with-quite-a-long-name"),
            /environments found the bucket a-project.*\n allowed: at most 63/,
        );
    });

    it("refuse permissions that fit no policy, and more environments than a role's policies hold", () => {
        const permissions = [
            { actions: ["s3:GetObject"], resources: Array.from({ length: 200 }, (_, i) => `arn:aws:s3:::bucket-${i}/*`) },
        ];
        assert.match(
            told({ "fargate-bootstrap:environments": { dev: { permissions } } }),
            /environments\.dev\.permissions found a policy of \d{4,} characters\n allowed: at most 6144 characters/,
        );
        const subnetIds = Array.from({ length: 1000 }, (_, index) => `subnet-${index.toString(16).padStart(17, "0")}`);
        assert.match(
            told({ "fargate-bootstrap:environments": { dev: { network: { vpcId: "vpc-0123456789abcdef0", subnetIds } } } }),
            /environments\.dev found more than fits the policies of the roles that deploy and operate it\n allowed: fewer services/,
        );
        from({
            "fargate-bootstrap:environments": {
                dev: { network: { vpcId: "vpc-0123456789abcdef0", subnetIds: subnetIds.slice(0, 100) } },
            },
        });
        const many = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`stack${index}`, {}]));
        assert.match(
            told({ "fargate-bootstrap:environments": many }),
            /environments found 60 environments\n allowed: fewer in one account/,
        );
    });

    it("refuse more services than a boundary names the repositories of, and say that it is these", () => {
        const services = (count: number) => ({
            "fargate-bootstrap:services": Array.from({ length: count }, (_, index) => `service-${index}`),
        });
        from(services(50));
        assert.match(
            told(services(90)),
            /has 1 problem\..*\n fargate-bootstrap:services found 90 services\n allowed: fewer in one account/s,
        );
    });

    it("refuse names of repository and branch that no trust policy has room for", () => {
        const repository = `${"o".repeat(39)}/${"r".repeat(100)}`;
        const github = (length: number) => ({ "fargate-bootstrap:github": { repository, branch: "b".repeat(length) } });
        from(github(100));
        assert.match(told(github(250)), /github found o+\/r+.*\n allowed: at most 2048 characters: a shorter name of the branch/);
    });
});

describe("the bootstrap's file", () => {
    it("is read as the engine reads it: a number that was another one, and keys at its top, are told", () => {
        const text = `config:
  aws:region: ap-northeast-2
  fargate-bootstrap:github: { repository: example/shop }
  fargate-bootstrap:services: [web, 014]
fargate-bootstrap:environments: { dev: {} }
`;
        const { config, ...file } = readStackFile(text, "fargate-bootstrap");
        assert.throws(() => settingsOf(config, "main", "fargate", file), {
            message:
                /config: +found fargate-bootstrap:environments at the top.*fargate-bootstrap:services\[1\] +found 014, which reaches the program as 12.*"014"/s,
        });
    });

    it("has no credentials and no unknown key of the provider", () => {
        assert.match(told({ "aws:secretKey": "hunter2" }), /aws:secretKey found credentials \(not shown\)/);
        assert.match(told({ "aws:proflie": "x" }), /aws:proflie found an unknown key\n allowed: did you mean profile\?/);
    });
});
