import type { Connection } from "./connections";

/** A database with its secret: what tasks read and where they go. */
export interface Database extends Pick<Connection, "port" | "openIngress"> {
    /** ARN of the secret, with the JSON keys `username` and `password`. */
    readonly secretArn: string;
    /** Id of the database's group. */
    readonly securityGroupId: string;
    /**
     * Host name, for `DB_HOST`.
     *
     * @default the application knows it
     */
    readonly host?: string;
    /**
     * The database in the server, for `DB_NAME`.
     *
     * @default the application knows it
     */
    readonly name?: string;
}

/** Variables by name: plain ones, and ARNs that ECS reads. */
interface Variables {
    readonly environment: Readonly<Record<string, string>>;
    readonly secrets: Readonly<Record<string, string>>;
}

/**
 * What the application reads. The two JSON keys are all that RDS keeps in the secrets that it manages, and stand in every other secret of a database
 * too; host, port and name stand in those alone that were made for a rotation function (Secrets Manager user guide, JSON structure).
 */
export function databaseVariables({ secretArn, port, host, name }: Database): Variables {
    return {
        environment: {
            ...(host !== undefined && { DB_HOST: host }),
            ...(name !== undefined && { DB_NAME: name }),
            DB_PORT: String(port),
        },
        secrets: { DB_PASSWORD: `${secretArn}:password::`, DB_USERNAME: `${secretArn}:username::` },
    };
}

/** The secrets of a task by the keys that name them: a database's stands once. */
export function namedSecrets({
    secrets,
    database,
}: Pick<Variables, "secrets"> & { readonly database?: Database }): { readonly keys: string[]; readonly arn: string }[] {
    const ofDatabase = database === undefined ? {} : databaseVariables(database).secrets;
    return [
        ...Object.entries(secrets)
            .filter(([name, arn]) => ofDatabase[name] !== arn)
            .map(([name, arn]) => ({ keys: ["secrets", name], arn })),
        ...(database === undefined ? [] : [{ keys: ["database", "secretArn"], arn: database.secretArn }]),
    ];
}
