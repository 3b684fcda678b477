import assert from "node:assert/strict";
import { REGION, SECRET, WEB, messageOf, problems, problemsOf, service, settings } from "../support/given";

const GROUP = "sg-0123456789abcdef0";
const LIST = "pl-0123456789abcdef0";
const NAT = { network: { egress: "nat" } };
const to = (...outbound: object[]) => problemsOf({ outbound });
const behindNat = (...outbound: object[]) => problemsOf({ outbound }, NAT);
const database = (changes: object = {}) => ({ secretArn: SECRET, port: 5432, securityGroupId: GROUP, ...changes });
const AT = "fargate:services.web";

describe("connections of a service", () => {
    it("are kept as they are written, and are no key at all where nobody asks for them", () => {
        const outbound = [
            { port: 6379, securityGroupId: GROUP, openIngress: true },
            { port: 587, cidr: "10.9.0.0/24" },
            { port: 443, prefixListId: LIST },
        ];
        assert.deepEqual(service({ outbound }).outbound, outbound);
        for (const none of [service(), service({ outbound: [] })]) {
            assert.ok(!("outbound" in none) && !("database" in none));
        }
    });

    it("have one target each", () => {
        const allowed = "one of securityGroupId, prefixListId, cidr";
        assert.deepEqual(to({ port: 1 }), [`${AT}.outbound[0]: no target | ${allowed}`]);
        assert.deepEqual(to({ port: 1, securityGroupId: GROUP, cidr: "10.0.0.0/8" }), [
            `${AT}.outbound[0]: securityGroupId and cidr | ${allowed}`,
        ]);
    });

    it("have one port", () => {
        for (const port of [0, 65_536, "9092-9098", 1.5, undefined])
            assert.match(
                to({ port, securityGroupId: GROUP })[0] ?? "",
                /a whole number from 1 to 65535, one TCP port; each further/,
            );
    });

    it("are each there once, the database's too", () => {
        const once = { port: 5432, securityGroupId: GROUP };
        const again = `port 5432 of ${GROUP} again | each connection once`;
        assert.deepEqual(to(once, { ...once, openIngress: true }), [`${AT}.outbound[1]: ${again}`]);
        assert.deepEqual(problemsOf({ outbound: [once], database: database() }), [`${AT}.database: ${again}`]);
        service({ outbound: [once, { ...once, port: 5433 }], database: database({ port: 5434 }) });
    });

    it("open a group alone", () => {
        for (const target of [{ cidr: "10.0.0.0/8" }, { prefixListId: LIST }])
            assert.deepEqual(to({ port: 1, ...target, openIngress: true }), [
                `${AT}.outbound[0].openIngress: true beside ${Object.keys(target)[0]} | openIngress beside a securityGroupId alone: ` +
                    "only a group has rules to add to",
            ]);
        service({ outbound: [{ port: 1, cidr: "10.0.0.0/8", openIngress: false }] });
    });

    it("name ids and blocks in AWS's form, and are told which that is", () => {
        for (const [target, allowed] of [
            [{ securityGroupId: "vpc-1" }, /a security group's id: sg- and 8 or 17 hexadecimal digits/],
            [{ securityGroupId: `123456789012/${GROUP}` }, /of another account its block, as cidr/],
            [{ prefixListId: "com.amazonaws.s3" }, /a prefix list's id: pl-/],
            [{ cidr: "10.0.0.1/16" }, /starts on its own boundary: 10\.0\.0\.0\/16/],
            [{ cidr: "10.0.0.1" }, /10\.0\.0\.1\/32 for this one address/],
            [{ cidr: "fd00::/8" }, /an IPv4 block: tasks have no IPv6 address/],
            [{ cidr: "smtp.example.com" }, /security groups know no host names/],
            [{ cidr: "169.254.0.0/16" }, /a block that hosts have: none of loopback, link-local/],
            [{ cidr: "10.0.0.0/33" }, /an IPv4 block, such as 10\.1\.0\.0\/16/],
        ] as const)
            assert.match(behindNat({ port: 1, ...target })[0] ?? "", allowed);
    });

    it("go to no block of the internet without a way there, and the way is told", () => {
        const allowed = "a private block, since tasks have no internet; for this one fargate:network.egress:";
        for (const cidr of ["203.0.113.0/24", "0.0.0.0/0", "172.0.0.0/8", "0.0.0.0/1"])
            assert.deepEqual(to({ port: 587, cidr }), [`${AT}.outbound[0].cidr: ${cidr} | ${allowed} nat`]);
        const existing = {
            network: {
                vpcId: "vpc-0123456789abcdef0",
                publicSubnetIds: ["subnet-00000001", "subnet-00000002"],
                privateSubnetIds: ["subnet-00000003"],
                privateRouteTableIds: ["rtb-00000001"],
                egress: "endpoints",
            },
        };
        assert.deepEqual(problemsOf({ outbound: [{ port: 587, cidr: "203.0.113.0/24" }] }, existing), [
            `${AT}.outbound[0].cidr: 203.0.113.0/24 | ${allowed} existing`,
        ]);
        for (const cidr of ["10.0.0.0/8", "192.168.1.7/32", "100.64.0.0/10"]) service({ outbound: [{ port: 587, cidr }] });
        // A VPC may have public addresses that are used inside alone.
        service({ outbound: [{ port: 587, cidr: "52.1.2.0/24" }] }, { network: { cidr: "52.1.0.0/16" } });
        for (const cidr of ["203.0.113.0/24", "0.0.0.0/0"]) service({ outbound: [{ port: 587, cidr }] }, NAT);
    });

    it("repeat no way that tasks have already: AWS takes each rule once", () => {
        assert.match(
            behindNat({ port: 443, cidr: "0.0.0.0/0" })[0] ?? "",
            /no such entry: with egress: nat tasks reach any HTTPS/,
        );
        service(
            {
                outbound: [
                    { port: 8443, cidr: "0.0.0.0/0" },
                    { port: 443, cidr: "203.0.113.0/24" },
                ],
            },
            NAT,
        );
    });
});

describe("the database of a service", () => {
    it("is its arrow and its variables, with the host and name that are given", () => {
        const found = service({ environment: { LOG: "1" }, secrets: { KEY: SECRET }, database: database() });
        assert.deepEqual(found.environment, { LOG: "1", DB_PORT: "5432" });
        assert.deepEqual(found.secrets, {
            KEY: SECRET,
            DB_PASSWORD: `${SECRET}:password::`,
            DB_USERNAME: `${SECRET}:username::`,
        });
        assert.deepEqual(found.outbound, [{ port: 5432, securityGroupId: GROUP }]);
        const more = service({ database: database({ host: "DB.example.com.", name: "shop", openIngress: true }) });
        assert.deepEqual(more.environment, { DB_HOST: "db.example.com", DB_NAME: "shop", DB_PORT: "5432" });
        assert.deepEqual(more.outbound, [{ port: 5432, securityGroupId: GROUP, openIngress: true }]);
    });

    it("has variables that nothing else sets, not even to the same", () => {
        const allowed = "another name, here or for the database's: database: { variables: { … } }";
        const line = (key: string, name: string) => `${AT}.${key}.${name}: ${name}, which database sets too | ${allowed}`;
        for (const [key, name, value] of [
            ["environment", "DB_PORT", "5432"],
            ["environment", "DB_PASSWORD", "x"],
            ["secrets", "DB_USERNAME", `${SECRET}:username::`],
            ["secrets", "DB_PORT", SECRET],
        ] as const)
            assert.deepEqual(
                problemsOf({ [key]: { [name]: value }, plain: key === "environment" ? [name] : [], database: database() }).slice(
                    0,
                    1,
                ),
                [line(key, name)],
            );
        service({ environment: { DB_HOST: "a" }, secrets: { DB_NAME: SECRET }, database: database() });
    });

    it("has variables of the names that the application reads, and of its own for the others", () => {
        const variables = { host: "PGHOST", port: "PGPORT", name: "PGDATABASE", username: "PGUSER", password: "PGPASSWORD" };
        const whole = service({ database: database({ host: "10.0.1.5", name: "shop", variables }) });
        assert.deepEqual(whole.environment, { PGHOST: "10.0.1.5", PGPORT: "5432", PGDATABASE: "shop" });
        assert.deepEqual(whole.secrets, { PGUSER: `${SECRET}:username::`, PGPASSWORD: `${SECRET}:password::` });
        const some = service({
            environment: { DB_PASSWORD_FILE: "" },
            database: database({ variables: { password: "DB_PASS" } }),
        });
        assert.deepEqual(Object.keys({ ...some.environment, ...some.secrets }).sort(), [
            ...["DB_PASS", "DB_PASSWORD_FILE", "DB_PORT", "DB_USERNAME"],
        ]);
        assert.ok(!("variables" in (service({ database: database() }).database ?? {})));
    });

    it("has a variable for each of what the application is told, and none for what it is not", () => {
        const told = (variables: object, more: object = {}) => problemsOf({ ...more, database: database({ variables }) });
        assert.deepEqual(told({ username: "DB_PASSWORD" }), [
            `${AT}.database.variables.username: DB_PASSWORD, of password too | another name for each`,
        ]);
        assert.deepEqual(told({ host: "PGHOST" }), [
            `${AT}.database.variables.host: PGHOST | no such entry without database.host, which it would be the name of`,
        ]);
        assert.deepEqual(told({ port: "PGPORT" }, { environment: { PGPORT: "1" } }), [
            `${AT}.environment.PGPORT: PGPORT, which database sets too | another name, here or for the database's: database: { variables: { … } }`,
        ]);
        assert.match(told({ user: "PGUSER" })[0] ?? "", /variables\.user: an unknown key/);
        assert.doesNotMatch(told({ password: "=hunter2" }).join(), /hunter/);
    });

    it("has a secret of Secrets Manager with JSON keys, which RDS may have named", () => {
        const managed = `arn:aws:secretsmanager:${REGION}:123456789012:secret:rds!cluster-01234567-89ab-cdef-0123-456789abcdef-AbCdEf`;
        assert.equal(service({ database: database({ secretArn: managed }) }).secrets["DB_USERNAME"], `${managed}:username::`);
        const what = "the full ARN of a Secrets Manager secret with the JSON keys username and password";
        for (const [secretArn, allowed] of [
            [`${SECRET}:password::`, `${what}, and nothing behind its name`],
            [
                `arn:aws:ssm:${REGION}:123456789012:parameter/db`,
                `${what}; a parameter holds one value, and is named under secrets`,
            ],
            ["hunter2", `${what}; never a value`],
        ] as const)
            assert.ok(problemsOf({ database: database({ secretArn }) })[0]?.endsWith(`| ${allowed}`), secretArn);
    });

    it("goes with a job of its service, whatever else that says, or is another in its place", () => {
        const web = { ...WEB, database: database(), outbound: [{ port: 6379, securityGroupId: GROUP }] };
        const of = { of: "web", command: ["run"] };
        const admin = database({ secretArn: SECRET.replace("db-", "admin-") });
        const jobs = { a: of, b: { ...of, secrets: { KEY: SECRET } }, c: { ...of, outbound: [] }, d: { ...of, database: admin } };
        const made = settings({ services: { web }, jobs }).jobs;
        const credentials = (arn: string) => ({ DB_PASSWORD: `${arn}:password::`, DB_USERNAME: `${arn}:username::` });
        assert.deepEqual(
            made.map(({ secrets }) => secrets),
            [credentials(SECRET), { KEY: SECRET, ...credentials(SECRET) }, credentials(SECRET), credentials(admin.secretArn)],
        );
        const both = [...web.outbound, { port: 5432, securityGroupId: GROUP }];
        assert.deepEqual(
            made.map(({ outbound }) => outbound),
            [both, both, both.slice(1), both],
        );
        const elsewhere = {
            ...of,
            database: database({ securityGroupId: "sg-0123456789abcdef1", variables: { port: "PGPORT" } }),
        };
        const [moved] = settings({ services: { web: { ...web, outbound: [] } }, jobs: { elsewhere } }).jobs;
        assert.deepEqual(moved?.outbound, [{ port: 5432, securityGroupId: "sg-0123456789abcdef1" }]);
        assert.deepEqual(moved.environment, { PGPORT: "5432" });
        const twice = {
            ...of,
            outbound: [
                { port: 5432, securityGroupId: GROUP },
                { port: 1, securityGroupId: GROUP },
            ],
        };
        assert.deepEqual(problems({ services: { web }, jobs: { twice } }), [
            `fargate:jobs.twice.database: port 5432 of ${GROUP} again | each connection once`,
        ]);
    });

    it("is told once, at its own key, what is wrong with its secret", () => {
        const secretArn = SECRET.replace(REGION, "us-east-1");
        assert.deepEqual(problemsOf({ database: database({ secretArn }) }), [
            `${AT}.database.secretArn: ${secretArn} | a secret in ${REGION}, since tasks have no internet, or fargate:network.egress: nat`,
        ]);
        const elsewhere = SECRET.replace("arn:aws:", "arn:aws-cn:").replace(REGION, "cn-north-1");
        assert.match(
            messageOf(() => settings({ ...NAT, services: { web: { ...WEB, database: database({ secretArn: elsewhere }) } } })),
            /has 1 problem\.[^]*web\.database\.secretArn/,
        );
    });
});
