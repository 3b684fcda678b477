"""Tag policies: an account without any."""

from __future__ import annotations

from moto.resourcegroupstaggingapi.responses import ResourceGroupsTaggingAPIResponse

from . import add


@add(ResourceGroupsTaggingAPIResponse, "list_required_tags")
def list_required_tags(self: ResourceGroupsTaggingAPIResponse) -> str:
    return '{"RequiredTags": []}'
