import type { Graph } from "../../inventory/graph";
import { at, texts } from "../../inventory/inputs";
import type { Resource } from "../../inventory/resource";
import { MANAGED_POLICY, ROLE, ROLE_POLICY } from "../../inventory/types/iam";
import { isEverything } from "../reading/arn-reach";
import { ATTACHING, attachmentsOf, ownPolicies, policiesOfAws } from "../reading/attached-policies";
import { isResourceless } from "../reading/resourceless-actions";
import { Statement, allowed, covers, namesEncryptionContext, statements } from "../reading/statements";
import { Found, Rule, resourceRule, stackRule } from "../rule";

/** Each of these lets its holder act with another role's rights, or give itself any. */
const ESCALATIONS = [
    "iam:AddUserToGroup",
    "iam:AttachGroupPolicy",
    "iam:AttachRolePolicy",
    "iam:AttachUserPolicy",
    "iam:CreateAccessKey",
    "iam:CreateLoginProfile",
    "iam:CreatePolicyVersion",
    "iam:DeleteRolePermissionsBoundary",
    "iam:PassRole",
    "iam:PutGroupPolicy",
    "iam:PutRolePermissionsBoundary",
    "iam:PutRolePolicy",
    "iam:PutUserPolicy",
    "iam:SetDefaultPolicyVersion",
    "iam:UpdateAssumeRolePolicy",
    "iam:UpdateLoginProfile",
];

/** Policies of AWS that allow all of these; roles-carry-own-policies finds the others. */
const ALMIGHTY = ["AdministratorAccess", "IAMFullAccess"];

const noTaskPassesRoles = stackRule({
    name: "no-task-passes-roles",
    title: "No role that tasks take can pass a role on, or give anybody more rights.",
    controls: [],
    severity: "critical",
    reason: "Whoever gets into the container could start something with the rights of any role in the account.",
    fix: "Take the action away, and let something outside of tasks do it.",
    standing: { is: "met", where: "components/task.ts" },
    types: [...ATTACHING, ROLE_POLICY, MANAGED_POLICY],
    find: stack =>
        stack
            .ofType(ROLE)
            .filter(isTakenByTasks)
            .flatMap(role => rightsOf(stack, role)),
});

function isTakenByTasks({ inputs }: Resource): boolean {
    return statements(inputs["assumeRolePolicy"]).some(({ principals }) =>
        principals.some(([, name]) => name === "ecs-tasks.amazonaws.com"),
    );
}

function rightsOf(stack: Graph, role: Resource): Found[] {
    const attachments = attachmentsOf(stack, role);
    const own = [role, ...stack.referring(role, ROLE_POLICY, "role"), ...attachments.flatMap(each => ownPolicies(stack, each))];
    const may = (resource: Resource, action: string) => ({ resource, what: `${role.name}, which tasks take, may do ${action}` });
    return [
        ...own.flatMap(resource => escalations(allowed(resource)).map(action => may(resource, action))),
        ...attachments.flatMap(resource =>
            policiesOfAws(resource)
                .filter(name => ALMIGHTY.includes(name))
                .map(name => may(resource, `what ${name} allows`)),
        ),
    ];
}

function escalations(all: readonly Statement[]): string[] {
    return ESCALATIONS.filter(action => all.some(statement => covers(statement, action)));
}

const DECRYPTION = ["kms:Decrypt", "kms:ReEncryptFrom"];

const policiesDecryptNamedKeys = resourceRule({
    name: "policies-decrypt-named-keys",
    title: "IAM policies allow decryption with named keys, or of what an encryption context names.",
    controls: ["KMS.1", "KMS.2"],
    severity: "medium",
    reason: "The right to decrypt with every key undoes the encryption of everything in the account.",
    // Security Hub looks at resources alone: it also reports the secrets of a service, whose key cannot be told from their ARN.
    fix: "Name the keys' ARNs, or add a condition on kms:EncryptionContext:….",
    standing: { is: "met", where: "iam/tasks.ts" },
    types: [ROLE_POLICY, MANAGED_POLICY, ROLE],
    check: resource =>
        allowed(resource)
            .filter(({ resources }) => resources.some(isEverything))
            .filter(statement => !namesEncryptionContext(statement))
            .flatMap(statement => DECRYPTION.filter(action => covers(statement, action)))
            .map(action => `it allows ${action} with every key`),
});

/** `*`, `s3:*`, and what means the same, such as `s3:**`. */
const EVERY_ACTION = /^([^:]+:)?[*?]*\*[*?]*$/;

const policiesNameActions = resourceRule({
    name: "policies-name-actions",
    title: "IAM policies name what they allow: no * and no service:*.",
    controls: ["IAM.1", "IAM.21"],
    severity: "high",
    reason: "A wildcard also allows what AWS adds tomorrow, and mostly the right to grant oneself more.",
    fix: "Name the actions that the application calls under permissions.",
    standing: { is: "met", where: "iam/tasks.ts" },
    types: [ROLE_POLICY, MANAGED_POLICY, ROLE],
    check: resource =>
        allowed(resource).flatMap(({ actions, isInverted }) => [
            ...actions.filter(action => EVERY_ACTION.test(action)).map(action => `it allows ${action}`),
            ...(isInverted ? ["it allows everything but what NotAction or NotResource names"] : []),
        ]),
});

