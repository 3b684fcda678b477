import { servicesRunTheLatestPlatform } from "../../../../tools/policy/rules/services-run-the-latest-platform";
import { SERVICE } from "../../../../tools/inventory/types";
import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { prove } from "../../../support/prove";
import { having, resource } from "../../../support/resources";

prove(servicesRunTheLatestPlatform, {
    meets: { LATEST: [resource(SERVICE, { platformVersion: "LATEST" })], "the default": [resource(SERVICE)] },
    breaks: { "a fixed version": [[resource(SERVICE, { platformVersion: "1.3.0" })], /platformVersion is 1.3.0/] },
    unknown: [resource(SERVICE, { platformVersion: UNKNOWN })],
    broken: { by: having(SERVICE, "web", { platformVersion: "1.4.0" }) },
});
