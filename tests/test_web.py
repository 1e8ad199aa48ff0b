from __future__ import annotations

import contextlib
import gzip
import ipaddress
import socket
import ssl
import subprocess
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import which

import pytest

from summarizer.addresses import Policy, is_public
from summarizer.errors import FetchError, InputTooLarge
from summarizer.web import Fetched, fetch

OK = b"HTTP/1.1 200 OK\r\n"
HTML = b"Content-Type: text/html; charset=utf-8\r\n"
Reply = bytes | Callable[[socket.socket], None]


class Server:
    """Says to each connection what the test wants, and keeps what it was asked."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.requests: list[bytes] = []
        self.replies: list[Reply] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        try:
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            with connection:
                self.requests.append(connection.recv(65536))
                reply = self.replies[min(len(self.requests), len(self.replies)) - 1]
                if callable(reply):
                    reply(connection)
                else:
                    connection.sendall(reply)
        except OSError:
            pass  # the client may hang up: that is what is tested

    def close(self) -> None:
        with contextlib.suppress(OSError):  # not every system lets one wake its accept()
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


def is_local(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return str(address) == "127.0.0.1"


LOCAL = Policy(allows=is_local, resolve=lambda host, port: ["127.0.0.1"])


def get(
    server: Server, *, path: str = "/a", timeout: float = 5, max_bytes: int = 10_000
) -> Fetched:
    url = f"http://gazette.example:{server.port}{path}"
    return fetch(url, timeout=timeout, max_bytes=max_bytes, _policy=LOCAL)


@pytest.mark.local_server
def test_a_page_comes_with_its_url_type_and_charset(server: Server) -> None:
    server.replies = [OK + b"Content-Type: Text/HTML; Charset=ISO-8859-1\r\n\r\n<p>caf\xe9"]
    page = get(server, path="/a?b=c#d")
    assert (page.content, page.content_type, page.charset) == (
        b"<p>caf\xe9",
        "text/html",
        "ISO-8859-1",
    )
    assert page.url.startswith(f"http://gazette.example:{server.port}/a?b=c")
    request = server.requests[0]
    assert request.startswith(b"GET /a?b=c HTTP/1.1\r\n")
    assert b"host: gazette.example:%d\r\n" % server.port in request.lower().replace(
        b"Host", b"host"
    )


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.100.100.200",
        "192.0.0.192",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "168.63.129.16",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "fe80::1",
        "fc00::1",
        "fd00:ec2::254",
        "fec0::1",
        "ff02::1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "2001:db8::1",
        "100::1",
    ],
)
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_a_public_address_is_allowed(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.local_server
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_by_default_this_machine_is_refused(server: Server, host: str) -> None:
    with pytest.raises(FetchError, match="not a public address"):
        fetch(f"http://{host}:{server.port}/")
    assert not server.requests, "nothing was sent"


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "0"])
def test_an_address_is_judged_by_what_it_means_and_not_how_it_is_written(host: str) -> None:
    policy = Policy(resolve=lambda host, port: [socket.inet_ntoa(socket.inet_aton(host))])
    with pytest.raises(FetchError, match="not a public address"):
        fetch(f"http://{host}/", _policy=policy)


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    policy = Policy(resolve=lambda host, port: ["93.184.216.34", "10.0.0.1"])
    with pytest.raises(FetchError, match=r"10\.0\.0\.1.*not a public address"):
        fetch("http://gazette.example/", _policy=policy)


@pytest.mark.local_server
def test_the_connection_goes_to_the_address_that_was_checked(server: Server) -> None:
    """A name that resolves otherwise the second time changes nothing: it is asked once."""
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    server.replies = [OK + HTML + b"\r\nx"]
    policy = Policy(allows=is_local, resolve=lambda host, port: next(answers))
    assert fetch(f"http://gazette.example:{server.port}/", _policy=policy).content == b"x"
    assert next(answers) == ["10.0.0.1"]


@pytest.mark.local_server
def test_redirects_are_followed_and_each_hop_is_checked(server: Server) -> None:
    server.replies = [
        b"HTTP/1.1 302 Found\r\nLocation: /b\r\n\r\n",
        b"HTTP/1.1 301 Moved\r\nLocation: http://inside.example:%d/\r\n\r\n" % server.port,
    ]
    hosts = {"gazette.example": "127.0.0.1", "inside.example": "192.168.0.7"}
    policy = Policy(allows=is_local, resolve=lambda host, port: [hosts[host]])
    with pytest.raises(FetchError, match=r"192\.168\.0\.7"):
        fetch(f"http://gazette.example:{server.port}/a", _policy=policy)
    assert [request.split()[1] for request in server.requests] == [b"/a", b"/b"]


@pytest.mark.local_server
@pytest.mark.parametrize(
    "location",
    [b"ftp://host/", b"file:///etc/passwd", b"http://u:secret@gazette.example/", b"http://["],
)
def test_a_redirect_to_what_may_not_be_fetched_is_refused(server: Server, location: bytes) -> None:
    server.replies = [b"HTTP/1.1 302 Found\r\nLocation: " + location + b"\r\n\r\n"]
    with pytest.raises(FetchError) as caught:
        get(server)
    assert "secret" not in str(caught.value)
    assert len(server.requests) == 1


@pytest.mark.local_server
def test_endless_redirects_end(server: Server) -> None:
    server.replies = [b"HTTP/1.1 302 Found\r\nLocation: /again\r\n\r\n"]
    with pytest.raises(FetchError, match="more than 5"):
        get(server)
    assert len(server.requests) == 6


@pytest.mark.parametrize(
    "url",
    [
        "ftp://h/a",
        "http://",
        "http:///a",
        "http://[::1",
        "http://h:99999/",
        "http://h/\r\nX: y",
        "",
        "javascript:1",
    ],
)
def test_what_is_no_http_url_is_refused(url: str) -> None:
    with pytest.raises(FetchError):
        fetch(url)


def test_a_url_with_a_password_is_refused_and_not_repeated() -> None:
    with pytest.raises(FetchError, match="user name or password") as caught:
        fetch("https://ann:hunter2@gazette.example/?key=hunter3")
    assert "hunter" not in str(caught.value)
    assert caught.value.hint


@pytest.mark.local_server
@pytest.mark.parametrize(
    ("status", "retryable"), [(404, False), (403, False), (429, True), (503, True)]
)
def test_a_refusal_is_an_error_that_hides_the_query(
    server: Server, status: int, retryable: bool
) -> None:
    server.replies = [b"HTTP/1.1 %d X\r\n\r\n" % status]
    with pytest.raises(FetchError, match=str(status)) as caught:
        get(server, path="/a?token=hunter2")
    assert "hunter2" not in str(caught.value)
    assert caught.value.retryable is retryable


@pytest.mark.local_server
@pytest.mark.parametrize(
    "content_type",
    ["text/html", "text/plain", "application/xhtml+xml", "application/json", "application/rss+xml"],
)
def test_pages_and_texts_are_taken(server: Server, content_type: str) -> None:
    server.replies = [OK + f"Content-Type: {content_type}\r\n\r\nx".encode()]
    assert get(server).content_type == content_type


@pytest.mark.local_server
@pytest.mark.parametrize(
    "content_type", ["application/pdf", "image/png", "video/mp4", "application/octet-stream"]
)
def test_other_types_are_refused(server: Server, content_type: str) -> None:
    server.replies = [OK + f"Content-Type: {content_type}\r\n\r\nx".encode()]
    with pytest.raises(FetchError, match=content_type):
        get(server)


@pytest.mark.local_server
def test_a_body_that_says_it_is_1_gb_is_refused_before_it_is_read(server: Server) -> None:
    server.replies = [OK + HTML + b"Content-Length: 1000000000\r\n\r\n"]
    with pytest.raises(InputTooLarge):
        get(server)


@pytest.mark.local_server
@pytest.mark.parametrize("header", [b"", b"Transfer-Encoding: chunked\r\n"])
def test_a_body_of_1_gb_that_does_not_say_so_is_broken_off(server: Server, header: bytes) -> None:
    sent = []

    def flood(connection: socket.socket) -> None:
        connection.sendall(OK + HTML + header + b"\r\n")
        piece = b"a" * 65536
        if header:
            piece = b"10000\r\n" + piece + b"\r\n"
        for _ in range(16_000):
            connection.sendall(piece)
            sent.append(len(piece))

    server.replies = [flood]
    with pytest.raises(InputTooLarge):
        get(server, max_bytes=200_000)
    assert sum(sent) < 50_000_000


@pytest.mark.local_server
@pytest.mark.parametrize("zeros", [10_001, 50_000_000])
def test_a_zip_bomb_is_counted_after_unpacking(server: Server, zeros: int) -> None:
    bomb = gzip.compress(b"\0" * zeros)
    server.replies = [OK + HTML + b"Content-Encoding: gzip\r\n\r\n" + bomb]
    with pytest.raises(InputTooLarge):
        get(server, max_bytes=max(10_000, len(bomb)))


@pytest.mark.local_server
def test_a_zip_bomb_is_not_unpacked_whole(server: Server) -> None:
    server.replies = [
        OK + HTML + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"\0" * 50_000_000)
    ]
    tracemalloc.start()
    try:
        with pytest.raises(InputTooLarge):
            get(server, max_bytes=100_000)
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.local_server
def test_a_packed_page_is_unpacked(server: Server) -> None:
    server.replies = [OK + HTML + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"a" * 9_999)]
    assert get(server).content == b"a" * 9_999


@pytest.mark.local_server
@pytest.mark.parametrize(
    "reply",
    [
        OK + HTML + b"Content-Encoding: gzip\r\n\r\nnot gzip",
        OK + HTML + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"half a page")[:-12],
        OK + HTML + b"Content-Encoding: br\r\n\r\nx",
        OK + HTML + b"Content-Length: 100\r\n\r\nshort",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 1_000_000,
        b"",
    ],
    ids=["not gzip", "half gzip", "brotli", "short", "nonsense", "endless header", "nothing"],
)
def test_a_broken_answer_is_a_fetch_error(server: Server, reply: bytes) -> None:
    server.replies = [reply]
    with pytest.raises(FetchError):
        get(server)


@pytest.mark.local_server
@pytest.mark.parametrize("head", [b"", OK + HTML + b"\r\n"], ids=["header", "body"])
def test_a_slow_drip_ends_at_the_deadline(server: Server, head: bytes) -> None:
    """Each byte comes well within the time; all of them together do not."""

    all_sent = threading.Event()

    def drip(connection: socket.socket) -> None:
        connection.sendall(head or OK)
        for _ in range(1200):
            connection.sendall(b"a")
            time.sleep(0.05)
        all_sent.set()

    server.replies = [drip]
    with pytest.raises(FetchError, match=r"within 0\.5 seconds") as caught:
        get(server, timeout=0.5)
    assert not all_sent.is_set()
    assert caught.value.retryable


@pytest.mark.local_server
def test_redirects_share_one_deadline(server: Server) -> None:
    def slow(connection: socket.socket) -> None:
        time.sleep(0.3)
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /again\r\n\r\n")

    server.replies = [slow]
    with pytest.raises(FetchError, match=r"within 0\.5 seconds"):
        get(server, timeout=0.5)


def test_a_name_server_that_hangs_ends_at_the_deadline() -> None:
    let_go, answered = threading.Event(), threading.Event()

    def hang(host: str, port: int) -> list[str]:
        let_go.wait(60)
        answered.set()
        return ["93.184.216.34"]

    with pytest.raises(FetchError, match=r"within 0\.2 seconds"):
        fetch("http://gazette.example/", timeout=0.2, _policy=Policy(resolve=hang))
    assert not answered.is_set()
    let_go.set()


def test_a_host_that_is_not_found_is_an_error_worth_trying_again() -> None:
    def fail(host: str, port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(FetchError, match="can't be found") as caught:
        fetch("http://gazette.example/", _policy=Policy(resolve=fail))
    assert caught.value.retryable


@pytest.mark.local_server
def test_a_closed_port_is_a_fetch_error() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        with pytest.raises(FetchError, match="could not be fetched"):
            fetch(f"http://gazette.example:{port}/", _policy=LOCAL)


@pytest.mark.local_server
def test_proxies_of_the_environment_are_not_used(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    server.replies = [OK + HTML + b"\r\nx"]
    assert get(server).content == b"x"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if which("openssl") is None:
        pytest.skip("makes its certificate with the openssl command")
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
        "-subj /CN=gazette.example -addext subjectAltName=DNS:gazette.example"
    )
    files = ["-keyout", str(path), "-out", str(path.with_suffix(".crt"))]
    subprocess.run([*command.split(), *files], check=True, capture_output=True)
    return path


@pytest.fixture
def tls_server(certificate: Path) -> Iterator[Server]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.with_suffix(".crt"), certificate)
    running = Server(context)
    yield running
    running.close()


def trusting(certificate: Path) -> Policy:
    context = ssl.create_default_context(cafile=str(certificate.with_suffix(".crt")))
    return Policy(allows=is_local, resolve=lambda host, port: ["127.0.0.1"], tls=context)


@pytest.mark.local_server
def test_tls_is_checked_against_the_name_and_not_the_address(
    tls_server: Server, certificate: Path
) -> None:
    tls_server.replies = [OK + HTML + b"\r\nx"]
    policy = trusting(certificate)
    assert fetch(f"https://gazette.example:{tls_server.port}/", _policy=policy).content == b"x"
    with pytest.raises(FetchError):
        fetch(f"https://other.example:{tls_server.port}/", _policy=policy)


@pytest.mark.local_server
def test_a_certificate_that_nobody_vouches_for_is_refused(tls_server: Server) -> None:
    tls_server.replies = [OK + HTML + b"\r\nx"]
    with pytest.raises(FetchError):
        fetch(f"https://gazette.example:{tls_server.port}/", _policy=LOCAL)
    assert not tls_server.requests


@pytest.mark.local_server
def test_a_redirect_from_https_to_http_is_refused(tls_server: Server, certificate: Path) -> None:
    tls_server.replies = [b"HTTP/1.1 302 Found\r\nLocation: http://gazette.example/\r\n\r\n"]
    with pytest.raises(FetchError, match="from https to http"):
        fetch(f"https://gazette.example:{tls_server.port}/", _policy=trusting(certificate))
