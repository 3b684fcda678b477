const OTHER_PROXIES = [
    "HTTPS_PROXY",
    "ALL_PROXY",
    "http_proxy",
    "https_proxy",
    "all_proxy",
    "no_proxy",
    "grpc_proxy",
    "no_grpc_proxy",
];

/** In which the engine and its plugins speak to the emulator of this port and to nothing else. */
export function environmentFor(port: number): Record<string, string> {
    return {
        AWS_ENDPOINT_URL: `http://localhost:${port}`,
        // S3 Control puts the account in front of the host's name, which not every resolver knows. Go takes no proxy for localhost itself; named
        // in NO_PROXY it would mean the names below it as well.
        HTTP_PROXY: `http://127.0.0.1:${port}`,
        NO_PROXY: "127.0.0.1",
        // A proxy of the user's own is in the way: gRPC's client for Node asks it for the engine on this very machine.
        ...Object.fromEntries(OTHER_PROXIES.map(name => [name, ""])),
        AWS_ACCESS_KEY_ID: "sandbox",
        AWS_SECRET_ACCESS_KEY: "sandbox",
        AWS_EC2_METADATA_DISABLED: "true",
        AWS_CONFIG_FILE: "/dev/null",
        AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    };
}
