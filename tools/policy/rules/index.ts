import type { Rule } from "../rule";
import { alarmsNotify } from "./alarms";
import { bucketsBlockPublicAccess } from "./buckets-block-public-access";
import { bucketsDisableAcls } from "./buckets-disable-acls";
import { bucketsExpireObjects } from "./buckets-expire-objects";
import { bucketsKeepOtherAccountsOut } from "./buckets-keep-other-accounts-out";
import { bucketsLogAccess } from "./buckets-log-access";
import { bucketsRequireTls } from "./buckets";
import { certificatesHaveStrongKeys } from "./certificates-have-strong-keys";
import { certificatesRenewThemselves } from "./certificates";
import { clustersHaveContainerInsights } from "./clusters";
import { containersDropPrivileges } from "./containers-drop-privileges";
import { containersHaveReadOnlyRoot } from "./containers-have-read-only-root";
import { containersLogToAKeptGroup } from "./containers";
import { containersRunAsNonRoot } from "./containers-run-as-non-root";
import { containersWriteLogs } from "./containers-write-logs";
import { defaultGroupsAreClosed } from "./default-groups-are-closed";
import { endpointsServeEveryFeature } from "./endpoints";
import { endpointsServeThisAccountOnly } from "./endpoints-serve-this-account-only";
import { environmentHoldsNoSecret } from "./environment-holds-no-secret";
import { httpRedirectsToHttps } from "./load-balancers";
import { imagesAreNamedByDigest } from "./images-are-named-by-digest";
import { ingressIsOpenForListenersOnly } from "./ingress-is-open-for-listeners-only";
import { keysRotate } from "./keys";
import { listenersAreEncrypted } from "./listeners-are-encrypted";
import { listenersUseRecommendedTls } from "./listeners-use-recommended-tls";
import { loadBalancersAreInternal } from "./load-balancers-are-internal";
import { loadBalancersAreProtected } from "./load-balancers-are-protected";
import { loadBalancersDropInvalidHeaders } from "./load-balancers-drop-invalid-headers";
import { loadBalancersHaveAFirewall } from "./load-balancers-have-a-firewall";
import { loadBalancersKeepAccessLogs } from "./load-balancers-keep-access-logs";
import { loadBalancersMitigateDesync } from "./load-balancers-mitigate-desync";
import { loadBalancersSpanZones } from "./load-balancers-span-zones";
import { logGroupsExpire } from "./log-groups-expire";
import { logGroupsKeepAYear } from "./log-groups";
import { networkAclsAreClosed } from "./network";
import { noPathFromTheInternetToATask } from "./no-path-from-the-internet-to-a-task";
import { noTaskPassesRoles } from "./no-task-passes-roles";
import { policiesDecryptNamedKeys } from "./policies-decrypt-named-keys";
import { policiesNameActions } from "./policies-name-actions";
import { policiesNameResources } from "./policies-name-resources";
import { repositoriesAreProtected } from "./repositories-are-protected";
import { repositoriesExpireImages } from "./repositories-expire-images";
import { repositoriesHaveFixedTags } from "./repositories-have-fixed-tags";
import { repositoriesScanOnPush } from "./repositories-scan-on-push";
import { repositoriesUseACustomerKey } from "./repositories";
import { resourcesCarryTags } from "./tags";
import { rolesCarryOwnPolicies } from "./roles-carry-own-policies";
import { rolesTrustThisAccountOnly } from "./iam";
import { secretsStayOutOfDefinitions } from "./secrets-stay-out-of-definitions";
import { servicesHaveAlarms } from "./services-have-alarms";
import { servicesRollBack } from "./services";
import { servicesRunTheLatestPlatform } from "./services-run-the-latest-platform";
import { subnetsGiveNoPublicAddresses } from "./subnets-give-no-public-addresses";
import { targetGroupsAreEncrypted } from "./target-groups-are-encrypted";
import { tasksHaveNoPublicAddress } from "./tasks-have-no-public-address";
import { tasksHaveTheirOwnNetwork } from "./tasks-have-their-own-network";
import { tasksNameTheirOperatingSystem } from "./tasks";
import { tasksShareNoHostNamespace } from "./tasks-share-no-host-namespace";
import { topicsAreEncrypted } from "./topics-are-encrypted";
import { topicsAreNotPublic } from "./topics";
import { trafficFollowsItsArrows } from "./security-groups";
import { vpcsHaveAnEc2Endpoint } from "./vpcs-have-an-ec2-endpoint";
import { vpcsKeepFlowLogs } from "./vpcs-keep-flow-logs";
import { webAclsAreLogged } from "./web-acls-are-logged";
import { webAclsAreMeasured } from "./web-acls";
import { webAclsHaveRules } from "./web-acls-have-rules";

/** Every rule of the pack, in the order of their names. */
export const RULES: readonly Rule[] = [
    alarmsNotify,
    bucketsBlockPublicAccess,
    bucketsDisableAcls,
    bucketsExpireObjects,
    bucketsKeepOtherAccountsOut,
    bucketsLogAccess,
    bucketsRequireTls,
    certificatesHaveStrongKeys,
    certificatesRenewThemselves,
    clustersHaveContainerInsights,
    containersDropPrivileges,
    containersHaveReadOnlyRoot,
    containersLogToAKeptGroup,
    containersRunAsNonRoot,
    containersWriteLogs,
    defaultGroupsAreClosed,
    endpointsServeEveryFeature,
    endpointsServeThisAccountOnly,
    environmentHoldsNoSecret,
    httpRedirectsToHttps,
    imagesAreNamedByDigest,
    ingressIsOpenForListenersOnly,
    keysRotate,
    listenersAreEncrypted,
    listenersUseRecommendedTls,
    loadBalancersAreInternal,
    loadBalancersAreProtected,
    loadBalancersDropInvalidHeaders,
    loadBalancersHaveAFirewall,
    loadBalancersKeepAccessLogs,
    loadBalancersMitigateDesync,
    loadBalancersSpanZones,
    logGroupsExpire,
    logGroupsKeepAYear,
    networkAclsAreClosed,
    noPathFromTheInternetToATask,
    noTaskPassesRoles,
    policiesDecryptNamedKeys,
    policiesNameActions,
    policiesNameResources,
    repositoriesAreProtected,
    repositoriesExpireImages,
    repositoriesHaveFixedTags,
    repositoriesScanOnPush,
    repositoriesUseACustomerKey,
    resourcesCarryTags,
    rolesCarryOwnPolicies,
    rolesTrustThisAccountOnly,
    secretsStayOutOfDefinitions,
    servicesHaveAlarms,
    servicesRollBack,
    servicesRunTheLatestPlatform,
    subnetsGiveNoPublicAddresses,
    targetGroupsAreEncrypted,
    tasksHaveNoPublicAddress,
    tasksHaveTheirOwnNetwork,
    tasksNameTheirOperatingSystem,
    tasksShareNoHostNamespace,
    topicsAreEncrypted,
    topicsAreNotPublic,
    trafficFollowsItsArrows,
    vpcsHaveAnEc2Endpoint,
    vpcsKeepFlowLogs,
    webAclsAreLogged,
    webAclsAreMeasured,
    webAclsHaveRules,
];
