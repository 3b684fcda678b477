import * as aws from "@pulumi/aws";
import assert from "node:assert/strict";
import { Certificate } from "../../components/certificate";
import { declare } from "../support/declared";

describe("the certificate", () => {
    const made = () =>
        declare(() => {
            const { arn } = new Certificate("certificate", { domainName: "shop.example.com", hostedZoneId: "Z1" });
            new aws.lb.Listener("user", { loadBalancerArn: "arn", certificateArn: arn, defaultActions: [] });
        });

    it("is a certificate, the record that proves the name, and the wait until it is issued", async () => {
        assert.deepEqual((await made()).list, [
            "Certificate certificate",
            "acm.Certificate certificate-certificate",
            "acm.CertificateValidation certificate-validation",
            "lb.Listener user",
            "route53.Record certificate-proof",
        ]);
    });

    it("covers the name and one name below it, by a proof in DNS that AWS renews from", async () => {
        assert.deepEqual((await made()).inputs("acm.Certificate certificate-certificate"), {
            domainName: "shop.example.com",
            subjectAlternativeNames: ["*.shop.example.com"],
            validationMethod: "DNS",
        });
    });

    it("is proved by one record, which others with the same name share, and which outlives them all", async () => {
        const declared = await made();
        assert.equal(declared.one("route53.Record certificate-proof").retainOnDelete, true);
        assert.equal(declared.one("acm.Certificate certificate-certificate").retainOnDelete, false);
        assert.deepEqual(declared.inputs("route53.Record certificate-proof"), {
            zoneId: "Z1",
            name: "Certificate:certificate-certificate-proof",
            type: "CNAME",
            records: ["Certificate:certificate-certificate-value"],
            ttl: 300,
            allowOverwrite: true,
        });
    });

    it("is of use when it is issued, not when it is requested", async () => {
        const declared = await made();
        assert.deepEqual(declared.inputs("acm.CertificateValidation certificate-validation"), {
            certificateArn: "arn:aws:Certificate:certificate-certificate",
            validationRecordFqdns: ["Certificate:certificate-certificate-proof"],
        });
        assert.deepEqual(declared.inputs("lb.Listener user")["certificateArn"], "arn:aws:Certificate:certificate-certificate");
        assert.ok(declared.before("lb.Listener user").has("acm.CertificateValidation certificate-validation"));
    });

    it("is waited for no longer than 15 minutes", async () => {
        const { timeouts } = (await made()).one("acm.CertificateValidation certificate-validation");
        assert.deepEqual(timeouts, { create: "15m", update: "", delete: "" });
    });

    it("shows its name in a preview", async () => {
        assert.deepEqual((await made()).inputs("Certificate certificate"), { domainName: "shop.example.com" });
    });

    it("covers other names, each proved by a record of its own", async () => {
        const declared = await declare(() => {
            const otherNames = ["example.com", "www.example.com"];
            new Certificate("certificate", { domainName: "shop.example.com", otherNames, hostedZoneId: "Z1" });
        });
        assert.deepEqual(declared.inputs("acm.Certificate certificate-certificate")["subjectAlternativeNames"], [
            "*.shop.example.com",
            "example.com",
            "www.example.com",
        ]);
        const proofs = ["", "-example.com", "-www.example.com"].map(end => `Certificate:certificate-certificate-proof${end}`);
        assert.deepEqual(
            declared.all("route53.Record").map(({ name, inputs, retainOnDelete }) => [name, inputs["name"], retainOnDelete]),
            ["certificate-proof", "certificate-proof-example.com", "certificate-proof-www.example.com"].map((name, index) => [
                name,
                proofs[index],
                true,
            ]),
        );
        assert.deepEqual(declared.inputs("acm.CertificateValidation certificate-validation")["validationRecordFqdns"], proofs);
    });

    it("is made before the one that it replaces is deleted: whoever uses that moves first", async () => {
        const declared = await made();
        assert.equal(declared.one("acm.Certificate certificate-certificate").deleteBeforeReplace, false);
    });
});
