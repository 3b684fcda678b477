"""Exercises every patch against a running emulator, one function a gap. Exits non-zero with a line per failure.

An argument limits it to the gaps whose title contains it.
"""

from __future__ import annotations

import hashlib
import json
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.dont_write_bytecode = True

from checking import (  # noqa: E402
    CHECKS,
    REGION,
    aws,
    awsvpc,
    check,
    create_service,
    last_rollout,
    network,
    refused,
    same,
    sandbox,
    server,
    service,
    settle,
    strategy,
    task_definition,
    tasks,
    update,
)

import patches  # noqa: E402
from rollouts import clock  # noqa: E402


@check("inventory: a fresh account is empty, moto's default VPC included")
def fresh_account() -> None:
    same(sandbox("/sandbox/resources"), [])
    aws("ec2").describe_vpcs()
    same(sandbox("/sandbox/resources"), [])


# The patching itself


@check("patches: a name that moto no longer has is refused")
def missing_name() -> None:
    from moto.ecs.models import Service

    for patch, name in ((patches.replace, "renamed_away"), (patches.add, "arn")):
        try:
            patch(Service, name)
        except patches.PatchError as error:
            same(f"Service.{name}" in str(error), True, f"{name} named in {error}")
        else:
            raise AssertionError(f"{patch.__name__}(Service, {name!r}) did not raise")


@check("patches: another version of moto is refused")
def other_version() -> None:
    wanted, patches.MOTO_VERSION = patches.MOTO_VERSION, "0.0.0"
    try:
        patches.apply()
    except patches.PatchError as error:
        same("written for moto 0.0.0, found 5.2.1" in str(error), True, str(error))
    else:
        raise AssertionError("apply() did not raise")
    finally:
        patches.MOTO_VERSION = wanted


# ECS


@check("ecs: a service keeps what it is told")
def service_settings() -> None:
    given: dict[str, Any] = {
        "capacityProviderStrategy": strategy(50),
        "availabilityZoneRebalancing": "DISABLED",
        "enableECSManagedTags": True,
        "enableExecuteCommand": True,
        "healthCheckGracePeriodSeconds": 30,
        "propagateTags": "SERVICE",
        "platformVersion": "1.4.0",
        "networkConfiguration": awsvpc(),
        "tags": [{"key": "stack", "value": "test"}],
    }
    breaker = {"enable": True, "rollback": True}
    create_service(
        "settings", **given, deploymentConfiguration={"deploymentCircuitBreaker": breaker, "maximumPercent": 150}
    )
    found = service("settings")
    for key, value in given.items():
        same(found[key], value, key)
    configuration = found["deploymentConfiguration"]
    same(configuration["deploymentCircuitBreaker"], breaker)
    same((configuration["minimumHealthyPercent"], configuration["maximumPercent"]), (100, 150))
    same("launchType" in found, False, "launchType beside a strategy")
    labels = {tag["key"]: tag["value"] for tag in tasks("settings")[0]["tags"]}
    same(labels, {"stack": "test", "aws:ecs:clusterName": "main", "aws:ecs:serviceName": "settings"}, "tags of a task")


@check("ecs: defaults are AWS's")
def service_defaults() -> None:
    found = create_service("defaults")
    expected = {
        "availabilityZoneRebalancing": "ENABLED",
        "enableECSManagedTags": False,
        "enableExecuteCommand": False,
        "healthCheckGracePeriodSeconds": 0,
        "propagateTags": "NONE",
        "platformVersion": "LATEST",
        "schedulingStrategy": "REPLICA",
    }
    same({key: found.get(key) for key in expected}, expected)


@check("ecs: a service reaches its steady state")
def steady_state() -> None:
    create_service("steady")
    found = service("steady")
    same((found["runningCount"], found["pendingCount"], len(found["deployments"])), (2, 0, 1))
    same((found["deployments"][0]["status"], found["deployments"][0]["rolloutState"]), ("PRIMARY", "COMPLETED"))
    running = tasks("steady")
    same([(t["lastStatus"], t["startedBy"]) for t in running], [("RUNNING", found["deployments"][0]["id"])] * 2)
    same([c["name"] for c in running[0]["containers"]], ["app", "helper"], "containers of a task")
    same(len(tasks("steady")), 2, "tasks after they were described")
    aws("ecs").get_waiter("services_stable").wait(cluster="main", services=["steady"], WaiterConfig={"MaxAttempts": 1})


