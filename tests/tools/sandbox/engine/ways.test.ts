import * as assert from "node:assert/strict";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { Engine, NoEngine, Way, findEngine } from "../../../../tools/sandbox/engine";
import { NoWay, Wishes } from "../../../../tools/sandbox/engine/way";

const leads = (description: string): Engine => ({
    pulumi: Object.create(PulumiCommand.prototype) as PulumiCommand,
    environment: {},
    description,
});

describe("the ways to an engine", () => {
    const tried: string[] = [];
    beforeEach(() => tried.splice(0));
    const way = (name: string, answer: Engine | Error): Way => ({
        name,
        find: wishes => {
            tried.push(name);
            wishes.tell(`looking at ${name}`);
            return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
        },
    });
    const find = (ways: Way[], more: Partial<Wishes> = {}) => findEngine("/sandbox", () => undefined, more, ways);

    it("are tried in their order, and the first that leads to one is taken", async () => {
        const engine = leads("Pulumi from elsewhere");
        const ways = [way("near", new NoWay("nothing here")), way("far", engine), way("farthest", leads("never"))];
        assert.equal(await find(ways), engine);
        assert.deepEqual(tried, ["near", "far"]);
    });

    it("that all lead nowhere are an error with a line for each, and what to install", async () => {
        const ways = [way("near", new NoWay("nothing here")), way("far", new NoWay("closed"))];
        await assert.rejects(find(ways), (error: Error) => {
            assert.ok(error instanceof NoEngine);
            const [title, ...lines] = error.message.split("\n");
            assert.equal(title, "There is no Pulumi engine for the sandbox:");
            assert.deepEqual(lines.slice(0, -1), ["  near: nothing here", "  far: closed"]);
            assert.match(lines[lines.length - 1] ?? "", /^Next: install Pulumi, https:.* Go 1\.26 or newer/);
            return true;
        });
    });

    it("end with what is no reason to try another", async () => {
        await assert.rejects(find([way("near", new TypeError("a defect")), way("far", leads("never"))]), TypeError);
        assert.deepEqual(tried, ["near"]);
    });

    it("know what is asked for", async () => {
        let asked: Wishes | undefined;
        const told: string[] = [];
        const done = (line: string) => told.push(line);
        const remember: Way = {
            name: "near",
            find: wishes => {
                asked = wishes;
                return Promise.resolve(leads("near"));
            },
        };
        await findEngine("/sandbox", what => told.push(what), { images: true, done }, [remember]);
        asked?.tell("looking");
        asked?.done("found");
        assert.deepEqual(
            { folder: asked?.folder, images: asked?.images, told },
            { folder: "/sandbox", images: true, told: ["looking", "found"] },
        );
    });
});
