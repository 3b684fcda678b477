import { resourceRule } from "../rule";
import { BUCKET, BUCKET_ACL, BUCKET_OWNERSHIP } from "../../inventory/types";
import { at, isAbsent, mayBe, show } from "../../inventory/inputs";

export const bucketsDisableAcls = resourceRule({
    name: "buckets-disable-acls",
    title: "Buckets have no ACLs.",
    controls: ["S3.12"],
    severity: "medium",
    reason: "ACLs grant beside the policies, object by object, where nobody looks.",
    fix: 'Leave objectOwnership at "BucketOwnerEnforced", the default, and grant by policy.',
    standing: { is: "absent", part: "buckets" },
    types: [BUCKET, BUCKET_ACL, BUCKET_OWNERSHIP],
    check: ({ type, inputs }) => {
        if (type === BUCKET_ACL) return "it is an ACL";
        if (type === BUCKET) return isAbsent(inputs["acl"]) && isAbsent(inputs["grants"]) ? undefined : "it has an ACL";
        const ownership = at(inputs, "rule", "objectOwnership");
        return mayBe(ownership, "BucketOwnerEnforced") ? undefined : `objectOwnership is ${show(ownership)}`;
    },
});
