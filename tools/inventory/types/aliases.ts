/** Other names of what the provider makes from the same schema: three for `aws.lb`, and one for each S3 type that has had two versions. */
const ALIASES: readonly (readonly [pattern: RegExp, type: string])[] = [
    [/^aws:(?:alb|applicationloadbalancing|elasticloadbalancingv2)\//, "aws:lb/"],
    [/^aws:s3\/(\w+)V2:(\w+)V2$/, "aws:s3/$1:$2"],
];

/** The one name by which rules know a type, whichever module of the SDK declared it. */
export function canonicalType(type: string): string {
    return ALIASES.reduce((name, [pattern, canonical]) => name.replace(pattern, canonical), type);
}
