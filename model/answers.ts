import { createHash } from "node:crypto";
import { requestsOf } from "./conditions";
import type { Route } from "./routes";

/** A request that the load balancer sends elsewhere. */
export interface Redirect extends Route {
    /** A host, a path, or both. `#{host}` and `#{path}` in the path are those of the request, the latter without its first `/`. */
    readonly to: string;
    readonly status: 301 | 302;
}

/** A request that the load balancer answers with the same text each time. */
export interface FixedAnswer extends Route {
    /** 200 to 299, or 400 to 599. */
    readonly status: number;
    readonly contentType: string;
    readonly body: string;
}

/** What the load balancer does by itself, without a service. */
export interface Answers {
    /** @default none */
    readonly redirects?: readonly Redirect[];
    /** @default none */
    readonly answers?: readonly FixedAnswer[];
}

/** A listener rule of the load balancer's own. */
export interface AnswerRule {
    /** Of the listener rule, from the first host and path, which no other one has: an entry more or less leaves the others' names, and with them their priorities. */
    readonly logicalName: string;
    readonly section: keyof Answers;
    readonly index: number;
    readonly route: Redirect | FixedAnswer;
}

export function answerRules({ redirects = [], answers = [] }: Answers = {}): readonly AnswerRule[] {
    const rules = (section: keyof Answers, noun: string, routes: readonly (Redirect | FixedAnswer)[]) =>
        routes.map((route, index) => ({ logicalName: nameOf(noun, route), section, index, route }));
    return [...rules("redirects", "redirect", redirects), ...rules("answers", "answer", answers)];
}

/** Such as `redirect-www.shop.example.com` and `answer-/robots.txt`. What no target of a command can have in its name stands there as a hash. */
function nameOf(noun: string, route: Route): string {
    const [first] = requestsOf(route);
    const place = `${first?.host === "*" ? "" : (first?.host ?? "")}${first?.path === "/*" ? "" : (first?.path ?? "")}` || "ALL";
    const plain = place.replaceAll(/[^\w./-]/g, "-");
    const hash = createHash("sha256").update(place).digest("hex").slice(0, 6);
    return `${noun}-${plain}${plain === place ? "" : `-${hash}`}`;
}

/** Host and path of a redirect's target, where it names them. */
export function targetOf({ to }: Redirect): { readonly host?: string; readonly path?: string } {
    const slash = to.indexOf("/");
    if (slash === -1) return { host: to };
    return { ...(slash > 0 && { host: to.slice(0, slash) }), path: to.slice(slash) };
}

/** As Elastic Load Balancing is told; what is not named stays as it was asked for. */
export function listenerAction(route: Redirect | FixedAnswer) {
    if ("to" in route) return { type: "redirect", redirect: { ...targetOf(route), statusCode: `HTTP_${route.status}` } };
    const { status, contentType, body } = route;
    return { type: "fixed-response", fixedResponse: { statusCode: String(status), contentType, messageBody: body } };
}

/** For people. */
export function answerText(route: Redirect | FixedAnswer): string {
    return "to" in route ? `${route.status} to ${route.to}` : `${route.status} ${route.contentType}`;
}
