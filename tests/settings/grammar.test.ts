import assert from "node:assert/strict";
import { DIGEST, Given, REGION, REPOSITORY, SECRET, WEB, problems, problemsOf, service, settings } from "../support/given";

/** Each value with the end of what is said against it; the beginning where a text ends so. */
function refused(told: (value: string) => string[], values: readonly (readonly [string, string])[]): void {
    for (const [value, end] of values) {
        const [line = "", ...more] = told(value);
        assert.deepEqual(more, [], value);
        assert.ok(line.endsWith(end), `${value}: ${line}`);
    }
}

describe("a secret's ARN", () => {
    const secretsmanager = `arn:aws:secretsmanager:${REGION}:123456789012`;
    const parameter = `arn:aws:ssm:${REGION}:123456789012:parameter`;
    const inThere = (arn: string) => service({ secrets: { DB: arn } }).secrets;
    const against = (arn: string) => problemsOf({ secrets: { DB: arn } });

    it("is any that AWS makes: of a secret that another service keeps, of a version, of a parameter in a path", () => {
        for (const arn of [
            `${secretsmanager}:secret:rds!cluster-6d2ef5a1-AbCdEf:password::`,
            `${secretsmanager}:secret:rds!db-6d2ef5a1-AbCdEf`,
            `${secretsmanager}:secret:redshift!prod-awsuser-AbCdEf:username::`,
            `${secretsmanager}:secret:events!connection/shop/6d2ef5a1-AbCdEf`,
            `${secretsmanager}:secret:a/b_c+d=e.f@g-AbCdEf`,
            `${SECRET}:::`,
            `${SECRET}:::01234567-89ab-cdef-0123-456789abcdef`,
            `${SECRET}:db.password:AWSPREVIOUS:`,
            `${parameter}/fargate/prod/db.password_1`,
        ])
            assert.deepEqual(inThere(arn), { DB: arn });
    });

    it("is refused by the part that is wrong, of which nothing is shown", () => {
        const what = "the full ARN of a Secrets Manager secret or an SSM parameter";
        refused(against, [
            ["arn:aws:s3:::bucket", `${what}, with partition and region`],
            [`arn:aws:sqs:${REGION}:123456789012:jobs`, what],
            [`arn:aws:secretsmanager:${REGION}:1234:secret:db-AbCdEf`, `${what}, with an account of 12 digits`],
            [`arn:aws:ssm:${REGION}::parameter/aws/service/x`, `${what}, with an account of 12 digits`],
            [`${secretsmanager}:secret:db`, "and the hyphen and 6 characters that Secrets Manager puts behind it"],
            [`${SECRET}:password`, "or :<JSON key>:<stage>:<version id>, with all three colons"],
            [`${SECRET}:::1`, "a version's id of 32 to 64 characters, or none"],
            [`${parameter}//prod/db`, "with one slash: that of a name which begins with one"],
            [`${parameter}/db:3`, "without a version, which ECS does not take"],
            [`${parameter}:x`, "arn:…:parameter/<name>, with a slash before the name"],
            [`arn:aws:ssm:${REGION}:123456789012:document/x`, "arn:…:parameter/<name>"],
            [`${SECRET}\n`, `${what}, without a space or line break at its end`],
            [SECRET.replace(REGION, "ap-northest-2"), "an ARN with a region that there is: did you mean ap-northeast-2?"],
            [`${parameter}/a b`, "of letters, digits and . - _ between single slashes, at most 15 levels"],
        ]);
    });
});

describe("a host", () => {
    const hosts = (host: string) => service({ route: { hosts: [host] } }).route?.hosts;
    const against = (host: string) => problemsOf({ route: { hosts: [host] } });

    it("is what listener rules take: wildcards anywhere, any case, punycode", () => {
        for (const host of [
            "*.example.com",
            "api-*.example.com",
            "a?.example.com",
            "*.*.example.com",
            "xn--bcher-kva.example.com",
            "*example.com",
        ])
            assert.deepEqual(hosts(host), [host]);
        assert.deepEqual(hosts("Shop.Example.COM"), ["shop.example.com"]);
        const long = `${"a".repeat(60)}.${"b".repeat(55)}.example.com`;
        assert.equal(long.length, 128);
        assert.deepEqual(hosts(long), [long]);
        assert.match(against(`a${"a".repeat(59)}.${"b".repeat(56)}.example.com`)[0] ?? "", /a host of at most 128 characters$/);
    });

    it("is refused by what is not allowed there", () => {
        refused(against, [
            ["a_b.example.com", 'and no - at an end; not "_"'],
            ["a b.example.com", "and no - at an end; not a space"],
            ["-a.example.com", "between dots, and no - at an end"],
            ["a..example.com", "between dots, and no - at an end"],
            ["example.com:8443", "the host alone, without a port"],
            ["https://example.com/x", "the host alone, without https:// and path"],
            ["localhost", ", with a dot"],
            ["*", "a host name or pattern; for every host leave hosts out"],
            [`${"a".repeat(64)}.example.com`, ": at most 63 characters between dots"],
            ["bücher.example.com", "in letters of DNS: xn--bcher-kva.example.com"],
            ["example.xn--p1ai", "a limit of listener rules; for another ending route by paths, without hosts"],
            ["shop.*", "a limit of listener rules; for another ending route by paths, without hosts"],
            ["10.0.0.1", "a limit of listener rules; for another ending route by paths, without hosts"],
        ]);
    });
});

