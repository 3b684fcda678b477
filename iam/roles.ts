import { previewActions, pushActions, updateActions } from "./actions";
import { LIMITS, LOOKS, OPERATIONS } from "./services";
import { Limit, Scope, here, own, roles, sharedRepositories, statementsFor } from "./scope";
import { StateStore, readState, writeState } from "./state";
import { PolicyDocument, Statement, policy } from "./documents";
import { packed } from "./packing";

/** A role's policies by name. */
export type RolePolicies<Text> = Readonly<Record<string, PolicyDocument<Text | string>>>;

/** Deploys one stack, and can touch no other. */
export function deployPolicies<Text>(scope: Scope, state: StateStore<Text>): RolePolicies<Text> {
    const actions = updateActions(scope.domains.length > 0);
    const statements = statementsFor(LIMITS, actions, scope);
    return {
        ...numbered("resources", packed([...statements, keepsBoundaries(scope), keepsOwners(actions), claimsNoKey(scope)])),
        state: policy<Text | string>(...readState(scope, state), ...writeState(scope, state)),
    };
}

/**
 * Sees what previews of all the stacks compare with, and can change nothing. Tags do not matter to it: one that somebody took away is a difference to
 * tell, not a reason to be refused.
 */
export function previewPolicies<Text>(scope: Scope, state: StateStore<Text>): RolePolicies<Text> {
    const limits = LIMITS.map(limit => (limit.when === own ? withoutCondition(limit) : limit));
    const statements = statementsFor(limits, previewActions(scope.domains.length > 0), scope);
    return { ...numbered("resources", packed(statements)), state: policy<Text | string>(...readState(scope, state)) };
}

/** People who look: what previews read, with the logs and the state of what runs. */
export function readPolicies<Text>(scope: Scope, state: StateStore<Text>): RolePolicies<Text> {
    return { ...previewPolicies(scope, state), ...numbered("looks", packed(statementsOf(LOOKS, scope))) };
}

/** People who operate one stack: they look at it, restart, scale and stop what runs, run jobs, write secrets and mirror images. They deploy nothing. */
export function operatePolicies<Text>(scope: Scope, state: StateStore<Text>): RolePolicies<Text> {
    return { ...readPolicies(scope, state), ...numbered("operates", packed(statementsOf(OPERATIONS, scope))) };
}

/** Limits as they are. */
function statementsOf(limits: readonly Limit[], scope: Scope): Statement[] {
    const actions = limits.flatMap(limit => limit.actions);
    return statementsFor(limits, actions, scope);
}

function withoutCondition({ sid, actions, on }: Limit): Limit {
    return { sid, actions, on };
}

/** Pushes images to the shared repositories. */
export function buildPolicies(scope: Scope): RolePolicies<never> {
    const login = "ecr:GetAuthorizationToken";
    const [images, ...more] = packed([
        { Sid: "LogInToRegistry", Effect: "Allow", Action: [login], Resource: ["*"] },
        {
            Sid: "PushImages",
            Effect: "Allow",
            Action: pushActions().filter(action => action !== login),
            Resource: sharedRepositories(scope),
        },
    ]);
    return { ...(images && { images }), ...numbered("more-images", more) };
}

/** Said outright, so that no policy that is added later takes a boundary away. */
function keepsBoundaries(scope: Scope): Statement {
    return { Sid: "KeepBoundaries", Effect: "Deny", Action: ["iam:DeleteRolePermissionsBoundary"], Resource: roles(scope) };
}

/** Nor does anything of a stack lose the tags that tell whose it is: nobody would see who has claimed what nobody had tagged. */
function keepsOwners(actions: readonly string[]): Statement {
    return {
        Sid: "KeepOwners",
        Effect: "Deny",
        Action: actions.filter(action => /:(Untag|DeleteTags|RemoveTags)/.test(action)),
        Resource: ["*"],
        Condition: { "ForAnyValue:StringEquals": { "aws:TagKeys": ["project", "stack"] } },
    };
}

/** A key that nobody has tagged is somebody's too. What makes a new one may tag it, which KMS authorizes on no key in particular. */
function claimsNoKey(scope: Scope): Statement {
    return {
        Sid: "ClaimNoKey",
        Effect: "Deny",
        Action: ["kms:TagResource"],
        Resource: here("kms", "key/*")(scope),
        Condition: { Null: { "aws:ResourceTag/project": "true" } },
    };
}

function numbered(name: string, documents: readonly PolicyDocument[]): Record<string, PolicyDocument> {
    return Object.fromEntries(documents.map((document, index) => [`${name}-${index + 1}`, document]));
}
