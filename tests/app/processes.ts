import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import net from "node:net";
import path from "node:path";

export const appFolder = path.join(__dirname, "../../app");
export const serverFile = path.join(appFolder, "server.js");

export interface LogLine {
    time: string;
    message?: string;
    method?: string;
    path?: string;
    status?: number;
    durationMs?: number;
    bytes?: number;
    requestId?: string;
    port?: number;
}

const running = new Set<ChildProcess>();

/** For an `afterEach`: a failed test leaves no process behind. */
export function killAll(): void {
    running.forEach(child => child.kill("SIGKILL"));
}

/** A Node process with only the environment it is given. Its ends and its lines are events to wait for. */
export class NodeProcess {
    readonly ended: Promise<{ code: number | null; signal: string | null; output: string; errors: string }>;
    output = "";
    errors = "";
    private readonly child: ChildProcess;

    constructor(args: string[], environment: Record<string, string> = {}) {
        const child = spawn(process.execPath, args, { env: environment, stdio: ["ignore", "pipe", "pipe"] });
        this.child = child;
        running.add(child);
        child.stdout.setEncoding("utf8").on("data", (text: string) => (this.output += text));
        child.stderr.setEncoding("utf8").on("data", (text: string) => (this.errors += text));
        this.ended = new Promise(resolve => {
            child.once("close", (code, signal) => {
                running.delete(child);
                resolve({ code, signal, output: this.output, errors: this.errors });
            });
        });
    }

    signal(name: "SIGTERM" | "SIGINT"): void {
        this.child.kill(name);
    }

    /** Whole lines of stdout; throws where one is not JSON. */
    lines(): LogLine[] {
        return this.output
            .split("\n")
            .slice(0, -1)
            .map(line => JSON.parse(line) as LogLine);
    }

    async line(wanted: (line: LogLine) => boolean): Promise<LogLine> {
        return new Promise((resolve, reject) => {
            const look = () => {
                const found = this.lines().find(wanted);
                if (found !== undefined) {
                    this.child.stdout?.off("data", look);
                    resolve(found);
                }
            };
            this.child.stdout?.on("data", look);
            look();
            void this.ended.then(({ code, errors }) => reject(new Error(`ended with ${String(code)} first: ${errors}`)));
        });
    }
}

export class Service extends NodeProcess {
    port = 0;

    static async start(environment: Record<string, string> = {}, flags: string[] = []): Promise<Service> {
        const service = new Service([...flags, serverFile], { PORT: "0", ...environment });
        const { port } = await service.line(line => line.message === "listening");
        assert.ok(port);
        service.port = port;
        return service;
    }

    /** Resolves when the server says that it no longer accepts connections. */
    async drain(signal: "SIGTERM" | "SIGINT" = "SIGTERM"): Promise<void> {
        this.signal(signal);
        await this.line(line => line.message === "draining");
    }

    /** One request on a connection of its own. */
    async send(method: string, target: string, headers: string[] = []): Promise<Answer> {
        const connection = await Connection.open(this.port);
        connection.write(request(method, target, [...headers, "Connection: close"]));
        await connection.closed;
        return parse(connection.received);
    }
}

/** Bytes on a socket: what an HTTP client would tidy up is what these tests are about. */
export class Connection {
    received = "";
    isClosed = false;
    readonly closed: Promise<void>;

    private constructor(private readonly socket: net.Socket) {
        socket.setEncoding("latin1").on("data", (text: string) => (this.received += text));
        // A reset is one way for a server to close.
        socket.on("error", () => undefined);
        this.closed = new Promise(resolve => {
            socket.once("close", () => {
                this.isClosed = true;
                resolve();
            });
        });
    }

    static async open(port: number): Promise<Connection> {
        const socket = net.connect(port, "127.0.0.1");
        await new Promise<void>((resolve, reject) => {
            socket.once("connect", resolve);
            socket.once("error", reject);
        });
        return new Connection(socket);
    }

    /** A request whose headers the server has answered with "100 Continue": it is in flight, and `finish` sends its body. */
    static async inFlight(port: number, target = "/"): Promise<Connection> {
        const connection = await Connection.open(port);
        connection.write(request("GET", target, ["Expect: 100-continue", "Content-Length: 4"]));
        await connection.until("100 Continue\r\n\r\n");
        connection.received = "";
        return connection;
    }

    async finish(): Promise<Answer> {
        this.write("body");
        await this.closed;
        return parse(this.received);
    }

    write(text: string): void {
        this.socket.write(text, "latin1");
    }

    leave(): void {
        this.socket.destroy();
    }

    async until(text: string): Promise<void> {
        return new Promise((resolve, reject) => {
            const look = () => {
                if (this.received.includes(text)) {
                    resolve();
                }
            };
            this.socket.on("data", look);
            look();
            void this.closed.then(() => reject(new Error(`closed before ${JSON.stringify(text)}: ${this.received}`)));
        });
    }
}

export interface Answer {
    status: number;
    headers: Record<string, string | undefined>;
    body: string;
}

export function request(method: string, target: string, headers: string[] = []): string {
    return [`${method} ${target} HTTP/1.1`, "Host: test", ...headers, "", ""].join("\r\n");
}

export function parse(text: string): Answer {
    const end = text.indexOf("\r\n\r\n");
    assert.notEqual(end, -1, `no whole answer: ${JSON.stringify(text)}`);
    const [first = "", ...rest] = text.slice(0, end).split("\r\n");
    const headers = rest.map(line => line.split(/:\s*(.*)/s)).map(([name = "", value = ""]) => [name.toLowerCase(), value]);
    return {
        status: Number(first.split(" ")[1]),
        headers: Object.fromEntries(headers) as Answer["headers"],
        body: text.slice(end + 4),
    };
}
