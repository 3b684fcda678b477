import type { Overrides } from "./components/overridden";
import type { Settings } from "./settings";

/**
 * What no key of a stack's file reaches: arguments of resources, by type and logical name, as `npm run plan` shows them. docs/workloads.md, "What no key
 * reaches".
 *
 * @example
 * ```ts
 * export const overrides = (_: Settings): Overrides => ({
 *     "aws:lb/loadBalancer:LoadBalancer": { "load-balancer": args => ({ ...args, idleTimeout: 120 }) },
 * });
 * ```
 */
export const overrides = (_: Settings): Overrides => ({});
