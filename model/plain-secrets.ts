import { SECRET_FORMS } from "./secret-forms";

/** Whether plain text may be a secret, told by its name and by its form. */

/** Names of secrets, in upper case with underscores. `PWD` alone is the working directory. */
const SECRET_NAMES = [
    /(PASSWORD|PASSWD|PASSPHRASE|PASSCODE|SECRETS?|TOKEN|CREDENTIALS?|CREDS|AUTH_DATA|BASIC_AUTH)\d*(_|$)/,
    /(API|APP|ACCESS|PRIVATE|LICENSE|SECRET|ACCOUNT|STORAGE|WEBHOOK|SUBSCRIPTION)_?KEYS?(_|$)/,
    /(AUTH|CIPHER|CRYPT|DECRYPTION|ENCRYPTION|HMAC|JWT|MASTER|SESSION|SIGNING|SIGNATURE)_?KEY(_(BASE|OLD|NEW|PREVIOUS|\d+))?$/,
    /(^|_)PASS$/,
    /_(PAT|PWD|PW)$/,
    /(^|_)(SALT|PEPPER|SESSION_?ID|SASL_JAAS_CONFIG|DOCKERCONFIGJSON|DOCKER_AUTH_CONFIG|NETRC|PGPASS)$/,
];

/** Last words of names that say something about a secret: where it is, how long it lives, what it has to look like. */
const HARMLESS_ENDING = new RegExp(
    `_(${[
        ...[
            "ARN",
            "DIR",
            "ENDPOINT",
            "FILE",
            "HEADER",
            "HOST",
            "LOCATION",
            "NAME",
            "PATH",
            "PREFIX",
            "REGION",
            "STDIN",
            "STORE",
            "SUFFIX",
            "URI",
            "URL",
        ],
        ...[
            "ALGORITHM",
            "AUDIENCE",
            "ENABLED",
            "FORMAT",
            "ISSUER",
            "POLICY",
            "PROVIDER",
            "REQUIRED",
            "SCOPE",
            "SCOPES",
            "TYPE",
            "VERSION",
        ],
        ...[
            "AGE",
            "COUNT",
            "DAYS",
            "EXPIRATION",
            "EXPIRES",
            "EXPIRY",
            "HOURS",
            "INTERVAL",
            "LENGTH",
            "LIFETIME",
            "LIMIT",
            "MINUTES",
            "MS",
            "ROTATION",
        ],
        ...["SECONDS", "SIZE", "TIMEOUT", "TTL", "VALIDITY"],
    ].join("|")})$`,
);

const SWITCH = /^(true|false|yes|no|on|off|none|null|enabled|disabled|required|optional)$/i;
const NUMBER = /^-?\d+(\.\d+)?$/;
/** What these are about may be a number. */
const PASSWORD = /PASS(WORD|WD|PHRASE|CODE)?$|PWD$|(^|_)PIN$/;
/** Stands for a value that somebody else fills in. */
const PLACEHOLDER = /^(\$\{[^}]*\}|\$\([^)]*\)|\$\w+|%\w+%|\{\{.*\}\}|<[\w -]+>|\*+|x{3,}|\.{3}|…)$/i;
/** It names a secret and holds none. */
const ARN = /\barn:aws[\w-]*:[^\s"',;]+/g;
const IS_ARN = /^arn:aws[\w-]*:\S+$/;

/** `name=value`, `name: value`, `"name": "value"`, `name => value`, `--name value`. A value may have pairs of its own, as a query does. */
const PAIRS = [
    /(?<![\w.-])\.*([\w-]+(?:\.[\w-]+)*)["'\\]*\s*(?:=>|[=:])(?=\s*["'\\]*(\$\{[^}]*\}|[^\s"',;&]{0,200}\w[^\s"',;&]{0,200}))/g,
    /--([A-Za-z][\w-]*)\s+(\S+)/g,
    /<add\s+key="([^"]+)"\s+value="([^"]+)"/gi,
];
const HEADER =
    /\b(cookie|(proxy-)?authorization|x-[\w-]*(key|token|secret))["'\\]*\s*[:=]\s*["'\\]*(?!((bearer|basic|token)\s+)?[$<{])[^\s"'\\]/i;

/** Whether a plain variable looks as if it held a secret. A value that is not known yet is the empty text. */
export function looksSecret(name: string, value: string): boolean {
    return promisesSecret(name, value) || holdsSecret(value);
}

/** Whether text of any kind, such as a connection string, a query, JSON or an argument of a command, has a secret in it. */
export function holdsSecret(text: string): boolean {
    const read = decoded(text);
    if (SECRET_FORMS.some(form => form.test(read)) || HEADER.test(read)) return true;
    const pairs = read.replace(ARN, "");
    return PAIRS.flatMap(pair => [...pairs.matchAll(pair)]).some(([, name = "", value = ""]) => promisesSecret(name, value));
}

/** Part of a text that nothing explains, and long enough to be drawn at random. */
const OPAQUE = /(?=[A-Za-z+/=]*\d)(?=[\d+/=]*[A-Za-z])[A-Za-z\d+/=]{16}/;
/** Names of what may be a secret, or not. */
const SENSITIVE =
    /(^|_)(AUTH|CERT|CERTIFICATE|CONNECTION|COOKIE|DSN|HASH|HEADERS?|KEYS?|LICENSE|LOGIN|MNEMONIC|NONCE|OTP|PASS|PAT|PIN|PWD?|SEED|SIGNATURE|TOKENS|WEBHOOK)(_|$)/;

/**
 * Whether a variable's value may be shown to everybody. Stricter than `looksSecret`: a random text, or anything but a number or a switch under a
 * name such as `STRIPE_KEY`, is not shown either.
 */
export function isSurelyHarmless(name: string, value: string): boolean {
    if (looksSecret(name, value) || OPAQUE.test(value)) return false;
    const words = upperSnakeCase(name);
    return !SENSITIVE.test(words) || HARMLESS_ENDING.test(words) || SWITCH.test(value);
}

function promisesSecret(name: string, value: string): boolean {
    const words = upperSnakeCase(name);
    const isNamed = SECRET_NAMES.some(pattern => pattern.test(words)) && !HARMLESS_ENDING.test(words);
    if (!isNamed || SWITCH.test(value) || PLACEHOLDER.test(value) || IS_ARN.test(value)) return false;
    return !NUMBER.test(value) || PASSWORD.test(words);
}

/** As a reader of the text reads it: `%40` in an address, `\u003d` in JSON. */
function decoded(text: string): string {
    return text
        .replaceAll(/\\u00([2-7][\da-f])/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)))
        .replaceAll(/%([2-7][\da-f])/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)));
}

/** `dbPassword` and `db.password` are `DB_PASSWORD`. */
function upperSnakeCase(name: string): string {
    return name
        .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
        .replaceAll(/[-.\s]/g, "_")
        .toUpperCase();
}
