import { PLATFORMS, Platform } from "./platforms";

/** What no price tells, a row for each question. Sources: Amazon ECS developer guide, Amazon EKS user guide, AWS Fargate pricing. */
export const DIFFERENCES: readonly { readonly question: string; readonly answers: Readonly<Record<Platform, string>> }[] = [
    row("patching of hosts", "AWS", "AWS", "you: new AMI, drain", "you: new AMI, drain"),
    row("upgrades to plan", "none", "none", "ECS agent", "Kubernetes, every 14 months"),
    row("isolation of tasks", "own virtual machine", "own virtual machine", "shared kernel", "shared kernel"),
    row(
        "interrupted by AWS",
        "no, retired with notice",
        "yes, 2 minutes' notice",
        "no, retired with notice",
        "no, retired with notice",
    ),
    row("room for more tasks", "AWS", "AWS, if there is any", "you: instances first", "you: nodes first"),
    row("pulling an image", "each task anew", "each task anew", "cached on the host", "cached on the host"),
    row("idle CPU of a task", "paid, unused", "paid, unused", "for its neighbours", "for its neighbours"),
    row("largest task", "32 vCPU, 244 GB", "32 vCPU, 244 GB", "an instance", "an instance"),
    row("GPU, privileged, host network", "no", "no", "yes", "yes"),
    row("daemon on each host", "no, sidecars", "no, sidecars", "yes", "yes"),
    row("commitment discounts", "Compute Savings Plans", "none", "Savings Plans, RI, Spot", "Savings Plans, RI, Spot"),
    row("what a team must know", "ECS", "ECS, retries", "ECS, EC2, scaling", "Kubernetes, EC2, scaling"),
];

function row(question: string, ...answers: readonly [string, string, string, string]): (typeof DIFFERENCES)[number] {
    return {
        question,
        answers: Object.fromEntries(PLATFORMS.map((platform, index) => [platform, answers[index]])) as Record<Platform, string>,
    };
}
