import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { PROJECT_FOLDER } from "../../settings";
import { Session, openSession } from "../engine/harness";
import { Finding, audit, installProwler } from "./prowler";

const PAGE = path.join(PROJECT_FOLDER, "docs/audit.md");

/** The rows of the page's table: what is found, with the reason why it stays. */
const known = readFileSync(PAGE, "utf8")
    .split("\n")
    .map(line => /^\| `([a-z0-9_]+)` \| `([^`]+)` \| (.+) \|$/.exec(line)?.slice(1) ?? [])
    .filter(cells => cells.length === 3)
    .map(([check = "", resource = "", reason = ""]) => ({ check, resource, reason }));

/** Of the account as the emulator has it, and of what it brings itself: of no stack. */
const NOT_OF_A_STACK =
    /^(iam .*(root|password-policy|policy\/SecurityAudit|policy\/AWSSupportAccess)|logs log-group|ecr registry|ec2 (vpc|snapshot\/.*)|ecr repository\/sandbox\/.*|route53 hostedzone\/.*)/;

const told = ({ check, resource }: Finding) => `${check} on ${resource}`;

describe("Prowler's audit of production in the emulated account", function () {
    this.timeout(20 * 60_000);
    let session: Session | undefined;
    after(() => session?.close());

    it("finds nothing at the stack's own resources but what docs/audit.md lists with its reason", async () => {
        await installProwler();
        session = await openSession("engine-audit", "prod");
        await session.up();
        const found = await audit("ap-northeast-2", session.emulator.environment, session.folder);
        assert.ok(found.length > 20, "an audit that finds next to nothing of an empty account did not look");
        const ofStack = found.filter(({ resource }) => !NOT_OF_A_STACK.test(resource));
        assert.deepEqual([...new Set(ofStack.map(told))].sort(), known.map(told).sort());
    });
});
