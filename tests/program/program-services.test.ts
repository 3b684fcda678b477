import assert from "node:assert/strict";
import { difference, names } from "../support/declared";
import { REPOSITORY } from "../support/given";
import { WEB, WORKER, stack } from "../support/stacks";

const TWO = { services: { api: { ...WEB, route: { paths: ["/api/*"] } }, web: WEB } };

describe("services", () => {
    it("without a route are workers: no load balancer, no address", async () => {
        const declared = await stack("dev", { services: { jobs: WORKER } });
        assert.deepEqual(
            declared.list.filter(line => /^lb\.|LoadBalancer|load-balancer/.test(line)),
            [],
        );
        assert.ok(!("url" in (declared.outputs as object)));
    });

    it("with a route and without one stand side by side: the load balancer is for the former", async () => {
        const declared = await stack("dev", { services: { jobs: WORKER, web: WEB } });
        assert.deepEqual(names(declared, "lb.ListenerRule"), ["web-target-rule"]);
        assert.deepEqual(names(declared, "ecs.Service"), ["jobs", "web"]);
    });

    it("that are built and that exist stand side by side: who builds may push", async () => {
        const services = { api: { ...WEB, build: undefined, image: `${REPOSITORY}:1`, route: { paths: ["/api"] } }, web: WEB };
        const declared = await stack("dev", { services });
        assert.deepEqual(names(declared, "docker-build.Image"), ["web-image"]);
        assert.equal((declared.inputs("docker-build.Image web-image")["registries"] as unknown[]).length, 1);
        assert.deepEqual(names(declared, "ecr.Repository"), ["web-registry-repository"]);
    });

    it("of one image build it once, into one repository, and all of their roles may pull it", async () => {
        const worker = { ...WORKER, build: undefined, image: { of: "web" }, command: ["npm", "run", "worker"] };
        const declared = await stack("dev", { services: { web: WEB, worker } });
        assert.deepEqual(names(declared, "docker-build.Image"), ["web-image"]);
        assert.deepEqual(names(declared, "ecr.Repository"), ["web-registry-repository"]);
        const containers = (name: string) =>
            JSON.parse(String(declared.inputs(`ecs.TaskDefinition ${name}-task-definition`)["containerDefinitions"])) as {
                image: string;
                command?: string[];
            }[];
        assert.equal(containers("worker")[0]?.image, containers("web")[0]?.image);
        assert.deepEqual(containers("worker")[0]?.command, ["npm", "run", "worker"]);
        const pulls = (name: string) =>
            /"Sid":"PullImage"[^}]*/.exec(String(declared.inputs(`iam.RolePolicy ${name}-task-execution`)["policy"]))?.[0];
        assert.equal(pulls("worker"), pulls("web"));
        const { images } = declared.outputs as { images: Record<string, string> };
        assert.deepEqual([Object.keys(images), images["worker"] === images["web"]], [["web", "worker"], true]);
    });

    it("have their roles within the boundary that the stack names", async () => {
        const permissionsBoundary = "arn:aws:iam::123456789012:policy/boundary";
        const declared = await stack("dev", { permissionsBoundary });
        assert.equal(declared.inputs("iam.Role web-task-execution")["permissionsBoundary"], permissionsBoundary);
    });

    it("share one load balancer, and a second one adds its own parts only", async () => {
        const [one, two] = [await stack("dev", { services: { web: WEB } }), await stack("dev", TWO)];
        assert.deepEqual(difference(one, two), []);
        const added = difference(two, one);
        assert.ok(added.length > 10);
        assert.ok(
            added.every(line => / api(-|$)/.test(line)),
            added.join(),
        );
        const before = new Map(one.resources.map(({ urn, inputs }) => [urn, inputs]));
        for (const { urn, inputs } of two.resources) assert.deepEqual(before.get(urn) ?? inputs, inputs);
    });

    it("have rules in the order of how specific their routes are", async () => {
        const declared = await stack("dev", TWO);
        const priority = (name: string) => Number(declared.inputs(`lb.ListenerRule ${name}-target-rule`)["priority"]);
        assert.ok(priority("api") < priority("web"));
    });

    it("change together or not at all: no definition changes before every image is built", async () => {
        const declared = await stack("dev", TWO);
        for (const name of ["api", "web"]) {
            const before = declared.before(`ecs.TaskDefinition ${name}-task-definition`);
            assert.ok(before.has("docker-build.Image api-image") && before.has("docker-build.Image web-image"));
        }
    });
});