@check("ecs: updates happen in place, and only those that AWS names start a rollout")
def service_updates() -> None:
    ecs = aws("ecs")
    create_service("updates")

    def rollouts_so_far() -> int:
        return len(ecs.list_service_deployments(cluster="main", service="updates")["serviceDeployments"])

    update(
        "updates", healthCheckGracePeriodSeconds=60, desiredCount=3, enableExecuteCommand=True, propagateTags="SERVICE"
    )
    found = service("updates")
    same((found["healthCheckGracePeriodSeconds"], found["runningCount"], len(tasks("updates"))), (60, 3, 3))
    same(rollouts_so_far(), 1, "rollouts")
    definition = task_definition("updates", "image:2")
    update("updates", taskDefinition=definition)
    settle()
    same((service("updates")["taskDefinition"], rollouts_so_far()), (definition, 2))
    update("updates", taskDefinition=definition)
    same(rollouts_so_far(), 2, "rollouts after the same definition again")
    update("updates", deploymentConfiguration={"maximumPercent": 300})
    same(service("updates")["deploymentConfiguration"]["minimumHealthyPercent"], 100)
    message = refused("InvalidParameterException", update, name="updates", capacityProviderStrategy=strategy(70))
    same("must force a new deployment" in message, True, message)
    update("updates", capacityProviderStrategy=strategy(70), forceNewDeployment=True)
    settle()
    same(service("updates")["capacityProviderStrategy"], strategy(70))
    same(
        {t["startedBy"] for t in tasks("updates")},
        {service("updates")["deployments"][0]["id"]},
        "tasks after a rollout",
    )
    same(rollouts_so_far(), 3, "rollouts after a forced one")
    ecs.delete_service(cluster="main", service="updates", force=True)
    same((service("updates")["status"], tasks("updates")), ("INACTIVE", []))


@check("ecs: service deployments and revisions")
def service_deployments() -> None:
    ecs = aws("ecs")
    before = clock.now()
    clock.skip(1)
    create_service("revisions")
    first = last_rollout("revisions")
    same((first["status"], first["sourceServiceRevisions"]), ("SUCCESSFUL", []))
    deployment = service("revisions")["deployments"][0]
    same(
        first["targetServiceRevision"]["arn"].split("/")[-1],
        deployment["id"].split("/")[-1],
        "id in the revision's ARN",
    )
    update("revisions", taskDefinition=task_definition("revisions", "image@sha256:" + "0" * 64))
    settle()
    second = last_rollout("revisions")
    same([s["arn"] for s in second["sourceServiceRevisions"]], [first["targetServiceRevision"]["arn"]])
    arn = second["targetServiceRevision"]["arn"]
    [revision] = ecs.describe_service_revisions(serviceRevisionArns=[arn])["serviceRevisions"]
    same(revision["containerImages"][0]["imageDigest"], "sha256:" + "0" * 64)
    same(revision["taskDefinition"], service("revisions")["taskDefinition"])

    def listed(**created: float) -> int:
        answer = ecs.list_service_deployments(cluster="main", service="revisions", createdAt=created)
        return len(answer["serviceDeployments"])

    same((listed(after=before), listed(before=before), listed(after=clock.now() + 1)), (2, 0, 0))
    missing = ecs.describe_service_deployments(serviceDeploymentArns=[arn])
    same((missing["serviceDeployments"], missing["failures"]), ([], [{"arn": arn, "reason": "MISSING"}]))


@check("ecs: capacity providers of Fargate")
def capacity_providers() -> None:
    answer = aws("ecs").describe_capacity_providers(capacityProviders=["FARGATE", "FARGATE_SPOT", "other"])
    same(
        [(p["name"], p["status"]) for p in answer["capacityProviders"]],
        [("FARGATE", "ACTIVE"), ("FARGATE_SPOT", "ACTIVE")],
    )
    same([f["reason"] for f in answer["failures"]], ["MISSING"])
    same(len(aws("ecs").describe_capacity_providers()["capacityProviders"]), 2)


