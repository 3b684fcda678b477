"""Service deployments, service revisions and tasks."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from moto.core.responses import ActionResult
from moto.ecs.exceptions import ECSException
from moto.ecs.models import EC2ContainerServiceBackend, Service, Task
from moto.ecs.responses import EC2ContainerServiceResponse

import rollouts

from . import add, replace

Item = dict[str, Any]


def revision_summary(rollout: rollouts.Rollout, revision: rollouts.Revision) -> Item:
    running, pending = rollout.counts[revision.id] if rollout.counts else rollouts.counts(revision)
    requested = rollout.service.desired_count if revision is rollout.target else running + pending
    return {
        "arn": revision.arn,
        "requestedTaskCount": requested,
        "runningTaskCount": running,
        "pendingTaskCount": pending,
    }


def service_deployment(rollout: rollouts.Rollout) -> Item:
    breaker = rollout.service.deployment_configuration["deploymentCircuitBreaker"]
    answer = {
        **service_deployment_brief(rollout),
        "stoppedAt": rollout.finished_at if rollout.status == "STOPPED" else None,
        "updatedAt": rollout.updated_at,
        "targetServiceRevision": revision_summary(rollout, rollout.target),
        "sourceServiceRevisions": [revision_summary(rollout, source) for source in rollout.sources],
        "deploymentConfiguration": rollout.service.deployment_configuration,
        "deploymentCircuitBreaker": {
            "status": rollout.breaker if breaker.get("enable") else "DISABLED",
            "failureCount": rollout.target.failed_tasks,
            "threshold": rollout.threshold,
        },
    }
    if rollout.rollback_started_at and rollout.source:
        answer["rollback"] = {
            "reason": rollout.reason,
            "startedAt": rollout.rollback_started_at,
            "serviceRevisionArn": rollout.source.arn,
        }
    return answer


def service_deployment_brief(rollout: rollouts.Rollout) -> Item:
    return {
        "serviceDeploymentArn": rollout.arn,
        "serviceArn": rollout.service.arn,
        "clusterArn": rollout.service.cluster_arn,
        "createdAt": rollout.created_at,
        "startedAt": rollout.started_at,
        "finishedAt": rollout.finished_at,
        "targetServiceRevisionArn": rollout.target.arn,
        "status": rollout.status,
        "statusReason": rollout.reason,
    }


def service_revision(service: Service, revision: rollouts.Revision) -> Item:
    settings = revision.settings
    definition = service._backend.describe_task_definition(settings["task_definition"])
    images = [
        {"containerName": c["name"], "image": c["image"], "imageDigest": c["image"].partition("@")[2] or None}
        for c in definition.container_definitions
    ]
    return {
        "serviceRevisionArn": revision.arn,
        "serviceArn": service.arn,
        "clusterArn": service.cluster_arn,
        "taskDefinition": settings["task_definition"],
        "capacityProviderStrategy": settings["capacity_provider_strategy"],
        "launchType": settings["launch_type"],
        "platformVersion": "1.4.0" if settings["platform_version"] == "LATEST" else settings["platform_version"],
        "platformFamily": "Linux",
        "loadBalancers": settings["load_balancers"],
        "serviceRegistries": settings["service_registries"],
        "networkConfiguration": settings["network_configuration"] or None,
        "containerImages": images,
        "createdAt": revision.created_at,
    }


def instant(value: Any) -> float:
    """moto's own times are naive UTC; those of a request arrive as numbers or as aware times."""
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=timezone.utc)).timestamp()
    return float(value)


def found_or_missing(wanted: list[str], items: dict[str, Item], key: str) -> ActionResult:
    missing = [{"arn": arn, "reason": "MISSING"} for arn in wanted if arn not in items]
    return ActionResult({key: [items[arn] for arn in wanted if arn in items], "failures": missing})


