"""The process in which llama.cpp runs: a script, started by `engine.py` and not for import.

It reads one line of JSON from its standard input, and answers with one on its standard output:
{"address": …}, {"missing": …} or {"failed": …}. Then it serves until its input ends, which it
does when the process that started it lets go of it, or is no more, however that came about.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from typing import Any


def serve(order: dict[str, Any]) -> dict[str, str]:
    """Start the server that `order` describes; the answer to give."""
    sys.path[:] = order["path"]
    try:
        xllamacpp = import_module("xllamacpp")  # it ships no types
    except ImportError as error:
        return {"missing": str(error)}
    params = xllamacpp.CommonParams()
    params.model.path = order["model"]
    params.model_alias = {order["alias"]}
    params.n_ctx = order["context"]
    # One sequence at a time has the whole context, and the prefix of the last prompt.
    params.n_parallel = 1
    params.cache_ram_mib = order["cache_mib"]
    if order["threads"]:
        params.cpuparams.n_threads = params.cpuparams_batch.n_threads = order["threads"]
    # Layers are only ever fitted to the memory of a graphics card; without one it costs a second.
    kinds = xllamacpp.ggml_backend_dev_type
    params.fit_params = any(
        device["type"] == kinds.GGML_BACKEND_DEVICE_TYPE_GPU
        for device in xllamacpp.get_device_info()
    )
    params.warmup = False
    params.verbosity = 1  # errors
    params.offline = True
    # llama.cpp's own server is open to all that can reach it: this is how it is closed.
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [order["api_key"]]
    params.cors_origins = params.cors_methods = params.cors_headers = ""
    params.cors_credentials = False
    params.ui = False
    params.endpoint_slots = params.endpoint_props = params.endpoint_metrics = False
    params.models_autoload = False
    try:
        server = xllamacpp.Server(params)
    except Exception as error:  # noqa: BLE001  # whatever it is, it is told to who waits for it
        return {"failed": str(error)}
    global _server  # noqa: PLW0603  # a server that nothing refers to is stopped
    _server = server
    return {"address": server.listening_address}


_server: Any = None


def main() -> None:
    """Answer the order, and serve until the input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what C++ prints is not an answer
    answer = serve(json.loads(sys.stdin.readline()))
    answers.write(json.dumps(answer) + "\n")
    answers.close()
    if "address" in answer:
        sys.stdin.read()
    # An orderly end would wait for the request under way, and may crash.
    os._exit(0)


if __name__ == "__main__":
    main()
