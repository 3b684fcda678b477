import { textOf } from "../inputs";
import { NO_OUTPUTS, Rows, forGood, named } from "./row";

export const TOPIC = "aws:sns/topic:Topic";
export const TOPIC_SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
export const TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy";

export const ROWS: Rows = {
    [TOPIC]: {
        facts: inputs => [textOf(inputs["name"])],
        loss: forGood(named("all subscriptions of, which people confirmed by hand,")),
        cost: { free: "a thousand e-mails a month are free, and alarms are to be fewer" },
        outputs: NO_OUTPUTS,
    },
    [TOPIC_SUBSCRIPTION]: {
        facts: inputs => [textOf(inputs["endpoint"])],
        loss: forGood(named("the confirmation of", "endpoint")),
        cost: { free: "a thousand e-mails a month are free, and alarms are to be fewer" },
        outputs: NO_OUTPUTS,
    },
};
