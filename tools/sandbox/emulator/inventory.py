"""Lists what exists in the emulated account, read from moto's own state.

Left out: what moto makes by itself (default VPCs with their parts, managed policies), what goes with its parent (a
VPC's main route table, NACL and default group; network interfaces), and what is deleted but still remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from moto.core import DEFAULT_ACCOUNT_ID
from moto.core.base_backend import BackendDict

Resource = tuple[str, str]  # type, id


def resources() -> list[dict[str, str]]:
    """Services that were never touched have no state yet and stay untouched."""
    found = []
    for backends in list(BackendDict._instances):
        lister = LISTERS.get(backends.service_name)
        if not lister or DEFAULT_ACCOUNT_ID not in list(backends):
            continue
        for backend in list(backends[DEFAULT_ACCOUNT_ID].values()):
            found += [
                {"service": backends.service_name, "type": kind, "id": str(name)} for kind, name in lister(backend)
            ]
    return sorted(found, key=lambda item: (item["service"], item["type"], item["id"]))


def remove(service: str, kind: str, name: str) -> bool:
    """Takes away what a client made and never heard of: it was killed before the answer."""
    removed = False
    for backends in list(BackendDict._instances):
        if backends.service_name != service or DEFAULT_ACCOUNT_ID not in list(backends):
            continue
        for backend in list(backends[DEFAULT_ACCOUNT_ID].values()):
            if (kind, name) not in LISTERS[service](backend):
                continue
            for held in [held for held in vars(backend).values() if isinstance(held, dict)]:
                for key in [key for key, value in held.items() if name in (key, getattr(value, "arn", None))]:
                    del held[key]
                    removed = True
    return removed


def ec2(backend: Any) -> Iterator[Resource]:
    vpcs = {vpc.id for vpc in backend.vpcs.values() if not vpc.is_default}
    yield from (("vpc", name) for name in vpcs)
    for zone in backend.subnets.values():
        yield from (("subnet", subnet.id) for subnet in zone.values() if subnet.vpc_id in vpcs)
    for table in backend.route_tables.values():
        if table.vpc_id in vpcs and not table.main_association_id:
            yield "route-table", table.id
    for groups in backend.groups.values():
        yield from (("security-group", group.id) for group in groups.values() if group.name != "default")
    for acl in backend.network_acls.values():
        if acl.vpc_id in vpcs and not acl.default:
            yield "network-acl", acl.id
    yield from (("internet-gateway", name) for name in backend.internet_gateways)
    yield from (("nat-gateway", nat.id) for nat in backend.nat_gateways.values() if nat.state != "deleted")
    yield from (("elastic-ip", address.allocation_id) for address in backend.addresses)
    yield from (("vpc-endpoint", e.id) for e in backend.vpc_end_points.values() if e.state != "deleted")
    yield from (("flow-log", name) for name in backend.flow_logs)
    for prefix_list in backend.managed_prefix_lists.values():
        if prefix_list.owner_id != "AWS" and prefix_list.state != "delete-complete":
            yield "prefix-list", prefix_list.id


def elbv2(backend: Any) -> Iterator[Resource]:
    yield from (("target-group", arn) for arn in backend.target_groups)
    for balancer in backend.load_balancers.values():
        yield "load-balancer", balancer.arn
        for listener in balancer.listeners.values():
            yield "listener", listener.arn
            yield from (("listener-rule", rule.arn) for rule in listener.rules.values() if not rule.is_default)


def ecs(backend: Any) -> Iterator[Resource]:
    yield from (("cluster", c.arn) for c in backend.clusters.values() if c.status != "INACTIVE")
    yield from (("service", s.arn) for s in backend.services.values() if s.status != "INACTIVE")
    yield from (("capacity-provider", p.capacity_provider_arn) for p in backend.capacity_providers.values())
    for revisions in backend.task_definitions.values():
        yield from (("task-definition", d.arn) for d in revisions.values() if d.status == "ACTIVE")


def iam(backend: Any) -> Iterator[Resource]:
    aws_managed = {policy.arn for policy in backend.aws_managed_policies}
    yield from (("role", role.arn) for role in backend.roles.values())
    yield from (("policy", arn) for arn in set(backend.managed_policies) - aws_managed)
    yield from (("oidc-provider", arn) for arn in backend.open_id_providers)
    yield from (("instance-profile", profile.arn) for profile in backend.instance_profiles.values())
    yield from (("user", user.arn) for user in backend.users.values())
    yield from (("group", group.arn) for group in backend.groups.values())


def logs(backend: Any) -> Iterator[Resource]:
    yield from (("log-group", name) for name in backend.groups)
    yield from (("metric-filter", f"{f['logGroupName']}:{f['filterName']}") for f in backend.filters.metric_filters)
    yield from (("resource-policy", name) for name in backend.resource_policies)
    yield from (("query-definition", name) for name in backend.query_definitions)
    yield from (("delivery", name) for name in backend.deliveries)


def ecr(backend: Any) -> Iterator[Resource]:
    yield from (("repository", name) for name in backend.repositories)
    yield from (("pull-through-cache-rule", name) for name in backend.pull_through_cache_rules)
    yield from (("repository-creation-template", name) for name in backend.repository_creation_templates)


def application_autoscaling(backend: Any) -> Iterator[Resource]:
    for dimension in backend.targets.values():
        yield from (("scalable-target", name) for name in dimension)
    yield from (("scaling-policy", policy.policy_arn) for policy in backend.policies.values())
    yield from (("scheduled-action", action.arn) for action in backend.scheduled_actions)


def acm(backend: Any) -> Iterator[Resource]:
    yield from (("certificate", arn) for arn in backend._certificates)


def route53(backend: Any) -> Iterator[Resource]:
    for zone in backend.zones.values():
        yield "hosted-zone", zone.name
        yield from (("record", f"{r.name} {r.type}") for r in zone.rrsets if r.type not in ("NS", "SOA"))


def secretsmanager(backend: Any) -> Iterator[Resource]:
    yield from (("secret", secret.arn) for secret in backend.secrets.values() if not secret.is_deleted())


def ssm(backend: Any) -> Iterator[Resource]:
    for name, versions in backend._parameters.items():
        if versions and not name.startswith("/aws/"):
            yield "parameter", name


def s3(backend: Any) -> Iterator[Resource]:
    yield from (("bucket", name) for name in backend.buckets)


def kms(backend: Any) -> Iterator[Resource]:
    for key in backend.keys.values():
        if key.key_state != "PendingDeletion" and key.key_manager != "AWS":
            yield "key", key.arn


def cloudwatch(backend: Any) -> Iterator[Resource]:
    yield from (("alarm", name) for name in backend.alarms)
    yield from (("dashboard", name) for name in backend.dashboards)


def sns(backend: Any) -> Iterator[Resource]:
    yield from (("topic", arn) for arn in backend.topics)
    yield from (("subscription", arn) for arn in backend.subscriptions)


def sqs(backend: Any) -> Iterator[Resource]:
    yield from (("queue", name) for name in backend.queues)


def events(backend: Any) -> Iterator[Resource]:
    for bus in backend.event_buses.values():
        if bus.name != "default":
            yield "event-bus", bus.name
        yield from (("rule", rule.arn) for rule in bus.rules.values())


def budgets(backend: Any) -> Iterator[Resource]:
    yield from (("budget", name) for name in backend.budgets.get(DEFAULT_ACCOUNT_ID, {}))


def wafv2(backend: Any) -> Iterator[Resource]:
    yield from (("web-acl", arn) for arn in backend.wacls)
    yield from (("ip-set", arn) for arn in backend.ip_sets)
    yield from (("logging-configuration", arn) for arn in backend.logging_configurations)


def scheduler(backend: Any) -> Iterator[Resource]:
    for group in backend.schedule_groups.values():
        if group.name != "default":
            yield "schedule-group", group.name
        yield from (("schedule", schedule.arn) for schedule in group.schedules.values())


def servicediscovery(backend: Any) -> Iterator[Resource]:
    yield from (("namespace", name) for name in backend.namespaces)
    yield from (("service", name) for name in backend.services)


def dynamodb(backend: Any) -> Iterator[Resource]:
    yield from (("table", name) for name in backend.tables)


LISTERS: dict[str, Callable[[Any], Iterator[Resource]]] = {
    "acm": acm,
    "application-autoscaling": application_autoscaling,
    "budgets": budgets,
    "cloudwatch": cloudwatch,
    "dynamodb": dynamodb,
    "ec2": ec2,
    "ecr": ecr,
    "ecs": ecs,
    "elbv2": elbv2,
    "events": events,
    "iam": iam,
    "kms": kms,
    "logs": logs,
    "route53": route53,
    "s3": s3,
    "scheduler": scheduler,
    "secretsmanager": secretsmanager,
    "servicediscovery": servicediscovery,
    "sns": sns,
    "sqs": sqs,
    "ssm": ssm,
    "wafv2": wafv2,
}
