import assert from "node:assert/strict";
import { settingsOf } from "../../settings";
import { inventory } from "../../tools/inventory/inventory";
import { parsed } from "../../tools/inventory/inputs";
import { planReport } from "../../tools/plan/report";
import { chooseImages } from "../../tools/deployed/images";
import { byName } from "../../tools/review/difference";
import { DIGEST, REPOSITORY, SECRET, WEB, configuration } from "../support/given";

/** Names that every JavaScript object has already, wherever somebody may choose one. */
const NAMES = ["constructor", "toString", "valueOf", "hasOwnProperty", "isPrototypeOf"];
const each = <T>(value: (name: string, index: number) => T) =>
    Object.fromEntries(NAMES.map((name, index) => [name, value(name, index)] as const));

const FILES = {
    project: "fargate",
    stack: "dev",
    secretKeys: [],
    config: configuration({
        tags: each(() => "x"),
        services: {
            constructor: { ...WEB, route: { hosts: ["constructor.example.com"] }, environment: each(String), secrets: {} },
            web: { ...WEB, image: undefined, build: { context: "./app", args: each(String) }, secrets: each(() => SECRET) },
        },
    }),
};

describe("names that JavaScript knows", () => {
    it("reach what is declared: a service, variables, secrets, tags, build arguments", async () => {
        const { resources } = await inventory("dev", FILES);
        const definitions = resources
            .filter(({ type }) => type === "aws:ecs/taskDefinition:TaskDefinition")
            .map(
                ({ inputs }) =>
                    JSON.parse(String(inputs["containerDefinitions"])) as {
                        environment?: { name: string }[];
                        secrets?: { name: string }[];
                    }[],
            );
        const names = definitions.flatMap(([container]) =>
            [...(container?.environment ?? []), ...(container?.secrets ?? [])].map(({ name }) => name),
        );
        assert.deepEqual(names.sort(), [...NAMES, ...NAMES].sort());
        assert.ok(resources.some(({ name }) => name === "constructor"));
        const { defaultTags } = resources.find(({ type }) => type === "pulumi:providers:aws")?.inputs ?? {};
        assert.deepEqual(
            Object.keys((parsed(defaultTags) as { tags: object }).tags).sort(),
            [...NAMES, "managed-by", "project", "stack"].sort(),
        );
    });

    it("are planned, priced and judged like any other", async () => {
        const { text } = await planReport("dev", "2027-01-01", FILES);
        assert.match(text, /constructor/);
        assert.doesNotMatch(text, /\[native code\]|\[object Object\]|undefined|NaN/);
    });

    it("are no image that somebody chose", () => {
        const settings = settingsOf(FILES.config, FILES);
        assert.deepEqual(chooseImages(settings, FILES, { images: {}, chosen: ["constructor"] }).images, {});
        const image = `${REPOSITORY}@${DIGEST}`;
        assert.deepEqual(chooseImages(settings, FILES, { images: {}, chosen: [] }, { constructor: image }).images, {
            constructor: image,
        });
    });

    it("are new in a review where they were not there before", () => {
        assert.deepEqual(
            byName(
                "environment",
                {},
                each(() => "1"),
            ).map(({ name, kind }) => [name, kind]),
            [...NAMES].sort().map(name => [name, "added"]),
        );
    });
});