@check("ecs: cluster settings, account settings, task protection")
def ecs_rest() -> None:
    ecs = aws("ecs")
    ecs.create_cluster(clusterName="settings")
    insights = [{"name": "containerInsights", "value": "enhanced"}]
    ecs.update_cluster_settings(cluster="settings", settings=insights)
    same(ecs.describe_clusters(clusters=["settings"])["clusters"][0]["settings"], insights)
    ecs.put_account_setting_default(name="fargateTaskRetirementWaitPeriod", value="14")
    [setting] = ecs.list_account_settings(name="fargateTaskRetirementWaitPeriod", effectiveSettings=True)["settings"]
    same((setting["value"], setting["principalArn"]), ("14", "arn:aws:iam::123456789012:root"))
    create_service("protected")
    arn = tasks("protected")[0]["taskArn"]
    ecs.update_task_protection(cluster="main", tasks=[arn], protectionEnabled=True, expiresInMinutes=5)
    protection = ecs.get_task_protection(cluster="main", tasks=[arn])["protectedTasks"]
    same([(p["taskArn"], p["protectionEnabled"]) for p in protection], [(arn, True)])


@check("ecs: what AWS refuses")
def ecs_refusals() -> None:
    ecs = aws("ecs")
    sizes = {"family": "big", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc"}
    definition = [{"name": "app", "image": "image:1"}]
    refused(
        "ClientException",
        ecs.register_task_definition,
        **sizes,
        cpu="256",
        memory="4096",
        containerDefinitions=definition,
    )
    refused("InvalidParameterException", create_service, name="both", launchType="FARGATE")
    create_service("twice")
    refused("InvalidParameterException", create_service, name="twice")
    other = [{"capacityProvider": "elsewhere", "weight": 1}]
    refused("InvalidParameterException", create_service, name="provider", capacityProviderStrategy=other)
    target = aws("elbv2").create_target_group(
        Name="unused", Protocol="HTTP", Port=80, VpcId=network()["vpc"], TargetType="ip"
    )["TargetGroups"][0]["TargetGroupArn"]
    balancers = [{"targetGroupArn": target, "containerName": "app", "containerPort": 80}]
    message = refused("InvalidParameterException", create_service, name="unlistened", loadBalancers=balancers)
    same("does not have an associated load balancer" in message, True, message)
    refused("ClusterContainsServicesException", ecs.delete_cluster, cluster="main")


# Other services


@check("application-autoscaling: tags of targets")
def scalable_target_tags() -> None:
    scaling = aws("application-autoscaling")
    create_service("scaled")
    target = {
        "ServiceNamespace": "ecs",
        "ResourceId": "service/main/scaled",
        "ScalableDimension": "ecs:service:DesiredCount",
    }
    arn = scaling.register_scalable_target(**target, MinCapacity=3, MaxCapacity=6, Tags={"a": "1"})["ScalableTargetARN"]
    same(scaling.list_tags_for_resource(ResourceARN=arn)["Tags"], {"a": "1"})
    scaling.tag_resource(ResourceARN=arn, Tags={"b": "2"})
    scaling.untag_resource(ResourceARN=arn, TagKeys=["a"])
    scaling.register_scalable_target(**target, MaxCapacity=8)
    same(scaling.list_tags_for_resource(ResourceARN=arn)["Tags"], {"b": "2"})
    refused("ResourceNotFoundException", scaling.list_tags_for_resource, ResourceARN=arn + "x")
    same(service("scaled")["runningCount"], 3, "tasks at least the minimum")
    policy = {**target, "PolicyName": "cpu", "PolicyType": "TargetTrackingScaling"}
    arns = set()
    for value in (50, 60):
        tracking = {
            "TargetValue": value,
            "PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"},
        }
        arns.add(scaling.put_scaling_policy(**policy, TargetTrackingScalingPolicyConfiguration=tracking)["PolicyARN"])
    same(len(arns), 1, "ARNs of one policy")
    alarms = aws("cloudwatch").describe_alarms(AlarmNamePrefix="TargetTracking-service/main/scaled")["MetricAlarms"]
    same(len(alarms), 2, "alarms of a policy that was put twice")


@check("cloudwatch: composite alarms")
def composite_alarms() -> None:
    cloudwatch = aws("cloudwatch")
    topic = f"arn:aws:sns:{REGION}:123456789012:alarms"
    alarm = {"AlarmName": "both", "AlarmRule": "ALARM(a) AND ALARM(b)", "AlarmActions": [topic], "ActionsEnabled": True}
    cloudwatch.put_composite_alarm(**alarm, AlarmDescription="both", Tags=[{"Key": "a", "Value": "1"}])
    [found] = cloudwatch.describe_alarms(AlarmNames=["both"], AlarmTypes=["CompositeAlarm"])["CompositeAlarms"]
    same({key: found.get(key) for key in alarm}, alarm)
    same(cloudwatch.list_tags_for_resource(ResourceARN=found["AlarmArn"])["Tags"], [{"Key": "a", "Value": "1"}])
    cloudwatch.put_composite_alarm(
        AlarmName="both", AlarmRule="ALARM(a)", ActionsSuppressor="quiet", ActionsSuppressorWaitPeriod=60
    )
    [found] = cloudwatch.describe_alarms(AlarmNames=["both"])["CompositeAlarms"]
    same((found["AlarmRule"], found["ActionsSuppressor"]), ("ALARM(a)", "quiet"))


