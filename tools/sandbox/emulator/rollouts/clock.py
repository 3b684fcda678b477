"""Time, without threads: a course of events goes on when somebody asks and its time has come."""

from __future__ import annotations

import heapq
import itertools
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timezone

# Seconds until a course goes on; None: it never does.
Course = Iterator[float | None]

_due: list[tuple[float, int, Callable[[], None]]] = []
_order = itertools.count()
_skipped = 0.0
wall = time.time
_instant: float | None = None


def now() -> float:
    """The instant of what happens now, though it was due a while ago and happens only because somebody asks."""
    return wall() + _skipped if _instant is None else _instant


def moment() -> datetime:
    return datetime.fromtimestamp(now(), timezone.utc)


def skip(seconds: float) -> None:
    """For checks, which do not wait."""
    global _skipped
    _skipped += seconds
    catch_up()


def catch_up() -> None:
    """Lets everything happen that is due by now, in order."""
    limit = now()
    while _due and _due[0][0] <= limit:
        instant, _, action = heapq.heappop(_due)
        with _at(instant):
            action()


@contextmanager
def _at(instant: float) -> Iterator[None]:
    global _instant
    _instant = instant
    try:
        yield
    finally:
        _instant = None


class Process:
    """A course under way. `after_each` is called whenever it went a step further."""

    def __init__(self, course: Course, after_each: Callable[[], None]) -> None:
        self.course = course
        self.after_each = after_each
        self.stopped = False
        self.go_on()

    def go_on(self) -> None:
        if self.stopped:
            return
        wait = next(self.course, None)
        while wait == 0:
            wait = next(self.course, None)
        self.after_each()
        if wait is not None:
            heapq.heappush(_due, (now() + wait, next(_order), self.go_on))

    def stop(self) -> None:
        self.stopped = True
