"""What all checks need: a running emulator, clients, assertions, and a service to look at."""

from __future__ import annotations

import json
import sys
import time
import urllib.request
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

sys.dont_write_bytecode = True
SOURCES = Path(__file__).parents[4] / "tools" / "sandbox" / "emulator"
sys.path.insert(0, str(SOURCES))

import serve  # noqa: E402

server = serve.make(0)

import boto3  # noqa: E402
from botocore.config import Config  # noqa: E402
from botocore.exceptions import ClientError  # noqa: E402

from rollouts import clock  # noqa: E402

URL = f"http://127.0.0.1:{server.server_port}"
REGION = "ap-northeast-2"
# Time stands still unless a check skips some.
START = time.time()
clock.wall = lambda: START

CHECKS: list[tuple[str, Callable[[], None]]] = []


def check(title: str) -> Callable[[Callable[[], None]], None]:
    return lambda function: CHECKS.append((title, function))


PATIENT = Config(read_timeout=300, retries={"total_max_attempts": 1})


def clients(service: str, config: Config | None = None, url: str = URL, region: str = REGION) -> Any:
    return boto3.client(
        service,
        endpoint_url=url,
        region_name=region,
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=PATIENT.merge(config or Config()),
    )


@cache
def aws(service: str) -> Any:
    return clients(service)


def sandbox(path: str, body: dict[str, Any] | list[dict[str, Any]] | None = None) -> Any:
    data = json.dumps(body).encode() if body is not None else None
    with urllib.request.urlopen(urllib.request.Request(URL + path, data)) as answer:
        return json.load(answer)


def outcome(**body: Any) -> Any:
    return sandbox("/sandbox/ecs/outcome", body)


def same(found: Any, expected: Any, what: str = "value") -> None:
    if found != expected:
        raise AssertionError(f"{what}: expected {expected!r}, found {found!r}")


def refused(code: str, function: Callable[..., Any], **arguments: Any) -> str:
    try:
        function(**arguments)
    except ClientError as error:
        same(error.response["Error"]["Code"], code, "error code")
        return error.response["Error"]["Message"]
    raise AssertionError(f"{function.__name__} was not refused with {code}")


@cache
def network() -> dict[str, Any]:
    ec2 = aws("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{i}.0/24", AvailabilityZone=f"{REGION}{zone}")["Subnet"][
            "SubnetId"
        ]
        for i, zone in enumerate("ac")
    ]
    group = ec2.create_security_group(GroupName="tasks", Description="tasks", VpcId=vpc)["GroupId"]
    table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    return {"vpc": vpc, "subnets": subnets, "group": group, "table": table}


@cache
def cluster() -> str:
    aws("ecs").create_cluster(clusterName="main", capacityProviders=["FARGATE", "FARGATE_SPOT"])
    return "main"


def task_definition(family: str = "web", image: str = "image:1", **more: Any) -> str:
    arguments: dict[str, Any] = {
        "requiresCompatibilities": ["FARGATE"],
        "networkMode": "awsvpc",
        "cpu": "256",
        "memory": "512",
        "containerDefinitions": [{"name": "app", "image": image}, {"name": "helper", "image": "helper:1"}],
        **more,
    }
    answer = aws("ecs").register_task_definition(family=family, **arguments)
    return answer["taskDefinition"]["taskDefinitionArn"]


def strategy(spot: int) -> list[dict[str, Any]]:
    return [
        {"capacityProvider": "FARGATE", "weight": 100 - spot, "base": 1},
        {"capacityProvider": "FARGATE_SPOT", "weight": spot, "base": 0},
    ]


def awsvpc() -> dict[str, Any]:
    net = network()
    return {
        "awsvpcConfiguration": {
            "subnets": net["subnets"],
            "securityGroups": [net["group"]],
            "assignPublicIp": "DISABLED",
        }
    }


def create_service(name: str, settled: bool = True, **more: Any) -> dict[str, Any]:
    arguments: dict[str, Any] = {
        "capacityProviderStrategy": strategy(50),
        "taskDefinition": task_definition(name),
        "desiredCount": 2,
        "networkConfiguration": awsvpc(),
        **more,
    }
    made = aws("ecs").create_service(cluster=cluster(), serviceName=name, **arguments)["service"]
    if not settled:
        return made
    settle()
    return service(name)


def settle() -> None:
    """Lets every rollout come to its end."""
    clock.skip(5)


def service(name: str) -> dict[str, Any]:
    return aws("ecs").describe_services(cluster=cluster(), services=[name], include=["TAGS"])["services"][0]


def update(name: str, **more: Any) -> dict[str, Any]:
    return aws("ecs").update_service(cluster=cluster(), service=name, **more)["service"]


def last_rollout(name: str) -> dict[str, Any]:
    ecs = aws("ecs")
    brief = ecs.list_service_deployments(cluster=cluster(), service=name)["serviceDeployments"][0]
    [full] = ecs.describe_service_deployments(serviceDeploymentArns=[brief["serviceDeploymentArn"]])[
        "serviceDeployments"
    ]
    for key, value in brief.items():
        if key != "targetServiceRevisionArn":
            same(full[key], value, key)
    same(full["targetServiceRevision"]["arn"], brief["targetServiceRevisionArn"])
    return full


def tasks(name: str, status: str = "RUNNING") -> list[dict[str, Any]]:
    ecs = aws("ecs")
    arns = ecs.list_tasks(cluster=cluster(), serviceName=name, desiredStatus=status)["taskArns"]
    return ecs.describe_tasks(cluster=cluster(), tasks=arns, include=["TAGS"])["tasks"] if arns else []
