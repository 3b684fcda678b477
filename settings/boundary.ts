import { boundaryPolicy, parametersOf, secretsOf } from "../iam/boundary";
import type { PolicyDocument } from "../iam/documents";
import { boundaryArn, stateBucketArn } from "../iam/names";
import type { Scope } from "../iam/scope";
import { verdict } from "../iam/verdict";
import { namedSecrets } from "../model/database";
import { registryHost, repositoriesOf } from "../model/image-reference";
import { stackPrefix } from "../model/names";
import { POLICY_ARN } from "./arns";
import { BootstrapFile, bootstrapFileOf } from "./bootstrap-file";
import type { Context } from "./check";
import { text } from "./forms";
import { Finding, valueAt } from "./problems";
import { openedPlaces } from "./outbound";
import { PlacedContainer, PlacedTask, containersOf, findingsOfTasks, tasksOf } from "./tasks";
import type { Settings } from "./types";

export const permissionsBoundarySchema = text(POLICY_ARN, "arn:aws:iam::<account>:policy/<name>")
    .optional()
    .describe("IAM policy that bounds every role.");

/** A stack under such a boundary. */
interface Bounded {
    readonly stack: string;
    readonly scope: Scope;
    readonly policy: PolicyDocument;
    /** Absent where no file of the bootstrap names the stack. */
    readonly file: BootstrapFile | undefined;
}

/** What the account's bootstrap refuses: to tasks by its boundary, whatever their own policies say, and to the role that deploys. AWS would tell in the middle of an update, or when a task starts. */
export function withinBoundary({ settings, parsed, root }: Context): readonly Finding[] {
    const account = accountOf(settings);
    const tasks = tasksOf(settings);
    const shells = shellsOf(settings);
    if (account === undefined || (shells.length === 0 && tasks.every(isModest))) return [];
    const bounded = boundedBy(settings, account, bootstrapFileOf(root, settings.stack));
    const { file } = bounded;
    const ofTasks = findingsOfTasks({ settings, parsed }, placed => [
        ...containersOf(placed).flatMap(container => secretsWithin(container, bounded)),
        // Without a file nothing is known about groups, and about other permissions than those on secrets.
        ...(file === undefined
            ? []
            : [
                  ...containersOf(placed).flatMap(container => imageWithin(container, bounded, parsed)),
                  ...containersOf(placed).flatMap(container => filesWithin(container, bounded, file.name)),
                  ...permissionsWithin(placed, bounded, file.name),
                  ...groupsWithin(placed, bounded.stack, file),
              ]),
    ]);
    const refused = file === undefined || file.exec ? [] : shells;
    return [
        ...refused.map(name => ({
            path: ["services", name, "exec"],
            found: "true",
            allowed: `what the stack's deploy role may start: write exec: true under environments.${settings.stack} in ${file?.name ?? ""}, and update the bootstrap`,
            because: BECAUSE,
        })),
        ...ofTasks,
    ];
}

/** Services with a shell: the deploy role starts them only where the bootstrap was told so. */
function shellsOf({ services }: Settings): readonly string[] {
    return services.filter(({ exec }) => exec).map(({ name }) => name);
}

/** Copied with the file of another stack, it would refuse what this one's bootstrap allows, and allow that stack's. */
export function boundaryOfThisStack({
    settings: { permissionsBoundary = "", region, project, stack },
}: Context): readonly Finding[] {
    const account = permissionsBoundary.split(":")[4] ?? "";
    const own = boundaryArn({ region, account }, project, stack);
    const isBootstraps = permissionsBoundary.startsWith(boundaryArn({ region, account }, project, ""));
    if (!isBootstraps || permissionsBoundary === own) return [];
    const allowed = `${own}, since the found one is another stack's; or a policy that the bootstrap did not make`;
    return [{ path: ["permissionsBoundary"], found: permissionsBoundary, allowed }];
}

/** The account whose bootstrap made the stack's boundary; none for another boundary, or without one. */
function accountOf({ permissionsBoundary = "", region, project, stack }: Settings): string | undefined {
    const account = permissionsBoundary.split(":")[4] ?? "";
    return permissionsBoundary === boundaryArn({ region, account }, project, stack) ? account : undefined;
}

function isModest(placed: PlacedTask): boolean {
    const asksNothing = ({ container: { image = "", secrets, environmentFiles = [] } }: PlacedContainer) =>
        Object.keys(secrets).length === 0 && environmentFiles.length === 0 && repositoriesOf([image]).length === 0;
    const opened = openedPlaces(placed.task, placed.at);
    return placed.task.permissions.length === 0 && opened.length === 0 && containersOf(placed).every(asksNothing);
}

function boundedBy({ project, stack, region }: Settings, account: string, file: BootstrapFile | undefined): Bounded {
    const place = { region, account };
    const scope = {
        ...place,
        project,
        stacks: [stack],
        services: file?.services ?? [],
        domains: [],
        networks: [],
        securityGroups: [],
    };
    // The key's id is nowhere here; tasks have nothing to ask of it.
    const store = { bucketArn: stateBucketArn(place, project), keyArn: "" };
    return { stack, scope, file, policy: boundaryPolicy(scope, store, file?.permissions ?? []) };
}

