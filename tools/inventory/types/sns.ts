import { NO_FACTS, NO_OUTPUTS, Rows, forGood, named } from "./row";

export const TOPIC = "aws:sns/topic:Topic";
export const TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy";

export const ROWS: Rows = {
    [TOPIC]: {
        facts: NO_FACTS,
        loss: forGood(named("all subscriptions of, which people confirmed by hand,")),
        cost: undefined,
        outputs: NO_OUTPUTS,
    },
};
