"""What the emulator lacks: answered as AWS answers an operation that it does not know, and remembered."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

import botocore.session
from botocore.exceptions import UnknownServiceError
from botocore.model import OperationNotFoundError
from moto.backend_index import backend_url_patterns
from moto.core.responses import BaseResponse

Application = Callable[..., Iterable[bytes]]
Answer = tuple[str, list[tuple[str, str]], bytes]

_found: dict[tuple[str, str], dict[str, Any]] = {}


def found() -> list[dict[str, Any]]:
    return [_found[key] for key in sorted(_found)]


class Lacking:
    """
    In front of moto, which answers with an error of the server, a page of HTML or nothing: clients ask such again for minutes, and their users are
    told of AWS what is the emulator's fault.
    """

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        status, headers, body = self.ask(environ)
        start_response(status, headers)
        return [body]

    def ask(self, environ: dict[str, Any]) -> Answer:
        begun: list[Any] = []
        body = environ["wsgi.input"]
        try:
            chunks = self.application(environ, lambda status, headers, _=None: begun.extend([status, headers]))
            answer: Answer = begun[0], begun[1], b"".join(chunks)
        except (NotImplementedError, OperationNotFoundError) as error:
            return unknown(environ, body, str(error))
        except Exception as error:
            logging.exception("moto failed")
            remember(*asked_of(environ, body), f"{type(error).__name__}: {error}")
            return failed(environ, body)
        return unknown(environ, body, "") if is_unknown(environ, answer) else answer


def is_unknown(environ: dict[str, Any], answer: Answer) -> bool:
    """moto's way to say that no operation has this path."""
    status, headers, body = answer
    if status[:3] not in ("404", "405") or environ["REQUEST_METHOD"] == "HEAD":
        return False
    return not body or (
        dict(headers).get("Content-Type", "").startswith("text/html") and b"<!doctype html>" in body[:40]
    )


def remember(service: str, operation: str, why: str) -> None:
    entry = _found.setdefault(
        (service, operation), {"service": service, "operation": operation, "count": 0, "why": why}
    )
    entry["count"] += 1
    logging.info("LACKING %s:%s %s", service, operation, why)


def unknown(environ: dict[str, Any], body: Any, why: str) -> Answer:
    service, operation = asked_of(environ, body)
    remember(service, operation, why)
    message = f"The emulator lacks {service}:{operation}." + (f" {why}" if why else "")
    protocol = protocol_of(environ, body, service)
    if protocol == "json":
        return as_json("400 Bad Request", "UnknownOperationException", message, environ.get("CONTENT_TYPE", ""))
    if protocol in ("ec2", "query"):
        return as_xml("400 Bad Request", "InvalidAction", message, protocol)
    if protocol == "rest-json":
        return as_json("404 Not Found", "UnknownOperationException", message, "application/json")
    if protocol == "s3":
        return as_xml("405 Method Not Allowed", "MethodNotAllowed", message, protocol)
    return as_xml("404 Not Found", "UnknownOperationException", message, protocol)


def failed(environ: dict[str, Any], body: Any) -> Answer:
    """An error of moto's own. It may be gone the next time, so that a client may ask again."""
    service, operation = asked_of(environ, body)
    message = f"The emulator failed at {service}:{operation}: see its log."
    protocol = protocol_of(environ, body, service)
    status = "500 Internal Server Error"
    if protocol.endswith("json"):
        return as_json(status, "InternalFailure", message, environ.get("CONTENT_TYPE") or "application/json")
    return as_xml(status, "InternalFailure", message, protocol)


def as_json(status: str, code: str, message: str, content_type: str) -> Answer:
    body = json.dumps({"__type": code, "message": message}).encode()
    return status, [*lengths(content_type, body), ("x-amzn-ErrorType", code)], body


def as_xml(status: str, code: str, message: str, protocol: str) -> Answer:
    error = f"<Code>{code}</Code><Message>{escape(message)}</Message>"
    text = {
        "ec2": f"<Response><Errors><Error>{error}</Error></Errors><RequestID>sandbox</RequestID></Response>",
        "s3": f"<Error>{error}<RequestId>sandbox</RequestId></Error>",
    }.get(
        protocol,
        f"<ErrorResponse><Error><Type>Sender</Type>{error}</Error><RequestId>sandbox</RequestId></ErrorResponse>",
    )
    body = text.encode()
    return status, lengths("text/xml", body), body


def lengths(content_type: str, body: bytes) -> list[tuple[str, str]]:
    return [("Content-Type", content_type), ("Content-Length", str(len(body)))]


# What a request asks for


def asked_of(environ: dict[str, Any], body: Any) -> tuple[str, str]:
    """Service and operation, as IAM names them; where the path alone tells and no operation has it, method and path."""
    service = service_of(environ)
    return service, operation_of(environ, body) or by_path(environ, service) or request_line(environ)


def service_of(environ: dict[str, Any]) -> str:
    """The name that the request is signed for."""
    match = re.search(r"Credential=[^,]*/([\w-]+)/aws4_request", environ.get("HTTP_AUTHORIZATION", ""))
    return match[1] if match else "?"


def operation_of(environ: dict[str, Any], body: Any) -> str | None:
    target: str | None = environ.get("HTTP_X_AMZ_TARGET")
    if target:
        return target.rpartition(".")[2]
    text = body.getvalue().decode() if "form-urlencoded" in environ.get("CONTENT_TYPE", "") else ""
    return parse_qs(f"{environ.get('QUERY_STRING', '')}&{text}").get("Action", [None])[0]


def request_line(environ: dict[str, Any]) -> str:
    return f"{environ['REQUEST_METHOD']} {environ.get('PATH_INFO', '')}"


def model_of(environ: dict[str, Any], service: str) -> Any:
    """botocore knows a service by another name than the one that it is signed for, often moto's."""
    host = f"http://{service}.us-east-1.amazonaws.com"
    name = next((name for name, pattern in backend_url_patterns if pattern.match(host)), service)
    if environ.get("PATH_INFO", "").startswith("/v20180820/"):
        name = "s3control"
    try:
        return botocore.session.get_session().get_service_model(name)
    except UnknownServiceError:
        return None


def by_path(environ: dict[str, Any], service: str) -> str | None:
    model = model_of(environ, service)
    if model is None or model.service_name == "s3":  # its paths are all alike
        return None
    operations = [model.operation_model(name) for name in model.operation_names]
    fitting = [
        operation
        for operation in operations
        if operation.http["method"] == environ["REQUEST_METHOD"]
        and re.match(
            BaseResponse.uri_to_regexp(operation.http["requestUri"].partition("?")[0]), environ.get("PATH_INFO", "")
        )
    ]
    return max(fitting, key=lambda operation: len(operation.http["requestUri"])).name if fitting else None


def protocol_of(environ: dict[str, Any], body: Any, service: str) -> str:
    if environ.get("HTTP_X_AMZ_TARGET"):
        return "json"
    if operation_of(environ, body):
        return "ec2" if service == "ec2" else "query"
    model = model_of(environ, service)
    if model is None:
        return "rest-json"
    return "s3" if model.service_name == "s3" else str(model.metadata["protocol"])
