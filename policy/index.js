"use strict";

require("./typescript.js");
const path = require("node:path");
const { servePack } = require("./pack.ts");

servePack(path.dirname(__dirname));
