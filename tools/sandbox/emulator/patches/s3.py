"""Tags that a bucket is created with."""

from __future__ import annotations

from typing import Any

import xmltodict
from moto.s3.responses import S3Response

from . import replace


@replace(S3Response, "_bucket_response_put")
def bucket_response_put(
    original: Any, self: S3Response, request: Any, bucket_name: str, querystring: dict[str, Any]
) -> Any:
    answer = original(self, request, bucket_name, querystring)
    if self.body and not querystring:
        configuration = xmltodict.parse(self.body, force_list=("Tag",)).get("CreateBucketConfiguration") or {}
        tags = (configuration.get("Tags") or {}).get("Tag", [])
        if tags:
            self.backend.put_bucket_tagging(bucket_name, {tag["Key"]: tag["Value"] or "" for tag in tags})
    return answer
