import { bucketsExpireObjects } from "../../../../tools/policy/rules/buckets-expire-objects";
import { BUCKET, BUCKET_LIFECYCLE } from "../../../../tools/inventory/types";
import { prove } from "../../../support/prove";
import { resource } from "../../../support/resources";

prove(bucketsExpireObjects, {
    meets: { "a lifecycle": [resource(BUCKET), resource(BUCKET_LIFECYCLE, { bucket: "Bucket" })] },
    breaks: { none: [[resource(BUCKET)], /no lifecycle configuration/] },
});
