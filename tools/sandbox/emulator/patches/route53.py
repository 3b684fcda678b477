"""Records: one that was deleted can be made again, and one that exists cannot."""

from __future__ import annotations

from typing import Any

from moto.route53.exceptions import ResourceRecordAlreadyExists
from moto.route53.models import Route53Backend

from . import replace


@replace(Route53Backend, "change_resource_record_sets")
def change_resource_record_sets(
    original: Any, self: Route53Backend, zoneid: str, change_list: list[dict[str, Any]]
) -> None:
    zone = self.get_hosted_zone(zoneid)
    for change in change_list:
        if change["Action"] != "CREATE":
            continue
        wanted = change["ResourceRecordSet"]
        name = wanted["Name"].strip(".")
        if any(
            (found.name.strip("."), found.type, found.set_identifier)
            == (name, wanted["Type"], wanted.get("SetIdentifier"))
            for found in zone.rrsets
        ):
            raise ResourceRecordAlreadyExists(name=f"{name}.", _type=wanted["Type"])
        # moto would look for it in what was ever asked.
        while change in zone.rr_changes:
            zone.rr_changes.remove(change)
    original(self, zoneid, change_list)
