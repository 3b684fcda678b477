import { here } from "../scope";
import { AwsService, readInRegion } from "./actions";

/** What the account may have more of than others, for stacks of many services. */
export const SERVICE_QUOTAS: AwsService = {
    types: {},
    lookUps: {
        "aws:servicequotas/getServiceQuota:getServiceQuota": [
            "servicequotas:GetAWSDefaultServiceQuota",
            "servicequotas:GetServiceQuota",
        ],
    },
    limits: [
        readInRegion("servicequotas:GetAWSDefaultServiceQuota"),
        { sid: "ReadQuota", actions: ["servicequotas:GetServiceQuota"], on: here("servicequotas", "*") },
    ],
};
