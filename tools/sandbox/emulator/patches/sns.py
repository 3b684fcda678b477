"""Subscriptions by HTTP: nothing leaves the emulator, not even for this very machine."""

from __future__ import annotations

import logging
from typing import Any

from moto.sns.models import Subscription

from . import replace


@replace(Subscription, "publish")
def publish(original: Any, self: Subscription, *args: Any, **kwargs: Any) -> None:
    if self.protocol in ("http", "https"):
        logging.info("not sent: a message of %s to %s", self.topic.arn, self.endpoint)
    else:
        original(self, *args, **kwargs)
