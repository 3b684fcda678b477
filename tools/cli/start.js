/*
 * Loaded before every command, so that Node reads TypeScript, and run by itself before programs of packages such as mocha. What a fresh clone or an old
 * machine lacks is told in one line. Plain JavaScript that old versions of Node read too, since it is what tells of them.
 */
var fs = require("fs");
var path = require("path");

var project = path.join(__dirname, "..", "..");
var manifest = JSON.parse(fs.readFileSync(path.join(project, "package.json"), "utf8"));

/** The first version that loads a package of ES modules by `require`. Older than what package.json asks for, which is tested. */
var OLDEST = [20, 19];

function stop(message) {
    process.stderr.write(message + "\n");
    process.exit(1);
}

var version = process.versions.node.split(".").map(Number);
if (version[0] < OLDEST[0] || (version[0] === OLDEST[0] && version[1] < OLDEST[1]))
    stop(
        "Node " +
            process.versions.node +
            " is too old. Next: install Node " +
            manifest.engines.node.replace(/\D/g, "") +
            " or newer, https://nodejs.org",
    );

var isAlone = require.main === module;
var missing = Object.keys(Object.assign({}, manifest.dependencies, isAlone ? manifest.devDependencies : {})).filter(
    function (name) {
        return !fs.existsSync(path.join(project, "node_modules", name, "package.json"));
    },
);
if (missing.length > 0) {
    var some = missing.slice(0, 3).join(", ") + (missing.length > 3 ? ", …" : "");
    stop("Packages are not installed: " + some + ". Next: npm ci");
}

require("sucrase/register/ts");
