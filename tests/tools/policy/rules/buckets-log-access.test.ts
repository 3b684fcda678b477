import { bucketsLogAccess } from "../../../../tools/policy/rules/buckets-log-access";
import { BUCKET, BUCKET_LOGGING } from "../../../../tools/inventory/types";
import { prove } from "../../../support/prove";
import { resource } from "../../../support/resources";

prove(bucketsLogAccess, {
    meets: { "access logs": [resource(BUCKET), resource(BUCKET_LOGGING, { bucket: "Bucket" })] },
    breaks: { none: [[resource(BUCKET)], /it does not log access/] },
});
