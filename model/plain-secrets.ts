import { HEADER, LOGINS, SECRET_FORMS, UNSURE_FORMS } from "./secret-forms";
import { isPasswordName, isSecretName, mayBeSecretName } from "./secret-names";
import { readings, withReferences } from "./secret-readings";

/** Whether plain text may be a secret, told by its name and by its form. */

/** Says whether, or in which way, and is the value of no secret. */
const SWITCH =
    /^(true|false|yes|no|on|off|none|null|enabled|disabled|required|optional|basic|bearer|digest|iam|jwt|kerberos|ldap|ntlm|oauth2?|oidc|saml)$/i;
/** Such as a lifetime or a limit. One with more digits may be an id that opens something. */
const SHORT_NUMBER = /^-?\d{1,8}(\.\d{1,4})?$/;
/** References alone, also what a command prints, or what somebody is told to fill in. */
const PLACEHOLDER =
    /^(\ue000[\ue000,\s]*(\(.*)?|<[A-Z][A-Z_]*>|<(?=[\w -]*(your|password|secret|token|key|value))[A-Za-z _-]+>|\*+|[xX]{3,}|\.{3}|…)$/s;
/** Ends a reference in a text around it. */
const AFTER_REFERENCE = /^(\ue000+)[)\]}|>@/?:.].*$/s;
const IS_ARN = /^arn:aws[\w-]*:[a-z\d-]+:[a-z\d-]*:(\d{12})?:\S+$/;

/** `name=value`, `name: value`, `"name": "value"`, `name => value`, `--name value`, elements and attributes. A value may have pairs of its own, as a query does. */
const PAIRS = [
    /(?<![\w.-])\.*(?<name>[\w-]+(?:\.[\w-]+)*)["'\\]*\s*(?:=>|[=:])(?=\s*(?:[|>][+-]?\s+)?["'\\]*(?<value>[^\s"',;&]{0,200}\w[^\s"',;&]{0,200}))/g,
    /(?<![\w-])--?(?<name>[A-Za-z][\w-]*)[\s"',]+(?<value>(?!--?[A-Za-z])[^\s"',]+)/g,
    /\b(?:name|key)["'\\]*\s*[:=]\s*["'\\]*(?<name>[\w.:/-]{1,100})["'\\]*[\s,]+["'\\]*value["'\\]*\s*[:=]\s*["'\\]*(?<value>[^\s"'\\,}]+)/gi,
    /\bvalue["'\\]*\s*[:=]\s*["'\\]*(?<value>[^\s"'\\,}]{1,400})["'\\]*[\s,]+["'\\]*(?:name|key)["'\\]*\s*[:=]\s*["'\\]*(?<name>[\w.:/-]{1,100})/gi,
    /<(?<name>[\w.:-]+)(?:\s[^<>]*)?>(?:<!\[CDATA\[)?(?<value>[^<]+)<\//g,
    /<\w+\s(?:name|key)=["'](?<name>[\w.:-]+)["']>(?<value>[^<]+)<\//g,
];

/** Whether a plain variable looks as if it held a secret. A value that is not known yet is the empty text. */
export function looksSecret(name: string, value: string): boolean {
    return isSecret(name, withReferences(value)) || holdsSecret(value);
}

/** Whether text of any kind, such as a connection string, a query, JSON or an argument of a command, has a secret in it. */
export function holdsSecret(text: string): boolean {
    return readings(text).some(
        read =>
            [...SECRET_FORMS, HEADER].some(form => form.test(read)) ||
            beforeAt(read).some(login => LOGINS.some(form => form.test(login))) ||
            pairsOf(read).some(([name, value]) => isSecret(name, value)),
    );
}

/**
 * Whether a variable's value may be shown to everybody. Stricter than `looksSecret`: a random text, or anything but a switch or an ARN under a
 * name such as `STRIPE_KEY`, is not shown either, nor a value that has such a pair in it, nor a command with an option whose value nobody knows.
 *
 * @param name empty for what is no variable, such as a command or a path
 */
export function isSurelyHarmless(name: string, value: string): boolean {
    if (looksSecret(name, value) || isUnsure(name, value)) return false;
    return !readings(value).some(
        read => UNSURE_FORMS.some(form => form.test(read)) || pairsOf(read).some(([inner, its]) => isUnsure(inner, its)),
    );
}

/** A named value, references in it marked. */
function isSecret(name: string, value: string): boolean {
    if (!isSecretName(name) || SWITCH.test(value) || PLACEHOLDER.test(value)) return false;
    return !SHORT_NUMBER.test(value) || isPasswordName(name);
}

function isUnsure(name: string, value: string): boolean {
    return mayBeSecretName(name) && !SWITCH.test(value) && !IS_ARN.test(value);
}

/** References alone promise nothing, and are left out. */
function pairsOf(text: string): (readonly [name: string, value: string])[] {
    return PAIRS.flatMap(pair => [...text.matchAll(pair)])
        .map(({ groups: { name = "", value = "" } = {} }) => [name, value.trim().replace(AFTER_REFERENCE, "$1")] as const)
        .filter(([, value]) => !/^\ue000*$/.test(value));
}

/** Each part before an `@`, from the last blank on. */
function beforeAt(text: string): string[] {
    return text
        .split("@")
        .slice(0, -1)
        .map(part => part.split(/\s/).at(-1) ?? "");
}