describe("a domain", () => {
    it("is what ACM and Route 53 take, in one form of it", () => {
        const { domain } = settings({ domain: { name: "Shop.Example.com", zone: "example.com." } });
        assert.deepEqual(domain, { name: "shop.example.com", zone: "example.com" });
        settings({ domain: { name: "shop.xn--e1afmkfd.xn--p1ai", zone: "xn--e1afmkfd.xn--p1ai" } });
        const against = (name: string) => problems({ domain: { name, zone: "example.com" } });
        refused(against, [
            ["my_shop.example.com", 'and no - at an end; not "_"'],
            ["*.example.com", 'and no - at an end; not "*"'],
            ["10.0.0.1", "letters, digits and - between dots, and no - at an end"],
            [`${"a".repeat(64)}.example.com`, ": at most 63 characters between dots"],
        ]);
    });

    it("may have a certificate that IAM keeps, in no region", () => {
        const certificateArn = "arn:aws:iam::123456789012:server-certificate/web/shop.example.com";
        assert.equal(settings({ domain: { name: "shop.example.com", certificateArn } }).domain?.certificateArn, certificateArn);
    });
});

describe("paths", () => {
    it("of a route are what listener rules take", () => {
        for (const path of ["/", "/API/*", "*.php", "/a_b-c.d$/~\"'@:+&e", `/${"a".repeat(127)}`])
            assert.deepEqual(service({ route: { paths: [path] } }).route?.paths, [path]);
        refused(
            path => problemsOf({ route: { paths: [path] } }),
            [
                ["/a b", "; not a space"],
                ["/a%20b", '; not "%"'],
                ["/{id}", '; not "{"'],
                ["/a#b", '; not "#"'],
                ["api", "that starts with / or *, such as /api/*"],
                [`/${"a".repeat(128)}`, "a path pattern of at most 128 characters that starts with / or *, such as /api/*"],
                ["https://example.com/a", "the host is one of hosts"],
            ],
        );
    });

    it("of a health check are what target groups take", () => {
        for (const path of ["/healthz?full=1&x=%7B", "/a/b-c_d.e~f+g@h:i#j"])
            assert.equal(service({ health: { path } }).health.path, path);
        refused(
            path => problemsOf({ health: { path } }),
            [
                ["/?query={a}", '; not "{"'],
                ["health", "a path that starts with /, at most 1024 characters"],
                [`/${"a".repeat(1024)}`, "a path that starts with /, at most 1024 characters"],
            ],
        );
    });

    it("that are writable are absolute, and each there once", () => {
        for (const path of [
            "/proc",
            "/proc/self",
            "/sys",
            "/sys/fs",
            "/dev",
            "/",
            "tmp",
            "/tmp/",
            "/a/../b",
            "/a//b",
            "/a:b",
            "/a b",
            "/.",
            "/a/..",
        ])
            assert.match(problemsOf({ writablePaths: [path] })[0] ?? "", /\| an absolute path below \/, such as \/tmp/, path);
        const paths = ["/tmp", "/var/cache/nginx", "/.cache", "/a/..b", "/dev/shm", "/process"];
        assert.deepEqual(service({ writablePaths: paths }).writablePaths, paths);
        assert.deepEqual(problemsOf({ writablePaths: ["/tmp", "/run", "/tmp"] }), [
            "fargate:services.web.writablePaths[2]: /tmp | each path once",
        ]);
    });
});

