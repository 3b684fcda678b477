/** Values of a metric, one a period; undefined where CloudWatch has none. */
export type Series = readonly (number | undefined)[];

type Value = number | Series | readonly Series[];

/**
 * What CloudWatch makes of an expression: arithmetic, comparisons, `IF`, `FILL` and `MAX` over a list (Amazon CloudWatch user guide, "Using math
 * expressions with CloudWatch metrics"). Where a value that an operator needs is missing, so is what it makes.
 */
export function metricMath(expression: string, metrics: Readonly<Record<string, Series>>): Series {
    const tokens = expression.match(/[a-z]\w*|[A-Z]+|\d+(?:\.\d+)?|>=|<=|[-+*/<>()[\],]/g) ?? [];
    if (tokens.join("") !== expression.replaceAll(" ", "")) throw new Error(`not understood: ${expression}`);
    let at = 0;
    const next = () => tokens[at++] ?? "";
    const take = (token: string) => {
        if (next() !== token) throw new Error(`${token} is missing in ${expression}`);
    };

    const level = (operators: readonly string[], below: () => Value): Value => {
        let left = below();
        while (operators.includes(tokens[at] ?? "")) {
            const operator = next();
            left = each([left, below()], ([a = 0, b = 0]) => OPERATORS[operator]?.(a, b));
        }
        return left;
    };
    const comparison = (): Value => level([">=", "<=", ">", "<"], () => level(["+", "-"], () => level(["*", "/"], atom)));
    const list = (end: string): Value[] => {
        const values = [comparison()];
        while (tokens[at] === ",") {
            next();
            values.push(comparison());
        }
        take(end);
        return values;
    };
    const atom = (): Value => {
        const token = next();
        if (token === "(") return list(")")[0] ?? 0;
        if (token === "[") return list("]") as Series[];
        if (/^\d/.test(token)) return Number(token);
        const metric = metrics[token];
        if (metric !== undefined) return metric;
        take("(");
        const [first = 0, second = 0, third = 0] = list(")");
        switch (token) {
            case "IF":
                return each([first, second, third], ([condition, yes, no]) => (condition === 0 ? no : yes), [true, false, false]);
            case "FILL":
                return (first as Series).map(value => value ?? (second as number));
            case "MAX":
                return each(first as Series[], values => Math.max(...values.filter(value => value !== undefined)));
            default:
                throw new Error(`${token} is not understood`);
        }
    };
    return comparison() as Series;
}

const OPERATORS: Readonly<Record<string, (a: number, b: number) => number | undefined>> = {
    "+": (a, b) => a + b,
    "-": (a, b) => a - b,
    "*": (a, b) => a * b,
    // CloudWatch shows no value for a division by zero.
    "/": (a, b) => (b === 0 ? undefined : a / b),
    ">=": (a, b) => Number(a >= b),
    "<=": (a, b) => Number(a <= b),
    ">": (a, b) => Number(a > b),
    "<": (a, b) => Number(a < b),
};

/** Value by value; missing where one that is needed is. */
function each(
    values: readonly Value[],
    make: (values: readonly (number | undefined)[]) => number | undefined,
    needed: readonly boolean[] = values.map(() => true),
): Value {
    const length = Math.max(0, ...values.map(value => (typeof value === "number" ? 0 : value.length)));
    const at = (value: Value, index: number) => (typeof value === "number" ? value : (value as Series)[index]);
    if (length === 0) return make(values as number[]) ?? 0;
    return Array.from({ length }, (_, index) => {
        const now = values.map(value => at(value, index));
        return now.some((value, position) => value === undefined && needed[position]) ? undefined : make(now);
    });
}