const policiesNameResources = resourceRule({
    name: "policies-name-resources",
    title: "IAM policies name the resources that they are about, unless the action knows none.",
    controls: ["IAM.1"],
    severity: "high",
    reason: "An intruder in one service would reach the data of every other one in the account.",
    fix: "Name ARNs under resources, with wildcards behind a prefix at most; for an action that knows none, write an exception.",
    standing: { is: "met", where: "iam/tasks.ts" },
    types: [ROLE_POLICY, MANAGED_POLICY, ROLE],
    check: resource =>
        allowed(resource)
            .filter(statement => !namesEncryptionContext(statement))
            .flatMap(({ actions, resources }) => {
                const wide = resources.find(isEverything);
                if (wide === undefined) return [];
                const reach = wide === "*" ? "everything" : `everything by ${wide}`;
                return actions.filter(action => !isResourceless(action)).map(action => `it allows ${action} on ${reach}`);
            }),
});

const rolesCarryOwnPolicies = resourceRule({
    name: "roles-carry-own-policies",
    title: "Roles carry policies of this program, not those that AWS manages.",
    controls: [],
    severity: "medium",
    reason: "Their statements are on every resource, and AWS widens them without asking; so does AmazonECSTaskExecutionRolePolicy.",
    fix: "Write down what the role needs, as iam/tasks.ts does.",
    standing: { is: "met", where: "components/task.ts" },
    types: ATTACHING,
    check: resource => policiesOfAws(resource).map(name => `it carries ${name}, which AWS manages`),
});

/** Conditions that tell in whose name a service acts. */
const SOURCE_CONDITIONS = ["aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID", "aws:SourceOrgPaths"];

const rolesTrustThisAccountOnly = stackRule({
    name: "roles-trust-this-account-only",
    title: "Roles trust a service in the name of this account only, another account under a condition only, and nobody by *.",
    controls: [],
    severity: "high",
    reason: "Without a condition, a service could be talked into taking the role by somebody else (confused deputy), and so could a third party.",
    fix: "Add a condition to the trust policy: for a service on aws:SourceAccount or aws:SourceArn, for another account on sts:ExternalId or aws:PrincipalOrgID.",
    standing: { is: "met", where: "iam/tasks.ts" },
    types: [ROLE],
    find: stack => {
        const roles = stack.ofType(ROLE);
        const own = new Set([...roles.flatMap(sourceAccounts), ...accountsOfArns(stack)]);
        return roles.flatMap(resource =>
            trusts(resource)
                .flatMap(statement => tooTrusting(statement, own))
                .map(what => ({ resource, what })),
        );
    },
});

function trusts({ inputs }: Resource): readonly Statement[] {
    return statements(inputs["assumeRolePolicy"]).filter(({ effect }) => effect === "Allow");
}

function tooTrusting({ principals, conditionKeys }: Statement, own: ReadonlySet<string>): string[] {
    return principals.flatMap(([kind, name]) => {
        if (name === "*") return ["it trusts everybody"];
        if (kind === "Service" && !conditionKeys.some(key => SOURCE_CONDITIONS.includes(key)))
            return [`it trusts ${name} in anybody's name`];
        if (conditionKeys.length > 0) return [];
        if (kind === "AWS" && isForeign(name, own)) return [`it trusts ${name}, of another account, without a condition`];
        return kind === "Federated" ? [`it trusts everybody that ${name} knows`] : [];
    });
}

const PRINCIPAL = /^(?:arn:[^:]*:[^:]*:[^:]*:)?(\d{12})(?::(.*))?$/;

/** While nothing tells this account's own number, a principal that is a whole account counts as another one. */
function isForeign(principal: string, own: ReadonlySet<string>): boolean {
    const [, account, name = "root"] = PRINCIPAL.exec(principal) ?? [];
    if (account === undefined) return false;
    return own.size === 0 ? name === "root" : !own.has(account);
}

/** The account in whose name roles say that a service has to act. */
function sourceAccounts(role: Resource): readonly string[] {
    return trusts(role).flatMap(({ condition }) => texts(at(condition, "StringEquals", "aws:SourceAccount")));
}

function accountsOfArns(stack: Graph): readonly string[] {
    return stack.resources.flatMap(({ ids }) => ids).flatMap(id => /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(id)?.[1] ?? []);
}

export const iamRules: readonly Rule[] = [
    noTaskPassesRoles,
    policiesDecryptNamedKeys,
    policiesNameActions,
    policiesNameResources,
    rolesCarryOwnPolicies,
    rolesTrustThisAccountOnly,
];
