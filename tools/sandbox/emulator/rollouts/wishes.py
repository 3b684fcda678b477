"""What a test wants of the next rollout of a service, or of the next task that is run by itself."""

from __future__ import annotations

import fnmatch
import json
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from typing import Any

from .causes import CAUSES, Cause, cause_of

# How a rollout ends. IN_PROGRESS: never.
STATUSES = ("SUCCESSFUL", "IN_PROGRESS", "STOPPED", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED")


@dataclass(frozen=True)
class Seconds:
    """How long each phase takes; None: for ever. By default a waiter of the provider, which asks after 0.1, 0.3 and 0.7 s, sees each."""

    pending: float | None = 0.2
    failing: float | None = 0.6
    starting: float | None = 0.4
    rollback: float | None = 0.6


AT_ONCE = Seconds(0, 0, 0, 0)


@dataclass(frozen=True)
class Wish:
    service: str = "*"
    family: str | None = None
    """Of a task that is run by itself; None: of a rollout."""
    status: str = "SUCCESSFUL"
    status_reason: str | None = None
    causes: tuple[Cause, ...] = ()
    """Failing tasks take turns with them."""
    failures: int | None = None
    """Tasks that fail. None: as many as the circuit breaker tolerates, where anything fails at all."""
    running: int | None = None
    """New tasks that run all the same. None: none of a rollout that fails or never ends."""
    container: str | None = None
    seconds: Seconds = field(default_factory=Seconds)

    def matches(self, name: str) -> bool:
        return self.family is None and fnmatch.fnmatchcase(name, self.service)

    def matches_run(self, family: str) -> bool:
        return self.family is not None and fnmatch.fnmatchcase(family, self.family)


KEYS = (
    "service",
    "family",
    "status",
    "statusReason",
    "cause",
    "stoppedReason",
    "stopCode",
    "exitCode",
    "containerReason",
    "logs",
    "failures",
    "running",
    "container",
    "seconds",
    "now",
)


def parse(body: bytes) -> tuple[Wish, bool]:
    """A wish, and whether it means the rollout that is under way."""
    given = json.loads(body)
    if not isinstance(given, dict) or set(given) - set(KEYS):
        unknown = sorted(set(given) - set(KEYS)) if isinstance(given, dict) else type(given).__name__
        raise ValueError(f"found {unknown}; expected an object with some of: {', '.join(KEYS)}")
    status = one_of("status", given.get("status"), STATUSES)
    at_once = bool(given.get("now"))
    return (
        Wish(
            service=given.get("service", "*"),
            family=given.get("family"),
            status=status,
            status_reason=given.get("statusReason"),
            causes=causes(given, fails=status not in ("SUCCESSFUL", "IN_PROGRESS")),
            failures=count(given, "failures"),
            running=count(given, "running"),
            container=given.get("container"),
            seconds=seconds(given.get("seconds", {}), AT_ONCE if at_once else Seconds()),
        ),
        at_once,
    )


def causes(given: dict[str, Any], fails: bool) -> tuple[Cause, ...]:
    names = given.get("cause", [])
    known = [CAUSES[one_of("cause", name, tuple(CAUSES))] for name in ([names] if isinstance(names, str) else names)]
    own: dict[str, Any] = {
        "stopped_reason": given.get("stoppedReason"),
        "stop_code": given.get("stopCode"),
        "exit_code": given.get("exitCode"),
        "container_reason": given.get("containerReason"),
        "logs": tuple(given["logs"]) if "logs" in given else None,
    }
    own = {name: value for name, value in own.items() if value is not None}
    if not known and "stopped_reason" in own:
        known = [cause_of(own["stopped_reason"])]
    if not known and (fails or own):
        known = [CAUSES["exits"]]
    return tuple(replace(cause, **own) for cause in known)


def seconds(given: dict[str, Any], default: Seconds) -> Seconds:
    for name, value in given.items():
        one_of("seconds", name, tuple(f.name for f in fields(Seconds)))
        if value is not None and not (isinstance(value, (int, float)) and value >= 0):
            raise ValueError(f"seconds.{name} is {value!r}; allowed are numbers from 0, and null for ever")
    return replace(default, **given)


def count(given: dict[str, Any], name: str) -> int | None:
    value = given.get(name)
    if value is not None and not (isinstance(value, int) and value >= 0):
        raise ValueError(f"{name} is {value!r}; allowed are whole numbers from 0")
    return value


def one_of(name: str, value: Any, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise ValueError(f"{name} {value!r} is none of: {', '.join(allowed)}")
    return str(value)


_expected: list[Wish] = []


def expect(wish: Wish) -> None:
    """For the next rollout of a service whose name matches; the first that matches is taken, once."""
    _expected.append(wish)


def take(name: str) -> Wish:
    return _take(lambda wish: wish.matches(name))


def take_run(family: str) -> Wish:
    return _take(lambda wish: wish.matches_run(family))


def _take(fits: Callable[[Wish], bool]) -> Wish:
    wish = next((candidate for candidate in _expected if fits(candidate)), None)
    if wish is None:
        return Wish()
    _expected.remove(wish)
    return wish
