import assert from "node:assert/strict";
import { Given, REPOSITORY, problemsOf, service } from "../support/given";

const FILE = "arn:aws:s3:::shop-config/web.env";

describe("how a container starts", () => {
    it("is the image's affair where nothing is said: no key of it reaches the stack", () => {
        const keys = Object.keys(JSON.parse(JSON.stringify(service())) as object);
        const optional = ["command", "entryPoint", "workingDirectory", "nofile", "init", "restart", "environmentFiles"];
        for (const key of [...optional, "ephemeralGiB", "taskProtection", "minHealthyPercent"])
            assert.ok(!keys.includes(key), key);
    });

    it("takes a command as its words, and no line for a shell", () => {
        assert.deepEqual(service({ command: ["npm", "run", "worker"] }).command, ["npm", "run", "worker"]);
        for (const command of ["npm run worker", [], [""]])
            assert.equal(problemsOf({ command }).length, 1, JSON.stringify(command));
        const allowed = '[program, argument, …]; a line for a shell is [/bin/sh, -c, "…"]';
        assert.match(problemsOf({ command: ["sleep", 5] })[0] ?? "", /command\[1\]: 5 \| text; in quotes where it is a number/);
        for (const [key, value] of [
            ["command", { command: "a b" }],
            ["entryPoint", { entryPoint: "a b" }],
            ["release.command", { release: { command: "a b" } }],
        ] as const)
            assert.deepEqual(problemsOf(value), [`fargate:services.web.${key}: the text "a b" | ${allowed}`]);
        assert.match(
            problemsOf({ health: { command: "a b" } })[0] ?? "",
            /\| \[CMD, program, argument, …\] or \[CMD-SHELL, line\]$/,
        );
    });

    it("hides and refuses a secret in a command", () => {
        const [problem = ""] = problemsOf({ command: ["app", "--url", "postgres://app:hunter2@db/x"] });
        assert.match(problem, /services\.web\.command: what looks like a secret in plain text \(not shown\)/);
        assert.doesNotMatch(problem, /hunter2/);
    });

    it("runs no program from where it may write, which the kernel would refuse", () => {
        assert.deepEqual(problemsOf({ command: ["/tmp/run"] }), [
            "fargate:services.web.command[0]: /tmp/run | a program outside of /tmp: what can be written is mounted without the right to run it",
        ]);
        assert.equal(problemsOf({ entryPoint: ["/tmp/run"] }).length, 1);
        // An argument of the image's own, or of an entry point.
        service({ entryPoint: ["/bin/app"], command: ["/tmp/file"] });
        service({ command: ["/tmpfiles/run"] });
    });

    it("runs none from there by another name, as a check or as a release either", () => {
        const refused = (changes: Given) => problemsOf(changes).map(line => line.split(" | ")[0]);
        assert.deepEqual(refused({ command: ["/var/../tmp/run"] }), ["fargate:services.web.command[0]: /var/../tmp/run"]);
        assert.deepEqual(refused({ command: ["./run"], workingDirectory: "/tmp" }), ["fargate:services.web.command[0]: ./run"]);
        assert.deepEqual(refused({ health: { command: ["CMD", "/tmp/check"] } }), [
            "fargate:services.web.health.command[1]: /tmp/check",
        ]);
        assert.deepEqual(refused({ release: { command: ["/tmp/migrate"] } }), [
            "fargate:services.web.release.command: /tmp/migrate",
        ]);
        assert.equal(
            refused({ sidecars: { proxy: { image: `${REPOSITORY}:1`, command: ["/tmp/run"] } } })[0],
            "fargate:services.web.sidecars.proxy.command[0]: /tmp/run",
        );
        // From the PATH, from a folder that only the image knows, and as an argument.
        service({ command: ["node", "/tmp/x.js"], workingDirectory: "/tmp" });
        service({ command: ["./run"] });
        service({ command: ["./run"], workingDirectory: "/tmp", writablePaths: ["/var/cache"] });
        service({ entryPoint: ["/bin/app"], release: { command: ["/tmp/file"] } });
    });

    it("starts in an absolute folder", () => {
        assert.equal(problemsOf({ workingDirectory: "srv" }).length, 1);
        assert.equal(service({ workingDirectory: "/srv/app" }).workingDirectory, "/srv/app");
    });

    it("is started again after ECS's five minutes, or as it is told within its bounds", () => {
        assert.deepEqual(service({ restart: {} }).restart, { ignoredExitCodes: [], attemptPeriodSeconds: 300 });
        assert.match(problemsOf({ restart: { attemptPeriodSeconds: 30 } })[0] ?? "", /60 to 1800 seconds/);
        assert.match(problemsOf({ restart: "always" })[0] ?? "", /"always" \| \{ \} for the defaults, or \{ ignoredExitCodes/);
        const codes = (count: number) => ({ restart: { ignoredExitCodes: Array.from({ length: count }, (_, code) => code) } });
        assert.equal(service(codes(50)).restart?.ignoredExitCodes.length, 50);
        assert.match(problemsOf(codes(51))[0] ?? "", /at most 50 codes/);
    });

    it("reads variables from files in S3, named as ECS wants them", () => {
        assert.deepEqual(service({ environmentFiles: [FILE] }).environmentFiles, [FILE]);
        assert.match(problemsOf({ environmentFiles: ["s3://shop-config/web.env"] })[0] ?? "", /not its address$/);
        assert.match(problemsOf({ environmentFiles: ["arn:aws:s3:::shop-config/web"] })[0] ?? "", /end with \.env$/);
        // The execution role would read whatever the variable stands for.
        assert.equal(problemsOf({ environmentFiles: ["arn:aws:s3:::shop-config/${aws:username}.env"] }).length, 1);
        assert.match(
            problemsOf({ environmentFiles: ["arn:aws-cn:s3:::shop-config/web.env"] })[0] ?? "",
            /what is in aws, the partition/,
        );
    });

    it("has 21 to 200 GiB of storage where 20 do not do", () => {
        assert.equal(service({ ephemeralGiB: 50 }).ephemeralGiB, 50);
        assert.match(problemsOf({ ephemeralGiB: 20 })[0] ?? "", /21 to 200 GiB$/);
    });
});
