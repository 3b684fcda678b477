/** What stands for a whole expression. */
export const NICKNAMES = ["@hourly", "@daily", "@weekly", "@monthly", "@yearly"] as const;

/** What is allowed, for a person. */
export const CRON_FORM = `five fields as in "0 3 * * 1-5": minute, hour, day of the month, month, day of the week; or ${NICKNAMES.join(", ")}`;

/** Numbers, names of months and days, and `*`, `,`, `-`, `/` between them: no extension of any one cron. */
const PART = /^(?:\*|(\d+|[A-Z]{3})(?:-(\d+|[A-Z]{3}))?)(?:\/(\d+))?$/i;

interface Field {
    readonly name: string;
    readonly first: number;
    readonly last: number;
    /** Of its values, from the first on. */
    readonly names?: readonly string[];
}

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
export const DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

const FIELDS: readonly Field[] = [
    { name: "minute", first: 0, last: 59 },
    { name: "hour", first: 0, last: 23 },
    { name: "day of the month", first: 1, last: 31 },
    { name: "month", first: 1, last: 12, names: MONTHS },
    { name: "day of the week", first: 0, last: 7, names: DAYS },
];

/** What is wrong with the words of an expression, each by itself, as what to write instead. */
export function formFault(cron: string): string | undefined {
    if ((NICKNAMES as readonly string[]).includes(cron.trim())) return undefined;
    if (/^(cron|rate|at)\(/.test(cron.trim())) return `${CRON_FORM}; AWS's own form is made of it`;
    const words = cron.trim().split(/\s+/);
    if (words.length !== FIELDS.length) return CRON_FORM;
    return FIELDS.map((field, index) => fieldFault(field, words[index] ?? "")).find(fault => fault !== undefined);
}

function fieldFault(field: Field, word: string): string | undefined {
    for (const part of word.split(",")) {
        const [whole, from, to = from, step] = PART.exec(part) ?? [];
        if (whole === undefined) return CRON_FORM;
        const [start = field.first, end = field.last] = [from, to].map(value => value && numberOf(field, value));
        if (!isIn(field, start) || !isIn(field, end)) return `${rangeText(field)}, which ${part} is not`;
        if (start > end) return `${field.name}: the smaller end first, or two ranges, "${wrapped(field, from, to)}"`;
        if (Number(step) === 0) return `${field.name}: a step of at least 1`;
    }
    return undefined;
}

/** NaN for a name that the field has not. */
function numberOf({ first, names = [] }: Field, value: string): number {
    const index = names.indexOf(value.toUpperCase());
    return index < 0 ? Number(value) : first + index;
}

function isIn({ first, last }: Field, value: unknown): value is number {
    return typeof value === "number" && value >= first && value <= last;
}

/** `FRI-MON` as `FRI-SAT,SUN-MON` */
function wrapped({ first, last, names }: Field, from = "", to = ""): string {
    const end = names === undefined ? last : first + names.length - 1;
    const shown = (value: number) => (names !== undefined && /[A-Z]/i.test(from) ? names[value - first] : value) ?? value;
    return `${from}-${shown(end)},${shown(first)}-${to}`;
}

function rangeText({ name, first, last, names }: Field): string {
    const named = names === undefined ? "" : `, or ${names[0] ?? ""} to ${names[names.length - 1] ?? ""}`;
    return `${name}: ${first} to ${last}${named}`;
}
