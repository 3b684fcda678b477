"""What Terraform provider 6 reads and calls, by its sources."""

from __future__ import annotations

import http.client
from typing import Any

from botocore.config import Config
from checking import REGION, URL, aws, check, clients, network, refused, same

ACCOUNT = "123456789012"


@check("provider: S3 Control at the account's host, directly and through the proxy")
def s3_control() -> None:
    s3 = aws("s3")
    s3.create_bucket(Bucket="tagged", CreateBucketConfiguration={"LocationConstraint": REGION})
    arn = "arn:aws:s3:::tagged"
    proxied = clients("s3control", Config(proxies={"http": URL}), URL.replace("127.0.0.1", "localhost"))
    proxied.tag_resource(AccountId=ACCOUNT, ResourceArn=arn, Tags=[{"Key": "stack", "Value": "dev"}])
    same(s3.get_bucket_tagging(Bucket="tagged")["TagSet"], [{"Key": "stack", "Value": "dev"}])
    same(proxied.list_tags_for_resource(AccountId=ACCOUNT, ResourceArn=arn)["Tags"], [{"Key": "stack", "Value": "dev"}])
    # The provider's own endpoint through the proxy, and the account's host without it, where a resolver knows *.localhost.
    localhost = URL.replace("127.0.0.1", "localhost")
    same(clients("sts", Config(proxies={"http": URL}), localhost).get_caller_identity()["Account"], ACCOUNT)
    connection = http.client.HTTPConnection(URL.removeprefix("http://"))
    scope = f"AWS4-HMAC-SHA256 Credential=test/20260101/{REGION}/s3/aws4_request, SignedHeaders=host, Signature=x"
    headers = {
        "Host": f"{ACCOUNT}.localhost:{URL.rpartition(':')[2]}",
        "Authorization": scope,
        "x-amz-account-id": ACCOUNT,
    }
    connection.request("GET", "/v20180820/tags/arn%3Aaws%3As3%3A%3A%3Atagged", headers=headers)
    answer = connection.getresponse()
    same((answer.status, b"<Value>dev</Value>" in answer.read()), (200, True))
    s3.delete_bucket(Bucket="tagged")


@check("provider: a bucket keeps the tags that it is created with")
def bucket_tags() -> None:
    tags = [{"Key": "stack", "Value": "dev"}, {"Key": "empty", "Value": ""}]
    for region, location in ((REGION, {"LocationConstraint": REGION}), ("us-east-1", {})):
        s3 = clients("s3", region=region)
        s3.create_bucket(Bucket="born-tagged", CreateBucketConfiguration={**location, "Tags": tags})
        same(s3.get_bucket_tagging(Bucket="born-tagged")["TagSet"], tags)
        s3.delete_bucket(Bucket="born-tagged")
    aws("s3").create_bucket(Bucket="untagged", CreateBucketConfiguration={"LocationConstraint": REGION})
    refused("NoSuchTagSet", aws("s3").get_bucket_tagging, Bucket="untagged")
    aws("s3").delete_bucket(Bucket="untagged")


@check("provider: flow logs go to a folder of a bucket, which has to exist")
def flow_logs() -> None:
    ec2, s3 = aws("ec2"), aws("s3")
    s3.create_bucket(Bucket="flows", CreateBucketConfiguration={"LocationConstraint": REGION})
    asked = {"ResourceType": "VPC", "ResourceIds": [network()["vpc"]], "TrafficType": "ALL", "LogDestinationType": "s3"}
    missing = ec2.create_flow_logs(**asked, LogDestination="arn:aws:s3:::missing/shop/flows")
    same([failed["Error"]["Message"] for failed in missing["Unsuccessful"]], ["LogDestination: missing does not exist."])
    [key] = ec2.create_flow_logs(**asked, LogDestination="arn:aws:s3:::flows/shop/flows")["FlowLogIds"]
    [found] = ec2.describe_flow_logs(FlowLogIds=[key])["FlowLogs"]
    same(found["LogDestination"], "arn:aws:s3:::flows/shop/flows")
    ec2.delete_flow_logs(FlowLogIds=[key])
    s3.delete_bucket(Bucket="flows")