describe("permissions", () => {
    const given = (actions: readonly string[], resources: readonly string[] = ["*"]): Given => ({
        permissions: [{ actions, resources }],
    });

    it("name actions as IAM does, where no case counts", () => {
        const actions = ["s3:Get*", "sagemaker:CreateAutoMLJobV2", "kafka-cluster:Connect", "execute-api:Invoke", "s3:?etObject"];
        const network = { egress: "nat" };
        assert.deepEqual(service(given([...actions, "SQS:SendMessage"]), { network }).permissions[0]?.actions, [
            ...actions,
            "sqs:SendMessage",
        ]);
        const what = "an IAM action, such as s3:GetObject or s3:Get*";
        refused(
            action => problemsOf(given([action])),
            [
                ["*", `${what}: * alone is every action of AWS`],
                ["s3", `${what}: <service>:<action>`],
                ["s3:", `${what}: the action is missing, behind the colon`],
                ["arn:aws:s3:::x", `${what}: an ARN is one of resources`],
                ["*:Get", `${what}: IAM takes * and ? behind the colon alone`],
                ["s3:Get Object", `${what}; not a space`],
                ["s3:Get_Object", `${what}; not "_"`],
            ],
        );
        assert.match(problemsOf(given(["s3:GetObject", "s3:GetObject"]))[0] ?? "", /each action once$/);
    });

    it("name resources by ARN, of this partition", () => {
        for (const arn of [
            "arn:aws:s3:::assets/*",
            "arn:*:s3:::assets/*",
            "arn:aws:sqs:*:123456789012:jobs-?",
            "arn:aws:sqs:ap-*:1234*:jobs",
            "arn:aws:iam::aws:policy/ReadOnlyAccess",
            "arn:aws:dynamodb:ap-northeast-2:123456789012:table/a b",
            "arn:aws:s3:::home/${aws:username}/*",
            `arn:aws:rds-db:${REGION}:123456789012:dbuser:cluster-ABC/app`,
        ])
            assert.deepEqual(service(given(["s3:GetObject"], [arn])).permissions[0]?.resources, [arn]);
        const form = "an ARN, arn:<partition>:<service>:<region>:<account>:<resource>";
        refused(
            arn => problemsOf(given(["s3:GetObject"], [arn])),
            [
                ["assets", `${form}, or *`],
                ["arn:s3:::assets", `${form}; the partition is aws in most regions`],
                ["arn:aws:*:::x", `${form}; the service by name, such as s3`],
                ["arn:aws:s3::assets/*", `${form}; no such account, which is empty for s3: arn:aws:s3:::<bucket>/*`],
                ["arn:aws:s3:::", `${form}; the resource is missing, behind five colons`],
                [
                    "arn:aws:dynamodb:ap-northest-2:123456789012:table/a",
                    "an ARN with a region that there is: did you mean ap-northeast-2?",
                ],
                [`arn:aws:sqs:${REGION}:123456789:jobs`, "an ARN with an account of 12 digits"],
                ["arn:aws-cn:s3:::assets/*", `what is in aws, the partition of ${REGION}: arn:aws:…`],
            ],
        );
        assert.match(problemsOf(given(["s3:GetObject"], ["*", "*"]))[0] ?? "", /each resource once$/);
    });
});

