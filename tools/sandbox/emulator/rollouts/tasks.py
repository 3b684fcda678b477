"""Tasks: nothing runs, but each of them starts, runs and stops as it would be seen."""

from __future__ import annotations

import copy
import ipaddress
from typing import Any

from moto.ec2.models import ec2_backends
from moto.ecs.models import Container, EC2ContainerServiceBackend, Service, Task
from moto.moto_api._internal import mock_random

from . import clock, container_logs
from .causes import Cause
from .revisions import Revision

Item = dict[str, Any]

TERMINATED = 143  # by SIGTERM: all containers of a task are


def start(revision: Revision) -> Task:
    """A task of a service."""
    service = revision.service
    task = place(
        service._backend,
        service.cluster_arn,
        revision.settings,
        group=f"service:{service.name}",
        started_by=revision.deployment_id,
    )
    definition = service._backend.describe_task_definition(revision.settings["task_definition"])
    task.tags = tags(service, definition)
    task.enable_execute_command = service.enable_execute_command
    agents(task, "PENDING")
    task.capacity_provider_name = next(
        (item["capacityProvider"] for item in revision.settings["capacity_provider_strategy"] or []), None
    )
    return task


def place(backend: EC2ContainerServiceBackend, cluster: str, settings: Item, **origin: Any) -> Task:
    """A task that waits for its container. Its network interface is in no subnet: moto's would hold it, and the groups, for ever."""
    definition = copy.copy(backend.describe_task_definition(settings["task_definition"]))
    definition.network_mode = None
    task = Task(
        cluster=backend._get_cluster(cluster),
        task_definition=definition,
        container_instance_arn=None,
        resource_requirements=None,
        backend=backend,
        launch_type="FARGATE",
        platform_version="1.4.0",
        **origin,
    )
    task.id = mock_random.uuid4().hex
    task.advance = lambda: None  # being described must not end it
    task.last_status = "PENDING"
    task.created_at = task.connectivity_at = task.pull_started_at = clock.moment()
    task.connectivity = "CONNECTED"
    task.platform_family = "Linux"
    task.cpu, task.memory = definition.cpu, definition.memory
    task.containers = [container(task, definition, item) for item in definition.container_definitions]
    attach(task, settings["network_configuration"])
    backend.tasks.setdefault(task.cluster_name, {})[task.task_arn] = task
    return task


def container(task: Task, definition: Any, item: Item) -> Container:
    alone = copy.copy(definition)
    alone.container_definitions = [item]
    made = Container(alone)
    made.definition = item
    made.container_arn = f"{task.task_arn.replace(':task/', ':container/')}/{mock_random.uuid4()}"
    made.runtime_id = f"{task.id}-{mock_random.randint(10**9, 10**10 - 1)}"
    made.task_arn, made.last_status, made.exitCode, made.health_status = task.task_arn, "PENDING", None, "UNKNOWN"
    return made


def attach(task: Task, network: Item | None) -> None:
    subnet_id = ((network or {}).get("awsvpcConfiguration") or {}).get("subnets", [None])[0]
    if subnet_id is None:
        return
    subnet = ec2_backends[task._account_id][task.region_name].get_subnet(subnet_id)
    there = [known for cluster in task._backend.tasks.values() for known in cluster.values()]
    taken = {known.address for known in there if known.desired_status == "RUNNING"}
    block = ipaddress.ip_network(subnet.cidr_block)
    free = (str(block[number]) for number in range(4, block.num_addresses - 1))  # AWS keeps the others
    task.address = next((address for address in free if address not in taken), str(block[4]))
    task.availability_zone = subnet.availability_zone
    details = {
        "subnetId": subnet_id,
        "networkInterfaceId": f"eni-{task.id[:17]}",
        "macAddress": "02:" + ":".join(task.id[i : i + 2] for i in range(0, 10, 2)),
        "privateIPv4Address": task.address,
    }
    task.attachments = [
        {
            "id": str(mock_random.uuid4()),
            "type": "ElasticNetworkInterface",
            "status": "ATTACHED",
            "details": [{"name": name, "value": value} for name, value in details.items()],
        }
    ]
    for made in task.containers:
        made.network_interfaces = [{"attachmentId": task.attachments[0]["id"], "privateIpv4Address": task.address}]


def run(task: Task) -> None:
    task.last_status = "RUNNING"
    task.pull_stopped_at = task.started_at = clock.moment()
    for made in task.containers:
        made.last_status = "RUNNING"
        if made.definition.get("healthCheck"):
            made.health_status = "HEALTHY"
        container_logs.open_stream(task, made)
    agents(task, "RUNNING")
    states = {made.health_status for made in task.containers}
    task.health_status = "HEALTHY" if "HEALTHY" in states else "UNKNOWN"


