import { holdsSecret } from "../model/plain-secrets";
import type { Configuration } from "./configuration";
import type { KeyPath, Problem } from "./problems";
import { without } from "./salvage";

/** Credentials of any kind, in any spelling. `secure:` does not help: the stack's state keeps the provider's settings. */

const CREDENTIALS = ["accesskey", "accesskeyid", "secretkey", "secretaccesskey", "token", "sessiontoken"];
const HIDDEN_CREDENTIALS = "credentials (not shown)";
const NO_CREDENTIALS =
    "no credentials in a stack's file, not even under secure:, since its state would have them: aws:profile, or variables such as AWS_PROFILE";

/** Addresses that may have a password in front of the host. */
const ADDRESSES = ["httpProxy", "httpsProxy", "noProxy", "ec2MetadataServiceEndpoint", "endpoints"];

function isCredential(key: string): boolean {
    return CREDENTIALS.includes(key.trim().toLowerCase().replaceAll(/[_-]/g, ""));
}

/** Those of `aws-native`, which nothing else here looks at. */
export function nativeCredentialProblems(configuration: Configuration): Problem[] {
    return Object.keys(configuration)
        .filter(key => /^\s*aws-native\s*:/i.test(key) && isCredential(key.slice(key.indexOf(":") + 1)))
        .map(key => ({ path: [key], found: HIDDEN_CREDENTIALS, allowed: NO_CREDENTIALS }));
}

/** What is under `aws:` without what is secret, or may be. */
export function withoutSecrets(given: Readonly<Record<string, unknown>>, secretKeys: readonly string[]) {
    const problems = Object.keys(given).flatMap((key): Problem[] => {
        if (isCredential(key)) return [{ path: [key], found: HIDDEN_CREDENTIALS, allowed: NO_CREDENTIALS }];
        if (!secretKeys.includes(`aws:${key}`)) return [];
        const allowed = "no secret: the provider's settings are kept in the stack's state";
        return [{ path: [key], found: "a secure value", allowed }];
    });
    const tellHidden = (path: KeyPath, allowed: string) => problems.push({ path, found: HIDDEN_CREDENTIALS, allowed });
    const isTold = (key: string) => problems.some(({ path }) => path[0] === key);
    for (const key of ADDRESSES.filter(each => Object.hasOwn(given, each) && !isTold(each)))
        if (textsIn(given[key]).some(holdsSecret)) tellHidden([key], "an address without a password");
    const web = given["assumeRoleWithWebIdentity"];
    if (typeof web === "object" && web !== null && "webIdentityToken" in web)
        tellHidden(["assumeRoleWithWebIdentity", "webIdentityToken"], "webIdentityTokenFile");
    return {
        values: without(
            given,
            problems.map(({ path }) => path),
        ).rest,
        problems,
    };
}

function textsIn(value: unknown): string[] {
    if (typeof value === "string") return [value];
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
