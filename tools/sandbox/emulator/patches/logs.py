"""Log group classes, protection against deletion, saved queries, metric filters that replace each other, groups that leave nothing behind, keys of groups."""

from __future__ import annotations

import json
from typing import Any

from moto.core.utils import unix_time_millis
from moto.logs.exceptions import ResourceNotFoundException, ValidationException
from moto.logs.metric_filters import MetricFilters
from moto.logs.models import LogGroup, LogsBackend
from moto.logs.responses import LogsResponse
from moto.moto_api._internal import mock_random

from . import add, replace

add(LogGroup, "log_group_class")("STANDARD")
add(LogGroup, "deletion_protection_enabled")(False)


@replace(LogsResponse, "create_log_group")
def create_log_group(original: Any, self: LogsResponse) -> str:
    answer: str = original(self)
    group = self.logs_backend.groups[self._get_param("logGroupName")]
    group.log_group_class = self._get_param("logGroupClass") or "STANDARD"
    group.deletion_protection_enabled = bool(self._get_param("deletionProtectionEnabled"))
    return answer


@add(LogsResponse, "put_log_group_deletion_protection")
def put_log_group_deletion_protection(self: LogsResponse) -> str:
    name: str = self._get_param("logGroupIdentifier")
    group = self.logs_backend.groups.get(name.partition(":log-group:")[2].removesuffix(":*") or name)
    if group is None:
        raise ResourceNotFoundException()
    group.deletion_protection_enabled = bool(self._get_param("deletionProtectionEnabled"))
    return ""


@replace(LogGroup, "to_describe_dict")
def to_describe_dict(original: Any, self: LogGroup) -> dict[str, Any]:
    return {
        **original(self),
        "logGroupClass": self.log_group_class,
        "deletionProtectionEnabled": self.deletion_protection_enabled,
    }


@replace(LogsBackend, "delete_log_group")
def delete_log_group(original: Any, self: LogsBackend, log_group_name: str) -> None:
    group = self.groups.get(log_group_name)
    if group and group.deletion_protection_enabled:
        raise ValidationException(f"The log group {log_group_name} is protected against deletion.")
    original(self, log_group_name)
    # A group's ARN is its name: the next one of that name must not find the tags and filters of this one.
    self.tagger.delete_all_tags_for_resource(group.arn)
    self.filters.metric_filters = [f for f in self.filters.metric_filters if f["logGroupName"] != log_group_name]


@replace(MetricFilters, "add_filter")
def add_filter(
    original: Any, self: MetricFilters, filter_name: str, filter_pattern: str, log_group_name: str, *rest: Any
) -> None:
    self.delete_filter(filter_name, log_group_name)
    original(self, filter_name, filter_pattern, log_group_name, *rest)


@replace(LogsBackend, "__init__")
def init(original: Any, self: LogsBackend, *args: Any, **kwargs: Any) -> None:
    original(self, *args, **kwargs)
    self.query_definitions: dict[str, dict[str, Any]] = {}


@add(LogsResponse, "put_query_definition")
def put_query_definition(self: LogsResponse) -> str:
    definitions = self.logs_backend.query_definitions
    given = self._get_param("queryDefinitionId")
    if given and given not in definitions:
        raise ResourceNotFoundException()
    identifier = given or str(mock_random.uuid4())
    definitions[identifier] = {
        "queryDefinitionId": identifier,
        "name": self._get_param("name"),
        "queryString": self._get_param("queryString"),
        "logGroupNames": self._get_param("logGroupNames", []),
        "queryLanguage": self._get_param("queryLanguage", "CWLI"),
        "lastModified": int(unix_time_millis()),
    }
    return json.dumps({"queryDefinitionId": identifier})


@add(LogsResponse, "describe_query_definitions")
def describe_query_definitions(self: LogsResponse) -> str:
    prefix = self._get_param("queryDefinitionNamePrefix", "")
    definitions = self.logs_backend.query_definitions.values()
    return json.dumps({"queryDefinitions": [d for d in definitions if d["name"].startswith(prefix)]})


@add(LogsResponse, "delete_query_definition")
def delete_query_definition(self: LogsResponse) -> str:
    found = self.logs_backend.query_definitions.pop(self._get_param("queryDefinitionId"), None)
    if not found:
        raise ResourceNotFoundException()
    return json.dumps({"success": True})


def group_of(response: LogsResponse) -> LogGroup:
    group = response.logs_backend.groups.get(response._get_param("logGroupName"))
    if group is None:
        raise ResourceNotFoundException()
    return group


@add(LogsResponse, "associate_kms_key")
def associate_kms_key(self: LogsResponse) -> str:
    group_of(self).kms_key_id = self._get_param("kmsKeyId")
    return ""


@add(LogsResponse, "disassociate_kms_key")
def disassociate_kms_key(self: LogsResponse) -> str:
    group_of(self).kms_key_id = None
    return ""
