import {
    PolicyPack,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
} from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";
import { today } from "../tools/cli/command";
import { Circumstances, circumstancesOf, configurationOf } from "./circumstances";
import { costPolicies } from "./cost";
import { Declared } from "./declared";
import { exceptionPolicies } from "./exceptions";
import { Verdict, evaluate, messageOf } from "../tools/policy/evaluate";
import type { Rule } from "../tools/policy/rule";
import { RULES } from "../tools/policy/rules";
import { inert } from "../model/inert-text";

/** Serves the rules to the engine. `folder` is the project's. */
export function servePack(folder: string): PolicyPack {
    const day = today();
    const configuration = pulumi.runtime.allConfig();
    const declared = new Declared();
    const known = new Map<string, Circumstances>();
    const circumstances = (urn: string): Circumstances => {
        const { project, stack } = placeOf(urn);
        const found = known.get(stack) ?? circumstancesOf({ project, stack, folder, configuration, today: day });
        known.set(stack, found);
        return found;
    };

    const onResource = (rule: Rule): ResourceValidationPolicy => ({
        ...about(rule),
        validateResource: (args: ResourceValidationArgs, report: ReportViolation) => {
            const resource = declared.remember(args);
            if (rule.types.includes(resource.type)) tell(evaluate([resource], circumstances(args.urn), [rule]), report);
        },
    });
    const onStack = (rule: Rule): StackValidationPolicy => ({
        ...about(rule),
        validateStack: ({ resources }: StackValidationArgs, report: ReportViolation) => {
            const [first] = resources;
            if (first === undefined) return;
            const all = resources.map(resource => declared.inStack(resource));
            tell(evaluate(all, circumstances(first.urn), [rule]), report);
        },
    });

    return new PolicyPack("fargate", {
        description: "AWS Fargate as this program has it; docs/controls.md tells what each rule stands for.",
        enforcementLevel: "mandatory",
        policies: [
            ...RULES.map(rule => (rule.scope === "resource" ? onResource(rule) : onStack(rule))),
            ...exceptionPolicies(circumstances),
            ...costPolicies(urn => configurationOf(folder, { ...placeOf(urn), configuration })),
        ],
    });
}

function about({ name, title, severity, controls, fix }: Rule) {
    return {
        name,
        description: title,
        severity,
        tags: [...controls],
        remediationSteps: fix,
        enforcementLevel: "mandatory" as const,
    };
}

function tell({ findings }: Verdict, report: ReportViolation): void {
    for (const finding of findings) report(inert(messageOf(finding)), finding.urn);
}

/** `urn:pulumi:<stack>::<project>::…` */
function placeOf(urn: string): { project: string; stack: string } {
    const [place = "", project = ""] = urn.split("::", 2);
    return { project, stack: place.replace("urn:pulumi:", "") };
}
