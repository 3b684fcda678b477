import { imagesAreNamedByDigest } from "../../../../tools/policy/rules/images-are-named-by-digest";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { havingContainer, task } from "../../../support/resources";

prove(imagesAreNamedByDigest, {
    meets: { "a digest": [task({ image: "repository@sha256:abc" })] },
    breaks: { "a tag": [[task({ image: "repository:latest" })], /container web runs repository:latest/] },
    unknown: [task({}, { containerDefinitions: UNKNOWN })],
    broken: { by: havingContainer({ image: "repository:latest" }) },
});
