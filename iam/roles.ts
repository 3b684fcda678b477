import { previewActions, pushActions, updateActions } from "./actions";
import { LIMITS } from "./services";
import { Limit, Scope, own, roles, sharedRepositories, statementsFor } from "./scope";
import { StateStore, readState, writeState } from "./state";
import { PolicyDocument, Statement, policy } from "./documents";

/** Characters of a managed policy, white space apart (IAM and AWS STS quotas). */
export const MANAGED_POLICY_LIMIT = 6144;

/** Managed policies that a role may have (IAM and AWS STS quotas). */
export const POLICIES_PER_ROLE_LIMIT = 10;

/** A role's policies by name. */
export type RolePolicies<Text> = Readonly<Record<string, PolicyDocument<Text | string>>>;

/** Deploys one stack, and can touch no other. */
export function deployPolicies<Text>(scope: Scope, state: StateStore<Text>): RolePolicies<Text> {
    const statements = statementsFor(LIMITS, updateActions(scope.domains.length > 0), scope);
    return {
        ...packed([...statements, keepsBoundaries(scope)]),
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
    return { ...packed(statements), state: policy<Text | string>(...readState(scope, state)) };
}

function withoutCondition({ sid, actions, on }: Limit): Limit {
    return { sid, actions, on };
}

/** Pushes images to the shared repositories. */
export function buildPolicies(scope: Scope): RolePolicies<never> {
    const login = "ecr:GetAuthorizationToken";
    const images = policy(
        { Sid: "LogInToRegistry", Effect: "Allow", Action: [login], Resource: ["*"] },
        {
            Sid: "PushImages",
            Effect: "Allow",
            Action: pushActions().filter(action => action !== login),
            Resource: sharedRepositories(scope),
        },
    );
    return { images };
}

/** Said outright, so that no policy that is added later takes a boundary away. */
function keepsBoundaries(scope: Scope): Statement {
    return { Sid: "KeepBoundaries", Effect: "Deny", Action: ["iam:DeleteRolePermissionsBoundary"], Resource: roles(scope) };
}

/** Together the statements would pass AWS's limit for one policy. */
function packed(statements: readonly Statement[]): Record<string, PolicyDocument> {
    const groups = statements.reduce<Statement[][]>((done, statement) => {
        const last = done[done.length - 1];
        if (last !== undefined && policySize(policy(...last, statement)) <= MANAGED_POLICY_LIMIT) last.push(statement);
        else done.push([statement]);
        return done;
    }, []);
    return Object.fromEntries(groups.map((group, index) => [`resources-${index + 1}`, policy(...group)]));
}

/** Characters that AWS counts. */
export function policySize(document: PolicyDocument): number {
    return JSON.stringify(document).length;
}
