import assert from "node:assert/strict";
import { cannotAsk } from "../../../tools/deployed/aws/refusal";
import { lookUntil } from "../../../tools/deployed/looking";

/** What AWS says where it may answer the next time. */
const PASSING = new Error("AWS cannot be asked for the log of web: slow down.", {
    cause: Object.assign(new Error("slow down"), { name: "ThrottlingException" }),
});

describe("looking again and again", () => {
    /** Looks as often as there are answers, and is stopped behind the last. */
    async function looked(
        answers: readonly (Error | undefined)[],
    ): Promise<{ readonly looks: number; readonly notes: string[] }> {
        const stop = new AbortController();
        const notes: string[] = [];
        let looks = 0;
        const look = () => {
            const answer = answers[looks];
            looks += 1;
            if (looks === answers.length) stop.abort();
            return answer === undefined ? Promise.resolve() : Promise.reject(answer);
        };
        await lookUntil(stop.signal, 0.001, look, text => notes.push(text)).catch((error: unknown) => {
            if (!stop.signal.aborted) throw error;
        });
        return { looks, notes };
    }

    it("goes on where AWS did not answer in passing, and says so once until it answers", async () => {
        const told = `${PASSING.message} It is asked again.`;
        assert.deepEqual(await looked([undefined, PASSING, PASSING, undefined, PASSING, undefined]), {
            looks: 6,
            notes: [told, told],
        });
    });

    it("ends where AWS refuses", async () => {
        const refusal = cannotAsk("it", "ecs:ListTasks", Object.assign(new Error("no"), { name: "AccessDeniedException" }));
        await assert.rejects(looked([undefined, refusal, undefined]), { message: refusal.message });
    });

    it("ends at once with its signal, however long the pause is", async () => {
        const stop = new AbortController();
        setTimeout(() => stop.abort(), 10);
        await assert.rejects(
            lookUntil(
                stop.signal,
                30,
                () => Promise.resolve(),
                () => undefined,
            ),
            { name: "AbortError" },
        );
    });
});
