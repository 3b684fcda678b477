import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface CertificateArgs {
    /** The certificate covers it and one name below it. */
    readonly domainName: string;
    /** Public Route 53 zone that proves the name. */
    readonly hostedZoneId: pulumi.Input<string>;
}

/** A certificate that AWS renews by itself. Cost: nothing. */
export class Certificate extends pulumi.ComponentResource {
    /** Known when the certificate is issued. */
    readonly arn: pulumi.Output<string>;

    constructor(name: string, args: CertificateArgs, opts?: pulumi.ComponentResourceOptions) {
        super("fargate:index:Certificate", name, { domainName: args.domainName }, opts);

        const certificate = new aws.acm.Certificate(
            `${name}-certificate`,
            { domainName: args.domainName, subjectAlternativeNames: [`*.${args.domainName}`], validationMethod: "DNS" },
            { parent: this },
        );
        // A name and its wildcard are proved by one and the same record.
        const proof = certificate.domainValidationOptions.apply(options => {
            const [first] = options;
            if (first === undefined) throw new Error(`ACM gave no validation record for ${args.domainName}`);
            return first;
        });
        const record = new aws.route53.Record(
            `${name}-proof`,
            {
                zoneId: args.hostedZoneId,
                name: proof.resourceRecordName,
                type: proof.resourceRecordType,
                records: [proof.resourceRecordValue],
                ttl: 300,
                // Another stack's certificate for the same name has the same record.
                allowOverwrite: true,
            },
            { parent: this },
        );
        const validation = new aws.acm.CertificateValidation(
            `${name}-validation`,
            { certificateArn: certificate.arn, validationRecordFqdns: [record.fqdn] },
            { parent: this },
        );

        this.arn = validation.certificateArn;
        this.registerOutputs({ arn: this.arn });
    }
}
