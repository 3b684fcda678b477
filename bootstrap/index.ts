import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Registry } from "../components/registry";
import { boundaryPolicy, jobsBoundaryPolicy } from "../iam/boundary";
import * as names from "../iam/names";
import { buildPolicies, deployPolicies, operatePolicies, previewPolicies, readPolicies } from "../iam/roles";
import { buildJobs, deployJobs, previewJobs } from "../iam/trust";
import { defaultTags } from "../model/tags";
import { GitHubIdentity } from "./components/github-identity";
import { PeopleRole } from "./components/people-role";
import { SecretsKey } from "./components/secrets-key";
import { StateBucket } from "./components/state-bucket";
import { WorkflowRole } from "./components/workflow-role";
import { nextSteps } from "./next-steps";
import { refuseOtherAccounts } from "./rules";
import { scopeOf } from "./scope";
import { readSettings } from "./settings";

/** What an account needs, once, before CI can deploy to it. */
async function program() {
    const settings = readSettings();
    const { project, region, github, services, readers, environments } = settings;
    const tags = defaultTags({ project: pulumi.getProject(), stack: settings.stack });
    const onAws = { provider: new aws.Provider("aws", { ...settings.aws, defaultTags: { tags } }) };
    const { accountId: account } = await aws.getCallerIdentity({}, onAws);
    refuseOtherAccounts(settings, account);
    const place = { region, account };

    const bucket = new StateBucket("state", { bucketName: names.stateBucketName(place, project) }, onAws);
    const key = new SecretsKey("secrets", { alias: names.keyAlias(project) }, onAws);
    const store = { bucketArn: names.stateBucketArn(place, project), keyArn: key.arn };
    const registries = services.map(service => {
        const repositoryName = names.sharedRepositoryName(project, service);
        const args = { repositoryName, deletionProtection: true, tags: { service } };
        return { service, registry: new Registry(`${service}-registry`, args, onAws) };
    });

    const path = names.bootstrapPath(project);
    const { providerArn } = new GitHubIdentity("github", { providerArn: github.providerArn }, onAws);
    const trusted = { path, github, providerArn };
    const everything = scopeOf(settings, account);
    const preview = new WorkflowRole(
        "preview",
        {
            ...trusted,
            roleName: names.previewRoleName(project),
            description: "Previews changes: reads, and writes nowhere",
            jobs: previewJobs(github),
            policies: previewPolicies(everything, store),
        },
        onAws,
    );
    const build = new WorkflowRole(
        "build",
        {
            ...trusted,
            roleName: names.buildRoleName(project),
            description: "Pushes the services' images",
            jobs: buildJobs(github),
            policies: buildPolicies(everything),
        },
        onAws,
    );
    const forPeople = { path, place };
    const read =
        readers.length > 0
            ? new PeopleRole(
                  "read",
                  {
                      ...forPeople,
                      roleName: names.readRoleName(project),
                      description: "Looks at all stacks, and changes nothing",
                      people: readers,
                      policies: readPolicies(everything, store),
                  },
                  onAws,
              )
            : undefined;
    const deployed = environments.map(environment => {
        const { name, permissions, operators } = environment;
        const scope = scopeOf(settings, account, environment);
        const boundary = new aws.iam.Policy(
            `boundary-${name}`,
            {
                name: names.boundaryName(project, name),
                path,
                description: `The most that tasks of ${project}-${name} can do`,
                policy: pulumi.jsonStringify(boundaryPolicy(scope, store, permissions)),
            },
            onAws,
        );
        // Found by its name: a stack's file says the first one alone.
        new aws.iam.Policy(
            `jobs-boundary-${name}`,
            {
                name: names.jobsBoundaryName(project, name),
                path,
                description: `The most that what runs jobs of ${project}-${name} can do`,
                policy: pulumi.jsonStringify(jobsBoundaryPolicy(scope)),
            },
            onAws,
        );
        const deploy = new WorkflowRole(
            `deploy-${name}`,
            {
                ...trusted,
                roleName: names.deployRoleName(project, name),
                description: `Deploys ${project}-${name}`,
                jobs: deployJobs(github, name),
                policies: deployPolicies(scope, store),
            },
            onAws,
        );
        const operate =
            operators.length > 0
                ? new PeopleRole(
                      `operate-${name}`,
                      {
                          ...forPeople,
                          roleName: names.operateRoleName(project, name),
                          description: `Looks at ${project}-${name}, and operates what runs`,
                          people: operators,
                          policies: operatePolicies(scope, store),
                      },
                      onAws,
                  )
                : undefined;
        return { name, boundary, deploy, operate };
    });

    const byName = <T>(of: (environment: (typeof deployed)[number]) => T) =>
        Object.fromEntries(deployed.map(environment => [environment.name, of(environment)]));
    const operated = () =>
        Object.fromEntries(deployed.flatMap(({ name, operate }) => (operate === undefined ? [] : [[name, operate.arn]])));
    const outputs = {
        /** For `PULUMI_BACKEND_URL`. */
        backend: bucket.arn.apply(() => names.backendUrl(place, project)),
        secretsProviders: byName(({ name }) => names.secretsProviderUrl(place, project, name)),
        repositories: Object.fromEntries(registries.map(({ service, registry }) => [service, registry.url])),
        roles: {
            preview: preview.arn,
            build: build.arn,
            deploy: byName(({ deploy }) => deploy.arn),
            // Of people, where some are named.
            ...(read && { read: read.arn }),
            ...(deployed.some(({ operate }) => operate) && { operate: operated() }),
        },
        /** For `fargate:permissionsBoundary`. */
        permissionsBoundaries: byName(({ boundary }) => boundary.arn),
    };
    return { ...outputs, next: pulumi.output(outputs).apply(known => nextSteps({ ...known, ...settings })) };
}

export = program;
