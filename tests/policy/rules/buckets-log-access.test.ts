import { bucketsLogAccess } from "../../../policy/rules/buckets-log-access";
import { BUCKET, BUCKET_LOGGING } from "../../../policy/types";
import { prove } from "../prove";
import { resource } from "../resources";

prove(bucketsLogAccess, {
    meets: { "access logs": [resource(BUCKET), resource(BUCKET_LOGGING, { bucket: "Bucket" })] },
    breaks: { none: [[resource(BUCKET)], /it does not log access/] },
});
