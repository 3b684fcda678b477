import { z } from "zod";
import { text } from "./forms";
import { placeKeys } from "./route";

/** What the load balancer answers by itself: `fargate:loadBalancer.redirects` and `.answers`. */

/** A host as Elastic Load Balancing takes it in a redirect, a path of plain characters and of what the request asked for, or both; each of at most 128. */
const TARGET = /^(?!$)(?=[^/]*(\/.{0,127})?$)((?!-)[A-Za-z0-9.-]{1,128}(?<!-))?(\/([\w$/."'@:+&~-]|#\{(host|path)\})*)?$/;

const targetFault = (found: string) => {
    const what =
        "a host, a path that starts with /, or both, such as shop.example.com/new; #{host} and #{path} stand for those asked for";
    if (/^https?:/.test(found)) return `${what}: without https://`;
    return found.includes("?") ? `${what}: the query stays as it was` : what;
};

const redirect = z.strictObject({
    ...placeKeys,
    to: text(TARGET, targetFault).describe(
        "A host, a path, or both; what is not named stays as it was asked for, the query too.",
    ),
    status: z.literal([301, 302]).default(301).describe("301 for good, 302 for now."),
});

/** `ContentType` of `FixedResponseActionConfig`, as is the length of the body. */
const CONTENT_TYPES = ["text/plain", "text/css", "text/html", "application/javascript", "application/json"] as const;
const BODY_LIMIT = 1024;

const answer = z.strictObject({
    ...placeKeys,
    status: z
        .int({ error: "200 to 299, or 400 to 599" })
        .refine(status => [2, 4, 5].includes(Math.floor(status / 100)), { error: "200 to 299, or 400 to 599" })
        .meta({ minimum: 200, maximum: 599 })
        .default(200)
        .describe("200 to 299, or 400 to 599."),
    contentType: z
        .enum(CONTENT_TYPES, { error: CONTENT_TYPES.join(", ") })
        .default("text/plain")
        .describe("What the body is."),
    body: z
        .string({ error: "text" })
        .max(BODY_LIMIT, {
            error: `at most ${BODY_LIMIT} characters, a limit of the load balancer: more is a service's to answer`,
        })
        .default("")
        .describe(`At most ${BODY_LIMIT} characters.`),
});

export const answerKeys = {
    redirects: z.array(redirect).optional().describe("Requests that the load balancer sends elsewhere. Default: none."),
    answers: z
        .array(answer)
        .optional()
        .describe("Requests that the load balancer answers with a text of its own. Default: none."),
};
