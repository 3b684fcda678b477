import type { Scope } from "./scope";
import { PolicyDocument, Statement, onlyTls, policy } from "./documents";

/** Where the stacks' state lives. */
export interface StateStore<Text> {
    readonly bucketArn: string;
    /** Of the key that the stacks' secrets are under. */
    readonly keyArn: Text;
}

/** What Pulumi's S3 backend does for a preview, as seen on the wire by the engine: lists, and reads the stack's file. */
export function readState<Text>(scope: Scope, { bucketArn, keyArn }: StateStore<Text>): Statement<Text | string>[] {
    return [
        // Of the whole bucket: without it S3 answers 403 for a file that does not exist, and Pulumi takes that for an error.
        { Sid: "ListState", Effect: "Allow", Action: ["s3:ListBucket"], Resource: [bucketArn] },
        {
            Sid: "ReadState",
            Effect: "Allow",
            Action: ["s3:GetObject"],
            Resource: [`${bucketArn}/.pulumi/meta.yaml`, ...paths(scope, bucketArn, stateFiles)],
        },
        {
            Sid: "DecryptStackSecrets",
            Effect: "Allow",
            Action: ["kms:Decrypt"],
            Resource: [keyArn],
            Condition: {
                StringEquals: { "kms:EncryptionContext:project": scope.project, "kms:EncryptionContext:stack": scope.stacks },
            },
        },
    ];
}

/** What an update does beyond: writes the stack's file with its copies, and makes and takes away its lock. No stack is ever removed. */
export function writeState<Text>(scope: Scope, { bucketArn }: StateStore<Text>): Statement[] {
    const write = (project: string, stack: string) => [
        stateFiles(project, stack),
        history(project, stack),
        `backups/${project}/${stack}/*`,
        locks(project, stack),
    ];
    return [
        { Sid: "WriteState", Effect: "Allow", Action: ["s3:PutObject"], Resource: paths(scope, bucketArn, write) },
        { Sid: "ReadHistory", Effect: "Allow", Action: ["s3:GetObject"], Resource: paths(scope, bucketArn, history) },
        { Sid: "Lock", Effect: "Allow", Action: ["s3:GetObject", "s3:DeleteObject"], Resource: paths(scope, bucketArn, locks) },
    ];
}

export function stateBucketPolicy(bucketArn: string): PolicyDocument {
    return policy(onlyTls(bucketArn));
}

type Path = (project: string, stack: string) => string | readonly string[];

/** `<stack>.json`, `.json.bak` and `.pulumi-tags`; the names of stacks have no dot. */
const stateFiles = (project: string, stack: string) => `stacks/${project}/${stack}.*`;

/** The automation API looks there for what it has just done. */
const history = (project: string, stack: string) => `history/${project}/${stack}/*`;

const locks = (project: string, stack: string) => `locks/organization/${project}/${stack}/*`;

function paths({ project, stacks }: Scope, bucketArn: string, path: Path): string[] {
    return stacks.flatMap(stack => path(project, stack)).map(file => `${bucketArn}/.pulumi/${file}`);
}
