import { z } from "zod";
import { answerKeys } from "./answers";

export const loadBalancerSchema = z
    .strictObject({ ...answerKeys })
    .optional()
    .describe("The load balancer: who reaches it, and how it answers. Default: the internet.");

/** What the load balancer of a stack is, where its file says anything of it. */
export type LoadBalancerSettings = Readonly<z.output<typeof loadBalancerSchema> & object>;

interface Parsed {
    readonly loadBalancer?: z.output<typeof loadBalancerSchema>;
}

/** Nothing where nothing is said. */
export function loadBalancerWithDefaults({ loadBalancer }: Parsed): LoadBalancerSettings | undefined {
    return loadBalancer;
}
