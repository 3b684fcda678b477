import { once } from "node:events";
import * as http from "node:http";
import type { AddressInfo } from "node:net";

/** One request that reached the server. */
export interface Request {
    /** `ecs ListClusters`, `sts AssumeRole`. */
    readonly what: string;
    /** Access key and region that it was signed with; undefined for one that was not. */
    readonly signedBy?: string;
    readonly token?: string;
    readonly parameters: URLSearchParams;
}

/** Everything of AWS that is asked on one loopback port: it answers nothing of use, and hands out credentials for roles. */
export interface Server {
    readonly url: string;
    readonly requests: Request[];
    close(): Promise<void>;
}

export async function awsServer(): Promise<Server> {
    const requests: Request[] = [];
    const server = http.createServer((message, response) => {
        let body = "";
        message.on("data", data => (body += String(data)));
        message.on("end", () => {
            const request = requestOf(message, body);
            requests.push(request);
            const [, action = ""] = request.what.split(" ");
            const isJson = message.headers["x-amz-target"] !== undefined;
            response.setHeader("content-type", isJson ? "application/x-amz-json-1.1" : "text/xml");
            response.end(isJson ? "{}" : xml(action, request.parameters));
        });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        requests,
        close: async () => {
            server.closeAllConnections();
            server.close();
            await once(server, "close");
        },
    };
}

function requestOf({ headers }: http.IncomingMessage, body: string): Request {
    const [, key, region, service] = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(headers.authorization ?? "") ?? [];
    const parameters = new URLSearchParams(headers["x-amz-target"] === undefined ? body : "");
    const action = String(headers["x-amz-target"] ?? "").replace(/^.*\./, "") || (parameters.get("Action") ?? "");
    const token = headers["x-amz-security-token"];
    return {
        what: `${service ?? "sts"} ${action}`,
        signedBy: key === undefined ? undefined : `${key} ${region ?? ""}`,
        token: typeof token === "string" ? token : undefined,
        parameters,
    };
}

/** Credentials that carry the name of the role they are for. */
function xml(action: string, parameters: URLSearchParams): string {
    const role = (parameters.get("RoleArn") ?? "").replace(/^.*\//, "");
    const credentials =
        `<Credentials><AccessKeyId>key-of-${role}</AccessKeyId><SecretAccessKey>x</SecretAccessKey>` +
        `<SessionToken>token-of-${role}</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration></Credentials>`;
    return `<${action}Response><${action}Result>${role === "" ? "" : credentials}</${action}Result></${action}Response>`;
}
