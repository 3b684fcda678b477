import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { requireOwnAccount } from "../../../tools/delivery/own-account";

const IDENTITY =
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
    "<Arn>arn:aws:iam::123456789012:user/ann</Arn><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";

describe("the account that a command makes something in", () => {
    let asked = 0;
    const server = createServer((_, response) => {
        asked += 1;
        response.setHeader("content-type", "text/xml").end(IDENTITY);
    });
    before(() => new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve)));
    after(() => {
        server.closeAllConnections();
        server.close();
    });

    const required = (more: object) =>
        requireOwnAccount({
            aws: {
                ...{ region: "eu-west-1", accessKey: "a", secretKey: "b" },
                endpoints: [{ sts: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }],
                ...more,
            },
        });

    it("is one that an update would take, and is asked for where the file names some alone", async () => {
        await required({});
        assert.equal(asked, 0);
        await required({ allowedAccountIds: ["123456789012"] });
        assert.equal(asked, 1);
        await assert.rejects(
            required({ allowedAccountIds: ["999999999999"] }),
            /^Error: The credentials are of the account 123456789012 as user\/ann, and aws:allowedAccountIds has 999999999999\. Nothing was done\. Next: /,
        );
        await assert.rejects(required({ forbiddenAccountIds: ["123456789012"] }), /forbiddenAccountIds names\. Nothing was done/);
    });
});
