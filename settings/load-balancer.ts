import { z } from "zod";

export const loadBalancerSchema = z
    .strictObject({
        accessLogs: z
            .boolean({ error: "true or false" })
            .optional()
            .describe(
                "Keeps logs of requests and connections in the log bucket. Default: false (development), true (production).",
            ),
    })
    .optional()
    .describe("The load balancer.");
