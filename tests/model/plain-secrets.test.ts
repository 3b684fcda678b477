import assert from "node:assert/strict";
import { looksSecret } from "../../model/plain-secrets";

const looks = (variables: Readonly<Record<string, string>>, expected: boolean) => {
    for (const [name, value] of Object.entries(variables)) assert.equal(looksSecret(name, value), expected, `${name}=${value}`);
};
const named = (...names: readonly string[]) => Object.fromEntries(names.map(name => [name, "x"]));
/** Values are put together here, so that no scanner takes this file for a leak. */
const value = (...parts: readonly string[]) => ({ SETTING: parts.join("") });

describe("a plain variable looks like a secret", () => {
    it("by the name of a password, in any case and behind any prefix", () => {
        looks(named("PASSWORD", "PGPASSWORD", "MYSQL_PWD", "DB_PASS", "dbPassword", "db_passwd", "SSH_PASSPHRASE"), true);
        looks(named("PWD", "COMPASS", "BYPASS", "PASS_THROUGH"), false);
    });

    it("by the name of a key or token", () => {
        looks(named("API_KEY", "apiKey", "APIKEY", "AWS_SECRET_ACCESS_KEY", "TLS_PRIVATE_KEY"), true);
        looks(named("SIGNING_KEY", "ENCRYPTION_KEY", "JWT_KEY", "GITHUB_TOKEN_OLD", "GITHUB_PAT", "CREDENTIALS"), true);
        looks(
            named("PARTITION_KEY", "SORT_KEY", "PUBLIC_KEY", "SIGNING_KEY_ID", "KEYBOARD", "SECRETARY", "TOKENS", "PAT"),
            false,
        );
    });

    it("not by a name that says something about a secret", () => {
        looks(named("TOKEN_URL", "SECRET_NAME", "SECRET_ARN", "DB_PASSWORD_FILE", "ACCESS_TOKEN_ISSUER"), false);
        looks(named("TOKEN_TTL", "TOKEN_TTL_SECONDS", "PASSWORD_MIN_LENGTH", "tokenTtlSeconds"), false);
    });

    it("not where the value is a switch, or a number that is no password", () => {
        looks({ MAX_TOKEN: "4096", TOKEN: "0.5", REQUIRE_PASSWORD: "true", USE_SECRET: "Off" }, false);
        looks({ DB_PASSWORD: "12345678", MYSQL_PWD: "1234" }, true);
    });

    it("by its name alone while the value is not known", () => {
        looks({ DB_PASSWORD: "", TOKEN: "" }, true);
        looks({ LOG_LEVEL: "", SECRET_ARN: "" }, false);
    });

    it("by a value that is one, whatever the name", () => {
        looks(value("AKIA", "IOSFODNN7EXAMPLE"), true);
        looks(value("ghp", "_0123456789abcdefghij"), true);
        looks(value("github", "_pat_0123456789"), true);
        looks(value("sk", "_live_0123456789"), true);
        looks(value("xoxb", "-0123456789"), true);
        looks(value("xoxp", "-0123456789"), true);
        looks(value("-----BEGIN ", "PRIVATE KEY-----\nMIIE"), true);
        looks(value("-----BEGIN RSA ", "PRIVATE KEY-----\nMIIE"), true);
        looks({ STRIPE_KEY: ["sk", "live", "0123456789"].join("_") }, true);
        looks({ TOKEN_URL: "https://me:hunter2@example.com" }, true);
    });

    it("by a password in an address, with or without a user", () => {
        looks({ DB: "postgres://shop:hunter2@db:5432/shop", CACHE: "redis://:hunter2@cache:6379" }, true);
        looks({ DB: "postgres://shop@db:5432/shop", URL: "https://shop.example.com:8080/a@b" }, false);
    });

    it("not by a value that resembles one", () => {
        looks(
            { KEY: "pk_live_0123456789", CERTIFICATE: "-----BEGIN CERTIFICATE-----", CODE: "AKIA", TASK: "task_live_1" },
            false,
        );
    });
});
