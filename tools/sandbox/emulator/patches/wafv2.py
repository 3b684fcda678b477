"""What stands behind a web ACL."""

from __future__ import annotations

import json
from typing import Any

from moto.wafv2.exceptions import WAFNonexistentItemException
from moto.wafv2.responses import WAFV2Response

from . import add

# As AWS's ARNs say it; an Application Load Balancer is what AWS takes where nothing is asked for.
KINDS = {"APPLICATION_LOAD_BALANCER": ":loadbalancer/app/", "API_GATEWAY": ":/restapis/", "COGNITO_USER_POOL": ":userpool/"}


@add(WAFV2Response, "list_resources_for_web_acl")
def list_resources_for_web_acl(self: WAFV2Response) -> Any:
    body = json.loads(self.body)
    acl = self.wafv2_backend.wacls.get(body["WebACLArn"])
    if acl is None:
        raise WAFNonexistentItemException
    kind = KINDS.get(body.get("ResourceType", "APPLICATION_LOAD_BALANCER"), "no such")
    return 200, {}, json.dumps({"ResourceArns": [arn for arn in acl.associated_resources if kind in arn]})
