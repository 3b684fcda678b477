import { imagesAreNamedByDigest } from "../../../policy/rules/images-are-named-by-digest";
import { UNKNOWN } from "../../../policy/values";
import { prove } from "../prove";
import { havingContainer, task } from "../resources";

prove(imagesAreNamedByDigest, {
    meets: { "a digest": [task({ image: "repository@sha256:abc" })] },
    breaks: { "a tag": [[task({ image: "repository:latest" })], /container web runs repository:latest/] },
    unknown: [task({}, { containerDefinitions: UNKNOWN })],
    broken: { by: havingContainer({ image: "repository:latest" }) },
});
