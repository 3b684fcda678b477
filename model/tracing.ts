import type { Sidecar } from "./sidecars";

/** Name of the container that collects traces. */
export const COLLECTOR = "otel-collector";

/**
 * AWS Distro for OpenTelemetry Collector v0.48.0: an index for arm64 and x86_64. Its digest is the one that two public repositories pin, of ECR Public
 * and of `amazon/aws-otel-collector` on Docker Hub.
 */
export const COLLECTOR_IMAGE =
    "public.ecr.aws/aws-observability/aws-otel-collector@sha256:9b28046359054b414f4ba76056ba4e8cffda2d53fbcee06171d7eeecd71326c3";

/**
 * Where it listens with that configuration: X-Ray's daemon protocol, its own metrics, OTLP by gRPC and HTTP, StatsD, its health
 * (aws-otel-collector, config/ecs/ecs-default-config.yaml; OpenTelemetry's documentation, "Internal telemetry").
 */
export const COLLECTOR_PORTS: readonly number[] = [2000, 4317, 4318, 8125, 8888, 13_133];

/**
 * Takes traces in OpenTelemetry's protocol and X-Ray's and sends them to X-Ray. Not essential: an application must not go down with its tracing; so it
 * is started again, and has a limit, since what it cannot send it keeps in memory.
 */
export function collector(image = COLLECTOR_IMAGE): Sidecar {
    return {
        image,
        command: ["--config=/etc/ecs/ecs-default-config.yaml"],
        // The image's own, `aoc` (aws-otel-collector, cmd/awscollector/Dockerfile). It writes no file.
        user: "4317",
        writablePaths: [],
        environment: {},
        secrets: {},
        essential: false,
        restart: { ignoredExitCodes: [], attemptPeriodSeconds: 60 },
        memoryMiB: 256,
        // Asks the health check extension on port 13133 (cmd/healthcheck/main.go); the image has no shell.
        health: { command: ["CMD", "/healthcheck"], intervalSeconds: 10, timeoutSeconds: 5, gracePeriodSeconds: 30 },
    };
}

/**
 * What OpenTelemetry's SDKs read (specification, "Environment variable specification"). Metrics and logs would go nowhere: the collector may write
 * neither, and the container's log is kept anyway.
 */
export function tracingVariables(service: string): Record<string, string> {
    return {
        OTEL_SERVICE_NAME: service,
        OTEL_EXPORTER_OTLP_ENDPOINT: "http://localhost:4318",
        OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
        OTEL_METRICS_EXPORTER: "none",
        OTEL_LOGS_EXPORTER: "none",
    };
}

/** To write traces, and to read how many of them are wanted. X-Ray knows no resource for these (service authorization reference, AWS X-Ray). */
export const TRACING_PERMISSION = {
    actions: [
        "xray:PutTraceSegments",
        "xray:PutTelemetryRecords",
        "xray:GetSamplingRules",
        "xray:GetSamplingTargets",
        "xray:GetSamplingStatisticSummaries",
    ],
    resources: ["*"],
};
