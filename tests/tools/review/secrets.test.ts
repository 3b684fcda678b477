import assert from "node:assert/strict";
import { review } from "../../../tools/review/changes";
import { reviewMarkdown } from "../../../tools/review/markdown";
import { reviewText } from "../../../tools/review/text";
import { BASE, inputs } from "../../fixtures/review/edited";
import { fixture } from "../../fixtures/review/fixture";
import { HARMLESS, SECRETS, UNSURE } from "../../fixtures/plain-texts";
import { isSurelyHarmless } from "../../../model/plain-secrets";

const TASK = "fargate:index:Task";

type Given = Readonly<Record<string, unknown>>;

/** A review in every form, of a service whose settings change. */
function shown(before: Given, after: Given): string {
    const preview = inputs(TASK, after, inputs(TASK, before, BASE, "before"));
    const found = review(preview);
    return [reviewText(found, [], []), reviewMarkdown(found, [], []), JSON.stringify(found)].join("\n");
}

/** Every way in which a value may change. */
const ways = (name: string, value: string): readonly (readonly [Given, Given])[] => [
    [{}, { [name]: value }],
    [{ [name]: value }, {}],
    [{ [name]: value }, { [name]: "another" }],
    [{ [name]: "another" }, { [name]: value }],
];

describe("a review of a change", () => {
    it("shows no secret of a variable that comes, goes or changes, and says that it does not", function () {
        this.timeout(120_000);
        for (const [name, value] of [...SECRETS, ...UNSURE])
            for (const [before, after] of ways(name, value)) {
                const text = shown({ environment: before }, { environment: after });
                assert.ok(!text.includes(value.slice(0, 20)) && !text.includes("hunter2"), `${name}=${value}`);
                assert.match(text, /environment \S+ (changed|added|removed) \(not shown\)/);
            }
    });

    it("shows the other side neither, which is often the same secret in another form", () => {
        const text = shown({ environment: { DB: "swordfish" } }, { environment: { DB: "postgres://app:hunter2@db/x" } });
        assert.match(text, /environment DB changed \(not shown\)/);
        assert.doesNotMatch(text, /swordfish|hunter2/);
    });

    it("shows what is surely harmless", () => {
        const shownThere = HARMLESS.filter(([name, value]) => isSurelyHarmless(name, value) && value.length <= 40);
        assert.ok(shownThere.length >= 30);
        for (const [name, value] of shownThere)
            assert.ok(
                shown({ environment: {} }, { environment: { [name]: value } }).includes(value.replaceAll(/\s+/g, " ")),
                `${name}=${value}`,
            );
    });

    it("shows no secret of anything else: a command, a tag, an image, a path, a route", () => {
        const secret = "postgres://app:hunter2@db/x";
        const command = ["CMD", "mysql", "-u", "root", "-phunter2"];
        for (const [before, after] of [
            [{ health: { command } }, { health: {} }],
            [{ health: {} }, { health: { command: ["CMD-SHELL", "curl -u app:hunter2 localhost"] } }],
            [{ health: { command: ["CMD", "check", "-u", "admin:hunter2"] } }, { health: { command: ["CMD", "true"] } }],
            [{ health: {} }, { health: { command: ["CMD", "check", "-whunter2", "-k", "hunter2"] } }],
            [{ health: { command: ["CMD-SHELL", "openssl s_client -psk hunter2"] } }, { health: {} }],
            [{}, { route: { hosts: [], paths: ["/hooks/hunter2a8f3k1x9q0zz/*"] } }],
            [{ health: { path: "/" } }, { health: { path: "/?token=hunter2" } }],
            [{ user: secret }, { user: "1" }],
            [{ writablePaths: [secret] }, { writablePaths: [] }],
            [{ scaling: secret }, {}],
        ] as const) {
            const text = shown(before, after);
            assert.match(text, /\(not shown\)/, JSON.stringify(before));
            assert.doesNotMatch(text, /hunter2/);
        }
        const tagged = (value: string) => ({ defaultTags: JSON.stringify({ tags: { owner: value } }) });
        const provider = "pulumi:providers:aws";
        const before = inputs(provider, tagged(secret), fixture("tags").preview, "before");
        const tags = inputs(provider, tagged("a"), before);
        assert.match(reviewText(review(tags), [], []), /tag owner changed \(not shown\)/);
        assert.doesNotMatch(reviewText(review(tags), [], []), /hunter2/);
    });

    it("shows a command, a path and a route in which nothing may be one", () => {
        const command = ["CMD-SHELL", "curl -f http://localhost:8080/v1/customers || exit 1"];
        const text = shown({ health: {} }, { health: { command }, writablePaths: ["/var/cache/nginx-1"] });
        assert.match(text, /health\.command added \(.*curl -f http:/);
        assert.match(text, /writablePaths \/tmp→\/var\/cache\/nginx-1;/);
        const route = shown({}, { route: { hosts: ["shop.example.com"], paths: ["/api/v1/customers/*"] } });
        assert.match(route, /route paths \/\*→\/api\/v1\/customers\/\*/);
    });

    it("shows where a protection is switched off", () => {
        const text = shown({}, { plain: ["ACCESS_TOKEN_LIFETIME"] });
        assert.match(text, /in place: stated to be no secret, ACCESS_TOKEN_LIFETIME added/);
        assert.match(text, /in place: stated to be no secret, `ACCESS_TOKEN_LIFETIME` added/);
    });

    it("shows names and values as they are, whatever they do elsewhere", () => {
        const name = "A` @team <!-- \n# b";
        const markdown = reviewMarkdown(review(inputs(TASK, { environment: { [name]: "\u001b[2J\u202e::error::" } })), [], []);
        assert.ok(markdown.includes("environment ``A` @team <!-- # b`` added (`\\u001b[2J\\u202e::error::`)"), markdown);
    });
});
