/** Another value for one setting of a stack's file. */
export interface SettingChange {
    /** Keys below `fargate:`, from the top. */
    readonly path: readonly string[];
    readonly value: string | number | readonly string[];
}

/** What to write into the file: `fargate:network.zones: [a, b]`. */
export function settingText({ path, value }: SettingChange): string {
    const text = typeof value === "object" ? `[${value.join(", ")}]` : String(value);
    return `fargate:${path.join(".")}: ${text}`;
}
