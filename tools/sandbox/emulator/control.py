"""The emulator's own endpoints below /sandbox/, in front of moto's."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

import inventory
import rollouts
import seed

Answer = tuple[str, Any]


class Control:
    def __init__(self, moto: Callable[..., Iterable[bytes]]) -> None:
        self.moto = moto

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        route = ROUTES.get((environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")))
        if not route:
            logging.info("%s", action(environ))
            return self.moto(environ, start_response)
        try:
            status, answer = route(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
        except (ValueError, TypeError) as error:
            status, answer = "400 Bad Request", {"error": str(error)}
        body = json.dumps(answer).encode()
        start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]


def action(environ: dict[str, Any]) -> str:
    """What a request asks for, for the log: AWS's protocols hide it in a header or in the body."""
    target = environ.get("HTTP_X_AMZ_TARGET")
    if target:
        return target
    if "form-urlencoded" in environ.get("CONTENT_TYPE", ""):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        return parse_qs(body.decode()).get("Action", ["?"])[0]
    return f"{environ['REQUEST_METHOD']} {environ.get('PATH_INFO', '')}"


def resources(_: bytes) -> Answer:
    for _attempt in range(20):
        try:
            return "200 OK", inventory.resources()
        except RuntimeError:  # something was made or deleted while it was listed
            continue
    raise TimeoutError("the account does not hold still")


def ecs_outcome(body: bytes) -> Answer:
    """`now: true` ends a rollout that is in progress, otherwise the next rollout ends so."""
    given = json.loads(body)
    allowed = {"service", "status", "statusReason", "stoppedReason", "exitCode", "now"}
    if not isinstance(given, dict) or set(given) - allowed:
        raise ValueError(f"expected an object with some of: {', '.join(sorted(allowed))}")
    if given.get("status") not in rollouts.STATUSES:
        raise ValueError(f"status {given.get('status')!r} is none of: {', '.join(rollouts.STATUSES)}")
    outcome = rollouts.Outcome(
        given.get("service", "*"),
        given["status"],
        given.get("statusReason"),
        given.get("stoppedReason"),
        given.get("exitCode"),
    )
    if given.get("now"):
        return "200 OK", {"applied": rollouts.finish(outcome)}
    rollouts.expect(outcome)
    return "200 OK", {"expected": outcome.service}


def seed_account(body: bytes) -> Answer:
    return "200 OK", seed.seed(json.loads(body))


ROUTES: dict[tuple[str, str], Callable[[bytes], Answer]] = {
    ("GET", "/sandbox/resources"): resources,
    ("POST", "/sandbox/ecs/outcome"): ecs_outcome,
    ("POST", "/sandbox/seed"): seed_account,
}
