import { servicesRunTheLatestPlatform } from "../../../policy/rules/services-run-the-latest-platform";
import { SERVICE } from "../../../policy/types";
import { UNKNOWN } from "../../../policy/values";
import { prove } from "../prove";
import { having, resource } from "../resources";

prove(servicesRunTheLatestPlatform, {
    meets: { LATEST: [resource(SERVICE, { platformVersion: "LATEST" })], "the default": [resource(SERVICE)] },
    breaks: { "a fixed version": [[resource(SERVICE, { platformVersion: "1.3.0" })], /platformVersion is 1.3.0/] },
    unknown: [resource(SERVICE, { platformVersion: UNKNOWN })],
    broken: { by: having(SERVICE, "web", { platformVersion: "1.4.0" }) },
});
