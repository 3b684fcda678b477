"""The emulator's own endpoints below /sandbox/, in front of moto's."""

from __future__ import annotations

import io
import json
import logging
import threading
from collections.abc import Callable, Iterable
from typing import Any

import inventory
import lacking
import rollouts
import seed

Answer = tuple[str, Any]


class Control:
    """One request at a time: moto's state does not hold still for two. What is due by then happens first."""

    def __init__(self, moto: Callable[..., Iterable[bytes]]) -> None:
        self.moto = moto
        self.lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        body = read(environ)  # before the lock: a client may be slow
        with self.lock:
            rollouts.catch_up()
            route = ROUTES.get((environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")))
            if route:
                return self.answer(route, body, start_response)
            environ["wsgi.input"] = io.BytesIO(body)
            logging.info("%s", lacking.operation_of(environ, environ["wsgi.input"]) or lacking.request_line(environ))
            return self.moto(environ, start_response)

    def answer(self, route: Route, body: bytes, start_response: Callable[..., Any]) -> Iterable[bytes]:
        try:
            status, answer = route(body)
        except (ValueError, TypeError) as error:
            status, answer = "400 Bad Request", {"error": str(error)}
        text = json.dumps(answer).encode()
        start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(text)))])
        return [text]


def read(environ: dict[str, Any]) -> bytes:
    length = environ.get("CONTENT_LENGTH")
    if not length and not environ.get("wsgi.input_terminated"):
        return b""
    body: bytes = environ["wsgi.input"].read(int(length)) if length else environ["wsgi.input"].read()
    environ["CONTENT_LENGTH"] = str(len(body))
    return body


def resources(_: bytes) -> Answer:
    return "200 OK", inventory.resources()


def ecs_outcome(body: bytes) -> Answer:
    """
    Tells how the next rollout of a service goes, or with `now` the one that is under way. Without a word, all goes well within a second.

    service          name of the ECS service, with * and ?; default: any
    family           instead: the next task of this family that RunTask starts. SUCCESSFUL ends it with 0, IN_PROGRESS never, any other status by `cause`
    status           how it ends: SUCCESSFUL, STOPPED, ROLLBACK_SUCCESSFUL, ROLLBACK_FAILED, or IN_PROGRESS: never. A first rollout has nothing to go
                     back to: both ROLLBACK_… end in ROLLBACK_FAILED. No task of a service without desired tasks fails.
    statusReason     what ECS says of the end; default: AWS's words
    cause            why tasks fail, one of causes.py; several take turns. Default: "exits" where the status is a failure, or nothing fails
    stoppedReason, stopCode, exitCode, containerReason, logs
                     replace what the cause says; words in braces as there
    failures         how many tasks fail; default: as many as the circuit breaker tolerates. With SUCCESSFUL the desired tasks start after them
    running          new tasks that run and are healthy all the same; default: 0
    container        which one fails; default: the first essential one
    seconds          of the phases { pending, failing, starting, rollback }, in the order in which they come; null: for ever. Defaults in wishes.py
    now              true: the rollouts of matching services that are under way go on so, without waiting where no seconds are given
    """
    wish, now = rollouts.parse(body)
    if now:
        return "200 OK", {"applied": rollouts.change(wish) if wish.family is None else rollouts.runs.change(wish)}
    rollouts.expect(wish)
    return "200 OK", {"expected": wish.family or wish.service}


def seed_account(body: bytes) -> Answer:
    return "200 OK", seed.seed(json.loads(body))


def remove(body: bytes) -> Answer:
    """Takes away things as /sandbox/resources names them, and says of each whether it was there."""
    return "200 OK", [inventory.remove(thing["service"], thing["type"], thing["id"]) for thing in json.loads(body)]


def lacking_operations(_: bytes) -> Answer:
    """What was asked for in vain: { service, operation, count, why }; `why` is empty where there is no such operation at all."""
    return "200 OK", lacking.found()


Route = Callable[[bytes], Answer]

ROUTES: dict[tuple[str, str], Route] = {
    ("GET", "/sandbox/lacking"): lacking_operations,
    ("GET", "/sandbox/resources"): resources,
    ("POST", "/sandbox/ecs/outcome"): ecs_outcome,
    ("POST", "/sandbox/remove"): remove,
    ("POST", "/sandbox/seed"): seed_account,
}
