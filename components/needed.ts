import * as pulumi from "@pulumi/pulumi";

/** What a service with a route cannot do without. */
export function needed<Args extends { readonly service: { readonly name: string } }, Key extends keyof Args & string>(
    args: Args,
    key: Key,
    what: string,
): NonNullable<Args[Key]> {
    const value = args[key];
    if (value !== undefined && value !== null) return value;
    const reason = `service ${args.service.name} has a route, so ${what}`;
    throw new pulumi.InputPropertyError({ propertyPath: key, reason });
}