function secretsWithin({ container, at }: PlacedContainer, { scope, stack, file, policy }: Bounded): Finding[] {
    return namedSecrets(container).flatMap(({ keys, arn }) => {
        const [action, readable] = arn.includes(":ssm:")
            ? (["ssm:GetParameters", parametersOf(scope)] as const)
            : (["secretsmanager:GetSecretValue", secretsOf(scope)] as const);
        // Without the JSON key, stage and version that may stand behind a secret's ARN.
        const resource = arn.split(":").slice(0, 7).join(":");
        if (verdict(policy, action, resource) === "allowed") return [];
        return [
            {
                path: at(...keys),
                found: arn,
                allowed: isNamedByService(resource)
                    ? `a secret that the boundary lets tasks read. Its service named this one: write ` +
                      `{ actions: ["${action}"], resources: ["${resource}"] } ${placeOf(stack, file?.name)}`
                    : `${readable.join(", ")}, which the boundary lets tasks read: store it under such a name, ` +
                      `or name it with ${action} ${placeOf(stack, file?.name)}`,
                because: BECAUSE,
            },
        ];
    });
}

/** Of what exists: the role that deploys asks ECR for its digest, and tasks pull it. */
function imageWithin({ container: { image = "" }, name, at, is }: PlacedContainer, bounded: Bounded, parsed: unknown): Finding[] {
    const { policy, scope, stack } = bounded;
    const [repository] = repositoriesOf([image]);
    if (repository === undefined || verdict(policy, "ecr:BatchGetImage", repository) === "allowed") return [];
    const ofCi = ["images", name];
    const path = is === "own" && valueAt(parsed, ofCi) !== undefined ? ofCi : at("image");
    const own = `${stackPrefix({ project: scope.project, stack })}-<name>`;
    const allowed =
        `an image in a repository named ${own} in ${scope.account} and ${scope.region}, which the boundary lets tasks pull from and the deploy role sees; ` +
        `to copy it: docker buildx imagetools create --tag ${registryHost(scope)}/${own}:<tag> <image>`;
    return [{ path, found: image, allowed, because: BECAUSE }];
}

function filesWithin({ container, at }: PlacedContainer, { policy, stack }: Bounded, file: string): Finding[] {
    return (container.environmentFiles ?? []).flatMap((arn, index) => {
        const bucket = arn.split("/", 1)[0] ?? "";
        const may = (action: string, resource: string) => verdict(policy, action, resource) === "allowed";
        if (may("s3:GetObject", arn) && may("s3:GetBucketLocation", bucket)) return [];
        const allowed = `files that the boundary lets tasks read: name s3:GetObject on it and s3:GetBucketLocation on ${bucket} ${placeOf(stack, file)}`;
        return [{ path: at("environmentFiles", String(index)), found: arn, allowed, because: BECAUSE }];
    });
}

/** Of a secret that RDS, Redshift and others keep for themselves, `rds!cluster-…`: nobody can store it elsewhere. */
function isNamedByService(arn: string): boolean {
    return /:secret:[a-z-]+!/.test(arn);
}

/** Groups of others, which the role that deploys may change where it was told to. */
function groupsWithin({ task, at }: PlacedTask, stack: string, { name, securityGroups }: BootstrapFile): Finding[] {
    return openedPlaces(task, at)
        .filter(({ group }) => !securityGroups.includes(group))
        .map(({ group, path }) => ({
            path,
            found: `true for ${group}`,
            allowed:
                `groups that the stack's deploy role may open: write securityGroups: [${group}] under environments.${stack} in ${name}, ` +
                "and update the bootstrap; or leave openIngress out, and let the group's owner let the tasks in",
            because: BECAUSE,
        }));
}

function permissionsWithin({ task, at }: PlacedTask, { policy, stack }: Bounded, file: string): Finding[] {
    return task.permissions.flatMap(({ actions, resources }, index) => {
        const pairs = actions.flatMap(action => resources.map(resource => ({ action, resource })));
        const refused = pairs.find(({ action, resource }) => verdict(policy, action, resource) !== "allowed");
        if (refused === undefined) return [];
        const isNever = verdict(policy, refused.action, refused.resource) === "denied";
        return [
            {
                path: at("permissions", String(index)),
                found: `${refused.action} on ${refused.resource}`,
                allowed: isNever
                    ? "nothing of iam, organizations, account and the stacks' state, which the boundary refuses to all tasks"
                    : `what the boundary lets tasks do: write the same entry ${placeOf(stack, file)}`,
                because: BECAUSE,
            },
        ];
    });
}

/** A boundary is known by its region and account too. */
const BECAUSE = [["permissionsBoundary"], ["aws:region"]];

function placeOf(stack: string, file = "bootstrap/Pulumi.main.yaml"): string {
    return `under environments.${stack}.permissions in ${file}, and update the bootstrap`;
}
