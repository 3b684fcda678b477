/**
 * Policy documents. `Text` is a string, or whatever stands for one that is not known yet; documents name only what they are given.
 */

export interface Statement<Text = string> {
    readonly Sid?: string;
    readonly Effect: "Allow" | "Deny";
    readonly Principal?: "*" | Readonly<Record<string, string | readonly string[]>>;
    readonly Action: readonly string[];
    readonly Resource?: readonly Text[];
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface PolicyDocument<Text = string> {
    readonly Version: "2012-10-17";
    readonly Statement: readonly Statement<Text>[];
}

/** Where a stack lives. */
export interface Place {
    readonly region: string;
    readonly account: string;
}

export function policy<Text = string>(...statements: readonly Statement<Text>[]): PolicyDocument<Text> {
    return { Version: "2012-10-17", Statement: statements };
}

/** Nobody reads or writes a bucket on an unencrypted line. */
export function onlyTls(bucketArn: string): Statement {
    return {
        Sid: "OnlyTls",
        Effect: "Deny",
        Principal: "*",
        Action: ["s3:*"],
        Resource: [bucketArn, `${bucketArn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
    };
}
