/** What the load balancer speaks with tasks. A client has to speak it too: HTTP/1.1 gets 464 where tasks speak HTTP/2 or gRPC. */
export const PROTOCOLS = ["http1", "http2", "grpc"] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** `ProtocolVersion` of a target group (Elastic Load Balancing API reference). */
export const PROTOCOL_VERSION = { http1: "HTTP1", http2: "HTTP2", grpc: "GRPC" } as const;

/** What the load balancer asks of gRPC where nobody names a method: one that no server has. */
export const GRPC_HEALTH_PATH = "/AWS.ALB/healthcheck";

/** The good answers of a healthy target: an HTTP status, or gRPC's own, 0 for OK and 12 for a method that is not there. */
export function healthMatcher(protocol: Protocol, path: string): string {
    if (protocol !== "grpc") return "200-399";
    return path === GRPC_HEALTH_PATH ? "12" : "0";
}
