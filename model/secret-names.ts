/** Names of secrets, as words in upper case with underscores between them. */

/** After a name: the second one, and the one before or after it. */
const NUMBER = String.raw`\d*(_(OLD|NEW|PREVIOUS|\d+))?$`;
const words = (...lists: readonly string[]) => lists.join(" ").split(" ").join("|");

/** `PWD` alone is the working directory. */
const SECRET_NAMES = [
    /(PASS(WORD|WD|PHRASE|CODE)S?|SECRETS?|TOKEN|CREDENTIALS?|CREDS|AUTH_DATA|BASIC_AUTH|MNEMONIC|SEED_PHRASE)\d*(_|$)/,
    /(PASSWORT|KENNWORT|WACHTWOORD|MOT_?DE_?PASSE|CONTRASE[N_]A|SENHA)\d*(_|$)/,
    /(API|APP|ACCESS|PRIVATE|LICENSE|SECRET|SHARED|ACCOUNT|STORAGE|WEBHOOK|SUBSCRIPTION|UNSEAL)_?KEYS?\d*(_|$)/,
    /(ACCESS|API|AUTH|BEARER|REFRESH)_?TOKENS$/,
    new RegExp(`(AES|AUTH|CIPHER|CRYPT|(DE|EN)CRYPTION|FERNET|HMAC|JWT|MASTER|SESSION|SIGNING|SIGNATURE)_?KEY(_BASE$|${NUMBER})`),
    new RegExp(`(^|_|ADMIN|DB|FTP|LDAP|MAIL|MYSQL|PG|PROXY|REDIS|ROOT|SMTP|SQL|USER)PASS${NUMBER}`),
    new RegExp(`_(PAT|PWD|PW)${NUMBER}`),
    /(^|_)(DOCKER|HTTP|NEO4_J|NPM|REDIS|REGISTRY)_AUTH$|^_AUTH$|CLIENT_KEY_DATA$/,
    /(^|_)(SALT|PEPPER|SESSION_?ID|ERLANG_COOKIE|SASL_JAAS_CONFIG|DOCKERCONFIGJSON|DOCKER_AUTH_CONFIG|NETRC)$/,
];

/** Names of what may be a secret, or not. */
const UNSURE_WORDS = words(
    "AUTH BEARER CERT CERTIFICATE CONNECTION COOKIE DSN HASH HEADERS? LICENSE LOGIN NONCE OTP PAT PEM PIN PW",
    "(BACKUP|RECOVERY)_CODES? SEED SIGNATURE TOKENS WEBHOOK",
);
const UNSURE_NAMES = [
    new RegExp(String.raw`(^|_)(${UNSURE_WORDS})\d*(_|$)`),
    /(^|_)(KEYS?|PASS|PWD|PSK)\d*_/,
    /(PWD|PSK|(?<!COM|BY|TRES|OVER|UNDER|SUR)PASS|(?<!MON|DON|TUR|HOC|JOC|WHIS)KEY)S?\d*$/,
];

/**
 * Last words of names that say something about a secret: where it is, how long it lives, what it has to look like. Not `BACKEND` or `STAGE`, which say
 * whose it is; `ACCESS_KEY_ID` and Vault's `SECRET_ID` are halves of one.
 */
const ABOUT = words(
    "ADDRESS ARN BUCKET CONTRACT DIR DOMAIN ENDPOINT FIELD FILE HEADER HOST LOCATION NAME PARAM PATH PREFIX REF REGION SOURCE STDIN STORE SUFFIX SYMBOL URI URL",
    "ALG ALGORITHM AUDIENCE CHARSET CLAIM CLASS ENABLED FORMAT HASHER ISSUER LABEL MESSAGE METHOD MODE PATTERN POLICY PROVIDER REGEX",
    "REQUIRED SAMESITE SCANNING SCOPE SCOPES STRATEGY STRENGTH TEMPLATE TYPE VERSION",
    "AGE COUNT DAYS EXPIRATION EXPIRES EXPIRY GRACE HOURS INTERVAL LEEWAY LENGTH LIFETIME LIMIT MINUTES MS RATE ROTATION ROUNDS",
    "SECONDS SIZE SKEW TIMEOUT TTL VALIDITY",
);
const IS_ABOUT = new RegExp(`_(${ABOUT})$|(?<!ACCESS)_KEY_(ID|ALIAS)$|(^|_)SECRETS_+(MANAGER|BACKEND)$|^SECRET_MANAGER$`);

/** What these are about may be a number. */
const PASSWORD = new RegExp(`(PASS((WORD|WD|PHRASE|CODE)S?)?|PWD?|(^|_)PIN)${NUMBER}`);

export function isSecretName(name: string): boolean {
    return isOneOf(SECRET_NAMES, upperSnakeCase(name));
}

export function mayBeSecretName(name: string): boolean {
    return isOneOf([...SECRET_NAMES, ...UNSURE_NAMES], upperSnakeCase(name));
}

export function isPasswordName(name: string): boolean {
    return PASSWORD.test(upperSnakeCase(name));
}

function isOneOf(patterns: readonly RegExp[], name: string): boolean {
    return patterns.some(pattern => pattern.test(name)) && !IS_ABOUT.test(name);
}

/** `dbPassword`, `db.password` and `db:password` are `DB_PASSWORD`. */
function upperSnakeCase(name: string): string {
    return name
        .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
        .replaceAll(/[^A-Za-z0-9]/g, "_")
        .toUpperCase();
}