@check("logs: class of a log group")
def log_group_class() -> None:
    logs = aws("logs")
    logs.create_log_group(logGroupName="rare", logGroupClass="INFREQUENT_ACCESS", tags={"a": "1"})
    logs.create_log_group(logGroupName="usual")
    found = {g["logGroupName"]: g["logGroupClass"] for g in logs.describe_log_groups()["logGroups"]}
    same(found, {"rare": "INFREQUENT_ACCESS", "usual": "STANDARD"})
    logs.delete_log_group(logGroupName="rare")
    logs.create_log_group(logGroupName="rare")
    arn = f"arn:aws:logs:{REGION}:123456789012:log-group:rare"
    same(logs.list_tags_for_resource(resourceArn=arn)["tags"], {}, "tags of the next group of that name")


@check("logs: a metric filter that is put again replaces the former")
def metric_filters() -> None:
    logs = aws("logs")
    for pattern in ("ERROR", "FATAL"):
        transformations = [{"metricName": "Errors", "metricNamespace": "App", "metricValue": "1"}]
        logs.put_metric_filter(
            logGroupName="filters", filterName="errors", filterPattern=pattern, metricTransformations=transformations
        )
    found = logs.describe_metric_filters(logGroupName="filters")["metricFilters"]
    same([f["filterPattern"] for f in found], ["FATAL"])


@check("logs: saved queries")
def query_definitions() -> None:
    logs = aws("logs")
    key = logs.put_query_definition(name="errors", queryString="fields @message", logGroupNames=["web"])[
        "queryDefinitionId"
    ]
    logs.put_query_definition(name="errors", queryString="fields @timestamp", queryDefinitionId=key)
    [found] = logs.describe_query_definitions(queryDefinitionNamePrefix="err")["queryDefinitions"]
    same((found["queryDefinitionId"], found["queryString"]), (key, "fields @timestamp"))
    same(logs.describe_query_definitions(queryDefinitionNamePrefix="web")["queryDefinitions"], [])
    same(logs.delete_query_definition(queryDefinitionId=key)["success"], True)
    refused("ResourceNotFoundException", logs.delete_query_definition, queryDefinitionId=key)


@check("ec2: a gateway endpoint whose route tables changed can be deleted")
def gateway_endpoint() -> None:
    ec2, net = aws("ec2"), network()
    endpoint = ec2.create_vpc_endpoint(
        VpcId=net["vpc"], ServiceName=f"com.amazonaws.{REGION}.s3", VpcEndpointType="Gateway"
    )
    key = endpoint["VpcEndpoint"]["VpcEndpointId"]

    def routes() -> int:
        [table] = ec2.describe_route_tables(RouteTableIds=[net["table"]])["RouteTables"]
        return sum(route.get("GatewayId") == key for route in table["Routes"])

    ec2.modify_vpc_endpoint(VpcEndpointId=key, AddRouteTableIds=[net["table"]])
    same(routes(), 1, "routes after adding")
    ec2.modify_vpc_endpoint(VpcEndpointId=key, RemoveRouteTableIds=[net["table"]])
    same(routes(), 0, "routes after removing")
    ec2.modify_vpc_endpoint(VpcEndpointId=key, AddRouteTableIds=[net["table"]])
    ec2.delete_vpc_endpoints(VpcEndpointIds=[key])
    same(routes(), 0, "routes after deleting")


@check("ec2: endpoint services are offered by kind and zone, and found by their names")
def endpoint_services() -> None:
    names = [f"com.amazonaws.{REGION}.{name}" for name in ("ecr.api", "email", "s3")]
    filters = [{"Name": "service-name", "Values": names}]
    found = aws("ec2").describe_vpc_endpoint_services(Filters=filters)["ServiceDetails"]
    kinds = [(one["ServiceName"], one["ServiceType"][0]["ServiceType"]) for one in found]
    same(sorted(kinds), [(names[0], "Interface"), (names[1], "Interface"), (names[2], "Gateway"), (names[2], "Interface")])
    same({zone[:-1] for one in found for zone in one["AvailabilityZones"]}, {REGION})


