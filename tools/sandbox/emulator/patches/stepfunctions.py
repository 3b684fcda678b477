"""State machines: what the provider asks before it makes or changes one."""

from __future__ import annotations

import json
from typing import Any

from moto.core.responses import ActionResult
from moto.stepfunctions.responses import StepFunctionResponse

from . import add

Item = dict[str, Any]


@add(StepFunctionResponse, "validate_state_machine_definition")
def validate_state_machine_definition(self: StepFunctionResponse) -> ActionResult:
    problems = problems_of(self._get_param("definition"))
    return ActionResult({"result": "FAIL" if problems else "OK", "diagnostics": problems, "truncated": False})


def problems_of(text: str) -> list[Item]:
    """AWS looks at every field of every state; here a definition is one where its first state is there."""
    try:
        definition = json.loads(text)
    except ValueError as error:
        return [problem("INVALID_JSON_DESCRIPTION", str(error))]
    if definition.get("StartAt") not in definition.get("States", {}):
        return [problem("MISSING_TRANSITION_TARGET", f"StartAt names no state: {definition.get('StartAt')}")]
    return []


def problem(code: str, message: str) -> Item:
    return {"severity": "ERROR", "code": code, "message": message}


@add(StepFunctionResponse, "list_state_machine_versions")
def list_state_machine_versions(self: StepFunctionResponse) -> ActionResult:
    # The program publishes none.
    return ActionResult({"stateMachineVersions": []})
