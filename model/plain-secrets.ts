import { LOGINS, SECRET_FORMS, UNSURE_FORMS } from "./secret-forms";

/** Whether plain text may be a secret, told by its name and by its form. */

/** Names of secrets, in upper case with underscores. `PWD` alone is the working directory. */
const SECRET_NAMES = [
    /(PASS(WORD|WD|PHRASE|CODE)S?|SECRETS?|TOKEN|CREDENTIALS?|CREDS|AUTH_DATA|BASIC_AUTH)\d*(_|$)/,
    /(API|APP|ACCESS|PRIVATE|LICENSE|SECRET|ACCOUNT|STORAGE|WEBHOOK|SUBSCRIPTION)_?KEYS?\d*(_|$)/,
    /(AUTH|CIPHER|CRYPT|DECRYPTION|ENCRYPTION|HMAC|JWT|MASTER|SESSION|SIGNING|SIGNATURE)_?KEY\d*(_(BASE|OLD|NEW|PREVIOUS|\d+))?$/,
    /(^|_|ADMIN|DB|FTP|LDAP|MAIL|MYSQL|PG|PROXY|REDIS|ROOT|SMTP|SQL|USER)PASS\d*(_(OLD|NEW|PREVIOUS|\d+))?$/,
    /_(PAT|PWD|PW)\d*(_(OLD|NEW|PREVIOUS|\d+))?$/,
    /(^|_)(SALT|PEPPER|SESSION_?ID|SASL_JAAS_CONFIG|DOCKERCONFIGJSON|DOCKER_AUTH_CONFIG|NETRC)$/,
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
/** Such as a lifetime or a limit. One with more digits may be an id that opens something. */
const SHORT_NUMBER = /^-?\d{1,8}(\.\d{1,4})?$/;
/** What these are about may be a number. */
const PASSWORD = /(PASS((WORD|WD|PHRASE|CODE)S?)?|PWD?|(^|_)PIN)\d*(_(OLD|NEW|PREVIOUS|\d+))?$/;
/** Stands for a value that somebody else fills in. A default, as in `${NAME:-value}`, is a value. */
const PLACEHOLDER = new RegExp(
    `^(${[
        /\$[A-Z_][A-Z\d_]*|%[A-Z_][A-Z\d_]*%|<[A-Z][A-Z_]*>/,
        /\$\{[A-Za-z_][\w.]*\}|\$?\{\{[^{}]*\}\}/,
        /\$\(([A-Z_][A-Z\d_]*|[\w./-]+ [^()]+)\)/,
        /<(?=[\w -]*(your|password|secret|token|key|value))[A-Za-z _-]+>/,
        /\*+|[xX]{3,}|\.{3}|…/,
    ]
        .map(({ source }) => source)
        .join("|")})$`,
);
/** It names a secret and holds none. */
const ARN = /\barn:aws[\w-]*:([^\s"',;:]*:){3}[^\s"',;?&]+/g;
const IS_ARN = /^arn:aws[\w-]*:[a-z\d-]+:[a-z\d-]*:(\d{12})?:\S+$/;

/** `name=value`, `name: value`, `"name": "value"`, `name => value`, `--name value`, elements and attributes. A value may have pairs of its own, as a query does. */
const PAIRS = [
    /(?<![\w.-])\.*(?<name>[\w-]+(?:\.[\w-]+)*)["'\\]*\s*(?:=>|[=:])(?=\s*["'\\]*(?<value>\$\{[^}]*\}|[^\s"',;&]{0,200}\w[^\s"',;&]{0,200}))/g,
    /(?<![\w-])--(?<name>[A-Za-z][\w-]*)\s+(?<value>\S+)/g,
    /\b(?:name|key)["'\\]*\s*[:=]\s*["'\\]*(?<name>[\w.:/-]{1,100})["'\\]*[\s,]+["'\\]*value["'\\]*\s*[:=]\s*["'\\]*(?<value>\$\{[^}]*\}|[^\s"'\\,}]+)/gi,
    /\bvalue["'\\]*\s*[:=]\s*["'\\]*(?<value>\$\{[^}]{0,100}\}|[^\s"'\\,}]{1,400})["'\\]*[\s,]+["'\\]*(?:name|key)["'\\]*\s*[:=]\s*["'\\]*(?<name>[\w.:/-]{1,100})/gi,
    /<(?<name>[\w.:-]+)(?:\s[^<>]*)?>(?:<!\[CDATA\[)?(?<value>[^<]+)<\//g,
];
const HEADER =
    /\b(cookie|(proxy-)?authorization|x-[\w-]{0,60}(key|token|secret))["'\\]*\s*[:=]\s*["'\\]*(?!((bearer|basic|token)\s+)?(\$[A-Z_{(]|[<{]))[^\s"'\\]/i;

/** Whether a plain variable looks as if it held a secret. A value that is not known yet is the empty text. */
export function looksSecret(name: string, value: string): boolean {
    return promisesSecret(name, value) || holdsSecret(value);
}

/** Whether text of any kind, such as a connection string, a query, JSON or an argument of a command, has a secret in it. */
export function holdsSecret(text: string): boolean {
    return readings(text).some(
        read =>
            SECRET_FORMS.some(form => form.test(read)) ||
            HEADER.test(read) ||
            beforeAt(read).some(login => LOGINS.some(form => form.test(login))) ||
            pairsOf(read).some(([name, value]) => promisesSecret(name, value)),
    );
}

/** Names of what may be a secret, or not. */
const SENSITIVE = [
    /(^|_)(AUTH|BEARER|CERT|CERTIFICATE|CONNECTION|COOKIE|DSN|HASH|HEADERS?|LICENSE|LOGIN|MNEMONIC|NONCE|OTP|PAT|PIN|PW|SEED|SIGNATURE|TOKENS|WEBHOOK)\d*(_|$)/,
    /(^|_)(KEYS?|PASS|PWD|PSK)\d*_/,
    /(PWD|PSK|(?<!COM|BY|TRES|OVER|UNDER|SUR)PASS|(?<!MON|DON|TUR|HOC|JOC|WHIS)KEY)S?\d*$/,
];

/**
 * Whether a variable's value may be shown to everybody. Stricter than `looksSecret`: a random text, or anything but a switch or an ARN under a
 * name such as `STRIPE_KEY`, is not shown either, nor a value that has such a pair in it.
 */
export function isSurelyHarmless(name: string, value: string): boolean {
    if (looksSecret(name, value) || isUnsure(name, value)) return false;
    return !readings(value).some(
        read => UNSURE_FORMS.some(form => form.test(read)) || pairsOf(read).some(([inner, its]) => isUnsure(inner, its)),
    );
}

function isUnsure(name: string, value: string): boolean {
    return isNamed(name, [...SECRET_NAMES, ...SENSITIVE]) && !SWITCH.test(value) && !IS_ARN.test(value);
}

function promisesSecret(name: string, value: string): boolean {
    if (!isNamed(name, SECRET_NAMES) || SWITCH.test(value) || PLACEHOLDER.test(value) || IS_ARN.test(value)) return false;
    return !SHORT_NUMBER.test(value) || PASSWORD.test(upperSnakeCase(name));
}

function isNamed(name: string, patterns: readonly RegExp[]): boolean {
    const words = upperSnakeCase(name);
    return patterns.some(pattern => pattern.test(words)) && !HARMLESS_ENDING.test(words);
}

function pairsOf(text: string): (readonly [name: string, value: string])[] {
    const read = text.replace(ARN, "");
    return PAIRS.flatMap(pair => [...read.matchAll(pair)])
        .map(({ groups: { name = "", value = "" } = {} }) => [name, value.trim()] as const)
        .filter(([, value]) => value !== "");
}

/** Each part before an `@`, from the last blank on. */
function beforeAt(text: string): string[] {
    return text
        .split("@")
        .slice(0, -1)
        .map(part => part.split(/\s/).at(-1) ?? "");
}

/** As it is written, and as a reader of it reads it: `%40` in an address, `\u003d` and `\/` in JSON. Either may hide what the other shows. */
function readings(text: string): string[] {
    const decoded = text
        .replaceAll(/\\u00([2-7][\da-f])/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)))
        .replaceAll("\\/", "/")
        .replaceAll(/%([2-7][\da-f])/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)));
    return decoded === text ? [text] : [text, decoded];
}

/** `dbPassword`, `db.password` and `db:password` are `DB_PASSWORD`. */
function upperSnakeCase(name: string): string {
    return name
        .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
        .replaceAll(/[^A-Za-z0-9]/g, "_")
        .toUpperCase();
}
