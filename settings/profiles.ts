/** What the two profiles choose where a key is not set. */
export const PROFILES = {
    development: {
        zones: 2,
        endpointZones: 1,
        tasks: 1,
        scalingMin: 1,
        spotPercent: 100,
        health: { intervalSeconds: 5, timeoutSeconds: 4 },
        logRetentionDays: 7,
        containerInsights: "disabled",
        deletionProtection: false,
        customerKey: false,
        dashboard: false,
        firewall: false,
        accessLogs: false,
        flowLogs: false,
        alarms: false,
    },
    production: {
        zones: 3,
        endpointZones: Infinity,
        tasks: {},
        scalingMin: 2,
        spotPercent: 0,
        health: { intervalSeconds: 10, timeoutSeconds: 5 },
        logRetentionDays: 365,
        containerInsights: "enhanced",
        deletionProtection: true,
        customerKey: true,
        dashboard: true,
        firewall: true,
        accessLogs: true,
        flowLogs: true,
        alarms: true,
    },
} as const;

export type Profile = (typeof PROFILES)[keyof typeof PROFILES];
