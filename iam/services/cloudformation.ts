import { AwsService, readInRegion } from "./actions";

/** Exports that name a network which exists already. */
export const CLOUDFORMATION: AwsService = {
    types: {},
    lookUps: { "aws:cloudformation/getExport:getExport": ["cloudformation:ListExports"] },
    limits: [readInRegion("cloudformation:ListExports")],
};