@check("iam: service-linked roles have the names that AWS gives them")
def service_linked_roles() -> None:
    iam = aws("iam")
    for service, name in (
        ("ecs", "AWSServiceRoleForECS"),
        ("elasticloadbalancing", "AWSServiceRoleForElasticLoadBalancing"),
        ("ecs.application-autoscaling", "AWSServiceRoleForApplicationAutoScaling_ECSService"),
    ):
        iam.create_service_linked_role(AWSServiceName=f"{service}.amazonaws.com")
        same(iam.get_role(RoleName=name)["Role"]["Path"], f"/aws-service-role/{service}.amazonaws.com/")
        iam.delete_service_linked_role(RoleName=name)


@check("ec2: the prefix list of S3 has entries")
def prefix_list() -> None:
    filters = [{"Name": "prefix-list-name", "Values": [f"com.amazonaws.{REGION}.s3"]}]
    [found] = aws("ec2").describe_prefix_lists(Filters=filters)["PrefixLists"]
    same(found["Cidrs"][:1], ["52.216.0.0/15"])


@check("ec2: rules on groups and prefix lists keep their description")
def rule_descriptions() -> None:
    ec2, group = aws("ec2"), network()["group"]
    port: dict[str, Any] = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443}
    other_ends: tuple[dict[str, Any], ...] = (
        {"UserIdGroupPairs": [{"GroupId": group, "Description": "tasks"}]},
        {"PrefixListIds": [{"PrefixListId": "pl-1", "Description": "layers"}]},
    )
    for other_end in other_ends:
        ec2.authorize_security_group_egress(GroupId=group, IpPermissions=[{**port, **other_end}])
    rules = ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group]}])["SecurityGroupRules"]
    same({rule.get("Description") for rule in rules} >= {"tasks", "layers"}, True, f"descriptions in {rules}")


@check("ecr: a digest is its manifest's")
def ecr_digests() -> None:
    ecr = aws("ecr")
    ecr.create_repository(repositoryName="digests")
    for kind, manifest in (
        ("index", '{"schemaVersion":2,"manifests":[]}'),
        ("manifest", '{"schemaVersion":2,"layers":[]}'),
        ("manifest", '{"schemaVersion":2, "layers":[]}'),
    ):
        media_type = f"application/vnd.oci.image.{kind}.v1+json"
        answer = ecr.put_image(repositoryName="digests", imageManifest=manifest, imageManifestMediaType=media_type)
        same(answer["image"]["imageId"]["imageDigest"], f"sha256:{hashlib.sha256(manifest.encode()).hexdigest()}")


@check("ecr: scanning can be switched off")
def image_scanning() -> None:
    ecr = aws("ecr")
    ecr.create_repository(repositoryName="web", imageScanningConfiguration={"scanOnPush": True})
    ecr.put_image_scanning_configuration(repositoryName="web", imageScanningConfiguration={})
    [found] = ecr.describe_repositories(repositoryNames=["web"])["repositories"]
    same(found["imageScanningConfiguration"], {"scanOnPush": False})


@check("ecr: registry scanning without rules")
def registry_scanning() -> None:
    ecr = aws("ecr")
    ecr.put_registry_scanning_configuration(scanType="ENHANCED")
    same(ecr.get_registry_scanning_configuration()["scanningConfiguration"], {"scanType": "ENHANCED", "rules": []})
    ecr.create_repository(repositoryName="after")


@check("ecr: pull-through cache rules and creation templates")
def pull_through_cache() -> None:
    ecr = aws("ecr")
    rule = {"ecrRepositoryPrefix": "public", "upstreamRegistryUrl": "public.ecr.aws"}
    ecr.create_pull_through_cache_rule(**rule)
    refused("PullThroughCacheRuleAlreadyExistsException", ecr.create_pull_through_cache_rule, **rule)
    secret = f"arn:aws:secretsmanager:{REGION}:123456789012:secret:ecr-pullthroughcache/a"
    ecr.update_pull_through_cache_rule(ecrRepositoryPrefix="public", credentialArn=secret)
    [found] = ecr.describe_pull_through_cache_rules(ecrRepositoryPrefixes=["public"])["pullThroughCacheRules"]
    same((found["upstreamRegistryUrl"], found["credentialArn"]), ("public.ecr.aws", secret))
    ecr.create_repository_creation_template(prefix="public", appliedFor=["PULL_THROUGH_CACHE"])
    ecr.update_repository_creation_template(prefix="public", imageTagMutability="IMMUTABLE")
    [found] = ecr.describe_repository_creation_templates(prefixes=["public"])["repositoryCreationTemplates"]
    same((found["appliedFor"], found["imageTagMutability"]), (["PULL_THROUGH_CACHE"], "IMMUTABLE"))
    ecr.delete_repository_creation_template(prefix="public")
    ecr.delete_pull_through_cache_rule(ecrRepositoryPrefix="public")
    refused(
        "PullThroughCacheRuleNotFoundException", ecr.describe_pull_through_cache_rules, ecrRepositoryPrefixes=["public"]
    )
    refused("TemplateNotFoundException", ecr.describe_repository_creation_templates, prefixes=["public"])


