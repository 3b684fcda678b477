"""Subscribers, updates and tags of budgets."""

from __future__ import annotations

import json
from typing import Any

from moto.budgets.exceptions import NotFoundException
from moto.budgets.models import Budget, BudgetsBackend, Notification
from moto.budgets.responses import BudgetsResponse
from moto.core.utils import unix_time

from . import add, replace

add(Budget, "tags")({})


def budget_of(response: BudgetsResponse) -> Budget:
    return find(response, response._get_param("AccountId"), response._get_param("BudgetName"))


def tagged_budget_of(response: BudgetsResponse) -> Budget:
    arn: str = response._get_param("ResourceARN")
    return find(response, arn.split(":")[4], arn.split(":budget/")[-1])


def find(response: BudgetsResponse, account: str, name: str) -> Budget:
    budget = response.backend.budgets[account].get(name)
    if not budget:
        raise NotFoundException(f"Unable to get budget: {name} - the budget doesn't exist.")
    return budget


def notification_of(response: BudgetsResponse, parameter: str = "Notification") -> Notification:
    wanted = identity(response._get_param(parameter))
    for notification in budget_of(response).notifications:
        if identity(notification.details) == wanted:
            return notification
    raise NotFoundException("Unable to get notification - the notification doesn't exist.")


def identity(details: dict[str, Any]) -> tuple[Any, ...]:
    """A notification has no id: these fields together name it."""
    return (
        details["NotificationType"],
        details["ComparisonOperator"],
        float(details["Threshold"]),
        details.get("ThresholdType", "PERCENTAGE"),
    )


@replace(BudgetsResponse, "create_budget")
def create_budget(original: Any, self: BudgetsResponse) -> str:
    answer: str = original(self)
    budget = find(self, self._get_param("AccountId"), self._get_param("Budget")["BudgetName"])
    budget.tags = {tag["Key"]: tag["Value"] for tag in self._get_param("ResourceTags", [])}
    return answer


@add(BudgetsResponse, "update_budget")
def update_budget(self: BudgetsResponse) -> str:
    new = self._get_param("NewBudget")
    budget = find(self, self._get_param("AccountId"), new["BudgetName"])
    period = {**budget.budget["TimePeriod"], **new.get("TimePeriod", {})}
    budget.budget = {**new, "TimePeriod": period, "LastUpdatedTime": unix_time()}
    return "{}"


@replace(BudgetsBackend, "describe_notifications_for_budget")
def describe_notifications_for_budget(original: Any, self: BudgetsBackend, account_id: str, budget_name: str) -> Any:
    self.describe_budget(account_id, budget_name)  # moto fails with a KeyError where AWS says NotFoundException
    return original(self, account_id, budget_name)


@replace(Budget, "delete_notification")
def delete_notification(original: Any, self: Budget, details: dict[str, Any]) -> None:
    self.notifications = [n for n in self.notifications if identity(n.details) != identity(details)]


@add(BudgetsResponse, "update_notification")
def update_notification(self: BudgetsResponse) -> str:
    notification_of(self, "OldNotification").details = self._get_param("NewNotification")
    return "{}"


@add(BudgetsResponse, "describe_subscribers_for_notification")
def describe_subscribers_for_notification(self: BudgetsResponse) -> str:
    return json.dumps({"Subscribers": notification_of(self).subscribers})


@add(BudgetsResponse, "create_subscriber")
def create_subscriber(self: BudgetsResponse) -> str:
    notification = notification_of(self)
    notification.subscribers = [*notification.subscribers, self._get_param("Subscriber")]
    return "{}"


@add(BudgetsResponse, "delete_subscriber")
def delete_subscriber(self: BudgetsResponse) -> str:
    notification = notification_of(self)
    notification.subscribers = [s for s in notification.subscribers if s != self._get_param("Subscriber")]
    return "{}"


@add(BudgetsResponse, "list_tags_for_resource")
def list_tags_for_resource(self: BudgetsResponse) -> str:
    tags = tagged_budget_of(self).tags
    return json.dumps({"ResourceTags": [{"Key": key, "Value": value} for key, value in tags.items()]})


@add(BudgetsResponse, "tag_resource")
def tag_resource(self: BudgetsResponse) -> str:
    budget = tagged_budget_of(self)
    budget.tags = {**budget.tags, **{tag["Key"]: tag["Value"] for tag in self._get_param("ResourceTags")}}
    return "{}"


@add(BudgetsResponse, "untag_resource")
def untag_resource(self: BudgetsResponse) -> str:
    budget = tagged_budget_of(self)
    removed = self._get_param("ResourceTagKeys")
    budget.tags = {key: value for key, value in budget.tags.items() if key not in removed}
    return "{}"
