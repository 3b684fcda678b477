"""Digests of manifests, scanning, pull-through cache rules, repository creation templates."""

from __future__ import annotations

import hashlib
from typing import Any

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ecr.models import ECRBackend, Image, Repository
from moto.ecr.responses import ECRResponse

from . import add, replace

Item = dict[str, Any]


class EcrException(ServiceException):
    __module__ = "moto.ecr.exceptions"  # where moto finds out which service's errors to look it up in


@replace(Image, "_create_digest")
def create_digest(original: Any, self: Image) -> None:
    # moto draws an index's at random, and takes one image's for another's that has the same layers.
    self._image_digest = f"sha256:{hashlib.sha256(self.image_manifest.encode()).hexdigest()}"


@replace(Repository, "_update_image_scanning_configuration")
def update_image_scanning_configuration(
    original: Any, self: Repository, image_scanning_configuration: dict[str, bool] | None
) -> None:
    # The Go SDK leaves out what is false: the provider sends {} for scanOnPush: false.
    if image_scanning_configuration is not None:
        on_push = bool(image_scanning_configuration.get("scanOnPush"))
        self.image_scanning_configuration = {"scanOnPush": on_push}


@replace(ECRBackend, "put_registry_scanning_configuration")
def put_registry_scanning_configuration(
    original: Any, self: ECRBackend, scan_type: str | None, rules: list[Item] | None
) -> None:
    original(self, scan_type or "BASIC", rules or [])


@replace(ECRBackend, "__init__")
def init(original: Any, self: ECRBackend, *args: Any, **kwargs: Any) -> None:
    original(self, *args, **kwargs)
    self.pull_through_cache_rules: dict[str, Item] = {}
    self.repository_creation_templates: dict[str, Item] = {}


def pick(response: ECRResponse, *names: str) -> Item:
    given = {name: response._get_param(name) for name in names}
    return {name: value for name, value in given.items() if value is not None}


def select(items: dict[str, Item], keys: list[str] | None, error: EcrException) -> list[Item]:
    if any(key not in items for key in keys or []):
        raise error
    return [item for key, item in items.items() if not keys or key in keys]


RULE = (
    "ecrRepositoryPrefix",
    "upstreamRegistryUrl",
    "upstreamRegistry",
    "upstreamRepositoryPrefix",
    "credentialArn",
    "customRoleArn",
)
NO_RULE = EcrException("PullThroughCacheRuleNotFoundException", "The pull through cache rule does not exist.")


@add(ECRResponse, "create_pull_through_cache_rule")
def create_pull_through_cache_rule(self: ECRResponse) -> ActionResult:
    rules = self.ecr_backend.pull_through_cache_rules
    prefix = self._get_param("ecrRepositoryPrefix")
    if prefix in rules:
        raise EcrException(
            "PullThroughCacheRuleAlreadyExistsException", f"A pull through cache rule with prefix '{prefix}' exists."
        )
    rules[prefix] = {**pick(self, *RULE), "registryId": self.current_account, "createdAt": utcnow()}
    return ActionResult(rules[prefix])


@add(ECRResponse, "describe_pull_through_cache_rules")
def describe_pull_through_cache_rules(self: ECRResponse) -> ActionResult:
    rules = self.ecr_backend.pull_through_cache_rules
    return ActionResult({"pullThroughCacheRules": select(rules, self._get_param("ecrRepositoryPrefixes"), NO_RULE)})


@add(ECRResponse, "update_pull_through_cache_rule")
def update_pull_through_cache_rule(self: ECRResponse) -> ActionResult:
    [rule] = select(self.ecr_backend.pull_through_cache_rules, [self._get_param("ecrRepositoryPrefix")], NO_RULE)
    rule.update({**pick(self, "credentialArn", "customRoleArn"), "updatedAt": utcnow()})
    return ActionResult(rule)


@add(ECRResponse, "delete_pull_through_cache_rule")
def delete_pull_through_cache_rule(self: ECRResponse) -> ActionResult:
    rules = self.ecr_backend.pull_through_cache_rules
    [rule] = select(rules, [self._get_param("ecrRepositoryPrefix")], NO_RULE)
    return ActionResult(rules.pop(rule["ecrRepositoryPrefix"]))


TEMPLATE = (
    "prefix",
    "description",
    "encryptionConfiguration",
    "resourceTags",
    "imageTagMutability",
    "imageTagMutabilityExclusionFilters",
    "repositoryPolicy",
    "lifecyclePolicy",
    "appliedFor",
    "customRoleArn",
)
NO_TEMPLATE = EcrException("TemplateNotFoundException", "The repository creation template does not exist.")


def template_answer(response: ECRResponse, template: Item) -> ActionResult:
    return ActionResult({"registryId": response.current_account, "repositoryCreationTemplate": template})


@add(ECRResponse, "create_repository_creation_template")
def create_repository_creation_template(self: ECRResponse) -> ActionResult:
    templates = self.ecr_backend.repository_creation_templates
    prefix = self._get_param("prefix")
    if prefix in templates:
        raise EcrException("TemplateAlreadyExistsException", f"A template with prefix '{prefix}' exists.")
    defaults = {"encryptionConfiguration": {"encryptionType": "AES256"}, "imageTagMutability": "MUTABLE"}
    templates[prefix] = {**defaults, **pick(self, *TEMPLATE), "createdAt": utcnow(), "updatedAt": utcnow()}
    return template_answer(self, templates[prefix])


@add(ECRResponse, "describe_repository_creation_templates")
def describe_repository_creation_templates(self: ECRResponse) -> ActionResult:
    templates = self.ecr_backend.repository_creation_templates
    found = select(templates, self._get_param("prefixes"), NO_TEMPLATE)
    return ActionResult({"registryId": self.current_account, "repositoryCreationTemplates": found})


@add(ECRResponse, "update_repository_creation_template")
def update_repository_creation_template(self: ECRResponse) -> ActionResult:
    [template] = select(self.ecr_backend.repository_creation_templates, [self._get_param("prefix")], NO_TEMPLATE)
    template.update({**pick(self, *TEMPLATE), "updatedAt": utcnow()})
    return template_answer(self, template)


@add(ECRResponse, "delete_repository_creation_template")
def delete_repository_creation_template(self: ECRResponse) -> ActionResult:
    templates = self.ecr_backend.repository_creation_templates
    [template] = select(templates, [self._get_param("prefix")], NO_TEMPLATE)
    return template_answer(self, templates.pop(template["prefix"]))
