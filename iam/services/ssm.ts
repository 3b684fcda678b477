import { AwsService, readInRegion } from "./actions";

/** Parameters of the stacks' tasks: whether they are there. */
export const SSM: AwsService = {
    types: {},
    lookUps: {},
    preflight: ["ssm:DescribeParameters"],
    limits: [readInRegion("ssm:DescribeParameters")],
};
