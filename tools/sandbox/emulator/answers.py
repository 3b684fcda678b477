"""What was answered, for clients that lost the answer."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[..., Iterable[bytes]]

# A client asks again within seconds.
KEPT = 1000


class Answers:
    """
    Gives a request that is asked again under the same id the answer that it got, where it got a good one. AWS's clients ask again when a connection
    breaks: they must not be told that what they made is there already, or that what they deleted never was.
    """

    def __init__(self, application: Application) -> None:
        self.application = application
        self.answers: OrderedDict[str, tuple[str, Any, bytes]] = OrderedDict()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        identity = environ.get("HTTP_AMZ_SDK_INVOCATION_ID")
        answer = self.answers.get(identity) if identity else None
        if answer is None:
            answer = self.ask(environ)
            if identity and answer[0] < "4":
                self.keep(identity, answer)
        else:
            logging.info("answered again: %s", identity)
        status, headers, body = answer
        start_response(status, headers)
        return [body]

    def ask(self, environ: dict[str, Any]) -> tuple[str, Any, bytes]:
        begun: list[Any] = []

        def start_response(status: str, headers: Any, _: Any = None) -> None:
            begun[:] = [status, headers]

        chunks = self.application(environ, start_response)
        body = b"".join(chunks)
        getattr(chunks, "close", lambda: None)()
        return begun[0], begun[1], body

    def keep(self, identity: str, answer: tuple[str, Any, bytes]) -> None:
        self.answers[identity] = answer
        while len(self.answers) > KEPT:
            self.answers.popitem(last=False)
