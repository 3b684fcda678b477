"""CloudFormation's exports, and nothing else of CloudFormation: moto has it for the price of every service that its templates know."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

NAMESPACE = "http://cloudformation.amazonaws.com/doc/2010-05-15/"

_values: dict[tuple[str, str], str] = {}


def make(region: str, name: str, value: str) -> None:
    _values[region, name] = value


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answers ListExports, in one page."""
    form = parse_qs(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode())
    if form.get("Action") != ["ListExports"]:
        raise NotImplementedError("Of CloudFormation it has the exports of a network alone.")
    region = environ["HTTP_AUTHORIZATION"].split("/")[2]
    members = "".join(
        f"<member><Name>{escape(name)}</Name><Value>{escape(value)}</Value></member>"
        for (where, name), value in sorted(_values.items())
        if where == region
    )
    body = f'<ListExportsResponse xmlns="{NAMESPACE}"><ListExportsResult><Exports>{members}</Exports></ListExportsResult></ListExportsResponse>'
    start_response("200 OK", [("Content-Type", "text/xml"), ("Content-Length", str(len(body.encode())))])
    return [body.encode()]
