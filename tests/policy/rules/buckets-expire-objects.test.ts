import { bucketsExpireObjects } from "../../../policy/rules/buckets-expire-objects";
import { BUCKET, BUCKET_LIFECYCLE } from "../../../policy/types";
import { prove } from "../prove";
import { resource } from "../resources";

prove(bucketsExpireObjects, {
    meets: { "a lifecycle": [resource(BUCKET), resource(BUCKET_LIFECYCLE, { bucket: "Bucket" })] },
    breaks: { none: [[resource(BUCKET)], /no lifecycle configuration/] },
});
