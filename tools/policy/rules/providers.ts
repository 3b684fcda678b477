import { UNKNOWN, fieldsOf, listOf, parsed, show } from "../../inventory/inputs";
import { AWS_PROVIDER, Resource } from "../../inventory/resource";
import { Rule, resourceRule } from "../rule";

/** Of VPC endpoints and of what the provider does not find by itself, too. */
const AWS_HOST = /^https:\/\/[^/?#@\\]+\.(amazonaws\.com|amazonaws\.com\.cn|amazonaws\.eu|api\.aws)(:\d+)?(\/|$)/;

/** What stands between the provider and AWS. Not among them: what emulators need and nothing is unprotected by (docs/configuration.md). */
const BETWEEN = ["httpProxy", "httpsProxy", "customCaBundle", "ec2MetadataServiceEndpoint"];
/** What protects nothing any more when it is on. */
const SWITCHES = {
    insecure: "no certificate is checked",
    skipRequestingAccountId: "no account is compared with allowedAccountIds",
};

const providersSpeakToAws = resourceRule({
    name: "providers-speak-to-aws",
    title: "The AWS provider speaks to AWS itself, and knows the account.",
    controls: [],
    severity: "high",
    reason: "Who stands between sees and changes what is deployed; where the account is not asked, a stack may land in a foreign one.",
    fix: "Take the key under aws: away, or set it in the environment of those who need it (HTTPS_PROXY, AWS_CA_BUNDLE).",
    standing: { is: "met", where: "model/tags.ts" },
    types: [AWS_PROVIDER],
    check: ({ inputs }: Resource) => [
        ...BETWEEN.filter(key => ![undefined, null, "", UNKNOWN].includes(inputs[key] as string)).map(
            key => `${key} is ${show(inputs[key])}`,
        ),
        ...Object.entries(SWITCHES)
            .filter(([key]) => parsed(inputs[key]) === true)
            .map(([key, what]) => `with ${key} ${what}`),
        ...listOf(parsed(inputs["endpoints"])).flatMap(given =>
            Object.entries(fieldsOf(given))
                .filter(([, address]) => typeof address === "string" && address !== "" && !AWS_HOST.test(address))
                .map(([service, address]) => `${service} is asked at ${show(address)}`),
        ),
    ],
});

export const providerRules: readonly Rule[] = [providersSpeakToAws];
