"""Makes what a stack takes for granted in an account, under the very ids that its configuration names where AWS would choose them."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import exports
from moto.backends import get_backend

ACCOUNT = "123456789012"


def seed(wishes: dict[str, Any]) -> dict[str, Any]:
    """Idempotent: what exists already stays, so that a second `up` of a stack changes nothing."""
    region = wishes["region"]
    for zone in wishes.get("zones", []):
        make_zone(zone)
    for arn in wishes.get("secretArns", []):
        make_secret(arn)
    for image in wishes.get("images", []):
        make_image(region, image["repository"], image["digest"], image.get("tag"))
    made: dict[str, Any] = {}
    if wishes.get("certificate"):
        made["certificateArn"] = certificate(region, wishes["certificate"])
    if wishes.get("network"):
        made["network"] = network(region, **wishes["network"])
        for wish in wishes.get("exports", []):
            ids = [made["network"][wish["key"]]] if wish["key"] == "vpcId" else made["network"][wish["key"]]
            exports.make(region, wish["name"], ",".join(ids[wish["from"] : wish["from"] + wish["count"]] or ids[:1]))
    home = (made.get("network") or {}).get("vpcId") or vpc_of(region, wishes.get("owner"))
    reached = wishes.get("reached") or {}
    for group in reached.get("groups", []):
        make_group(region, group, home)
    for prefixes in reached.get("lists", []):
        make_list(region, prefixes)
    return made


def vpc_of(region: str, owner: dict[str, str] | None) -> str | None:
    """The VPC that a stack has made, or none yet."""
    if owner is None:
        return None
    for vpc in backend("ec2", region).vpcs.values():
        if owner.items() <= {tag["key"]: tag["value"] for tag in vpc.get_tags()}.items():
            return str(vpc.id)
    return None


def make_group(region: str, group_id: str, vpc_id: str | None) -> None:
    """In its VPC under its own id; in the account's default VPC where it has none yet."""
    ec2 = backend("ec2", region)
    home = vpc_id or ec2.default_vpc.id
    known = ec2.get_security_group_from_id(group_id)
    if known is not None and known.vpc_id == home:
        return
    if known is not None:
        del ec2.groups[known.vpc_id][group_id]
    made = ec2.create_security_group(f"given-{group_id}", "Given", vpc_id=home)
    del ec2.groups[home][made.group_id]
    made.id = made.group_id = group_id
    ec2.groups[home][group_id] = made


def make_list(region: str, known: str) -> None:
    """Under its own id, or by its name with an id of the emulator's. Of AWS's lists the emulator has some."""
    ec2 = backend("ec2", region)
    lists = ec2.managed_prefix_lists
    if known in lists or any(other.prefix_list_name == known for other in lists.values()):
        return
    is_id = known.startswith("pl-")
    made = ec2.create_managed_prefix_list(
        address_family="IPv4",
        entry=[{"Cidr": "10.98.0.0/16"}],
        max_entries="1",
        prefix_list_name=f"given-{known}" if is_id else known,
    )
    if not is_id:
        return
    del lists[made.id]
    made.id = known
    lists[known] = made


def backend(service: str, region: str) -> Any:
    return get_backend(service)[ACCOUNT][region]


def make_zone(name: str) -> None:
    route53 = backend("route53", "aws")
    if not any(zone.name.rstrip(".") == name for zone in route53.zones.values()):
        route53.create_hosted_zone(name=f"{name}.", private_zone=False, caller_reference=name)


def make_secret(arn: str) -> None:
    service, region = arn.split(":")[2:4]
    if service == "ssm":
        name = arn.split(":parameter", 1)[1]
        parameters = backend("ssm", region)
        if name not in parameters._parameters:
            parameters.put_parameter(
                name=name,
                description="",
                value="sandbox",
                parameter_type="SecureString",
                allowed_pattern="",
                keyid=None,
                overwrite=False,
                tags=[],
                data_type="text",
                tier="Standard",
                policies=None,
            )
        return
    bare = ":".join(arn.split(":")[:7])
    secrets = backend("secretsmanager", region)
    if any(secret.arn == bare for secret in secrets.secrets.values()):
        return
    name = bare.rsplit(":", 1)[1][:-7]
    secrets.create_secret(
        name=name,
        secret_string="sandbox",
        secret_binary=None,
        description=None,
        tags=[],
        kms_key_id=None,
        client_request_token=None,
        replica_regions=[],
        force_overwrite=False,
    )
    secrets.secrets[name].arn = bare


def make_image(region: str, repository: str, digest: str, tag: str | None) -> None:
    ecr = backend("ecr", region)
    if repository not in ecr.repositories:
        ecr.create_repository(
            repository_name=repository,
            registry_id=None,
            encryption_config=None,
            image_scan_config=None,
            image_tag_mutability="MUTABLE",
            tags=[],
        )
    images = ecr.repositories[repository].images
    if any(image.get_image_digest() == digest for image in images):
        return
    manifest = json.dumps(
        {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json", "annotations": {"for": digest}}
    )
    tag = tag or hashlib.sha256(digest.encode()).hexdigest()[:16]
    ecr.put_image(repository_name=repository, image_manifest=manifest, image_tag=tag, digest=digest)


def certificate(region: str, name: str) -> str:
    acm = backend("acm", region)
    for known in acm._certificates.values():
        if known.common_name == name:
            return known.arn
    return acm.request_certificate(domain_name=name, idempotency_token="sandbox", subject_alt_names=[], tags=[])


def network(region: str, publicSubnets: int, privateSubnets: int) -> dict[str, Any]:
    """One VPC a region for all stacks that bring none of their own."""
    ec2 = backend("ec2", region)
    zones = [zone.name for zone in ec2.describe_availability_zones()]
    vpc = next((known for known in ec2.vpcs.values() if known.cidr_block == "10.99.0.0/16"), None)
    if vpc is None:
        vpc = ec2.create_vpc(cidr_block="10.99.0.0/16")
        ec2.modify_vpc_attribute(vpc.id, "enable_dns_hostnames", True)
    subnets = {
        subnet.cidr_block: subnet
        for zone in ec2.subnets.values()
        for subnet in zone.values()
        if subnet.vpc_id == vpc.id
    }

    def subnet(number: int, index: int) -> Any:
        block = f"10.99.{number}.0/24"
        return subnets.get(block) or ec2.create_subnet(
            vpc_id=vpc.id, cidr_block=block, availability_zone=zones[index % len(zones)]
        )

    public = [subnet(index, index).id for index in range(publicSubnets)]
    private = [subnet(100 + index, index).id for index in range(privateSubnets)]
    tables = [table.id for table in ec2.route_tables.values() if table.vpc_id == vpc.id]
    return {"vpcId": vpc.id, "publicSubnetIds": public, "privateSubnetIds": private, "privateRouteTableIds": tables}
