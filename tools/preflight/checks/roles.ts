import { deployRoleName, previewRoleName } from "../../../iam/names";
import { SERVICE_LINKED_ROLES } from "../../../iam/services/iam";
import { shortType } from "../../inventory/resource";
import type { Check, Finding, Subject } from "../check";
import { findingOf } from "../obstacle";

/** The resources that bring such roles, as AWS calls them. */
const WORDS: Readonly<Record<string, string>> = {
    "aws:ecs/cluster:Cluster": "ECS cluster",
    "aws:lb/loadBalancer:LoadBalancer": "load balancer",
    "aws:appautoscaling/target:Target": "scalable target",
};

/** A role that a service of AWS makes for itself. */
interface Linked {
    /** As the service calls itself to IAM. */
    readonly service: string;
    readonly role: string;
    /** What brings it, in AWS's words. */
    readonly with: string;
}

export const roles: Check = {
    name: "roles",
    asks: "whether the service-linked roles of ECS, Elastic Load Balancing and Application Auto Scaling are there, or come with the update",
    run: async subject => {
        const missing = await missingOf(subject);
        if (missing.length === 0)
            return [
                {
                    status: "ok",
                    found: `${linkedIn(subject)
                        .map(({ role }) => role)
                        .join(", ")}: there`,
                },
            ];
        const makes = await mayMake(subject);
        return missing.flatMap(one => ("status" in one ? one : [judged(one, makes)]));
    },
};

function linkedIn({ declared }: Subject): Linked[] {
    return Object.entries(SERVICE_LINKED_ROLES).flatMap(([type, path]) => {
        const [service = "", role = ""] = path.split("/");
        return declared.ofType(type).length === 0 ? [] : [{ service, role, with: WORDS[type] ?? shortType(type) }];
    });
}

/** Those that are not there, and what could not be asked. */
async function missingOf(subject: Subject): Promise<readonly (Linked | Finding)[]> {
    const { aws, signal } = subject;
    const asked = linkedIn(subject).map(async linked => {
        const { GetRoleCommand, NoSuchEntityException } = await import("@aws-sdk/client-iam");
        try {
            await (await aws.iam()).send(new GetRoleCommand({ RoleName: linked.role }));
            return [];
        } catch (error) {
            if (error instanceof NoSuchEntityException) return [linked];
            const { found, ...rest } = findingOf(error, signal, await aws.obstacle());
            return [{ ...rest, found: `${linked.role}: ${found}` }];
        }
    });
    return (await Promise.all(asked)).flat();
}

/** The bootstrap lets the deploy role make them, whose work the preview role looks at before. */
async function mayMake({ settings: { project, stack }, aws }: Subject): Promise<boolean> {
    const { GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
    const { Arn = "" } = await (await aws.sts()).send(new GetCallerIdentityCommand({}));
    const [, role] = /:assumed-role\/([^/]+)\//.exec(Arn) ?? [];
    return role === deployRoleName(project, stack) || role === previewRoleName(project);
}

/** @param makes whether who updates may make it, as far as is known */
function judged({ service, role, with: type }: Linked, makes: boolean): Finding {
    const comes = `${role} is not there yet: AWS makes it with the account's first ${type}`;
    if (makes) return { status: "ok", found: `${comes}, which the stack's deploy role may` };
    return {
        status: "warning",
        found: `${comes}, where the update's credentials have iam:CreateServiceLinkedRole`,
        fix: `aws iam create-service-linked-role --aws-service-name ${service}`,
    };
}
