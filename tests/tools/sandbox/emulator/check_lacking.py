"""What the emulator lacks is said as AWS says it, at once, and remembered."""

from __future__ import annotations

import http.client
from typing import Any

from botocore import xform_name
from botocore.config import Config
from checking import URL, aws, check, clients, refused, same, sandbox


def count(service: str, operation: str) -> int:
    found = {(item["service"], item["operation"]): item["count"] for item in sandbox("/sandbox/lacking")}
    return found.get((service, operation), 0)


def raw(method: str, path: str, service: str, body: str = "", **headers: str) -> tuple[int, str]:
    """For what boto3 does not know either."""
    connection = http.client.HTTPConnection(URL.removeprefix("http://"))
    scope = (
        f"AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/{service}/aws4_request, SignedHeaders=host, Signature=x"
    )
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, {"Authorization": scope, **given})
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


@check("lacking: each protocol has its way to say so")
def protocols() -> None:
    session = {"cluster": "c", "task": "t", "command": "sh", "interactive": True}
    cases: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
        ("ecs", "ExecuteCommand", "UnknownOperationException", session),
        ("autoscaling", "StartInstanceRefresh", "InvalidAction", {"AutoScalingGroupName": "g"}),
        ("ec2", "CreateVpcEncryptionControl", "InvalidAction", {"VpcId": "vpc-1"}),
        ("efs", "DescribeReplicationConfigurations", "UnknownOperationException", {}),
        ("route53", "ListTrafficPolicies", "UnknownOperationException", {}),
    )
    for name, operation, code, arguments in cases:
        client = clients(name, Config(retries={"max_attempts": 5}))
        service = client.meta.service_model.signing_name
        before = count(service, operation)
        message = refused(code, getattr(client, xform_name(operation)), **arguments)
        same(message.startswith(f"The emulator lacks {service}:{operation}."), True, message)
        same(count(service, operation) - before, 1, f"times that {service}:{operation} was asked for")


@check("lacking: operations that no client knows yet, and those of S3 Control")
def unheard_of() -> None:
    status, text = raw("GET", "/v20180820/jobs", "s3")
    same((status, "<Code>UnknownOperationException</Code>" in text, count("s3", "ListJobs")), (404, True, 1), text)
    json_1_1 = {"Content_Type": "application/x-amz-json-1.1", "X_Amz_Target": "Logs_20140328.Dream"}
    status, text = raw("POST", "/", "logs", "{}", **json_1_1)
    same((status, '"UnknownOperationException"' in text, count("logs", "Dream")), (400, True, 1), text)
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    status, text = raw("POST", "/", "elasticloadbalancing", "Action=Dream&Version=2015-12-01", **form)
    same((status, "<Code>InvalidAction</Code>" in text, count("elasticloadbalancing", "Dream")), (400, True, 1), text)
    status, text = raw("POST", "/", "ec2", "Action=Dream&Version=2016-11-15", **form)
    same((status, text.startswith("<Response><Errors><Error><Code>InvalidAction</Code>")), (400, True), text)
    status, text = raw("GET", "/2013-04-01/dream", "route53")
    same((status, count("route53", "GET /2013-04-01/dream")), (404, 1), text)


@check("lacking: a part of an operation that moto does not do")
def parts() -> None:
    filters = [{"Name": "dream", "Values": ["x"]}]
    message = refused("InvalidAction", aws("ec2").describe_subnets, Filters=filters)
    same("The emulator lacks ec2:DescribeSubnets. The filter 'dream'" in message, True, message)


@check("lacking: a service that moto does not have at all")
def services() -> None:
    message = refused("UnknownOperationException", clients("route53profiles").list_profiles)
    same(message, "The emulator lacks route53profiles:ListProfiles. It has nothing of this service.")


@check("lacking: an error of moto's own is told apart")
def own_errors() -> None:
    from moto.sqs.responses import SQSResponse

    def broken(_: Any) -> None:
        raise KeyError("lost")

    original, SQSResponse.list_queues = SQSResponse.list_queues, broken
    try:
        message = refused("InternalFailure", aws("sqs").list_queues)
    finally:
        SQSResponse.list_queues = original
    same(message, "The emulator failed at sqs:ListQueues: see its log.")
    [found] = [item for item in sandbox("/sandbox/lacking") if item["operation"] == "ListQueues"]
    same((found["count"], found["why"]), (1, "KeyError: 'lost'"))
    same(aws("sqs").list_queues()["ResponseMetadata"]["HTTPStatusCode"], 200)


@check("lacking: what AWS itself refuses or does not find is none of it")
def ordinary_refusals() -> None:
    before = sandbox("/sandbox/lacking")
    refused("NoSuchBucket", aws("s3").list_objects_v2, Bucket="nowhere")
    refused("404", aws("s3").head_bucket, Bucket="nowhere")
    refused("NoSuchHostedZone", aws("route53").get_hosted_zone, Id="Z0")
    refused("FileSystemNotFound", aws("efs").describe_file_systems, FileSystemId="fs-0")
    same(sandbox("/sandbox/lacking"), before)
