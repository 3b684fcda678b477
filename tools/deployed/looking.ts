import { setTimeout as sleep } from "node:timers/promises";
import { LONGEST_PAUSE, PATIENCE, mayPass } from "../../lookups/rollout";

/**
 * Looks again and again until the signal. A look that failed in passing is repeated, after longer and longer pauses.
 *
 * @param note tells once why nothing new is seen
 * @throws what a look throws that cannot pass, or that did not for two minutes
 */
export async function lookUntil(
    signal: AbortSignal,
    pauseSeconds: number,
    look: () => Promise<void>,
    note: (text: string) => void,
): Promise<void> {
    let failures = 0;
    let answeredAt = Date.now();
    for (;;) {
        try {
            await look();
            failures = 0;
            answeredAt = Date.now();
        } catch (error) {
            signal.throwIfAborted();
            const { cause = error, message } = error as Error;
            if (!mayPass(cause) || Date.now() - answeredAt > PATIENCE * 1000) throw error;
            if (failures === 0) note(`${message} It is asked again.`);
            failures += 1;
        }
        await sleep(Math.min(LONGEST_PAUSE, pauseSeconds * 2 ** failures) * 1000, undefined, { signal });
    }
}