@check("provider: a NAT gateway says its mode, and of its addresses which is the first")
def nat_gateways() -> None:
    ec2 = aws("ec2")
    address = ec2.allocate_address(Domain="vpc")
    key = ec2.create_nat_gateway(SubnetId=network()["subnets"][0], AllocationId=address["AllocationId"])["NatGateway"][
        "NatGatewayId"
    ]
    [found] = ec2.describe_nat_gateways(NatGatewayIds=[key])["NatGateways"]
    same(found["AvailabilityMode"], "zonal")
    [shown] = found["NatGatewayAddresses"]
    same(
        (shown["IsPrimary"], shown["AllocationId"], shown["PublicIp"]),
        (True, address["AllocationId"], address["PublicIp"]),
    )
    same({"AssociationId", "NetworkInterfaceId", "PrivateIp"} - set(shown), set(), "missing of its address")
    message = refused("InvalidAction", ec2.create_nat_gateway, VpcId=network()["vpc"], AvailabilityMode="regional")
    same("A regional NAT gateway" in message, True, message)
    ec2.delete_nat_gateway(NatGatewayId=key)
    ec2.release_address(AllocationId=address["AllocationId"])


@check("provider: a log group that is protected is not deleted")
def protected_log_groups() -> None:
    logs = aws("logs")
    logs.create_log_group(logGroupName="kept", deletionProtectionEnabled=True)
    shown = logs.describe_log_groups(logGroupNamePrefix="kept")["logGroups"][0]
    same(shown["deletionProtectionEnabled"], True)
    refused("ValidationException", logs.delete_log_group, logGroupName="kept")
    for identifier, enabled in ((shown["arn"], True), ("kept", False)):
        logs.put_log_group_deletion_protection(logGroupIdentifier=identifier, deletionProtectionEnabled=enabled)
        same(logs.describe_log_groups(logGroupNamePrefix="kept")["logGroups"][0]["deletionProtectionEnabled"], enabled)
    logs.delete_log_group(logGroupName="kept")
    gone = {"logGroupIdentifier": "kept", "deletionProtectionEnabled": True}
    refused("ResourceNotFoundException", logs.put_log_group_deletion_protection, **gone)


@check("provider: capacity, address pools and health check logs of a load balancer")
def load_balancers() -> None:
    elb = aws("elbv2")
    arn = elb.create_load_balancer(Name="six", Subnets=network()["subnets"])["LoadBalancers"][0]["LoadBalancerArn"]
    same(elb.describe_capacity_reservation(LoadBalancerArn=arn).get("MinimumLoadBalancerCapacity"), None)
    elb.modify_capacity_reservation(LoadBalancerArn=arn, MinimumLoadBalancerCapacity={"CapacityUnits": 100})
    found = elb.describe_capacity_reservation(LoadBalancerArn=arn)
    states = {state["State"]["Code"] for state in found["CapacityReservationState"]}
    same((found["MinimumLoadBalancerCapacity"], states), ({"CapacityUnits": 100}, {"provisioned"}))
    elb.modify_capacity_reservation(LoadBalancerArn=arn, ResetCapacityReservation=True)
    same(elb.describe_capacity_reservation(LoadBalancerArn=arn)["CapacityReservationState"], [])

    def pools() -> Any:
        return elb.describe_load_balancers(LoadBalancerArns=[arn])["LoadBalancers"][0].get("IpamPools")

    elb.modify_ip_pools(LoadBalancerArn=arn, IpamPools={"Ipv4IpamPoolId": "ipam-pool-1"})
    same(pools(), {"Ipv4IpamPoolId": "ipam-pool-1"})
    elb.modify_ip_pools(LoadBalancerArn=arn, RemoveIpamPools=["ipv4"])
    same(pools(), None)

    logs = {
        "health_check_logs.s3.enabled": "true",
        "health_check_logs.s3.bucket": "logs",
        "health_check_logs.s3.prefix": "web",
    }
    elb.modify_load_balancer_attributes(
        LoadBalancerArn=arn, Attributes=[{"Key": k, "Value": v} for k, v in logs.items()]
    )
    attributes = elb.describe_load_balancer_attributes(LoadBalancerArn=arn)["Attributes"]
    same({a["Key"]: a["Value"] for a in attributes if a["Key"] in logs}, logs)
    elb.delete_load_balancer(LoadBalancerArn=arn)
    for operation, more in (("modify_capacity_reservation", {}), ("modify_ip_pools", {})):
        refused("LoadBalancerNotFound", getattr(elb, operation), LoadBalancerArn=arn, **more)


