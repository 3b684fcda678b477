import type { ReportViolation, StackValidationArgs, StackValidationPolicy } from "@pulumi/policy";
import { aboutText, refusedOf, refusedText } from "../tools/policy/exceptions";
import type { Circumstances } from "./circumstances";

/** The policies that refuse exceptions which do not hold, and count the others with every preview. */
export function exceptionPolicies(circumstances: (urn: string) => Circumstances): StackValidationPolicy[] {
    const report =
        (say: (circumstances: Circumstances) => readonly string[]) =>
        ({ resources: [first] }: StackValidationArgs, tell: ReportViolation) => {
            if (first !== undefined) for (const text of say(circumstances(first.urn))) tell(text);
        };
    return [
        {
            name: "exceptions-hold",
            description:
                "Exceptions in fargate:policyExceptions have not ended, end in time, and name a resource where the rule is critical.",
            enforcementLevel: "mandatory",
            validateStack: report(({ exceptions, today: day }) => refusedOf(exceptions, day).map(refusedText)),
        },
        {
            name: "exceptions",
            description: "What fargate:policyExceptions, and keys that turn a part off, let pass.",
            enforcementLevel: "advisory",
            validateStack: report(({ exceptions, turnedOff = [] }) => [
                ...exceptions.map(
                    (exception, index) =>
                        `${index + 1} of ${exceptions.length} exceptions, until ${exception.until}: ${aboutText(exception)} (${exception.reason})`,
                ),
                ...turnedOff.map(({ key, rule, reason }) => `off by fargate:${key}: ${rule} (${reason})`),
            ]),
        },
    ];
}
