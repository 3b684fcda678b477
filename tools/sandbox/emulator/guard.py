"""Whom the emulator answers, and that it calls nobody."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[..., Iterable[bytes]]

# S3 Control puts the account in front of the host. Names below .localhost belong to this machine, whatever a resolver says.
HOST = re.compile(r"(localhost|127\.0\.0\.1|\d{12}\.localhost)(:\d+)?")


class Guard:
    """
    Refuses what does not come from the sandbox's own clients: a web page, which says so by Origin or Sec-Fetch-Site, or by a host of its own that was
    made to mean this machine; a client that takes the emulator for a proxy into the world.
    """

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        reason = refusal(environ)
        if reason is None:
            return self.application(environ, start_response)
        logging.info("REFUSED %s", reason)
        body = json.dumps({"error": reason}).encode()
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body))), ("Connection", "close")]
        start_response("403 Forbidden", headers)
        return [body]


def refusal(environ: dict[str, Any]) -> str | None:
    host = environ.get("HTTP_HOST", "")
    origin, site = environ.get("HTTP_ORIGIN"), environ.get("HTTP_SEC_FETCH_SITE")
    if environ["REQUEST_METHOD"] == "CONNECT":
        return f"the emulator is no way to {environ.get('RAW_URI') or host}: it makes no connections"
    if not HOST.fullmatch(host):
        return f"the host is {host!r}; the emulator answers localhost, 127.0.0.1 and <account>.localhost"
    if origin is not None and origin != f"http://{host}":
        return f"the origin is {origin!r}; the emulator answers no web pages"
    if site in ("cross-site", "same-site"):
        return f"the request is {site}; the emulator answers no web pages"
    return None


CALLS = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg")
PROGRAMS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn")


def forbid_calls() -> None:
    """From now on this process opens no connection, asks no name server and starts no program, whoever wants it to. For good."""

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event in CALLS or event in PROGRAMS:
            raise PermissionError(f"the emulator calls nobody: {event} {arguments[1:] or arguments}")

    sys.addaudithook(refuse)
