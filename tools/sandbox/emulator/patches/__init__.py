"""Gaps of moto 5.2.1 that the real AWS provider falls into, one AWS service a file.

`apply()` patches moto in this process. A patch that no longer fits moto raises there: nothing is dropped silently.
"""

from __future__ import annotations

import functools
import importlib
import importlib.metadata
import inspect
import pkgutil
from collections.abc import Callable
from typing import Any

MOTO_VERSION = "5.2.1"
MISSING = object()


class PatchError(Exception):
    pass


def replace(owner: Any, name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Replaces `owner.name`. The new function gets the old one as its first argument."""
    if inspect.getattr_static(owner, name, MISSING) is MISSING:
        raise PatchError(f"{owner.__name__}.{name} does not exist in moto {_version()}: look at its patch again")
    original = getattr(owner, name)

    def decorate(patch: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def patched(*args: Any, **kwargs: Any) -> Any:
            return patch(original, *args, **kwargs)

        setattr(owner, name, patched)
        return patch

    return decorate


def add(owner: Any, name: str) -> Callable[[Any], Any]:
    """Adds `owner.name`, which moto does not have."""
    if inspect.getattr_static(owner, name, MISSING) is not MISSING:
        raise PatchError(f"{owner.__name__}.{name} exists in moto {_version()}: its patch may no longer be needed")

    def decorate(value: Any) -> Any:
        setattr(owner, name, value)
        return value

    return decorate


def apply() -> list[str]:
    """Applies every patch and returns the names of the patched services."""
    if _version() != MOTO_VERSION:
        raise PatchError(f"the emulator's patches are written for moto {MOTO_VERSION}, found {_version()}")
    services = [module.name for module in pkgutil.iter_modules(__path__)]
    for service in services:
        importlib.import_module(f"{__name__}.{service}")
    return services


def _version() -> str:
    return importlib.metadata.version("moto")
