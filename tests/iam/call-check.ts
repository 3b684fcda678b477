import assert from "node:assert/strict";
import * as path from "node:path";
import { scopeOf } from "../../bootstrap/scope";
import { settingsOf } from "../../bootstrap/settings";
import { deployPolicies, previewPolicies } from "../../iam/roles";
import type { Scope } from "../../iam/scope";
import { PROJECT_FOLDER } from "../../settings";
import { ACCOUNT } from "../../tools/sandbox/emulator";
import { readStackFiles } from "../../tools/cli/stack-files";
import type { ApiCall } from "./api-calls";
import { Policies, Request, isAllowed } from "./evaluate";
import { DOMAINS, REFERENCE, STATE, Stack, requestFor } from "./requests";

/** Needs no permission; and what the provider asks for when it may not check its credentials, which is so in the sandbox alone. */
const FREE = ["sts:GetCallerIdentity", "iam:GetUser"];

/** The roles as the bootstrap makes them for its example. */
export function rolesOf(stack: string, ofKey: string): { readonly deploy: Policies; readonly preview: Policies } {
    const { config } = readStackFiles(path.join(PROJECT_FOLDER, "bootstrap"), "main");
    const settings = settingsOf(config, "main");
    const environment = settings.environments.find(({ name }) => name === stack);
    assert.ok(environment);
    const store = { bucketArn: STATE.bucketArn, keyArn: ofKey };
    return {
        deploy: { identity: Object.values(deployPolicies(withTestZones(scopeOf(settings, ACCOUNT, environment)), store)) },
        preview: { identity: Object.values(previewPolicies(withTestZones(scopeOf(settings, ACCOUNT)), store)) },
    };
}

/** The zone that the tests' requests name. */
function withTestZones(scope: Scope): Scope {
    return { ...scope, domains: scope.domains.map(({ name }) => ({ name, zoneId: DOMAINS.prod.zoneId })) };
}

/** Calls of the backend that a role would be refused, each on the very file that it names, or on the key with its context. */
export function refusedOf(calls: readonly ApiCall[], role: Policies, key: string): string[] {
    return calls
        .filter(call => !isAllowed(role, requestOf(call, key)))
        .map(({ action, path: place, body }) => `${action} ${place} ${body.slice(0, 300)}`);
}

function requestOf({ action, path: place, body }: ApiCall, key: string): Request {
    if (action === "kms:Decrypt") {
        // The call names the key by its alias; AWS authorizes it on the key.
        const { EncryptionContext = {} } = JSON.parse(body) as { EncryptionContext?: Record<string, string> };
        const context = Object.entries(EncryptionContext).map(([name, value]) => [`kms:EncryptionContext:${name}`, value]);
        return { action, resources: [{ arn: key }], context: Object.fromEntries(context) as Record<string, string> };
    }
    const [file = ""] = place.split("?");
    // A copy reads its source too, which is among the files that are read anyway.
    return { action, resources: [{ arn: `arn:aws:s3:::${file.slice(1).replace(/\/$/, "")}` }] };
}

/** Calls of the provider that a role would be refused, or that make something without the stack's tags. */
export function missing(calls: readonly ApiCall[], stack: Stack, role: Policies): string[] {
    const refused = calls
        .filter(({ action }) => !FREE.includes(action))
        .filter(call => !(call.action in REFERENCE.actions) || !isAllowed(role, sentRequest(call, stack)));
    return [...new Set(refused.map(({ action, tags: sent }) => `${action} ${JSON.stringify(sent)}`))];
}

/** A call as AWS would authorize it: on the stack's own resources, with the tags that were really sent. */
function sentRequest({ action, tags: sent }: ApiCall, stack: Stack): Request {
    const request = requestFor(action, stack);
    const context = Object.entries(request.context ?? {}).filter(([key]) => !key.startsWith("aws:RequestTag/"));
    const really = Object.fromEntries(Object.entries(sent).map(([key, value]) => [`aws:RequestTag/${key}`, value]));
    return { ...request, context: { ...Object.fromEntries(context), ...really } };
}
