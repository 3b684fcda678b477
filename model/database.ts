import type { Connection } from "./connections";

/** A database with its secret: what tasks read and where they go. */
export interface Database extends Pick<Connection, "port" | "openIngress"> {
    /** ARN of the secret, with the JSON keys `username` and `password`. */
    readonly secretArn: string;
    /** Id of the database's group. */
    readonly securityGroupId: string;
    /**
     * Host name.
     *
     * @default the application knows it
     */
    readonly host?: string;
    /**
     * The database in the server.
     *
     * @default the application knows it
     */
    readonly name?: string;
    /**
     * Variables of other names than `DATABASE_VARIABLES`.
     *
     * @default none
     */
    readonly variables?: Partial<DatabaseVariables>;
}

/** What an application is told of its database, by the variable's name. */
export const DATABASE_VARIABLES = {
    host: "DB_HOST",
    port: "DB_PORT",
    name: "DB_NAME",
    username: "DB_USERNAME",
    password: "DB_PASSWORD",
};

type DatabaseVariables = Readonly<typeof DATABASE_VARIABLES>;

/** Variables by name: plain ones, and ARNs that ECS reads. */
interface Variables {
    readonly environment: Readonly<Record<string, string>>;
    readonly secrets: Readonly<Record<string, string>>;
}

/**
 * What the application reads. The two JSON keys are all that RDS keeps in the secrets that it manages, and stand in every other secret of a database
 * too; host, port and name stand in those alone that were made for a rotation function (Secrets Manager user guide, JSON structure).
 */
export function databaseVariables({ secretArn, port, host, name, variables }: Database): Variables {
    const called = { ...DATABASE_VARIABLES, ...variables };
    return {
        environment: {
            ...(host !== undefined && { [called.host]: host }),
            ...(name !== undefined && { [called.name]: name }),
            [called.port]: String(port),
        },
        secrets: { [called.password]: `${secretArn}:password::`, [called.username]: `${secretArn}:username::` },
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
