import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { Command } from "commander";
import { z } from "zod";
import { PROJECT_FOLDER } from "../../settings";
import { awsSchema } from "../../settings/aws";
import { editorSchema } from "../../settings/stack";
import { exitCodes, runCommand } from "../cli/command";

/** Where editors find the schema: the first line of each stack file says so. */
export const SCHEMA_FILE = path.join(PROJECT_FOLDER, "settings", "stack.schema.json");

export const command = new Command("schema")
    .description("Renew settings/stack.schema.json, by which editors check the stack files.")
    .addHelpText("after", exitCodes())
    .action(() => writeFileSync(SCHEMA_FILE, schemaText()));

type Schema = Readonly<Record<string, unknown>>;

/** JSON Schema of a `Pulumi.<stack>.yaml`, for editors. What lies between keys is checked by the program itself. */
export function stackSchema(): Schema {
    const { $schema, properties, required } = jsonSchemaOf(editorSchema);
    const ownKeys = Object.fromEntries(Object.entries(properties).map(([key, schema]) => [`fargate:${key}`, schema]));
    const awsKeys = Object.entries(jsonSchemaOf(awsSchema).properties).map(([key, schema]) => [`aws:${key}`, schema] as const);
    const region = { type: "string", description: "Region of the stack." };
    return {
        $schema,
        title: "Configuration of a stack",
        type: "object",
        properties: {
            config: {
                type: "object",
                description: "Configuration of the program under fargate:, of the AWS provider under aws:.",
                properties: { ...Object.fromEntries(awsKeys), "aws:region": region, ...ownKeys },
                required: ["aws:region", ...required.map(key => `fargate:${key}`)],
                // Something that runs.
                anyOf: ["fargate:services", "fargate:jobs"].map(key => ({
                    required: [key],
                    properties: { [key]: { minProperties: 1, description: "One at least, or one of the other." } },
                })),
                // Other namespaces are others' business. A key without one is this project's too, but nothing here would check it.
                patternProperties: { "^(?!(fargate|aws):)[^:]+:": {} },
                additionalProperties: false,
            },
            secretsprovider: { type: "string", description: "Key that encrypts `secure:` values." },
            encryptedkey: { type: "string" },
            encryptionsalt: { type: "string" },
            environment: { type: ["array", "object"], description: "Pulumi ESC environments." },
        },
        required: ["config"],
        additionalProperties: false,
    };
}

interface ObjectSchema {
    readonly $schema: string;
    readonly properties: Readonly<Record<string, Schema>>;
    readonly required: readonly string[];
}

function jsonSchemaOf(schema: z.ZodType): ObjectSchema {
    const { $schema, properties, required = [] } = z.toJSONSchema(schema, { io: "input", target: "draft-7", override });
    return { $schema, properties, required } as ObjectSchema;
}

/** Takes away what zod adds and tells nobody anything: the limits of JavaScript's integers. */
function override({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

export function schemaText(): string {
    return `${JSON.stringify(stackSchema(), null, 4)}\n`;
}

if (require.main === module) void runCommand(command);
