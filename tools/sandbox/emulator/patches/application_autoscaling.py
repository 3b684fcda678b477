"""Tags of scalable targets; policies that keep their ARN and alarms; capacity that follows minimum and maximum."""

from __future__ import annotations

import json
from typing import Any

from moto.applicationautoscaling.models import (
    ApplicationAutoscalingBackend,
    FakeApplicationAutoscalingPolicy,
    FakeScalableTarget,
)
from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse
from moto.core.exceptions import JsonRESTError

import rollouts

from . import add, replace

add(FakeScalableTarget, "tags")({})


def target_of(response: ApplicationAutoScalingResponse) -> FakeScalableTarget:
    arn = response._get_param("ResourceARN")
    for targets in response.applicationautoscaling_backend.targets.values():
        for target in targets.values():
            if target.arn == arn:
                return target
    raise JsonRESTError("ResourceNotFoundException", f"No scalable target found for resource ARN: {arn}")


@replace(ApplicationAutoScalingResponse, "register_scalable_target")
def register_scalable_target(original: Any, self: ApplicationAutoScalingResponse) -> str:
    answer: str = original(self)
    tags = self._get_param("Tags")
    if tags:
        backend = self.applicationautoscaling_backend
        target = backend.targets[self._get_param("ScalableDimension")][self._get_param("ResourceId")]
        target.tags = dict(tags)
    return answer


@add(ApplicationAutoScalingResponse, "list_tags_for_resource")
def list_tags_for_resource(self: ApplicationAutoScalingResponse) -> str:
    return json.dumps({"Tags": target_of(self).tags})


@add(ApplicationAutoScalingResponse, "tag_resource")
def tag_resource(self: ApplicationAutoScalingResponse) -> str:
    target = target_of(self)
    target.tags = {**target.tags, **self._get_param("Tags")}
    return "{}"


@add(ApplicationAutoScalingResponse, "untag_resource")
def untag_resource(self: ApplicationAutoScalingResponse) -> str:
    target = target_of(self)
    removed = self._get_param("TagKeys")
    target.tags = {key: value for key, value in target.tags.items() if key not in removed}
    return "{}"


@replace(ApplicationAutoscalingBackend, "register_scalable_target")
def keep_within_limits(original: Any, self: ApplicationAutoscalingBackend, *args: Any, **kwargs: Any) -> Any:
    target = original(self, *args, **kwargs)
    if target.scalable_dimension == "ecs:service:DesiredCount":
        _, cluster, name = target.resource_id.split("/")
        service = self.ecs_backend._get_service(cluster, name)
        rollouts.scale(service, max(target.min_capacity, min(target.max_capacity, service.desired_count)))
    return target


@replace(ApplicationAutoscalingBackend, "put_scaling_policy")
def put_scaling_policy(original: Any, self: ApplicationAutoscalingBackend, *args: Any, **kwargs: Any) -> Any:
    before = dict(self.policies)
    policy = original(self, *args, **kwargs)
    key = FakeApplicationAutoscalingPolicy.formulate_key(
        policy.service_namespace, policy.resource_id, policy.scalable_dimension, policy.policy_name
    )
    if key in before:
        before[key].delete_alarms(self.account_id, self.region_name)
        policy.policy_arn = before[key].policy_arn
        policy.creation_time = before[key].creation_time
    return policy
