import type { Rule } from "../rule";
import { alarmRules } from "./alarms";
import { bucketRules } from "./buckets";
import { certificateRules } from "./certificates";
import { clusterRules } from "./clusters";
import { containerRules } from "./containers";
import { endpointRules } from "./endpoints";
import { iamRules } from "./iam";
import { keyRules } from "./keys";
import { loadBalancerRules } from "./load-balancers";
import { logGroupRules } from "./log-groups";
import { networkRules } from "./network";
import { providerRules } from "./providers";
import { repositoryRules } from "./repositories";
import { securityGroupRules } from "./security-groups";
import { serviceRules } from "./services";
import { tagRules } from "./tags";
import { taskRules } from "./tasks";
import { topicRules } from "./topics";
import { webAclRules } from "./web-acls";

/** Every rule of the pack, by the file of this folder that it stands in. */
export const RULES_BY_FILE: Readonly<Record<string, readonly Rule[]>> = {
    alarms: alarmRules,
    buckets: bucketRules,
    certificates: certificateRules,
    clusters: clusterRules,
    containers: containerRules,
    endpoints: endpointRules,
    iam: iamRules,
    keys: keyRules,
    "load-balancers": loadBalancerRules,
    "log-groups": logGroupRules,
    network: networkRules,
    providers: providerRules,
    repositories: repositoryRules,
    "security-groups": securityGroupRules,
    services: serviceRules,
    tags: tagRules,
    tasks: taskRules,
    topics: topicRules,
    "web-acls": webAclRules,
};

/** Every rule of the pack, in the order of their names, which is the order of what is printed. */
export const RULES: readonly Rule[] = Object.values(RULES_BY_FILE)
    .flat()
    .sort((a, b) => (a.name < b.name ? -1 : 1));
