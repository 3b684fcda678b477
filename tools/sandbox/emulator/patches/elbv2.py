"""Capacity, address pools and health check logs of load balancers, transforms of rules, tasks as targets."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ecs.models import ecs_backends
from moto.elbv2.exceptions import LoadBalancerNotFoundError
from moto.elbv2.models import ELBv2Backend, FakeHealthStatus, FakeListenerRule, FakeLoadBalancer, FakeRule
from moto.elbv2.responses import ELBV2Response

import rollouts

from . import add, replace

Item = dict[str, Any]

FakeLoadBalancer.VALID_ATTRS |= {"health_check_logs.s3.bucket", "health_check_logs.s3.prefix"}
add(FakeLoadBalancer, "capacity")(None)
add(FakeLoadBalancer, "ipam_pools")(None)
add(FakeListenerRule, "transforms")([])
add(FakeRule, "transforms")([])


def balancer_of(response: ELBV2Response) -> FakeLoadBalancer:
    balancer = response.elbv2_backend.load_balancers.get(response._get_param("LoadBalancerArn"))
    if balancer is None:
        raise LoadBalancerNotFoundError()
    return balancer


@add(ELBV2Response, "modify_capacity_reservation")
def modify_capacity_reservation(self: ELBV2Response) -> ActionResult:
    balancer = balancer_of(self)
    reset = self._get_bool_param("ResetCapacityReservation", False)
    balancer.capacity = None if reset else self._get_param("MinimumLoadBalancerCapacity")
    return capacity_of(balancer)


@replace(ELBV2Response, "describe_capacity_reservation")
def describe_capacity_reservation(original: Any, self: ELBV2Response) -> ActionResult:
    return capacity_of(balancer_of(self))


def capacity_of(balancer: FakeLoadBalancer) -> ActionResult:
    zones = [
        {"State": {"Code": "provisioned"}, "AvailabilityZone": subnet.availability_zone} for subnet in balancer.subnets
    ]
    return ActionResult(
        {
            "LastModifiedTime": utcnow(),
            "DecreaseRequestsRemaining": 2,
            "MinimumLoadBalancerCapacity": balancer.capacity,
            "CapacityReservationState": zones if balancer.capacity else [],
        }
    )


@add(ELBV2Response, "modify_ip_pools")
def modify_ip_pools(self: ELBV2Response) -> ActionResult:
    balancer = balancer_of(self)
    removed = "ipv4" in self._get_param("RemoveIpamPools", [])
    balancer.ipam_pools = None if removed else self._get_param("IpamPools")
    return ActionResult({"IpamPools": balancer.ipam_pools})


@replace(ELBV2Response, "create_rule")
def create_rule(original: Any, self: ELBV2Response) -> ActionResult:
    answer: ActionResult = original(self)
    answer.result["Rules"][0].transforms = self._get_param("Transforms", [])
    return answer


@replace(ELBV2Response, "modify_rule")
def modify_rule(original: Any, self: ELBV2Response) -> ActionResult:
    rules = self.elbv2_backend.describe_rules(listener_arn=None, rule_arns=[self._get_param("RuleArn")])
    transforms = [] if self._get_bool_param("ResetTransforms", False) else self._get_param("Transforms")
    for rule in rules if transforms is not None else []:
        rule.transforms = transforms
    nothing_else = not self._get_param("Conditions") and not self._get_param("Actions")
    if rules and transforms is not None and nothing_else:
        return ActionResult({"Rules": rules})  # moto refuses a change that changes nothing that it knows
    return original(self)


@replace(ELBv2Backend, "describe_target_health")
def describe_target_health(
    original: Any, self: ELBv2Backend, target_group_arn: str, targets: list[Item]
) -> list[FakeHealthStatus]:
    asked = [target["Id"] for target in targets]
    backend = ecs_backends[self.account_id][self.region_name]
    tasks = rollouts.of_group(target_group_arn, list(backend.services.values()))
    found = [target for target in tasks if not asked or target.instance_id in asked]
    others = [target for target in targets if target["Id"] not in {task.instance_id for task in found}]
    return [*found, *(original(self, target_group_arn, others) if others or not asked else [])]
