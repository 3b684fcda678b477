import * as assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo, Server } from "node:net";
import * as path from "node:path";
import { neededPlugins, placeOf, unreachable } from "../../../../tools/sandbox/engine/plugins";
import { temporaryFolder, write } from "./folders";

const AWS = { name: "aws", version: "7.48.0" };

describe("the plugins of an engine that is installed", () => {
    const folder = temporaryFolder();

    it("are those of the program's packages, and those for images only where images are built", () => {
        const names = (images: boolean) => neededPlugins({ images }).map(({ name }) => name);
        assert.deepEqual(names(false), ["aws", "awsx"]);
        assert.deepEqual(names(true), ["aws", "awsx", "docker", "docker-build"]);
    });

    it("are installed whole and of the very version, or on the PATH, which goes first", () => {
        const environment = { PULUMI_HOME: folder(), PATH: path.join(folder(), "bin") };
        assert.equal(placeOf(AWS, environment), undefined);
        write(path.join(folder(), "plugins", "resource-aws-v7.47.0", "pulumi-resource-aws"));
        assert.equal(placeOf(AWS, environment), undefined);
        write(path.join(folder(), "plugins", "resource-aws-v7.48.0", "pulumi-resource-aws"));
        assert.equal(placeOf(AWS, environment), "installed");
        write(path.join(folder(), "plugins", "resource-aws-v7.48.0.partial"));
        assert.equal(placeOf(AWS, environment), undefined);
        write(path.join(folder(), "bin", "pulumi-resource-aws"), "", 0o755);
        assert.equal(placeOf(AWS, environment), "PATH");
    });
});

describe("the place where Pulumi is published", () => {
    const servers: Server[] = [];
    afterEach(() => {
        for (const server of servers.splice(0)) server.close();
    });

    async function serve(answer: Parameters<typeof createServer>[1]): Promise<string> {
        const server = createServer(answer ?? (() => undefined)).listen(0, "127.0.0.1");
        servers.push(server);
        await once(server, "listening");
        return `http://127.0.0.1:${(server.address() as AddressInfo).port}/install.sh`;
    }

    it("is reached where it answers", async () => {
        assert.equal(await unreachable(await serve((_, response) => response.end())), undefined);
    });

    it("is not where a firewall answers in its stead", async () => {
        const url = await serve((_, response) => response.writeHead(403).end());
        assert.match((await unreachable(url)) ?? "", /^127\.0\.0\.1:\d+ answered 403$/);
    });

    it("is not where packets are dropped, and that is known soon", async () => {
        const url = await serve(() => undefined);
        const began = Date.now();
        assert.match((await unreachable(url, 200)) ?? "", /did not answer within 0\.2 s$/);
        assert.ok(Date.now() - began < 3000);
    });

    it("is not where nobody listens", async () => {
        const url = await serve(() => undefined);
        const [server] = servers.splice(0);
        server?.close();
        assert.match((await unreachable(url)) ?? "", /is not reachable \(ECONNREFUSED\)$/);
    });
});
