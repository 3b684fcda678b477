import type { Place } from "./stack";

/** What the engine says where something of the user's is missing, and what helps. */
const KNOWN: readonly { readonly said: RegExp; readonly missing: string; readonly next: (place: Place) => string }[] = [
    {
        said: /no stack named/,
        missing: "the backend knows no such stack",
        next: ({ stack, isSandbox }) => (isSandbox ? `npm run sandbox -- up ${stack}` : `pulumi stack init ${stack}`),
    },
    {
        said: /PULUMI_ACCESS_TOKEN must be set|not logged in|no backend URL/i,
        missing: "nobody is logged in to a backend",
        next: () => "pulumi login, or pulumi login --local",
    },
    {
        said: /passphrase must be set|incorrect passphrase/,
        missing: "the passphrase of the stack's secrets",
        next: () => "set PULUMI_CONFIG_PASSPHRASE to the one that the stack was made with",
    },
    {
        said: /No valid credential sources found|failed to refresh cached credentials|ExpiredToken|InvalidClientTokenId/,
        missing: "AWS credentials that hold",
        next: () => "aws sso login, or another of AWS's ways, in this shell",
    },
    {
        said: /SDK has not been installed|Cannot find module '[^.\/]/,
        missing: "the packages are not installed",
        next: () => "npm ci",
    },
    {
        said: /the stack is currently locked/,
        missing: "another update is under way, or was cut off",
        next: ({ stack }) => `wait for it; if none is, pulumi cancel --stack ${stack}`,
    },
];

/** A failure of the engine: its own words, under the reason and the next step where they are known. */
export function engineFailure(what: string, said: string, place: Place): string {
    const known = KNOWN.find(one => one.said.test(said));
    return known === undefined ? `${what}\n${said}` : `${what} ${known.missing}. Next: ${known.next(place)}\n${said}`;
}
