"""Quotas of Fargate and of EC2, by default as AWS has them."""

from __future__ import annotations

from typing import Any

from moto.servicequotas.models import ServiceQuotasBackend

from . import replace

DEFAULTS = {
    ("fargate", "L-3032A538"): ("Fargate On-Demand vCPU resource count", 6.0),
    ("fargate", "L-36FBB829"): ("Fargate Spot vCPU resource count", 6.0),
    ("ec2", "L-0263D0A3"): ("EC2-VPC Elastic IPs", 5.0),
}


@replace(ServiceQuotasBackend, "get_service_quota")
def get_service_quota(
    original: Any, self: ServiceQuotasBackend, service_code: str, quota_code: str
) -> dict[str, Any]:
    if (service_code, quota_code) not in DEFAULTS:
        return original(self, service_code, quota_code)
    name, value = DEFAULTS[service_code, quota_code]
    return {"ServiceCode": service_code, "QuotaCode": quota_code, "QuotaName": name, "Value": value}
