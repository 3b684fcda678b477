"""Service-linked roles by the names that AWS gives them."""

from __future__ import annotations

from typing import Any

from moto.iam.models import SERVICE_NAME_CONVERSION, IAMBackend, Role

from . import replace

SERVICE_NAME_CONVERSION.update({"ecs": "ECS", "elasticloadbalancing": "ElasticLoadBalancing"})


@replace(IAMBackend, "create_service_linked_role")
def create_service_linked_role(
    original: Any, self: IAMBackend, service_name: str, description: str, suffix: str
) -> Role:
    role: Role = original(self, service_name, description, suffix)
    if service_name == "ecs.application-autoscaling.amazonaws.com":
        del self.roles[role.id]
        role.name = "AWSServiceRoleForApplicationAutoScaling_ECSService"
        self.roles[role.id] = role
    return role
