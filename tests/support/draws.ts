import fc from "fast-check";

/** `npm test` draws the same values each time, so that nothing fails by chance; a file of tests that runs alone draws others. */
fc.configureGlobal({ seed: 12 });
