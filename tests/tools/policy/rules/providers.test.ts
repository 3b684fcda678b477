import { UNKNOWN } from "../../../../tools/inventory/inputs";
import { AWS_PROVIDER } from "../../../../tools/inventory/resource";
import { prove } from "../../../support/prove";
import { having, resource } from "../../../support/resources";

const provider = (inputs: Readonly<Record<string, unknown>>) => [resource(AWS_PROVIDER, inputs)];

prove("providers-speak-to-aws", {
    meets: {
        "a provider with nothing else": provider({ region: "eu-west-1" }),
        "a VPC endpoint": provider({ endpoints: [{ ec2: "https://vpce-0123-abc.ec2.eu-west-1.vpce.amazonaws.com" }] }),
        China: provider({ endpoints: JSON.stringify([{ ecs: "https://ecs.cn-north-1.amazonaws.com.cn/" }]) }),
        "what an emulator needs": provider({ skipCredentialsValidation: "true", s3UsePathStyle: true, endpoints: "[]" }),
        "switches that are off": provider({ insecure: false, skipRequestingAccountId: "false", httpsProxy: "" }),
    },
    breaks: {
        "another address": [provider({ endpoints: [{ sts: "http://localhost:4566" }] }), /sts is asked at http:\/\/localhost/],
        "one as the engine has it": [provider({ endpoints: '[{"s3":"https://amazonaws.com.evil.test"}]' }), /s3 is asked at/],
        "AWS without TLS": [provider({ endpoints: [{ ecs: "http://ecs.eu-west-1.amazonaws.com" }] }), /ecs is asked at/],
        "a user that looks like AWS": [
            provider({ endpoints: [{ ecs: "https://ecs.amazonaws.com@evil.test" }] }),
            /ecs is asked at/,
        ],
        "no TLS": [provider({ insecure: "true" }), /with insecure no certificate/],
        "an account that nobody asks for": [provider({ skipRequestingAccountId: true }), /with skipRequestingAccountId/],
        "a proxy": [provider({ httpsProxy: "http://proxy:3128" }), /httpsProxy is http:\/\/proxy:3128/],
        "a proxy of plain HTTP": [provider({ httpProxy: "http://proxy:3128" }), /httpProxy is/],
        "certificates of somebody": [provider({ customCaBundle: "./ca.pem" }), /customCaBundle is/],
        "credentials from elsewhere": [provider({ ec2MetadataServiceEndpoint: "http://x" }), /ec2MetadataServiceEndpoint is/],
    },
    unknown: [
        ...provider({ httpsProxy: UNKNOWN, insecure: UNKNOWN, endpoints: UNKNOWN }),
        ...provider({ endpoints: [{ ec2: UNKNOWN }] }),
    ],
    broken: { by: having(AWS_PROVIDER, "aws", { insecure: true }) },
});
