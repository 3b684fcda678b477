import assert from "node:assert/strict";
import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import * as proxies from "@pulumi/policy/proxy";
import { Declared } from "../../policy/declared";
import { SERVICE } from "../../tools/inventory/types/ecs";
import { UNKNOWN } from "../../tools/inventory/inputs";

const URN = `urn:pulumi:dev::fargate::${SERVICE}::web`;
const GROUP = { urn: "urn:pulumi:dev::fargate::aws:ec2/securityGroup:SecurityGroup::group" } as PolicyResource;

/** The SDK leaves them out of its types. */
const { unknownCheckingProxy, unknownStringValue } = proxies as unknown as {
    readonly unknownCheckingProxy: (props: object) => unknown;
    readonly unknownStringValue: string;
};

/** Properties as the SDK hands them over: they throw where something is not known. */
const proxy = (props: object) => unknownCheckingProxy(props) as Record<string, unknown>;

const asked = (props: object) =>
    ({
        urn: URN,
        type: SERVICE,
        name: "web",
        props: proxy(props),
        opts: { parent: "urn:parent" },
        provider: { props: proxy({ defaultTags: '{"tags":{}}' }) },
    }) as unknown as ResourceValidationArgs;

const inStack = (props: object) =>
    ({
        urn: URN,
        type: SERVICE,
        name: "web",
        props: proxy(props),
        parent: { urn: "urn:parent" },
        dependencies: [GROUP],
        propertyDependencies: { networkConfiguration: [GROUP] },
        provider: { props: proxy({ defaultTags: unknownStringValue }) },
    }) as unknown as PolicyResource;

const INPUTS = {
    desiredCount: 2,
    networkConfiguration: { assignPublicIp: false, securityGroups: [unknownStringValue], subnets: unknownStringValue },
};

describe("resources as the engine shows them to the pack", () => {
    it("the SDK throws where a value is not known", () => {
        assert.throws(
            () => (proxy(INPUTS)["networkConfiguration"] as { subnets: unknown }).subnets,
            /can't be known during preview/,
        );
    });

    it("have inputs, with what is not known marked, at any depth", () => {
        const { inputs, parent, defaultTags } = new Declared().remember(asked(INPUTS));
        assert.deepEqual(inputs, {
            desiredCount: 2,
            networkConfiguration: { assignPublicIp: false, securityGroups: [UNKNOWN], subnets: UNKNOWN },
        });
        assert.equal(parent, "urn:parent");
        assert.equal(defaultTags, '{"tags":{}}');
    });

    it("keep their inputs when the whole stack is shown, and get references, ids and parents", () => {
        const declared = new Declared();
        declared.remember(asked(INPUTS));
        const resource = declared.inStack(
            inStack({ id: "arn:service", arn: unknownStringValue, name: "web-1234", desiredCount: 3 }),
        );
        assert.equal(resource.inputs["desiredCount"], 2);
        assert.deepEqual(resource.propertyDependencies, { networkConfiguration: [GROUP.urn] });
        assert.deepEqual(resource.dependencies, [GROUP.urn]);
        assert.deepEqual(resource.ids, ["arn:service", "web-1234"]);
        assert.equal(resource.parent, "urn:parent");
        assert.equal(resource.defaultTags, UNKNOWN);
    });

    it("have their outputs for inputs where the engine did not ask about them, as in a targeted update", () => {
        assert.deepEqual(new Declared().inStack(inStack({ desiredCount: 3 })).inputs, { desiredCount: 3 });
    });

    it("are remembered as they were asked about last", () => {
        const declared = new Declared();
        declared.remember(asked({ desiredCount: unknownStringValue }));
        declared.remember(asked({ desiredCount: 2 }));
        assert.deepEqual(declared.inStack(inStack({})).inputs, { desiredCount: 2 });
    });
});
