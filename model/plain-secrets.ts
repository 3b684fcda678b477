/** Names that variables with secrets go by. */
const SECRET_NAME =
    /(^|_)(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIALS?|APIKEY|API_KEY|ACCESS_KEY|PRIVATE_KEY|AUTH_DATA)(_|$)/i;
const URL_WITH_PASSWORD = /:\/\/[^/\s:@]+:[^/\s@]+@/;

/** Whether a plain environment variable looks as if it held a secret. */
export function looksSecret(name: string, value: string): boolean {
    return SECRET_NAME.test(name) || URL_WITH_PASSWORD.test(value);
}
