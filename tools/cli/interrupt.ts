/** Runs what has no end of its own: Ctrl-C, or SIGTERM, is how it ends, and no failure. */
export async function untilInterrupted(run: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const aborter = new AbortController();
    const stop = () => aborter.abort();
    process.on("SIGINT", stop).on("SIGTERM", stop);
    try {
        await run(aborter.signal);
    } catch (error) {
        if (!aborter.signal.aborted) throw error;
    } finally {
        process.off("SIGINT", stop).off("SIGTERM", stop);
    }
}
