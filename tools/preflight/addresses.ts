import type { Finding } from "./check";
import type { Need } from "./vcpus";

/** Of each of its subnets (Elastic Load Balancing user guide, "Subnets for your load balancer"). */
export const ADDRESSES_OF_LOAD_BALANCER = 8;

/** What takes addresses of one subnet, beside what has some already. */
export interface Taking {
    /** Of all subnets together; each has its share. */
    readonly tasks: Need;
    readonly taskSubnets: number;
    readonly endpoints: number;
    readonly isBalanced: boolean;
}

interface Subnet {
    readonly id: string;
    readonly cidr: string;
    readonly free: number;
}

/** @param key that the subnet stands under */
export function addressFindings({ id, cidr, free }: Subnet, taking: Taking, key: string): readonly Finding[] {
    const { tasks, taskSubnets, endpoints, isBalanced } = taking;
    const share = (count: number) => (taskSubnets === 0 ? 0 : Math.ceil(count / taskSubnets));
    const balancer = isBalanced ? ADDRESSES_OF_LOAD_BALANCER : 0;
    const [least, most] = [tasks.least, tasks.most].map(count => share(count) + endpoints + balancer) as [number, number];
    if (most <= free) return [];
    const parts = (count: number) =>
        [
            share(count) > 0 ? `${share(count)} for tasks` : "",
            endpoints > 0 ? `${endpoints} for endpoints` : "",
            isBalanced ? `${balancer} for the load balancer` : "",
        ]
            .filter(part => part !== "")
            .join(", ");
    const fix = `free some there, or larger or further subnets at ${key}`;
    const has = `${id}, a ${cidr}, has ${free} free ${free === 1 ? "address" : "addresses"}`;
    if (least > free) return [{ status: "failure", found: `${has}, and the update needs ${least}: ${parts(tasks.least)}`, fix }];
    const found = `${has}: enough to start with, and not for ${most} with all tasks in a rollout: ${parts(tasks.most)}`;
    return [{ status: "warning", found, fix }];
}
