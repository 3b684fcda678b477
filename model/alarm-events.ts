/** What AWS tells by an event of EventBridge, once and without a metric. */
export interface Event {
    /** The end of its rule's name. */
    readonly key: string;
    /** As a sentence. */
    readonly description: string;
    /** What an event must have, in EventBridge's form. */
    readonly pattern: Readonly<Record<string, unknown>>;
    /**
     * What is told, and where in the event its parts stand, by the name between `<` and `>`.
     *
     * @default nothing: events are counted
     */
    readonly message?: Message;
}

interface Message {
    readonly title: string;
    readonly text: string;
    readonly paths: Readonly<Record<string, string>>;
}

/**
 * In the form of custom notifications, schema 1.0 (Amazon Q Developer in chat applications, administrator guide): chat drops every other message that is
 * no event and no alarm, without a word. By e-mail it is read as it stands.
 */
export function messageTemplate({ title, text }: Message): string {
    const content = { textType: "client-markdown", title, description: text };
    return JSON.stringify({ version: "1.0", source: "custom", content }, null, 4);
}

/** Of the services whose ARNs begin so. An update that waits tells it too, but nobody waits for one that CI began and lost. */
export function failedRollouts(serviceArns: string, where: string): Event {
    return {
        key: "rollouts",
        description: "A rollout of a service failed",
        pattern: {
            source: ["aws.ecs"],
            "detail-type": ["ECS Deployment State Change"],
            resources: [{ prefix: serviceArns }],
            detail: { eventName: ["SERVICE_DEPLOYMENT_FAILED"] },
        },
        message: {
            title: `A rollout in ${where} failed`,
            text: "<service>. ECS says: <reason>",
            paths: { service: "$.resources[0]", reason: "$.detail.reason" },
        },
    };
}

/** ACM tells each day, from the 45th before the end on. */
export const EARLIEST_CERTIFICATE_DAYS = 45;

/**
 * A certificate that is about to end, since AWS could not renew it or nobody has replaced it. An alarm on its days would cost, and tell no more.
 *
 * @param certificateArn a string, or whatever stands for one that is not known yet
 */
export function endingCertificate(certificateArn: unknown, days: number, where: string): Event {
    return {
        key: "certificate",
        description: `A certificate ends within ${days} days`,
        pattern: {
            source: ["aws.acm"],
            "detail-type": ["ACM Certificate Approaching Expiration"],
            resources: [certificateArn],
            detail: { DaysToExpiry: [{ numeric: ["<=", days] }] },
        },
        message: {
            title: `A certificate of ${where} ends in <days> days`,
            text: "<name>, <certificate>",
            paths: { certificate: "$.resources[0]", name: "$.detail.CommonName", days: "$.detail.DaysToExpiry" },
        },
    };
}

/** Tasks of a service that ended by themselves, never started, or failed a check: none that scaling, a rollout, AWS or a person stopped. */
export function endedTasks(clusterArn: unknown, serviceGroup: unknown): Event {
    return {
        key: "stops",
        description: "A task ended by itself or failed its checks",
        pattern: {
            source: ["aws.ecs"],
            "detail-type": ["ECS Task State Change"],
            detail: {
                clusterArn: [clusterArn],
                group: [serviceGroup],
                lastStatus: ["STOPPED"],
                // As "Stopped tasks error messages" of the Amazon ECS developer guide has them.
                $or: [
                    { stopCode: ["EssentialContainerExited", "TaskFailedToStart"] },
                    { stoppedReason: [{ prefix: "Task failed" }] },
                ],
            },
        },
    };
}
