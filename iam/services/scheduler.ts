import { named } from "../scope";
import type { AwsService } from "./actions";

/** Schedules of jobs, by their names in the default group: AWS gives tags to groups alone. */
export const SCHEDULER: AwsService = {
    types: {
        "aws:scheduler/schedule:Schedule": {
            create: ["scheduler:CreateSchedule", "iam:PassRole"],
            read: ["scheduler:GetSchedule"],
            update: ["scheduler:UpdateSchedule"],
            delete: ["scheduler:DeleteSchedule"],
            tag: [],
        },
    },
    lookUps: {},
    limits: [
        {
            sid: "OwnSchedules",
            actions: [
                "scheduler:CreateSchedule",
                "scheduler:DeleteSchedule",
                "scheduler:GetSchedule",
                "scheduler:UpdateSchedule",
            ],
            on: named("scheduler", "schedule/default/PREFIX-*"),
        },
    ],
};
