/**
 * Actions that IAM authorizes without a resource, or that are mostly called without one, by IAM prefix; `*` stands for anything (service
 * authorization reference). What applications call and what only reads is here. What administers an account, such as `kms:CreateKey` or
 * `logs:PutAccountPolicy`, is left out on purpose: a task that needs it needs an exception with a reason.
 */
const BY_PREFIX: Readonly<Record<string, readonly string[]>> = {
    "application-autoscaling": ["Describe*"],
    autoscaling: ["Describe*"],
    bedrock: [
        ...["CallWithBearerToken", "GetFoundationModelAvailability", "InvokeGuardrailChecks", "InvokeInlineAgent"],
        ...["ListAgents", "ListAsyncInvokes", "ListFlows", "ListFoundationModels", "ListInferenceProfiles", "ListKnowledgeBases"],
        ...["OptimizePrompt", "Rerank", "RetrieveAndGenerate"],
    ],
    cloudwatch: [
        ...[
            "DescribeAlarmsForMetric",
            "DescribeAnomalyDetectors",
            "DescribeInsightRules",
            "GetMetricData",
            "GetMetricStatistics",
        ],
        ...["GetMetricWidgetImage", "ListDashboards", "ListMetricStreams", "ListMetrics", "PutMetricData"],
    ],
    comprehend: ["BatchDetect*", "ContainsPiiEntities", "Detect*", "List*Jobs"],
    dynamodb: [
        ...["DescribeEndpoints", "DescribeLimits", "DescribeReservedCapacity*"],
        ...["ListBackups", "ListContributorInsights", "ListGlobalTables", "ListStreams", "ListTables"],
    ],
    // Without Describe*Attribute: one of them tells what every instance is started with.
    ec2: ["Describe*s"],
    ecr: ["DescribePullThroughCacheRules", "DescribeRegistry", "GetAuthorizationToken", "GetRegistryScanningConfiguration"],
    ecs: ["DescribeTaskDefinition", "ListClusters", "ListServices", "ListTaskDefinition*"],
    elasticfilesystem: ["DescribeAccountPreferences"],
    elasticloadbalancing: ["Describe*"],
    events: [
        ...["ListApiDestinations", "ListArchives", "ListConnections", "ListEndpoints", "ListEventBuses", "ListEventSources"],
        ...["ListPartnerEventSources", "ListReplays", "ListRuleNamesByTarget", "ListRules", "TestEventPattern"],
    ],
    firehose: ["ListDeliveryStreams"],
    kinesis: ["DescribeAccountSettings", "DescribeLimits", "ListStreams"],
    kms: ["DescribeCustomKeyStores", "GenerateRandom", "ListAliases", "ListKeys", "ListRetirableGrants"],
    lambda: [
        ...["GetAccountSettings", "ListCodeSigningConfigs", "ListEventSourceMappings", "ListFunctions"],
        ...["ListLayerVersions", "ListLayers"],
    ],
    logs: [
        ...["DescribeAccountPolicies", "DescribeConfigurationTemplates", "DescribeDeliver*", "DescribeDestinations"],
        ...["DescribeExportTasks", "DescribeFieldIndexes", "DescribeIndexPolicies", "DescribeLogGroups", "DescribeQueries"],
        ...[
            "DescribeQueryDefinitions",
            "DescribeResourcePolicies",
            "GetLogFields",
            "ListLogGroups*",
            "StopLiveTail",
            "StopQuery",
        ],
        ...["TestMetricFilter", "TestTransformer"],
    ],
    polly: [
        ...["DescribeVoices", "GetSpeechSynthesisTask", "ListLexicons", "ListSpeechSynthesisTasks"],
        ...["StartSpeechSynthesis*", "SynthesizeSpeech"],
    ],
    pricing: ["Describe*", "Get*", "List*"],
    rekognition: [
        ...["CompareFaces", "CreateFaceLivenessSession", "DescribeProjects", "DetectFaces", "DetectLabels"],
        ...["DetectModerationLabels", "DetectProtectiveEquipment", "DetectText", "Get*", "ListCollections"],
        ...["ListMediaAnalysisJobs", "ListStreamProcessors", "RecognizeCelebrities", "StartCelebrityRecognition"],
        ...["StartContentModeration", "StartFaceLivenessSession", "StartMediaAnalysisJob", "StartPersonTracking"],
        "Start*Detection",
    ],
    s3: [
        ...[
            "GetAccessPoint",
            "GetAccountPublicAccessBlock",
            "ListAccessGrantsInstances",
            "ListAccessPoints*",
            "ListAllMyBuckets",
        ],
        ...["ListJobs", "ListMultiRegionAccessPoints", "ListStorageLens*"],
    ],
    scheduler: ["ListScheduleGroups", "ListSchedules*"],
    // What it returns, it returns to those alone who may do secretsmanager:GetSecretValue on each.
    secretsmanager: ["BatchGetSecretValue", "GetRandomPassword", "ListSecrets"],
    ses: [
        ...["DescribeActiveReceiptRuleSet", "DescribeReceiptRule*", "GetAccount*", "GetIdentity*Attributes", "GetSend*"],
        ...["GetTemplate", "ListConfigurationSets", "ListContactLists", "ListCustomVerificationEmailTemplates"],
        ...["ListDedicatedIpPools", "ListEmailIdentities", "ListEmailTemplates", "ListIdentities", "ListReceipt*"],
        ...["ListTemplates", "ListVerifiedEmailAddresses", "TestRenderTemplate"],
    ],
    sns: [
        ...["CheckIfPhoneNumberIsOptedOut", "CreatePlatformEndpoint", "DeleteEndpoint", "GetEndpointAttributes"],
        ...["GetPlatformApplicationAttributes", "GetSMS*", "ListEndpointsByPlatformApplication", "ListOriginationNumbers"],
        ...["ListPhoneNumbersOptedOut", "ListPlatformApplications", "ListSMSSandboxPhoneNumbers", "ListSubscriptions"],
        ...["ListTopics", "SetEndpointAttributes"],
    ],
    sqs: ["ListQueues"],
    ssm: [
        ...["DescribeAutomationExecutions", "DescribeInstanceInformation", "DescribeMaintenanceWindows", "DescribeOpsItems"],
        ...["DescribeParameters", "DescribePatchBaselines", "GetCommandInvocation", "GetInventory*", "ListAssociations"],
        ...["ListCommand*", "ListComplianceItems", "ListDocuments", "ListInventoryEntries"],
    ],
    ssmmessages: ["CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel"],
    states: ["ListActivities", "ListStateMachines", "SendTask*", "ValidateStateMachineDefinition"],
    sts: ["DecodeAuthorizationMessage", "GetAccessKeyInfo", "GetCallerIdentity", "GetServiceBearerToken", "GetSessionToken"],
    tag: ["Get*"],
    textract: ["Analyze*", "DetectDocumentText", "Get*Analysis*", "Get*Detection", "ListAdapter*", "Start*"],
    transcribe: ["GetMedicalScribeStream", "List*", "Start*"],
    translate: [
        ...["DescribeTextTranslationJob", "ListLanguages", "ListParallelData", "ListTerminologies", "ListTextTranslationJobs"],
        ...["TranslateDocument", "TranslateText"],
    ],
    xray: [
        ...["BatchGetTrace*", "GetDistinctTraceGraphs", "GetEncryptionConfig", "GetGroups", "GetIndexingRules", "GetInsight*"],
        ...["GetSampling*", "GetServiceGraph", "GetTimeSeriesServiceStatistics", "GetTrace*", "PutSpans*"],
        ...["PutTelemetryRecords", "PutTraceSegments"],
    ],
};

const PATTERNS = Object.entries(BY_PREFIX).flatMap(([prefix, names]) =>
    names.map(name => new RegExp(`^${prefix}:${name.replaceAll("*", ".*")}$`, "i")),
);

/** Whether every action that this one stands for, wildcards and all, does without a resource. */
export function isResourceless(action: string): boolean {
    return PATTERNS.some(pattern => pattern.test(action));
}
