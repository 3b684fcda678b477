import assert from "node:assert/strict";
import { CloudWatchClient, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateRepositoryCommand, ECRClient } from "@aws-sdk/client-ecr";
import { CreateClusterCommand, ECSClient } from "@aws-sdk/client-ecs";
import { CreateRoleCommand, CreateServiceLinkedRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { ChangeResourceRecordSetsCommand, CreateHostedZoneCommand, Route53Client } from "@aws-sdk/client-route-53";
import { names } from "../../tools/preflight/checks/names";
import { roles } from "../../tools/preflight/checks/roles";
import { zones } from "../../tools/preflight/checks/zones";
import { CHECKS } from "../../tools/preflight/checks";
import { runChecks, subjectOf } from "../../tools/preflight/run";
import { files } from "../support/changed-files";
import { found, subject, withEmulator } from "./emulated";

const EU = "eu-west-1";
const inEu = { "aws:region": EU, "fargate:network": { zones: [`${EU}a`, `${EU}b`] } };
const REGION = "ap-northeast-2";

describe("what preflight finds in an account's region", function () {
    this.timeout(60_000);
    withEmulator();

    describe("names", () => {
        const alarms = { "fargate:alarms": { email: ["ops@example.com"] } };
        const alarm = {
            ...{ MetricName: "CPUUtilization", Namespace: "AWS/ECS", Statistic: "Average" as const, Period: 60 },
            ...{ EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: "GreaterThanThreshold" as const },
        };

        it("are fine where nobody has them", async () => {
            assert.deepEqual(await found(names, inEu), ["ok 4 names are free"]);
            // It is taken over, as it may be there already.
            const logGroupName = "/aws/ecs/containerinsights/fargate-dev/performance";
            await new CloudWatchLogsClient({ region: EU }).send(new CreateLogGroupCommand({ logGroupName }));
            const insights = { ...inEu, "fargate:containerInsights": "enabled" };
            assert.deepEqual(await found(names, insights), ["ok 4 names are free"]);
        });

        it("are a failure where somebody else's would be refused or taken over, and a warning where overwritten", async () => {
            await new CloudWatchLogsClient({ region: EU }).send(new CreateLogGroupCommand({ logGroupName: "fargate-dev-web" }));
            await new ECRClient({ region: EU }).send(new CreateRepositoryCommand({ repositoryName: "fargate-dev-web" }));
            await new ECSClient({ region: EU }).send(new CreateClusterCommand({ clusterName: "fargate-dev" }));
            await new CloudWatchClient({ region: EU }).send(
                new PutMetricAlarmCommand({ AlarmName: "fargate-dev-web-unhealthy", ...alarm }),
            );
            await new IAMClient({ region: EU }).send(
                new CreateRoleCommand({ RoleName: "fargate-dev-web-execution", AssumeRolePolicyDocument: "{}" }),
            );
            const others = "is there already, and is not the stack's";
            const lines = await found(names, { ...inEu, ...alarms });
            assert.deepEqual(lines.slice(0, -1), [
                `failure the cluster fargate-dev ${others}: the update would take it over`,
                `failure the repository fargate-dev-web ${others}`,
                `failure the log group fargate-dev-web ${others}`,
                `failure the role fargate-dev-web-execution ${others}`,
                `warning the alarm fargate-dev-web-unhealthy ${others}: the update would overwrite it`,
            ]);
            assert.match(lines.at(-1) ?? "", /^ok \d+ names are free$/);
            // Else somebody's own region would lose what has the same name there.
            const told = await runChecks([names], await subject(inEu));
            const fixes = told.flatMap(({ fix }) => fix ?? []);
            assert.deepEqual([fixes.length, fixes.filter(fix => fix.includes(` --region ${EU}`)).length], [4, 4]);
        });
    });

    describe("names of records", () => {
        const domain = { ...inEu, "fargate:domain": { name: "shop.example.com", zone: "example.com" } };
        const type = "aws:route53/record:Record";
        let zone = "";
        before(async () => {
            const route53 = new Route53Client({ region: EU });
            const made = await route53.send(new CreateHostedZoneCommand({ Name: "example.com", CallerReference: "1" }));
            zone = made.HostedZone?.Id?.replace("/hostedzone/", "") ?? "";
            const record = (Name: string) => ({ Name, Type: "A" as const, TTL: 60, ResourceRecords: [{ Value: "192.0.2.1" }] });
            const Changes = ["shop.example.com", "*.shop.example.com"].map(name => ({
                Action: "CREATE" as const,
                ResourceRecordSet: record(name),
            }));
            await route53.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: zone, ChangeBatch: { Changes } }));
        });

        it("are a failure where the zone has them for somebody else, but for those of the stack", async () => {
            const own = [
                { type, urn: "urn:pulumi:dev::fargate::x::load-balancer-names-below", outputs: { name: "*.shop.example.com" } },
            ];
            const records = (lines: readonly string[]) => lines.filter(line => line.includes(" record "));
            const others = "is in the zone already, and is not the stack's";
            assert.deepEqual(records(await found(names, domain)), [
                `failure the record shop.example.com (A) ${others}`,
                `failure the record *.shop.example.com (A) ${others}`,
            ]);
            assert.deepEqual(records(await found(names, domain, own)), [`failure the record shop.example.com (A) ${others}`]);
        });

        it("can be imported below what the stack has of them", async () => {
            const parent = "urn:pulumi:dev::fargate::fargate:index:LoadBalancer::load-balancer";
            const provider = "urn:pulumi:dev::fargate::pulumi:providers:aws::aws";
            const own = [
                { type: "fargate:index:LoadBalancer", urn: parent },
                { type: "pulumi:providers:aws", urn: provider },
            ];
            const told = await runChecks([names], await subject(domain, own));
            assert.equal(
                told.find(line => line.found.startsWith("the record shop"))?.fix,
                `pulumi import --stack dev ${type} load-balancer-name '${zone}_shop.example.com_A' --parent 'parent=${parent}' ` +
                    `--provider 'aws=${provider}' --protect=false --generate-code=false; or delete it where it comes from, or another fargate:domain.name`,
            );
        });
    });

    describe("roles", () => {
        const scaled = {
            "fargate:services": { web: { build: { context: "./app" }, port: 8080, route: {}, scaling: { min: 1, max: 2 } } },
        };

        it("are a warning where they are not there yet", async () => {
            const comes = "is not there yet: AWS makes it with the account's first";
            const where = "where the update's credentials have iam:CreateServiceLinkedRole";
            assert.deepEqual(await found(roles, scaled), [
                `warning AWSServiceRoleForECS ${comes} ECS cluster, ${where}`,
                `warning AWSServiceRoleForElasticLoadBalancing ${comes} load balancer, ${where}`,
                `warning AWSServiceRoleForApplicationAutoScaling_ECSService ${comes} scalable target, ${where}`,
            ]);
        });

        it("are fine where they are", async () => {
            const iam = new IAMClient({ region: REGION });
            for (const name of ["ecs", "elasticloadbalancing", "ecs.application-autoscaling"])
                await iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: `${name}.amazonaws.com` }));
            assert.deepEqual(await found(roles, scaled), [
                "ok AWSServiceRoleForECS, AWSServiceRoleForElasticLoadBalancing, AWSServiceRoleForApplicationAutoScaling_ECSService: there",
            ]);
        });
    });

    describe("zones", () => {
        const inZones = (...names: string[]) => ({ "fargate:network": { zones: names } });

        it("are fine where they exist, and AWS offers the endpoints there", async () => {
            assert.deepEqual(await found(zones, inZones(`${REGION}a`, `${REGION}c`)), [
                `ok ${REGION}a, ${REGION}c: there, with Fargate; 4 endpoint services are offered`,
            ]);
        });

        it("are a failure where the account has no such zone", async () => {
            assert.deepEqual(await found(zones, inZones(`${REGION}a`, `${REGION}f`)), [
                `failure this account has no zone ${REGION}f in ${REGION}`,
            ]);
        });
    });

    // The emulator loads each service when it is first asked for one; AWS does not.
    describe("all together", () => {
        it("is all told in less than 15 seconds", async () => {
            const begun = Date.now();
            const warned: string[] = [];
            const warn = ({ name }: Error) => warned.push(name);
            process.on("warning", warn);
            const state = () => Promise.resolve({ deployment: { resources: [] } });
            const told = await runChecks(CHECKS, await subjectOf(files("prod"), { state, isEmulated: true, seconds: 10 }));
            process.off("warning", warn);
            const seconds = (Date.now() - begun) / 1000;
            assert.ok(!warned.includes("MaxListenersExceededWarning"));
            assert.ok(seconds < 15, `${seconds} s`);
            assert.deepEqual(
                told.filter(({ found: text }) => text.includes("not known")),
                [],
            );
        });
    });
});
