import { startProgress } from "../../../tools/cli/progress";

/** Long enough for the spinner to turn. In milliseconds; a first argument says how long. */
const [lasting = "1000"] = process.argv.slice(2);

const progress = startProgress("up dev");
const timer = setTimeout(() => progress.end(), Number(lasting));
// Before anything is shown, which is when somebody may type Ctrl-C.
process.on("SIGINT", () => {
    clearTimeout(timer);
    progress.end();
    process.exitCode = 130;
});

progress.now(() => "12 of 43  ec2.VpcEndpoint a-name-that-no-narrow-terminal-shows-in-one-line (12 s)");
progress.line("  lb.LoadBalancer load-balancer took 1 min 02 s");
