import { resourceRule } from "../rule";
import { REPOSITORY } from "../../inventory/types";

export const repositoriesAreProtected = resourceRule({
    name: "repositories-are-protected",
    title: "Image repositories with images in them cannot be deleted.",
    controls: [],
    severity: "medium",
    reason: "The images that run would be gone: no task could start, and nothing could be rolled back to.",
    fix: "Set fargate:deletionProtection to true, which is production's default.",
    standing: { is: "met", where: "components/registry.ts" },
    profile: "production",
    types: [REPOSITORY],
    check: ({ inputs }) => (inputs["forceDelete"] === true ? "forceDelete is true" : undefined),
});
