"""Rollouts of ECS services, in phases in time. moto runs nothing: what is seen of them is told here, by default that all goes well."""

from . import runs
from .clock import catch_up
from .deployments import counts, services
from .lifecycle import change, delete, scale, start, stop
from .revisions import FINISHED, Revision, Rollout
from .targets import of_group
from .wishes import expect, parse

__all__ = [
    "FINISHED",
    "Revision",
    "Rollout",
    "catch_up",
    "change",
    "counts",
    "delete",
    "expect",
    "of_group",
    "parse",
    "runs",
    "scale",
    "services",
    "start",
    "stop",
]
