import { bucketsDisableAcls } from "../../../../tools/policy/rules/buckets-disable-acls";
import { BUCKET, BUCKET_ACL, BUCKET_OWNERSHIP } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { resource } from "../../../support/resources";

prove(bucketsDisableAcls, {
    meets: {
        "the default": [resource(BUCKET)],
        "ownership by the bucket": [resource(BUCKET_OWNERSHIP, { rule: { objectOwnership: "BucketOwnerEnforced" } })],
    },
    breaks: {
        "an ACL": [[resource(BUCKET_ACL, { acl: "private" })], /it is an ACL/],
        "an ACL of the bucket itself": [[resource(BUCKET, { acl: "log-delivery-write" })], /it has an ACL/],
        "ownership by the writer": [
            [resource(BUCKET_OWNERSHIP, { rule: { objectOwnership: "ObjectWriter" } })],
            /objectOwnership is ObjectWriter/,
        ],
    },
    unknown: [resource(BUCKET_OWNERSHIP, { rule: UNKNOWN })],
});
