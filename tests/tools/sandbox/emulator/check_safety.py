"""The emulator answers the sandbox alone, and calls nobody."""

from __future__ import annotations

import http.client
import http.server
import json
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from botocore.exceptions import ClientError
from checking import SOURCES, URL, check, clients, same

PORT = URL.rpartition(":")[2]


def ask(method: str = "GET", target: str = "/sandbox/resources", **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(f"127.0.0.1:{PORT}")
    connection.putrequest(method, target, skip_host=True)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


@check("safety: only the sandbox's own hosts are answered")
def hosts() -> None:
    for host in ("localhost", "127.0.0.1", "123456789012.localhost"):
        same(ask(Host=f"{host}:{PORT}")[0], 200, host)
        same(ask(target=f"http://{host}:{PORT}/sandbox/resources", Host="proxy")[0], 200, f"{host} through the proxy")
    for host in ("evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil.localhost", "0.0.0.0", ""):
        status, text = ask(Host=f"{host}:{PORT}" if host else "")
        same(
            (status, "the emulator answers localhost, 127.0.0.1 and <account>.localhost" in text),
            (403, True),
            f"{host}: {text}",
        )
    for host in ("sts.amazonaws.com", "169.254.169.254", "evil.example"):
        same(ask(target=f"http://{host}/", Host=f"localhost:{PORT}")[0], 403, f"{host} through the proxy")


@check("safety: web pages are not answered")
def web_pages() -> None:
    own = f"localhost:{PORT}"
    same(ask(Host=own, Origin=f"http://{own}")[0], 200, "its own origin")
    for origin in ("https://evil.example", "http://localhost:3000", f"http://127.0.0.1:{PORT}", "null"):
        for method, target in (
            ("GET", "/sandbox/resources"),
            ("OPTIONS", "/"),
            ("POST", "/moto-api/reset"),
            ("POST", "/sandbox/seed"),
        ):
            status, text = ask(method, target, Host=own, Origin=origin)
            same((status, origin in text), (403, True), f"{method} {target} from {origin}")
    for site in ("cross-site", "same-site"):
        same(
            ask(target="/sns_us-east-1/?Action=ListTopics", Host=own, Sec_Fetch_Site=site)[0],
            403,
            f"an image of a page, {site}",
        )


@check("safety: it is no tunnel")
def tunnels() -> None:
    for target in ("sts.amazonaws.com:443", f"127.0.0.1:{PORT}", "localhost:22"):
        status, text = ask("CONNECT", target, Host=target)
        same((status, "it makes no connections" in text), (403, True), f"{target}: {text}")


HEARD: list[str] = []


class Listener(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        HEARD.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@check("safety: it calls nobody, this machine included")
def no_calls() -> None:
    listener = http.server.HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=listener.serve_forever, daemon=True).start()
    there = f"http://127.0.0.1:{listener.server_port}"
    log = Path(tempfile.mkdtemp()) / "emulator.log"
    with subprocess.Popen(
        [sys.executable, SOURCES / "serve.py", "--log", log], stdout=subprocess.PIPE, text=True
    ) as emulator:
        try:
            assert emulator.stdout
            url = f"http://127.0.0.1:{json.loads(emulator.stdout.readline())['port']}"
            sns = clients("sns", url=url)
            topic = sns.create_topic(Name="alarms")["TopicArn"]
            sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=f"{there}/sns")
            sns.publish(TopicArn=topic, Message="fire")
            firehose = clients("firehose", url=url)
            backup = {"RoleARN": "arn:aws:iam::123456789012:role/r", "BucketARN": "arn:aws:s3:::b"}
            destination = {"EndpointConfiguration": {"Url": f"{there}/firehose"}, "S3Configuration": backup}
            firehose.create_delivery_stream(DeliveryStreamName="d", HttpEndpointDestinationConfiguration=destination)
            try:
                firehose.put_record(DeliveryStreamName="d", Record={"Data": b"fire"})
            except ClientError as error:
                same(error.response["Error"]["Code"], "InternalFailure")
            else:
                raise AssertionError("a call was made")
        finally:
            emulator.terminate()
    listener.shutdown()
    same(HEARD, [], "calls that arrived")
    text = log.read_text()
    same("not sent: a message of" in text, True, "the message that was not sent is in the log")
    same("PermissionError: the emulator calls nobody" in text, True, text[-2000:])
