import { STARTS } from "../workflows/exercises";

describe("the scripts in the workflows that run a command", () => {
    for (const [at, exercise] of Object.entries(STARTS)) it(`${at} does what the next steps rest on`, exercise);
});
