import { partitionOf } from "../model/partitions";
import { Place, PolicyDocument, policy } from "./documents";

/** The rule by which Step Functions hears of ECS tasks that end: AWS's own name, one in each account and region. */
export const ECS_EVENTS_RULE = "StepFunctionsGetEventsForECSTaskRule";

/** The job's state machine may take the role, in its own name alone (Step Functions developer guide, confused deputy). */
export function stateMachineMayAssume(place: Place, stateMachine: string): PolicyDocument {
    const { region, account } = place;
    return trusts(
        place,
        "states.amazonaws.com",
        `arn:${partitionOf(region)}:states:${region}:${account}:stateMachine:${stateMachine}`,
    );
}

/** Schedules of the default group may take the role: EventBridge Scheduler tells its group alone (user guide, confused deputy prevention). */
export function schedulesMayAssume(place: Place): PolicyDocument {
    const { region, account } = place;
    return trusts(
        place,
        "scheduler.amazonaws.com",
        `arn:${partitionOf(region)}:scheduler:${region}:${account}:schedule-group/default`,
    );
}

function trusts({ account }: Place, service: string, sourceArn: string): PolicyDocument {
    return policy({
        Effect: "Allow",
        Principal: { Service: service },
        Action: ["sts:AssumeRole"],
        Condition: { StringEquals: { "aws:SourceAccount": account }, ArnLike: { "aws:SourceArn": sourceArn } },
    });
}

export interface RunNeeds<Text> extends Place {
    /** Name of the cluster. */
    readonly cluster: string;
    /** Family of the job's task definition, whatever its revision. */
    readonly family: string;
    /** The roles of the task: ECS takes one to start it, the application the other, where it has one. */
    readonly taskRoleArns: readonly Text[];
}

/** What runs a job's tasks: this family on this cluster, with these roles, and no other. */
export function runPolicy<Text>(needs: RunNeeds<Text>): PolicyDocument<Text | string> {
    const { region, account, cluster } = needs;
    const partition = partitionOf(region);
    const tasks = `arn:${partition}:ecs:${region}:${account}:task/${cluster}/*`;
    return policy<Text | string>(
        {
            Sid: "RunTasks",
            Effect: "Allow",
            Action: ["ecs:RunTask"],
            Resource: [`arn:${partition}:ecs:${region}:${account}:task-definition/${needs.family}:*`],
            Condition: { StringEquals: { "ecs:cluster": `arn:${partition}:ecs:${region}:${account}:cluster/${cluster}` } },
        },
        { Sid: "WatchTasks", Effect: "Allow", Action: ["ecs:DescribeTasks", "ecs:StopTask"], Resource: [tasks] },
        {
            Sid: "TagTasks",
            Effect: "Allow",
            Action: ["ecs:TagResource"],
            Resource: [tasks],
            Condition: { StringEquals: { "ecs:CreateAction": "RunTask" } },
        },
        {
            Sid: "PassRolesToTasks",
            Effect: "Allow",
            Action: ["iam:PassRole"],
            Resource: needs.taskRoleArns,
            Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
        },
        {
            Sid: "HearOfTasks",
            Effect: "Allow",
            Action: ["events:DescribeRule", "events:PutRule", "events:PutTargets"],
            Resource: [`arn:${partition}:events:${region}:${account}:rule/${ECS_EVENTS_RULE}`],
        },
    );
}

/** What starts a job when it is due. */
export function startPolicy<Text>(stateMachineArn: Text): PolicyDocument<Text> {
    return policy<Text>({ Sid: "StartRuns", Effect: "Allow", Action: ["states:StartExecution"], Resource: [stateMachineArn] });
}
