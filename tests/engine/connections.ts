import { ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";

/** What sends something somewhere; a datagram needs no connection. */
const CALLS = "connect,sendto,sendmsg,sendmmsg";

/** Says so once its loopback works, and lives until its input ends. */
const NETWORK = `
import fcntl, socket, struct, sys
UP_AND_RUNNING = struct.pack("16sh", b"lo", 0x1 | 0x40)
fcntl.ioctl(socket.socket(socket.AF_INET, socket.SOCK_DGRAM), 0x8914, UP_AND_RUNNING)  # SIOCSIFFLAGS
print("up", flush=True)
sys.stdin.read()
`;

/** Why connections cannot be watched here; undefined where they can. */
export function unwatchable(): string | undefined {
    for (const [program, ...args] of [
        ["strace", "-f", "-Y", "-o", "/dev/null", "true"],
        ["unshare", "-rn", "true"],
        ["nsenter", "--version"],
        ["python3", "--version"],
    ]) {
        try {
            execFileSync(program ?? "", args, { stdio: "ignore" });
        } catch {
            return `${program ?? ""} is missing or may not do its work here`;
        }
    }
    return undefined;
}

/** A network with a loopback and nothing else, in which commands are watched. */
export class EmptyNetwork {
    private constructor(
        private readonly holder: ChildProcess,
        private readonly log: string,
    ) {}

    static async open(log: string): Promise<EmptyNetwork> {
        const holder = spawn("unshare", ["-rn", "python3", "-c", NETWORK], { stdio: ["pipe", "pipe", "inherit"] });
        await once(holder.stdout, "data");
        return new EmptyNetwork(holder, log);
    }

    /** Put before a command. The tracer stands beside it, since it lives as long as the emulator. */
    get prefix(): string[] {
        return [
            ...["nsenter", "--target", String(this.holder.pid), "--user", "--net", "--preserve-credentials"],
            ...[
                "strace",
                "-DDD",
                "-f",
                "-qq",
                "-Y",
                "-A",
                "-s",
                "0",
                "-e",
                `trace=${CALLS}`,
                "-e",
                "signal=none",
                "-o",
                this.log,
            ],
        ];
    }

    /** Every address that was spoken to so far, as `program: address port`. */
    spokenTo(): string[] {
        return existsSync(this.log) ? spokenTo(readFileSync(this.log, "utf8")) : [];
    }

    close(): void {
        this.holder.stdin?.end();
    }
}

/** Addresses in what strace wrote. */
export function spokenTo(text: string): string[] {
    return text.split("\n").flatMap(line => {
        const address = /inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"/.exec(line);
        if (address === null) return [];
        const program = /^\d+<([^>]*)>/.exec(line)?.[1] ?? "?";
        const port = /sin6?_port=htons\((\d+)\)/.exec(line)?.[1] ?? "?";
        return [`${program}: ${address[1] ?? address[2] ?? ""} port ${port}`];
    });
}

export function isLoopback(spoken: string): boolean {
    return /: (127\.[\d.]+|::1|::ffff:127\.[\d.]+) port/.test(spoken);
}
