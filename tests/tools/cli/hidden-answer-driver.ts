import { hiddenAnswer } from "../../../tools/cli/hidden-answer";

/** Asks in a process of its own, whose terminal a test has, and says how long the answer is. */
void hiddenAnswer("hidden: ").then(
    answer => process.stdout.write(`answered ${answer.length}, ends with ${answer.slice(-1)}\n`),
    (error: unknown) => process.stdout.write(`refused: ${(error as Error).message}\n`),
);
