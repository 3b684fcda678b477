import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { COMPONENT } from "../model/names";

export interface CertificateArgs {
    /** Fully qualified domain name. The certificate covers it and, as an alternative name, each name one level below it. */
    readonly domainName: string;
    /**
     * Further fully qualified names in the zone. Plain: decides how many records there are.
     *
     * @default none
     */
    readonly otherNames?: readonly string[];
    /** Id of the public Route 53 hosted zone that the domain name is validated in. */
    readonly hostedZoneId: pulumi.Input<string>;
}

/** A zone that the world finds is seen by ACM within minutes; the provider would wait 75. */
const VALIDATION = "15m";

/**
 * A public ACM certificate with DNS validation, which AWS renews by itself.
 *
 * The record that proves the name stays when the certificate goes, see below.
 *
 * Cost: nothing.
 *
 * @throws Error in the update, when ACM gives no validation record.
 * @example
 * ```ts
 * import { Certificate } from "./components/certificate";
 *
 * const certificate = new Certificate("certificate", {
 *     domainName: "shop.example.com",
 *     hostedZoneId: "Z0123456789ABC",
 * });
 *
 * export const certificateArn = certificate.arn;
 * ```
 */
export class Certificate extends pulumi.ComponentResource {
    /** ARN of the certificate; known when it is issued. */
    readonly arn: pulumi.Output<string>;

    constructor(name: string, args: CertificateArgs, opts?: pulumi.ComponentResourceOptions) {
        const { domainName, otherNames = [] } = args;
        super(COMPONENT.certificate, name, { domainName, otherNames: args.otherNames }, opts);

        const certificate = new aws.acm.Certificate(
            `${name}-certificate`,
            { domainName, subjectAlternativeNames: [`*.${domainName}`, ...otherNames], validationMethod: "DNS" },
            // Other names are another certificate. Who uses the old one gets the new one when it is issued, and only then the old one goes.
            { parent: this, deleteBeforeReplace: false },
        );
        // A name and its wildcard are proved by one and the same record.
        const records = [domainName, ...otherNames].map(proved => {
            const proof = certificate.domainValidationOptions.apply(options => {
                const found = options.find(option => option.domainName === proved);
                if (found === undefined) throw new Error(`ACM gave no validation record for ${proved}`);
                return found;
            });
            return new aws.route53.Record(
                proved === domainName ? `${name}-proof` : `${name}-proof-${proved}`,
                {
                    zoneId: args.hostedZoneId,
                    name: proof.resourceRecordName,
                    type: proof.resourceRecordType,
                    records: [proof.resourceRecordValue],
                    ttl: 300,
                    // Every certificate of the account for this name has the same record, whichever stack, region or person asked for it.
                    allowOverwrite: true,
                },
                // So it outlives them all: without it the others would not be renewed.
                { parent: this, retainOnDelete: true },
            );
        });
        const validation = new aws.acm.CertificateValidation(
            `${name}-validation`,
            { certificateArn: certificate.arn, validationRecordFqdns: records.map(({ fqdn }) => fqdn) },
            { parent: this, customTimeouts: { create: VALIDATION } },
        );

        this.arn = validation.certificateArn;
        this.registerOutputs({ arn: this.arn });
    }
}