@check("budgets: subscribers, updates, tags")
def budgets() -> None:
    client, account = aws("budgets"), {"AccountId": "123456789012"}
    budget = {
        "BudgetName": "month",
        "BudgetType": "COST",
        "TimeUnit": "MONTHLY",
        "BudgetLimit": {"Amount": "10", "Unit": "USD"},
    }
    notification = {"NotificationType": "ACTUAL", "ComparisonOperator": "GREATER_THAN", "Threshold": 80.0}
    people = [{"SubscriptionType": "EMAIL", "Address": f"{name}@example.com"} for name in "ab"]
    client.create_budget(
        **account,
        Budget=budget,
        NotificationsWithSubscribers=[{"Notification": notification, "Subscribers": people[:1]}],
        ResourceTags=[{"Key": "a", "Value": "1"}],
    )
    of = {**account, "BudgetName": "month"}

    def subscribers(notification: dict[str, Any]) -> Any:
        return client.describe_subscribers_for_notification(**of, Notification=notification)["Subscribers"]

    client.create_subscriber(**of, Notification=notification, Subscriber=people[1])
    same(subscribers(notification), people)
    client.delete_subscriber(**of, Notification=notification, Subscriber=people[0])
    new = {**notification, "Threshold": 90.0}
    client.update_notification(**of, OldNotification=notification, NewNotification=new)
    same(subscribers(new), people[1:])
    client.update_budget(**account, NewBudget={**budget, "BudgetLimit": {"Amount": "20", "Unit": "USD"}})
    found = client.describe_budget(**of)["Budget"]
    same((found["BudgetLimit"]["Amount"], "TimePeriod" in found), ("20", True))
    arn = "arn:aws:budgets::123456789012:budget/month"
    client.tag_resource(ResourceARN=arn, ResourceTags=[{"Key": "b", "Value": "2"}])
    client.untag_resource(ResourceARN=arn, ResourceTagKeys=["a"])
    same(client.list_tags_for_resource(ResourceARN=arn)["ResourceTags"], [{"Key": "b", "Value": "2"}])
    client.delete_budget(**of)
    refused("NotFoundException", client.describe_notifications_for_budget, **of)


@check("cloudformation: exports of the network that a stack takes for granted, in its region, and nothing else")
def exports() -> None:
    wish = {
        "region": REGION,
        "network": {"publicSubnets": 2, "privateSubnets": 2},
        "exports": [
            {"name": "shop-VpcId", "key": "vpcId", "from": 0, "count": 1},
            {"name": "shop-Private", "key": "privateSubnetIds", "from": 0, "count": 2},
            {"name": "shop-B", "key": "privateSubnetIds", "from": 1, "count": 1},
        ],
    }
    made = sandbox("/sandbox/seed", wish)["network"]
    found = {one["Name"]: one["Value"] for one in aws("cloudformation").list_exports()["Exports"]}
    private = made["privateSubnetIds"]
    same(found, {"shop-VpcId": made["vpcId"], "shop-Private": ",".join(private), "shop-B": private[1]})
    ec2 = aws("ec2")
    for subnet in made["publicSubnetIds"] + private:
        ec2.delete_subnet(SubnetId=subnet)
    ec2.delete_vpc(VpcId=made["vpcId"])


import check_lacking  # noqa: E402,F401
import check_provider  # noqa: E402,F401
import check_removal  # noqa: E402,F401
import check_rollouts  # noqa: E402,F401
import check_runs  # noqa: E402,F401
import check_safety  # noqa: E402,F401

# The inventory: made last, so that everything above is in it. Each function returns how to remove what it made.


