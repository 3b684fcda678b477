/** Whether plain text may be a secret, told by its name and by its form. */

/** Names of secrets, in upper case with underscores. `PWD` alone is the working directory. */
const SECRET_NAMES = [
    /(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIALS?|AUTH_DATA)(_|$)/,
    /(API|ACCESS|PRIVATE)_?KEY(_|$)/,
    /(AUTH|DECRYPTION|ENCRYPTION|HMAC|JWT|MASTER|SIGNING)_?KEY$/,
    /(^|_)PASS$/,
    /_(PAT|PWD)$/,
];

/** Last words of names that say something about a secret: where it is, how long it lives, what it has to look like. */
const HARMLESS_ENDING = new RegExp(
    `_(${[
        ...["ARN", "DIR", "ENDPOINT", "FILE", "HEADER", "NAME", "PATH", "PREFIX", "URI", "URL"],
        ...["ALGORITHM", "AUDIENCE", "ENABLED", "ISSUER", "REQUIRED", "TYPE", "VERSION"],
        ...["COUNT", "DAYS", "EXPIRATION", "EXPIRY", "HOURS", "LENGTH", "LIMIT", "MINUTES", "MS", "SECONDS", "SIZE", "TTL"],
    ].join("|")})$`,
);

/** What a secret looks like, whatever its name. */
const SECRET_VALUES = [
    /\b(AKIA|ASIA)[A-Z0-9]{16}\b/,
    /\bgh[oprsu]_\w/,
    /\bgithub_pat_\w/,
    /\b[rs]k_(live|test)_\w/,
    /\bxox[abeprs]-/,
    /-----BEGIN [A-Z ]*PRIVATE KEY/,
    // A password in an address; Redis has addresses without a user.
    /:\/\/[^/\s:@]*:[^/\s@]+@/,
];

const SWITCH = /^(true|false|yes|no|on|off)$/i;
const NUMBER = /^-?\d+(\.\d+)?$/;
/** What these are about may be a number. */
const PASSWORD = /PASS(WORD|WD|PHRASE)?$|PWD$/;

/** Whether a plain variable looks as if it held a secret. A value that is not known yet is the empty text. */
export function looksSecret(name: string, value: string): boolean {
    if (SECRET_VALUES.some(pattern => pattern.test(value))) return true;
    const words = upperSnakeCase(name);
    if (HARMLESS_ENDING.test(words) || SWITCH.test(value)) return false;
    if (NUMBER.test(value) && !PASSWORD.test(words)) return false;
    return SECRET_NAMES.some(pattern => pattern.test(words));
}

/** `dbPassword` is `DB_PASSWORD`. */
function upperSnakeCase(name: string): string {
    return name
        .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
        .replaceAll("-", "_")
        .toUpperCase();
}
