import type { Resource } from "../inventory/resource";
import type { Subject } from "./check";

/** A record of the stack's zone that is there already. */
export interface TakenRecord {
    readonly record: Resource;
    readonly name: string;
    /** Of the one that is there: a CNAME stands beside no other. */
    readonly type: string;
}

/** Which records would be refused, of those that replace none. */
export async function takenRecords(
    records: readonly Resource[],
    zoneId: string,
    { aws }: Pick<Subject, "aws">,
): Promise<readonly TakenRecord[]> {
    const { ListResourceRecordSetsCommand } = await import("@aws-sdk/client-route-53");
    const client = await aws.route53();
    const asked = records.map(async (record): Promise<TakenRecord[]> => {
        const { name, type } = record.inputs;
        if (typeof name !== "string") return [];
        const question = new ListResourceRecordSetsCommand({ HostedZoneId: zoneId, StartRecordName: name, MaxItems: 20 });
        const { ResourceRecordSets = [] } = await client.send(question);
        const there = ResourceRecordSets.find(
            one => plain(one.Name ?? "") === name && (one.Type === type || one.Type === "CNAME" || type === "CNAME"),
        );
        return there === undefined ? [] : [{ record, name, type: String(there.Type) }];
    });
    return (await Promise.all(asked)).flat();
}

/** As it was written: Route 53 answers `\052.shop.example.com.`. */
function plain(name: string): string {
    return name.replace(/\.$/, "").replace("\\052", "*");
}