def others() -> dict[tuple[str, str], Callable[[], Any]]:
    """One of everything that the checks above do not make."""
    ec2, net, scheme = aws("ec2"), network(), {"Version": "2012-10-17", "Statement": []}
    made: dict[tuple[str, str], Callable[[], Any]] = {}
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    made["ec2", "internet-gateway"] = lambda: ec2.delete_internet_gateway(InternetGatewayId=gateway)
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    made["ec2", "elastic-ip"] = lambda: ec2.release_address(AllocationId=address)
    nat = ec2.create_nat_gateway(SubnetId=net["subnets"][0], AllocationId=address)["NatGateway"]["NatGatewayId"]
    made["ec2", "nat-gateway"] = lambda: ec2.delete_nat_gateway(NatGatewayId=nat)
    service_name = f"com.amazonaws.{REGION}.logs"
    endpoint = ec2.create_vpc_endpoint(
        VpcId=net["vpc"], ServiceName=service_name, VpcEndpointType="Interface", SubnetIds=net["subnets"]
    )["VpcEndpoint"]["VpcEndpointId"]
    made["ec2", "vpc-endpoint"] = lambda: ec2.delete_vpc_endpoints(VpcEndpointIds=[endpoint])
    acl = ec2.create_network_acl(VpcId=net["vpc"])["NetworkAcl"]["NetworkAclId"]
    made["ec2", "network-acl"] = lambda: ec2.delete_network_acl(NetworkAclId=acl)
    entries = {"AddressFamily": "IPv4", "MaxEntries": 1, "PrefixListName": "own"}
    lists = ec2.create_managed_prefix_list(**entries)["PrefixList"]["PrefixListId"]
    made["ec2", "prefix-list"] = lambda: ec2.delete_managed_prefix_list(PrefixListId=lists)

    elb = aws("elbv2")
    balancer = elb.create_load_balancer(Name="main", Subnets=net["subnets"])["LoadBalancers"][0]["LoadBalancerArn"]
    not_found = [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}]
    listener = elb.create_listener(LoadBalancerArn=balancer, Port=80, Protocol="HTTP", DefaultActions=not_found)
    listener_arn = listener["Listeners"][0]["ListenerArn"]
    condition = [{"Field": "path-pattern", "Values": ["/x"]}]
    rule = elb.create_rule(ListenerArn=listener_arn, Priority=1, Conditions=condition, Actions=not_found)["Rules"][0][
        "RuleArn"
    ]
    made["elbv2", "listener-rule"] = lambda: elb.delete_rule(RuleArn=rule)
    made["elbv2", "listener"] = lambda: elb.delete_listener(ListenerArn=listener_arn)
    made["elbv2", "load-balancer"] = lambda: elb.delete_load_balancer(LoadBalancerArn=balancer)

    iam = aws("iam")
    iam.create_role(RoleName="role", AssumeRolePolicyDocument=json.dumps(scheme))
    made["iam", "role"] = lambda: iam.delete_role(RoleName="role")
    allow = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}
    policy = iam.create_policy(PolicyName="policy", PolicyDocument=json.dumps(allow))["Policy"]["Arn"]
    made["iam", "policy"] = lambda: iam.delete_policy(PolicyArn=policy)
    provider = iam.create_open_id_connect_provider(Url="https://token.example.com", ThumbprintList=["0" * 40])
    provider_arn = provider["OpenIDConnectProviderArn"]
    made["iam", "oidc-provider"] = lambda: iam.delete_open_id_connect_provider(OpenIDConnectProviderArn=provider_arn)

    acm = aws("acm")
    certificate = acm.request_certificate(DomainName="example.com", ValidationMethod="DNS")["CertificateArn"]
    made["acm", "certificate"] = lambda: acm.delete_certificate(CertificateArn=certificate)
    route53 = aws("route53")
    zone = route53.create_hosted_zone(Name="example.com", CallerReference="1")["HostedZone"]["Id"]
    record = {"Name": "a.example.com", "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "10.0.0.1"}]}

    def change(action: str) -> Any:
        changes = {"Changes": [{"Action": action, "ResourceRecordSet": record}]}
        return route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch=changes)

    change("CREATE")
    made["route53", "record"] = lambda: change("DELETE")
    made["route53", "hosted-zone"] = lambda: route53.delete_hosted_zone(Id=zone)

    simple: list[tuple[str, str, str, dict[str, Any], str, dict[str, Any]]] = [
        (
            "secretsmanager",
            "secret",
            "create_secret",
            {"Name": "s", "SecretString": "x"},
            "delete_secret",
            {"SecretId": "s"},
        ),
        (
            "ssm",
            "parameter",
            "put_parameter",
            {"Name": "/p", "Value": "x", "Type": "String"},
            "delete_parameter",
            {"Name": "/p"},
        ),
        (
            "events",
            "rule",
            "put_rule",
            {"Name": "r", "ScheduleExpression": "rate(1 day)"},
            "delete_rule",
            {"Name": "r"},
        ),
        (
            "cloudwatch",
            "dashboard",
            "put_dashboard",
            {"DashboardName": "d", "DashboardBody": "{}"},
            "delete_dashboards",
            {"DashboardNames": ["d"]},
        ),
        (
            "scheduler",
            "schedule",
            "create_schedule",
            {
                "Name": "s",
                "ScheduleExpression": "rate(1 day)",
                "FlexibleTimeWindow": {"Mode": "OFF"},
                "Target": {"Arn": provider_arn, "RoleArn": provider_arn},
            },
            "delete_schedule",
            {"Name": "s"},
        ),
        (
            "s3",
            "bucket",
            "create_bucket",
            {"Bucket": "bucket", "CreateBucketConfiguration": {"LocationConstraint": REGION}},
            "delete_bucket",
            {"Bucket": "bucket"},
        ),
    ]
    for name, kind, create, arguments, delete, of in simple:
        getattr(aws(name), create)(**arguments)
        made[name, kind] = lambda name=name, delete=delete, of=of: getattr(aws(name), delete)(**of)

    key = aws("kms").create_key()["KeyMetadata"]["KeyId"]
    made["kms", "key"] = lambda: aws("kms").schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
    topic = aws("sns").create_topic(Name="t")["TopicArn"]
    made["sns", "topic"] = lambda: aws("sns").delete_topic(TopicArn=topic)
    queue = aws("sqs").create_queue(QueueName="q")["QueueUrl"]
    made["sqs", "queue"] = lambda: aws("sqs").delete_queue(QueueUrl=queue)
    waf = aws("wafv2")
    visible = {"SampledRequestsEnabled": False, "CloudWatchMetricsEnabled": False, "MetricName": "w"}
    acl_summary = waf.create_web_acl(Name="w", Scope="REGIONAL", DefaultAction={"Allow": {}}, VisibilityConfig=visible)[
        "Summary"
    ]
    lock = {"Id": acl_summary["Id"], "LockToken": acl_summary["LockToken"]}
    made["wafv2", "web-acl"] = lambda: waf.delete_web_acl(Name="w", Scope="REGIONAL", **lock)
    return made


