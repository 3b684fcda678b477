"use strict";

const tsNode = require("ts-node");

// The SDK's runner compiles packs with type checking, on every run and not by this project's tsconfig.json; `npm run types` has checked this one.
process[tsNode.REGISTER_INSTANCE]?.enabled(false);
tsNode.register({ transpileOnly: true });
