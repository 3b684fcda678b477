import { PolicyDocument, policy } from "./documents";

/** The repository that GitHub Actions runs in. */
export interface GitHub {
    /** `<owner>/<repository>` */
    readonly repository: string;
    /** The branch that workflows are taken from and deployed from. */
    readonly branch: string;
    /** What the subject of a token begins with: `repo:<owner>/<repository>`, or with immutable ids `repo:<owner>@<id>/<repository>@<id>`. */
    readonly subjectPrefix: string;
}

/** The issuer of the tokens, without `https://`. */
export const ISSUER = "token.actions.githubusercontent.com";

/** The audience that `aws-actions/configure-aws-credentials` asks for. */
export const AUDIENCE = "sts.amazonaws.com";

/**
 * The workflow files, below `.github/workflows`, whose jobs may take a role. They are called from others, at the branch above: on a pull request the
 * file that a token names is then still the branch's, which the pull request cannot change.
 */
export const WORKFLOWS = {
    preview: "preview-stack.yml",
    drift: "drift-stack.yml",
    build: "build-images.yml",
    deploy: "deploy-stack.yml",
} as const;

/** One kind of job: the subject of its token behind the prefix, and the file that it is written in. */
export interface Job {
    readonly subject: string;
    readonly workflow: (typeof WORKFLOWS)[keyof typeof WORKFLOWS];
    /**
     * What runs, `refs/heads/<branch>`. The file alone does not tell: any branch may call the file that is on the trusted one, and its job would check
     * out that branch. Absent for pull requests, each of which has a ref of its own.
     */
    readonly ref?: string;
}

/** Pull requests are previewed, and the stacks of the branch are looked after. */
export function previewJobs(github: GitHub): Job[] {
    const ref = refOf(github);
    return [
        { subject: "pull_request", workflow: WORKFLOWS.preview },
        { subject: `ref:${ref}`, workflow: WORKFLOWS.drift, ref },
    ];
}

export function buildJobs(github: GitHub): Job[] {
    const ref = refOf(github);
    return [{ subject: `ref:${ref}`, workflow: WORKFLOWS.build, ref }];
}

/** A stack is deployed from the GitHub environment of its name, with that environment's approvals. Such a subject names no branch. */
export function deployJobs(github: GitHub, stack: string): Job[] {
    return [{ subject: `environment:${stack}`, workflow: WORKFLOWS.deploy, ref: refOf(github) }];
}

/**
 * Who may take a role: these jobs of this repository. All values are exact. IAM knows GitHub's claims by name since January 2026, these among them
 * (service authorization reference, AWS STS, `AssumeRoleWithWebIdentity`).
 */
export function mayAssume(github: GitHub, providerArn: string, jobs: readonly Job[]): PolicyDocument {
    const statements = jobs.map(({ subject, workflow, ref }) => ({
        Effect: "Allow" as const,
        Principal: { Federated: providerArn },
        Action: ["sts:AssumeRoleWithWebIdentity"],
        Condition: {
            StringEquals: {
                [`${ISSUER}:aud`]: AUDIENCE,
                [`${ISSUER}:sub`]: `${github.subjectPrefix}:${subject}`,
                [`${ISSUER}:job_workflow_ref`]: `${github.repository}/.github/workflows/${workflow}@${refOf(github)}`,
                ...(ref === undefined ? {} : { [`${ISSUER}:ref`]: ref }),
            },
        },
    }));
    return policy(...statements);
}

function refOf({ branch }: GitHub): string {
    return `refs/heads/${branch}`;
}