@check("inventory: everything made is listed, everything deleted is not")
def inventory() -> None:
    def listed() -> set[tuple[str, str]]:
        return {(item["service"], item["type"]) for item in sandbox("/sandbox/resources")}

    before = sandbox("/sandbox/resources")
    made = others()
    same(set(made) - listed(), set(), "made but not listed")
    order = list(made)
    order.sort(key=lambda key: key == ("ec2", "elastic-ip"))  # after its NAT gateway
    for key in order:
        made[key]()
    after = sandbox("/sandbox/resources")
    same([item for item in after if item not in before], [], "left after deleting")
    same([item for item in before if item not in after], [], "lost by deleting")


@check("inventory: what the other checks made is listed")
def inventory_of_checks() -> None:
    found = {(item["service"], item["type"]) for item in sandbox("/sandbox/resources")}
    expected = {
        ("application-autoscaling", "scalable-target"),
        ("application-autoscaling", "scaling-policy"),
        ("cloudwatch", "alarm"),
        ("ec2", "route-table"),
        ("ec2", "security-group"),
        ("ec2", "subnet"),
        ("ec2", "vpc"),
        ("ecr", "repository"),
        ("ecs", "cluster"),
        ("ecs", "service"),
        ("ecs", "task-definition"),
        ("elbv2", "listener"),
        ("elbv2", "load-balancer"),
        ("elbv2", "target-group"),
        ("logs", "log-group"),
    }
    same(found, expected | ({("logs", "metric-filter")} & found))


def main() -> int:
    threading.Thread(target=server.serve_forever, daemon=True).start()
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    failed = 0
    for title, function in CHECKS:
        if wanted not in title:
            continue
        try:
            function()
            print(f"ok   {title}", flush=True)
        except Exception as error:
            failed += 1
            places = traceback.extract_tb(error.__traceback__)
            place = next(frame for frame in reversed(places) if frame.filename == function.__code__.co_filename)
            print(
                f"FAIL {title}: {type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno})",
                flush=True,
            )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
