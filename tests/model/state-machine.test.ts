import assert from "node:assert/strict";
import { RunArgs, stateMachine } from "../../model/state-machine";

const ARGS: RunArgs<string> = {
    region: "ap-northeast-2",
    clusterArn: "cluster",
    taskDefinitionArn: "definition",
    container: "nightly",
    subnetIds: "subnets",
    securityGroupId: "group",
    timeoutMinutes: 30,
    retries: 2,
    parallel: 1,
    spot: false,
    hasSidecars: false,
};

type State = Readonly<Record<string, unknown>> & { readonly Type: string; readonly Next?: string };
interface Machine {
    readonly StartAt: string;
    readonly States: Readonly<Record<string, State>>;
}

const machine = (changes: Partial<typeof ARGS>) => stateMachine({ ...ARGS, ...changes }) as Machine;

/** What a run with sidecars comes to when Step Functions says that its task failed, and says why. */
function judgement(cause: object | string): "succeeded" | "failed" {
    const attempt = machine({ hasSidecars: true }).States["Attempt"];
    const [branch] = (attempt?.["Branches"] ?? []) as Machine[];
    assert.ok(branch !== undefined);
    const { StartAt, States } = branch;
    const [caught] = States[StartAt]?.["Catch"] as { readonly ErrorEquals: string[]; readonly Next: string }[];
    assert.deepEqual(caught?.ErrorEquals, ["States.TaskFailed"]);
    let document: Record<string, unknown> = {
        Error: "States.TaskFailed",
        Cause: typeof cause === "string" ? cause : JSON.stringify(cause),
    };
    for (let name = caught.Next; ;) {
        const state = States[name];
        switch (state?.Type) {
            case "Pass": {
                const { Parameters, InputPath, ResultPath } = state;
                if (Parameters !== undefined) document = { ...document, task: JSON.parse(String(document["Cause"])) as unknown };
                if (InputPath !== undefined) {
                    assert.equal(InputPath, "$.task.Containers[?(@.Name=='nightly')].ExitCode");
                    const { Containers = [] } = document["task"] as { Containers?: { Name: string; ExitCode?: number }[] };
                    const codes = Containers.filter(({ Name }) => Name === "nightly").flatMap(({ ExitCode }) => ExitCode ?? []);
                    document = { ...document, [String(ResultPath).slice(2)]: codes };
                }
                name = state.Next ?? "";
                break;
            }
            case "Choice": {
                const [{ Next = "", And, ...only } = {}] = state["Choices"] as ({ And?: object[]; Next?: string } & object)[];
                const isMet = (And ?? [only]).every(condition => holds(condition as Record<string, unknown>, document));
                name = isMet ? Next : String(state["Default"]);
                break;
            }
            case "Succeed":
                return "succeeded";
            default:
                assert.equal(state?.Type, "Fail");
                assert.deepEqual([state["ErrorPath"], state["CausePath"]], ["$.Error", "$.Cause"]);
                assert.ok("Error" in document && "Cause" in document);
                return "failed";
        }
    }
}

function holds({ Variable, ...test }: Record<string, unknown>, document: Record<string, unknown>): boolean {
    const keys = String(Variable).match(/[A-Za-z]+|\d+/g) ?? [];
    const value = keys.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], document);
    const [[operator, expected] = []] = Object.entries(test);
    if (operator === "StringMatches") return String(value).startsWith(String(expected).replace("*", ""));
    return operator === "IsPresent" ? (value !== undefined) === expected : value === expected;
}

describe("a run of a job", () => {
    it("of one container is a task with its further attempts, and no state more", () => {
        const { States } = machine({});
        assert.deepEqual(Object.keys(States), ["Run"]);
        assert.ok(States["Run"]?.["Retry"] !== undefined && !("Catch" in States["Run"]));
    });

    it("beside sidecars is tried again as a whole: what has succeeded is not done twice", () => {
        const { States } = machine({ hasSidecars: true });
        const attempt = States["Attempt"];
        assert.equal(attempt?.Type, "Parallel");
        assert.deepEqual(attempt["Retry"], machine({}).States["Run"]?.["Retry"]);
        const [branch] = attempt["Branches"] as Machine[];
        assert.ok(!("Retry" in (branch?.States["Run"] ?? {})));
        const all = machine({ hasSidecars: true, parallel: 2 }).States["All"]?.["ItemProcessor"] as Machine;
        assert.deepEqual(Object.keys(all.States), ["Attempt"]);
    });

    it("beside sidecars is judged by the job's own container, whatever the others end with", () => {
        const ended = (own: number | undefined, proxy: number, StopCode = "EssentialContainerExited") => ({
            StopCode,
            Containers: [
                { Name: "proxy", ExitCode: proxy },
                { Name: "nightly", ...(own !== undefined && { ExitCode: own }) },
            ],
        });
        for (const code of [137, 143]) assert.equal(judgement(ended(0, code)), "succeeded");
        assert.equal(judgement(ended(1, 0)), "failed");
        assert.equal(judgement(ended(undefined, 1)), "failed");
        assert.equal(judgement(ended(0, 143, "UserInitiated")), "failed");
        assert.equal(judgement({ StopCode: "TaskFailedToStart" }), "failed");
        assert.equal(judgement("User is not authorized to perform ecs:RunTask"), "failed");
    });
});