describe("tags", () => {
    it("have the letters of every script", () => {
        const tags = { équipe: "boutique 1", 팀: "상점", "cost center": "a/b=c+d@e:f.g_h-i", empty: "" };
        assert.deepEqual(settings({ tags }).tags, tags);
        refused(
            value => problems({ tags: { team: value } }),
            [
                ["a,b", '; not ","'],
                ["a\tb", "; not U+0009"],
                ["a".repeat(257), "letters, digits, spaces or _ . : / = + - @"],
            ],
        );
        assert.match(problems({ tags: { "a;b": "x" } })[0] ?? "", /or _ \. : \/ = \+ - @; not ";"$/);
        assert.match(problems({ tags: { team: 5 } })[0] ?? "", /5 \| a tag's value, in quotes/);
    });
});

describe("a port and a user", () => {
    it("are such that the container can listen: no task has the capability for a port below 1024", () => {
        for (const changes of [{ port: 80 }, { port: 1023, route: undefined }, { port: 443, user: "0" }]) {
            const [line = "", ...more] = problemsOf(changes);
            assert.deepEqual(more, []);
            assert.match(
                line,
                /^fargate:services\.web\.port: \d+ \| a port from 1024, such as 8080, that the container is made to listen on.*Stock images: docs\/configuration\.md#stock-images$/,
            );
        }
        assert.equal(service({ port: 1024 }).port, 1024);
        for (const user of ["0", "app", "1000:1000", "app:app", "_www"]) assert.equal(service({ user }).user, user);
        for (const user of [-1, 1.5, "a b", "app:", ":0"]) assert.match(problemsOf({ user })[0] ?? "", /\| a user id or name/);
        assert.equal(service({ user: "2147483647:2147483647" }).user, "2147483647:2147483647");
        for (const user of [2_147_483_648, "4294967296", "app:2147483648"])
            assert.deepEqual(problemsOf({ user }), [
                `fargate:services.web.user: ${user} | ids of user and group up to 2147483647`,
            ]);
    });
});

describe("an image", () => {
    const against = (image: string) => problemsOf({ build: undefined, image });
    const inNat = (image: string) =>
        problems({ network: { egress: "nat" }, services: { web: { ...WEB, build: undefined, image } } });

    it("is refused by what is wrong with its reference", () => {
        const form = "<repository>:<tag> or <repository>@sha256:<64 hex digits>";
        refused(against, [
            ["nginx", `${form}; a name alone would be another image tomorrow`],
            ["https://ghcr.io/shop/web:1", `${form}, without https://`],
            ["oci://ghcr.io/shop/web:1", `${form}, without oci://`],
            ["docker://nginx:1", `${form}, without docker://`],
            [`nginx@${DIGEST.toUpperCase()}`, `${form}; a digest is in lower case`],
            [`ghcr.io/${"x".repeat(256)}:1`, `${form}; a repository's name has at most 255 characters behind its host`],
            ...["localhost:5000/a:1", "localhost/a:1", "127.0.0.1:5000/a:1", "0.0.0.0/a:1"].map((image): [string, string] => [
                image,
                `${form}, in a registry that tasks reach; this one is on the machine itself`,
            ]),
            ["ghcr.io/Shop/web:1", `${form}; repositories are named in lower case`],
            ["123456789012.dkr.ecr.cn-north-1.amazonaws.com/web:1", "and .amazonaws.eu in the European Sovereign Cloud"],
        ]);
    });

    it("is in ECR on a host that ECR has, whatever the way out: no role could pull from another", () => {
        const host = "in ECR on a host that it has: <account>.dkr.ecr.<region>.amazonaws.com";
        refused(inNat, [
            [`123456789012.dkr.ecr.${REGION}.amazonaws.com:443/web:1`, `${host}, without a port`],
            [`api.ecr.${REGION}.amazonaws.com/a:1`, `${host}, with .dkr.ecr. behind the account`],
        ]);
    });

    it("is pulled without internet on the one host that endpoints serve, and never from another partition", () => {
        for (const host of [`123456789012.dkr-ecr.${REGION}.on.aws`, `123456789012.dkr.ecr-fips.${REGION}.amazonaws.com`]) {
            refused(against, [
                [
                    `${host}/web@${DIGEST}`,
                    `the same image on ${REPOSITORY.split("/")[0] ?? ""}, the only host of ECR that VPC endpoints serve, or fargate:network.egress: nat`,
                ],
            ]);
            settings({ network: { egress: "nat" }, services: { web: { ...WEB, build: undefined, image: `${host}/web:1` } } });
        }
        refused(inNat, [
            [
                "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/web:1",
                `an image in aws, the partition of ${REGION}, or one outside of ECR`,
            ],
        ]);
    });
});

describe("a stack in another partition", () => {
    const region = "cn-northwest-1";

    it("names what is in it", () => {
        const arn = `arn:aws-cn:secretsmanager:${region}:123456789012:secret:db-AbCdEf`;
        const web = { ...WEB, secrets: { DB: arn } };
        assert.equal(settings({ "aws:region": region, services: { web } }).region, region);
        assert.deepEqual(problems({ "aws:region": region, services: { web: { ...WEB, secrets: { DB: SECRET } } } }), [
            `fargate:services.web.secrets.DB: ${SECRET} | what is in aws-cn, the partition of ${region}: arn:aws-cn:…`,
        ]);
        const certificateArn = `arn:aws:acm:${REGION}:123456789012:certificate/0123abcd-0123-0123-0123-0123456789ab`;
        assert.equal(problems({ "aws:region": region, domain: { name: "shop.example.com", certificateArn } }).length, 1);
        assert.equal(problems({ "aws:region": region, permissionsBoundary: "arn:aws:iam::123456789012:policy/edge" }).length, 1);
    });
});
