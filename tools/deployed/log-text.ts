import { HIDDEN, lineGuard } from "../../model/log-line";
import { colours } from "../cli/colours";
import type { LogEvent } from "./aws/log-events";
import type { LogSource } from "./log-sources";

/** Characters of a line that are shown. */
const LINE = 4000;
/** Characters of a task's id that tell it from the stack's others. */
const SHORT_ID = 6;

const TIME_KEYS = ["time", "timestamp", "@timestamp", "ts"];
const LEVEL_KEYS = ["level", "severity", "lvl", "levelname", "log.level"];
const MESSAGE_KEYS = ["message", "msg"];
/** Levels as pino and bunyan number them. */
const LEVELS: Readonly<Record<number, string>> = { 10: "trace", 20: "debug", 30: "info", 40: "warn", 50: "error", 60: "fatal" };

const PREFIX_COLOURS = [colours.cyan, colours.green, colours.yellow, colours.magenta, colours.blue, colours.cyanBright] as const;

/** What a line of JSON says, in the order that a person reads it. */
export interface LogRecord {
    /** In milliseconds since 1970; the event's own where it says none. */
    readonly at: number;
    readonly level?: string;
    /** The message, and the rest as `key=value`; then what is of several lines. */
    readonly lines: readonly string[];
}

/** Lines of logs as a person, or with `json` a program, reads them. */
export function logWriter(sources: readonly LogSource[], json: boolean, now: () => Date = () => new Date()) {
    const guards = new Map<string, (line: string) => string>();
    const width = Math.max(...sources.map(({ name }) => name.length)) + 1 + SHORT_ID;
    return (event: LogEvent): string[] => {
        const { container, task, at, source } = event;
        const stream = `${container}/${task}`;
        const guard = guards.get(stream) ?? lineGuard(LINE);
        guards.set(stream, guard);
        if (json) {
            const message = guard(event.message) === HIDDEN ? HIDDEN : event.message;
            return [JSON.stringify({ time: new Date(at).toISOString(), [source.kind]: source.name, container, task, message })];
        }
        const record = recordOf(event.message, at);
        const prefix = coloured(prefixOf(event), width);
        const [first = "", ...below] = record.lines.map(guard);
        const head = [prefix, colours.dim(timeText(record.at, now())), levelText(record.level), first];
        return [head.filter(Boolean).join(" ").trimEnd(), ...below.map(line => `${prefix}     ${line}`)];
    };
}

/** `web/3f2a9c`, and `web:proxy/3f2a9c` of a sidecar. */
function prefixOf({ source: { name }, container, task }: LogEvent): string {
    return `${name}${container === name ? "" : `:${container}`}/${task.slice(0, SHORT_ID)}`;
}

/** The same task has the same colour, whenever it is looked at. */
function coloured(prefix: string, width: number): string {
    const sum = Array.from(prefix).reduce((hash, character) => (hash * 31 + character.charCodeAt(0)) % 65_521, 7);
    return PREFIX_COLOURS[sum % PREFIX_COLOURS.length]?.(prefix.padEnd(width)) ?? prefix;
}

/** UTC, with the day where it is not today. */
function timeText(at: number, now: Date): string {
    const text = new Date(at).toISOString();
    const isToday = text.slice(0, 10) === now.toISOString().slice(0, 10);
    return isToday ? text.slice(11, 23) : `${text.slice(5, 10)} ${text.slice(11, 23)}`;
}

function levelText(level: string | undefined): string {
    if (level === undefined) return "";
    const text = level.toUpperCase().padEnd(5);
    if (/^(ERR|FATAL|CRIT|ALERT|EMERG|PANIC)/.test(text)) return colours.red(text);
    return text.startsWith("WARN") ? colours.yellow(text) : text;
}

/** A message as it is read: of a JSON object its parts, of anything else what it is. */
export function recordOf(message: string, at: number): LogRecord {
    const fields = objectIn(message);
    if (fields === undefined) return { at, lines: message.trimEnd().split(/\r?\n/) };
    const left = new Map(Object.entries(fields));
    /** The first of these keys whose value means something. */
    const take = <T>(keys: readonly string[], meaning: (value: unknown) => T | undefined): T | undefined => {
        for (const key of keys) {
            const found = left.has(key) ? meaning(left.get(key)) : undefined;
            if (found === undefined) continue;
            left.delete(key);
            return found;
        }
        return undefined;
    };
    const time = take(TIME_KEYS, timeOf);
    const level = take(LEVEL_KEYS, levelOf);
    const text = take(MESSAGE_KEYS, value => (typeof value === "string" ? value : undefined)) ?? "";
    const [first = "", ...others] = text.trimEnd().split(/\r?\n/);
    const isLong = (value: unknown): value is string => typeof value === "string" && value.trimEnd().includes("\n");
    const short = [...left].filter(([, value]) => !isLong(value)).map(([key, value]) => `${key}=${valueText(value)}`);
    const long = [...left].flatMap(([key, value]) => (isLong(value) ? [`${key}:`, ...value.trimEnd().split(/\r?\n/)] : []));
    return { at: time ?? at, level, lines: [[first, ...short].filter(Boolean).join(" "), ...others, ...long] };
}

function objectIn(message: string): Readonly<Record<string, unknown>> | undefined {
    if (!/^\s*\{[^]*\}\s*$/.test(message)) return undefined;
    try {
        return JSON.parse(message, exactly) as Readonly<Record<string, unknown>>;
    } catch {
        return undefined;
    }
}

/** A number of more digits than JavaScript's have is kept as it was written: it is somebody's id. */
function exactly(_: string, value: unknown, context?: { readonly source?: string }): unknown {
    return typeof value === "number" && !Number.isSafeInteger(Math.trunc(value)) ? (context?.source ?? value) : value;
}

function timeOf(value: unknown): number | undefined {
    const text = typeof value === "string" && /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : NaN;
    // Seconds, or milliseconds, since 1970.
    const number = typeof value === "number" && value > 1e9 ? (value < 1e11 ? value * 1000 : value) : NaN;
    return [text, number].find(at => at > 0 && at < 8e15);
}

function levelOf(value: unknown): string | undefined {
    if (typeof value === "number") return LEVELS[value];
    return typeof value === "string" && /^[a-z]{2,10}$/i.test(value) ? value : undefined;
}

function valueText(value: unknown): string {
    if (typeof value !== "string") return JSON.stringify(value);
    return /^[^\s"'=]+$/.test(value) ? value : JSON.stringify(value);
}