@check("provider: transforms of a listener rule")
def rule_transforms() -> None:
    elb = aws("elbv2")
    balancer = elb.create_load_balancer(Name="rules", Subnets=network()["subnets"])["LoadBalancers"][0][
        "LoadBalancerArn"
    ]
    actions = [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}]
    listener = elb.create_listener(LoadBalancerArn=balancer, Port=80, Protocol="HTTP", DefaultActions=actions)
    listener_arn = listener["Listeners"][0]["ListenerArn"]

    def transform(replacement: str) -> list[dict[str, Any]]:
        rewrite = {"Rewrites": [{"Regex": "^/api/(.*)$", "Replace": replacement}]}
        return [{"Type": "url-rewrite", "UrlRewriteConfig": rewrite}]

    condition = [{"Field": "path-pattern", "Values": ["/api/*"]}]
    made = elb.create_rule(
        ListenerArn=listener_arn, Priority=1, Conditions=condition, Actions=actions, Transforms=transform("/$1")
    )
    arn = made["Rules"][0]["RuleArn"]

    def shown() -> Any:
        return elb.describe_rules(RuleArns=[arn])["Rules"][0].get("Transforms")

    same((made["Rules"][0]["Transforms"], shown()), (transform("/$1"), transform("/$1")))
    elb.modify_rule(RuleArn=arn, Conditions=[{"Field": "path-pattern", "Values": ["/v1/*"]}])
    same(shown(), transform("/$1"), "after another change")
    elb.modify_rule(RuleArn=arn, Transforms=transform("/v2/$1"))
    same(shown(), transform("/v2/$1"))
    elb.modify_rule(RuleArn=arn, ResetTransforms=True)
    same(shown() or [], [])
    elb.delete_load_balancer(LoadBalancerArn=balancer)


@check("provider: a listener has each rule priority once, whether a rule is made or changed")
def rule_priorities() -> None:
    elb = aws("elbv2")
    balancer = elb.create_load_balancer(Name="order", Subnets=network()["subnets"])["LoadBalancers"][0][
        "LoadBalancerArn"
    ]
    actions = [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}]
    listener = elb.create_listener(LoadBalancerArn=balancer, Port=80, Protocol="HTTP", DefaultActions=actions)
    given = {
        "ListenerArn": listener["Listeners"][0]["ListenerArn"],
        "Conditions": [{"Field": "path-pattern", "Values": ["/x"]}],
        "Actions": actions,
    }
    arn = elb.create_rule(Priority=1, **given)["Rules"][0]["RuleArn"]
    refused("PriorityInUse", elb.create_rule, Priority=1, **given)
    elb.create_rule(Priority=2, **given)
    refused("PriorityInUse", elb.set_rule_priorities, RulePriorities=[{"RuleArn": arn, "Priority": 2}])
    elb.set_rule_priorities(RulePriorities=[{"RuleArn": arn, "Priority": 3}])
    same(elb.describe_rules(RuleArns=[arn])["Rules"][0]["Priority"], "3")
    elb.delete_load_balancer(LoadBalancerArn=balancer)


@check("provider: encryption controls of VPCs, and tags that a policy requires")
def none_of_them() -> None:
    ec2 = aws("ec2")
    same(ec2.describe_vpc_encryption_controls(VpcIds=[network()["vpc"]])["VpcEncryptionControls"], [])
    refused(
        "InvalidVpcEncryptionControlId.NotFound",
        ec2.describe_vpc_encryption_controls,
        VpcEncryptionControlIds=["vpcec-1"],
    )
    same(aws("resourcegroupstaggingapi").list_required_tags()["RequiredTags"], [])


@check("provider: a record that was deleted is made again, beside others of its zone; one that exists is not")
def records() -> None:
    route53 = aws("route53")
    zone = route53.create_hosted_zone(Name="again.example", CallerReference="again")["HostedZone"]["Id"]
    alias = {"HostedZoneId": "Z1", "DNSName": "a.elb.amazonaws.com", "EvaluateTargetHealth": True}

    def change(action: str, name: str) -> dict[str, Any]:
        record = {"Name": name, "Type": "A", "AliasTarget": alias}
        changes = {"Changes": [{"Action": action, "ResourceRecordSet": record}]}
        return {"HostedZoneId": zone, "ChangeBatch": changes}

    for name in ("again.example", "www.again.example"):
        route53.change_resource_record_sets(**change("CREATE", name))
    refused("InvalidChangeBatch", route53.change_resource_record_sets, **change("CREATE", "again.example"))
    route53.change_resource_record_sets(**change("DELETE", "again.example"))
    route53.change_resource_record_sets(**change("CREATE", "again.example"))
    for name in ("again.example", "www.again.example"):
        route53.change_resource_record_sets(**change("DELETE", name))
    route53.delete_hosted_zone(Id=zone)
