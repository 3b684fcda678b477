"""Routes of gateway endpoints; CIDRs of the prefix lists that AWS manages."""

from __future__ import annotations

import inspect
from typing import Any

from moto.ec2.models import EC2Backend
from moto.ec2.models.managed_prefixes import ManagedPrefixList
from moto.ec2.models.security_groups import SecurityGroupRule
from moto.ec2.models.vpcs import VPCBackend

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
