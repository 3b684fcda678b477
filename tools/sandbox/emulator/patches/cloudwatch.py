"""Composite alarms."""

from __future__ import annotations

from typing import Any

from moto.cloudwatch.models import Alarm
from moto.cloudwatch.responses import CloudWatchResponse

from . import add

for name in ("actions_suppressor", "actions_suppressor_wait_period", "actions_suppressor_extension_period"):
    add(Alarm, name)(None)


@add(CloudWatchResponse, "put_composite_alarm")
def put_composite_alarm(self: CloudWatchResponse) -> Any:
    answer = self.put_metric_alarm()  # reads AlarmRule too
    alarm = self.cloudwatch_backend.alarms[self._get_param("AlarmName")]
    alarm.actions_suppressor = self._get_param("ActionsSuppressor")
    alarm.actions_suppressor_wait_period = self._get_param("ActionsSuppressorWaitPeriod")
    alarm.actions_suppressor_extension_period = self._get_param("ActionsSuppressorExtensionPeriod")
    return answer
