"""Services that keep what they are told and are rolled out, capacity providers, clusters, the account."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.core.utils import camelcase_to_underscores, utcnow
from moto.ecs.exceptions import EcsClientException, ECSException, InvalidParameterException
from moto.ecs.models import AccountSetting, Cluster, EC2ContainerServiceBackend, Service
from moto.ecs.responses import EC2ContainerServiceResponse
from moto.elbv2.models import elbv2_backends

import rollouts

from . import add, replace

Item = dict[str, Any]

# What CreateService drops, with AWS's defaults.
DEFAULTS: Item = {
    "capacity_provider_strategy": [],
    "availability_zone_rebalancing": "ENABLED",
    "enable_ecs_managed_tags": False,
    "enable_execute_command": False,
    "health_check_grace_period_seconds": 0,
    "placement_constraints": [],
    "placement_strategy": [],
    "service_connect_configuration": None,
    "volume_configurations": None,
}
DEPLOYMENT_DEFAULTS: Item = {
    "deploymentCircuitBreaker": {"enable": False, "rollback": False},
    "maximumPercent": 200,
    "minimumHealthyPercent": 100,
    "strategy": "ROLLING",
    "bakeTimeInMinutes": 0,
}
# "This parameter triggers a new service deployment", says the API reference of UpdateService.
TRIGGERS = (
    "task_definition",
    "network_configuration",
    "platform_version",
    "load_balancers",
    "service_registries",
    "service_connect_configuration",
    "volume_configurations",
)
FARGATE = ("FARGATE", "FARGATE_SPOT")
GIB = 1024
FARGATE_SIZES = {
    256: (512, 1024, 2048),
    512: range(1 * GIB, 4 * GIB + 1, GIB),
    1024: range(2 * GIB, 8 * GIB + 1, GIB),
    2048: range(4 * GIB, 16 * GIB + 1, GIB),
    4096: range(8 * GIB, 30 * GIB + 1, GIB),
    8192: range(16 * GIB, 60 * GIB + 1, 4 * GIB),
    16384: range(32 * GIB, 120 * GIB + 1, 8 * GIB),
    32768: (60 * GIB, 120 * GIB, 244 * GIB),
}

for name, value in {
    **DEFAULTS,
    "deployment_configuration": DEPLOYMENT_DEFAULTS,
    "live": None,
    "primary": None,
    "rollouts": (),
}.items():
    add(Service, name)(value)


@replace(EC2ContainerServiceResponse, "create_service")
def create_service(original: Any, self: EC2ContainerServiceResponse) -> ActionResult:
    backend = self.ecs_backend
    cluster = backend._get_cluster(self._get_param("cluster", "default"))
    existing = backend.services.get(f"{cluster.name}:{self._get_param('serviceName')}")
    if existing and existing.status == "ACTIVE":
        raise InvalidParameterException("Creation of service was not idempotent.")
    strategy, launch_type = self._get_param("capacityProviderStrategy"), self._get_param("launchType")
    if strategy and launch_type:
        raise InvalidParameterException(
            "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again."
        )
    if not strategy and not launch_type:
        strategy = cluster.default_capacity_provider_strategy
    strategy = checked_strategy(cluster, strategy or [])
    check_load_balancers(backend, self._get_param("loadBalancers", []))
    check_task_definition(backend, self._get_param("taskDefinition"))

    answer = original(self)
    service: Service = answer.result["service"]
    for name, default in DEFAULTS.items():
        setattr(service, name, default)
    for key, given in self._get_params().items():
        if camelcase_to_underscores(key) in DEFAULTS and given is not None:
            setattr(service, camelcase_to_underscores(key), given)
    service.capacity_provider_strategy = strategy
    service.launch_type = launch_type or (None if strategy else "EC2")
    service.platform_version = service.platform_version or ("LATEST" if service.launch_type != "EC2" else None)
    service.deployment_configuration = {**DEPLOYMENT_DEFAULTS, **self._get_param("deploymentConfiguration", {})}
    service.created_at = utcnow()
    service.rollouts = []
    rollouts.start(service)
    return answer


@replace(EC2ContainerServiceBackend, "update_service")
def update_service(original: Any, self: EC2ContainerServiceBackend, service_properties: Item) -> Service:
    given = {name: value for name, value in service_properties.items() if value is not None}
    cluster = self._get_cluster(given.pop("cluster", "default"))
    service = self._get_service(cluster.name, given.pop("service").split("/")[-1])
    if service.status != "ACTIVE":
        raise ECSException("ServiceNotActiveException", "Service was not ACTIVE.")
    force = given.pop("force_new_deployment", False)
    if "capacity_provider_strategy" in given:
        given["capacity_provider_strategy"] = checked_strategy(cluster, given["capacity_provider_strategy"])
        if given["capacity_provider_strategy"] != service.capacity_provider_strategy:
            if not force:
                raise InvalidParameterException(
                    "When switching from launch type to capacity provider strategy on an existing service, or making "
                    "a change to a capacity provider strategy on a service that is already using one, you must force "
                    "a new deployment."
                )
            given["launch_type"] = None
    if "task_definition" in given:
        given["task_definition"] = check_task_definition(self, given["task_definition"])
    if "network_configuration" in given:
        service._validate_network(given["network_configuration"])
    check_load_balancers(self, given.get("load_balancers", []))
    if "deployment_configuration" in given:
        given["deployment_configuration"] = {**service.deployment_configuration, **given["deployment_configuration"]}

    desired_count = given.pop("desired_count", service.desired_count)
    changed = force or any(name in given and given[name] != getattr(service, name) for name in TRIGGERS)
    for name, value in given.items():
        setattr(service, name, value)
    rollouts.scale(service, desired_count)
    if changed:
        rollouts.start(service)
    return service


@replace(EC2ContainerServiceBackend, "delete_service")
def delete_service(original: Any, self: EC2ContainerServiceBackend, *args: Any, **kwargs: Any) -> Service:
    service: Service = original(self, *args, **kwargs)
    rollouts.delete(service)
    return service


@replace(EC2ContainerServiceBackend, "register_task_definition")
def register_task_definition(original: Any, self: EC2ContainerServiceBackend, *args: Any, **kwargs: Any) -> Any:
    if "FARGATE" in (kwargs.get("requires_compatibilities") or []):
        cpu, memory = str(kwargs.get("cpu")), str(kwargs.get("memory"))
        known = cpu.isdigit() and memory.isdigit()  # AWS also takes "0.5 vCPU" and "1 GB"
        if known and int(memory) not in FARGATE_SIZES.get(int(cpu), ()):
            raise EcsClientException(
                f"No Fargate configuration exists for given values: {cpu} CPU, {memory} memory. See the Amazon ECS "
                "documentation for the valid values."
            )
    return original(self, *args, **kwargs)


def checked_strategy(cluster: Cluster, strategy: list[Item]) -> list[Item]:
    for item in strategy:
        if item["capacityProvider"] not in (cluster.capacity_providers or []):
            raise InvalidParameterException(
                "The specified capacity provider strategy cannot contain a capacity provider that is not associated "
                "with the cluster. Associate the capacity provider with the cluster and try again."
            )
    return [{"weight": 0, "base": 0, **item} for item in strategy]


def check_task_definition(backend: EC2ContainerServiceBackend, name: str | None) -> str | None:
    if not name:
        return None
    definition = backend.describe_task_definition(name)
    if definition.status != "ACTIVE":
        raise EcsClientException("TaskDefinition is inactive")
    return definition.arn


def check_load_balancers(backend: EC2ContainerServiceBackend, load_balancers: list[Item]) -> None:
    elb = elbv2_backends[backend.account_id][backend.region_name]
    used = set()
    for balancer in elb.load_balancers.values():
        for listener in balancer.listeners.values():
            for rule in listener.rules.values():
                for action in rule.actions:
                    if action.type == "forward":
                        used.update(elb._get_target_group_arns_from(action_data=action.data))
    for arn in (item["targetGroupArn"] for item in load_balancers if item.get("targetGroupArn")):
        if arn not in used:
            raise InvalidParameterException(
                f"The target group with targetGroupArn {arn} does not have an associated load balancer."
            )


# Clusters and the account


@replace(EC2ContainerServiceBackend, "describe_capacity_providers")
def describe_capacity_providers(original: Any, self: EC2ContainerServiceBackend, names: list[str] | None) -> Any:
    prefix = f"arn:{self.partition}:ecs:{self.region_name}:{self.account_id}:capacity-provider/"
    builtin = {
        name: {
            "capacityProviderArn": prefix + name,
            "name": name,
            "status": "ACTIVE",
            "tags": [],
        }
        for name in FARGATE
    }
    wanted = names or [*FARGATE, *self.capacity_providers]
    found, failures = original(self, [name for name in wanted if name.split("/")[-1] not in builtin])
    return [builtin[name.split("/")[-1]] for name in wanted if name.split("/")[-1] in builtin] + found, failures


@add(EC2ContainerServiceResponse, "update_cluster_settings")
def update_cluster_settings(self: EC2ContainerServiceResponse) -> ActionResult:
    cluster = self.ecs_backend.update_cluster(self._get_param("cluster"), self._get_param("settings"), None, None)
    return ActionResult({"cluster": cluster})


@replace(EC2ContainerServiceBackend, "delete_cluster")
def delete_cluster(original: Any, self: EC2ContainerServiceBackend, cluster_str: str) -> Cluster:
    if self._get_cluster(cluster_str).active_services_count:
        raise ECSException(
            "ClusterContainsServicesException", "The Cluster cannot be deleted while Services are active."
        )
    return original(self, cluster_str)


@add(EC2ContainerServiceResponse, "put_account_setting_default")
def put_account_setting_default(self: EC2ContainerServiceResponse) -> ActionResult:
    return self.put_account_setting()


@replace(EC2ContainerServiceBackend, "put_account_setting")
def put_account_setting(original: Any, self: EC2ContainerServiceBackend, name: str, value: str) -> AccountSetting:
    setting = original(self, name, value)
    setting.principal_arn = f"arn:{self.partition}:iam::{self.account_id}:root"
    return setting


@replace(EC2ContainerServiceBackend, "list_account_settings")
def list_account_settings(
    original: Any, self: EC2ContainerServiceBackend, name: str | None = None, value: str | None = None
) -> list[AccountSetting]:
    # moto refuses the names it does not know; those that were put are known.
    found = original(self, None if name in self.account_settings else name, value)
    return [setting for setting in found if name in (None, setting.name)]
