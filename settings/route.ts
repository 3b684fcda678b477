import { z } from "zod";
import { PROTOCOLS } from "../model/protocol";
import { MAX_ORDER } from "../model/routes";
import { integer, once, text, without } from "./forms";
import { hostPattern } from "./hosts";

/** Elastic Load Balancing's for `path-pattern`; case matters there. */
const PATH_PATTERN = /^[/*][\w$/."'@:+&~*?-]{0,127}$/;

/** What takes a request to a listener rule: of a service, or of the load balancer's own. */
export const placeKeys = {
    hosts: once(z.array(hostPattern), "host").default([]).describe("Default: every host."),
    paths: once(z.array(text(PATH_PATTERN, pathFault)), "path")
        .default(["/*"])
        .describe("Default: every path."),
    priority: integer(1, MAX_ORDER)
        .optional()
        .describe(
            "Order among routes: one with a priority is tried before all without, lower ones first, of equal ones the more specific. Default: the more specific first.",
        ),
};

/** Others are dropped by the load balancer before it looks at its rules (`dropInvalidHeaderFields`); at most 40 by `HttpHeaderConditionConfig`. */
const HEADER = /^(?!host$)[A-Za-z0-9-]{1,40}$/i;

/** Without `*` and `?`, which stand for others here, and without `\`, which would take that from them. */
const PARAMETER = /^[!-)+->@-[\]-~]{1,128}$/;

/** Elastic Load Balancing's for values of headers and queries: what can be seen of ASCII, in any case. */
const VALUE = /^(?!.*\\)[\x20-\x7e]{1,128}$/;

/** Elastic Load Balancing's for `http-request-method`. */
const METHOD = /^[A-Z_-]{1,40}$/;
const METHOD_FORM = "a method in capital letters, such as GET";

const VALUE_FORM = "text in quotes or a list of such, of at most 128 ASCII characters each, without \\; * and ? stand for others";

const value = text(VALUE, VALUE_FORM);
const values = z
    .union([value, once(z.array(value).min(1, { error: VALUE_FORM }), "value")], { error: VALUE_FORM })
    .transform(given => (typeof given === "string" ? [given] : given));

export const routeSchema = z.strictObject({
    ...placeKeys,
    headers: z
        .record(
            text(HEADER, found =>
                found.toLowerCase() === "host"
                    ? "another header: hosts are named under hosts"
                    : without(/[A-Za-z0-9-]/, "a header's name of at most 40 characters")(found),
            ),
            values,
        )
        .optional()
        .describe("Values by the name of a request's header, in any case; all of several headers must fit. Default: any."),
    methods: once(z.array(text(METHOD, METHOD_FORM)).min(1, { error: METHOD_FORM }), "method")
        .optional()
        .describe("Default: every method."),
    query: z
        .record(text(PARAMETER, "a parameter's name of at most 128 ASCII characters, without spaces, *, ? and \\"), values)
        .optional()
        .describe("Values by the name of a parameter in the query, in any case; all of several must fit. Default: any."),
    sticky: z
        .strictObject({
            // Elastic Load Balancing user guide, "Sticky sessions": a week at most.
            seconds: integer(1, 604_800, " seconds").describe("From the last answer on, in seconds."),
        })
        .optional()
        .describe(
            "A cookie of the load balancer keeps a client at the task that answered it first. Default: each request may meet another.",
        ),
    slowStartSeconds: integer(30, 900, " seconds")
        .optional()
        .describe("A new task's share of requests grows for so long, in seconds. Default: it gets a full share at once."),
    protocol: z
        .enum(PROTOCOLS, { error: PROTOCOLS.join(", ") })
        .optional()
        .describe(
            "What the load balancer speaks with tasks, and clients with it. http2 and grpc need a domain, for HTTPS. Default: http1.",
        ),
});

function pathFault(found: string): string {
    const what = "a path pattern of at most 128 characters that starts with / or *, such as /api/*";
    return /^https?:/.test(found) ? `${what}; the host is one of hosts` : without(/[\w$/."'@:+&~*?-]/, what)(found);
}
