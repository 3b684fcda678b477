"""Starts the emulator: moto with the patches of this folder, on 127.0.0.1, until SIGTERM or SIGINT."""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import sys
from typing import Any

sys.dont_write_bytecode = True  # the project's folders stay free of __pycache__

from guard import forbid_calls  # noqa: E402


def clean_environment() -> None:
    """The caller's own settings must not reach moto or its internal clients."""
    for name in list(os.environ):
        if name.startswith(("AWS_", "MOTO_")) or name.upper().endswith("_PROXY"):
            del os.environ[name]
    os.environ.update(
        AWS_CONFIG_FILE=os.devnull,
        AWS_SHARED_CREDENTIALS_FILE=os.devnull,
        AWS_EC2_METADATA_DISABLED="true",
        MOTO_DISABLE_GLOBAL_CORS="true",
        MOTO_IAM_LOAD_MANAGED_POLICIES="true",
    )


def make(port: int, host: str = "127.0.0.1") -> Any:
    """The patched server, bound but not yet serving."""
    clean_environment()
    import exports
    import patches

    patches.apply()

    from answers import Answers
    from control import Control
    from guard import Guard
    from lacking import Lacking
    from moto.backends import get_backend
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server

    # Loading the managed policies takes seconds: a client that waits so long tries again, and finds that its role exists.
    get_backend("iam")["123456789012"]["aws"]

    def service_app(service: Any) -> Any:
        if service is None:
            raise NotImplementedError("It has nothing of this service.")
        return exports.application if service == "cloudformation" else create_backend_app(service)

    moto = Lacking(DomainDispatcherApplication(service_app))
    server = make_server(host, port, Guard(Control(Answers(moto))), threaded=True)
    os.environ["MOTO_PORT"] = str(server.server_port)
    return server


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--host", default="127.0.0.1", help="0.0.0.0 in a container that publishes the port on loopback alone"
    )
    parser.add_argument("--port", type=int, default=0, help="0 chooses a free one")
    parser.add_argument("--log", default=os.devnull, help="file for the server's log")
    arguments = parser.parse_args()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    server = make(arguments.port, arguments.host)

    log = os.open(arguments.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(log, 2)
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(message)s")
    forbid_calls()
    print(json.dumps({"port": server.server_port}), flush=True)
    os.dup2(log, 1)  # moto prints now and then
    server.serve_forever()


if __name__ == "__main__":
    main()