def fail(task: Task, settings: Item, cause: Cause, name: str | None = None) -> None:
    """Stops it as `cause` says; `name` is the container that fails, by default the first essential one."""
    item = failing_container(task._backend, settings, name)
    failing = next(made for made in task.containers if made.name == item["name"])
    words = facts(task._backend, settings, item, task.id)
    if cause.runs:
        container_logs.write(task, failing, [line.format_map(words) for line in cause.logs])
    stop(task, cause.stop_code, cause.stopped_reason.format_map(words))
    for made in task.containers if cause.runs else []:
        made.exitCode = cause.exit_code if made is failing or cause.exit_code == TERMINATED else 0
    failing.reason = cause.container_reason and cause.container_reason.format_map(words)


def failing_container(backend: EC2ContainerServiceBackend, settings: Item, name: str | None = None) -> Item:
    definition = backend.describe_task_definition(settings["task_definition"])
    essential = [item for item in definition.container_definitions if item.get("essential") is not False]
    return next((item for item in definition.container_definitions if item["name"] == name), essential[0])


def stop(task: Task, code: str, reason: str) -> None:
    task.last_status = task.desired_status = "STOPPED"
    task.stop_code, task.stopped_reason = code, reason
    task.stopping_at = task.execution_stopped_at = task.stopped_at = clock.moment()
    task.target = None
    for made in task.containers:
        made.last_status = "STOPPED"
    agents(task, "STOPPED")


def agents(task: Task, status: str) -> None:
    """Of ECS Exec, one a container: where the root file system is read-only, it ends as soon as it starts."""
    # Tasks of no service have none: no command of this project runs one with it.
    for made in task.containers if getattr(task, "enable_execute_command", False) else []:
        ends = status == "RUNNING" and made.definition.get("readonlyRootFilesystem")
        made.managed_agents = [{"name": "ExecuteCommandAgent", "lastStatus": "STOPPED" if ends else status}]


def scale_in(task: Task) -> None:
    stop(task, "ServiceSchedulerInitiated", f"Scaling activity initiated by (deployment {task.started_by})")


def of(service: Service, revision: Revision | None = None) -> list[Task]:
    """Those that run or are about to."""
    return [
        task
        for task in service._backend.tasks.get(service.cluster_name, {}).values()
        if task.group == f"service:{service.name}"
        and task.desired_status == "RUNNING"
        and (revision is None or task.started_by == revision.deployment_id)
    ]


def tags(service: Service, definition: Any) -> list[dict[str, str]]:
    source = {"SERVICE": service.tags, "TASK_DEFINITION": definition.tags}.get(service.propagate_tags) or []
    managed = {"aws:ecs:clusterName": service.cluster_name, "aws:ecs:serviceName": service.name}
    return [*source, *({"key": k, "value": v} for k, v in managed.items() if service.enable_ecs_managed_tags)]


def facts(backend: EC2ContainerServiceBackend, settings: Item, item: Item, task_id: str = "") -> dict[str, str]:
    """The words of causes.py in braces, for a container's definition."""
    definition = backend.describe_task_definition(settings["task_definition"])
    registry, _, rest = item["image"].partition("/")
    repository, _, tag = rest.partition("@" if "@" in rest else ":")
    account, region = backend.account_id, backend.region_name
    role = getattr(definition, "execution_role_arn", None) or f"arn:aws:iam::{account}:role/none"
    platform = getattr(definition, "runtime_platform", None) or {}
    network = (settings["network_configuration"] or {}).get("awsvpcConfiguration") or {}
    secrets = [secret["valueFrom"] for secret in item.get("secrets") or []]
    ports = [mapping["containerPort"] for mapping in item.get("portMappings") or []]
    groups = [balancer["targetGroupArn"] for balancer in settings["load_balancers"] if balancer.get("targetGroupArn")]
    return {
        "account": account,
        "region": region,
        "task": task_id,
        "request": str(mock_random.uuid4()),
        "image": item["image"],
        "registry": registry,
        "repository": repository,
        "tag": tag or "latest",
        "platform": "linux/arm64" if platform.get("cpuArchitecture") == "ARM64" else "linux/amd64",
        "command": (item.get("entryPoint") or item.get("command") or ["/app"])[0],
        "executionRole": role,
        "executionRoleName": role.rpartition("/")[2],
        "secret": next(iter(secrets), f"arn:aws:secretsmanager:{region}:{account}:secret:none-AbCdEf"),
        "port": str(next(iter(ports), 80)),
        "subnet": next(iter(network.get("subnets", [])), "subnet-none"),
        "targetGroup": next(iter(groups), "none"),
    }
