"""Routes of gateway endpoints; CIDRs of the prefix lists that AWS manages; flow logs in a folder; NAT gateways and VPCs as provider 6 reads them;
endpoint services."""

from __future__ import annotations

import inspect
from typing import Any

from moto.core.base_backend import BaseBackend
from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models import EC2Backend
from moto.ec2.models.availability_zones_and_regions import RegionsAndZonesBackend
from moto.ec2.models.flow_logs import FlowLogs, FlowLogsBackend
from moto.ec2.models.managed_prefixes import ManagedPrefixList
from moto.ec2.models.nat_gateways import NatGateway, NatGatewayBackend
from moto.ec2.models.security_groups import SecurityGroupRule
from moto.ec2.models.vpcs import AWS_ENDPOINT_SERVICES, VPCBackend
from moto.ec2.responses.nat_gateways import NatGateways
from moto.ec2.responses.vpcs import VPCs

from . import add, replace


@replace(VPCBackend, "modify_vpc_endpoint")
def modify_vpc_endpoint(original: Any, self: EC2Backend, vpc_id: str, **changes: Any) -> None:
    endpoint = self.describe_vpc_endpoints(vpc_end_point_ids=[vpc_id])[0]
    before = list(endpoint.route_table_ids or [])
    original(self, vpc_id=vpc_id, **changes)
    prefix_list = endpoint.destination_prefix_list_id
    if not prefix_list:
        return
    for added in (table for table in endpoint.route_table_ids if table not in before):
        self.create_route(added, None, gateway_id=endpoint.id, destination_prefix_list_id=prefix_list)
    for removed in (table for table in before if table not in endpoint.route_table_ids):
        self.delete_route(removed, prefix_list)


@add(ManagedPrefixList, "cidrs")
@property
def cidrs(self: ManagedPrefixList) -> list[str]:
    latest = list(self.entries.values())[-1:]
    return [entry["Cidr"] for entries in latest for entry in entries or []]


@replace(SecurityGroupRule, "__init__")
def init_rule(original: Any, self: SecurityGroupRule, *args: Any, **fields: Any) -> None:
    """moto keeps the description of a rule on a CIDR only, not of one on a group or a prefix list."""
    original(self, *args, **fields)
    given = inspect.signature(original).bind(self, *args, **fields).arguments
    for other_end in (given.get("source_group"), given.get("prefix_list_id")):
        if other_end and other_end.get("Description"):
            self.ip_range = {**self.ip_range, "Description": other_end["Description"]}


@replace(FlowLogsBackend, "create_flow_logs")
def create_flow_logs(original: Any, self: EC2Backend, *args: Any, **fields: Any) -> tuple[list[FlowLogs], list[Any]]:
    """moto takes the folder in a bucket for a part of the bucket's name."""
    given = inspect.signature(original).bind(self, *args, **fields).arguments
    destination = given.get("log_destination")
    if given.get("log_destination_type") == "s3":
        given["log_destination"] = str(destination).partition("/")[0]
    made: list[FlowLogs]
    made, refused = original(**given)
    for flow_log in made:
        flow_log.log_destination = destination
    return made, refused


add(NatGateway, "availability_mode")("zonal")


@replace(NatGateways, "create_nat_gateway")
def create_nat_gateway(original: Any, self: NatGateways) -> ActionResult:
    if self._get_param("AvailabilityMode") == "regional":
        raise NotImplementedError("A regional NAT gateway")
    return original(self)


@replace(NatGatewayBackend, "create_nat_gateway")
def create_zonal_gateway(original: Any, self: NatGatewayBackend, *args: Any, **kwargs: Any) -> NatGateway:
    gateway: NatGateway = original(self, *args, **kwargs)
    for address in gateway.address_set:
        address.update(isPrimary=True, status="succeeded")
    return gateway


@add(VPCs, "describe_vpc_encryption_controls")
def describe_vpc_encryption_controls(self: VPCs) -> ActionResult:
    """There are none: CreateVpcEncryptionControl is lacking."""
    wanted = self._get_param("VpcEncryptionControlIds", [])
    if wanted:
        raise EC2ClientError(
            "InvalidVpcEncryptionControlId.NotFound", f"The VPC encryption control '{wanted[0]}' does not exist."
        )
    return ActionResult({"VpcEncryptionControls": []})


# Interface endpoints that tasks may need (model/endpoints.ts), and that moto does not know.
LACKING_ENDPOINT_SERVICES = ["dynamodb-streams", "email", "scheduler"]


@replace(VPCBackend, "_collect_default_endpoint_services")
def collect_default_endpoint_services(
    original: Any, self: VPCBackend, account_id: str, region: str
) -> list[dict[str, Any]]:
    """moto loads the models of all services to ask them, and packages that the emulator does without."""
    zones = [
        zone.name for every in RegionsAndZonesBackend.zones.values() for zone in every if zone.region_name == region
    ]
    offered = [(name, "Interface") for name in sorted({*AWS_ENDPOINT_SERVICES, *LACKING_ENDPOINT_SERVICES})]
    offered += [(name, "Gateway") for name in ("dynamodb", "s3")]
    return [
        service
        for name, kind in offered
        for service in BaseBackend.default_vpc_endpoint_service_factory(region, zones, name, kind)
    ]


@replace(VPCBackend, "_filter_endpoint_services")
def filter_endpoint_services(
    original: Any, self: VPCBackend, names: list[str], filters: list[dict[str, Any]], services: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """moto reads the values under a key that no client sends."""
    read = [{"Value": given.get("Values", []), **given} for given in filters]
    kept: list[dict[str, Any]] = original(names, read, services)
    return kept