@add(EC2ContainerServiceResponse, "list_service_deployments")
def list_service_deployments(self: EC2ContainerServiceResponse) -> ActionResult:
    name = self._get_param("service").split("/")[-1]
    service = self.ecs_backend._get_service(self._get_param("cluster", "default"), name)
    statuses, created = self._get_param("status", []), self._get_param("createdAt") or {}
    after, before = created.get("after"), created.get("before")
    found = [
        service_deployment_brief(rollout)
        for rollout in reversed(service.rollouts)
        if (not statuses or rollout.status in statuses)
        and (after is None or instant(rollout.created_at) > instant(after))
        and (before is None or instant(rollout.created_at) < instant(before))
    ]
    return ActionResult({"serviceDeployments": found})


@add(EC2ContainerServiceResponse, "describe_service_deployments")
def describe_service_deployments(self: EC2ContainerServiceResponse) -> ActionResult:
    known = {r.arn: service_deployment(r) for s in self.ecs_backend.services.values() for r in s.rollouts}
    return found_or_missing(self._get_param("serviceDeploymentArns"), known, "serviceDeployments")


@add(EC2ContainerServiceResponse, "stop_service_deployment")
def stop_service_deployment(self: EC2ContainerServiceResponse) -> ActionResult:
    arn = self._get_param("serviceDeploymentArn")
    found = [r for s in self.ecs_backend.services.values() for r in s.rollouts if r.arn == arn]
    if not found:
        raise ECSException("ServiceDeploymentNotFoundException", "The service deployment was not found.")
    if found[0].finished or found[0].rollback_started_at:
        raise ECSException("ConflictException", f"The service deployment is {found[0].status} and cannot be stopped.")
    rollouts.stop(found[0], self._get_param("stopType", "ROLLBACK"))
    return ActionResult({"serviceDeploymentArn": arn})


@add(EC2ContainerServiceResponse, "describe_service_revisions")
def describe_service_revisions(self: EC2ContainerServiceResponse) -> ActionResult:
    services = self.ecs_backend.services.values()
    known = {r.target.arn: service_revision(s, r.target) for s in services for r in s.rollouts}
    return found_or_missing(self._get_param("serviceRevisionArns"), known, "serviceRevisions")


@replace(EC2ContainerServiceBackend, "list_tasks")
def list_tasks(
    original: Any,
    self: EC2ContainerServiceBackend,
    cluster_str: str | None = None,
    container_instance: str | None = None,
    family: str | None = None,
    started_by: str | None = None,
    service_name: str | None = None,
    desiredStatus: str | None = None,
) -> list[Task]:
    tasks: list[Task] = original(
        self, cluster_str, container_instance, None, started_by, None, desiredStatus or "RUNNING"
    )
    # moto knows the active revisions of a family alone.
    tasks = [task for task in tasks if family in (None, rollouts.runs.family(task))]
    group = f"service:{service_name.split('/')[-1]}" if service_name else None
    return [task for task in tasks if group in (None, task.group)]


for name in ("protection_expires", "address", "availability_zone", "target"):
    add(Task, name)(None)


def protected_tasks(response: EC2ContainerServiceResponse) -> ActionResult:
    tasks = response.ecs_backend.list_tasks(response._get_param("cluster", "default"))
    wanted = response._get_param("tasks") or [task.task_arn for task in tasks]
    known = {
        task.task_arn: {
            "taskArn": task.task_arn,
            "protectionEnabled": task.protection_expires is not None,
            "expirationDate": task.protection_expires,
        }
        for task in tasks
    }
    by_id = {arn.split("/")[-1]: arn for arn in known}
    return found_or_missing([by_id.get(arn.split("/")[-1], arn) for arn in wanted], known, "protectedTasks")


@add(EC2ContainerServiceResponse, "get_task_protection")
def get_task_protection(self: EC2ContainerServiceResponse) -> ActionResult:
    return protected_tasks(self)


@add(EC2ContainerServiceResponse, "update_task_protection")
def update_task_protection(self: EC2ContainerServiceResponse) -> ActionResult:
    ids = [arn.split("/")[-1] for arn in self._get_param("tasks")]
    minutes = self._get_int_param("expiresInMinutes", 120)
    expires = datetime.fromtimestamp(datetime.now().timestamp() + 60 * minutes, timezone.utc)
    for task in self.ecs_backend.list_tasks(self._get_param("cluster", "default")):
        if task.id in ids:
            task.protection_expires = expires if self._get_param("protectionEnabled") else None
    return protected_tasks(self)
