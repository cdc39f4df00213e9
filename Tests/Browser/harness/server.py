"""Starting a server, waiting until it is ready, and stopping it by its process ID."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from harness.programs import ROOT

READY_SECONDS = 60
STOP_SECONDS = 30


def free_port() -> int:
    """A port of 127.0.0.1 that nothing listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_listening(process: subprocess.Popen, port: int) -> None:
    """Waits until a program that was started listens on a port of 127.0.0.1."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"程序没有启动,退出码 {process.returncode}。")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"程序 {READY_SECONDS} 秒内没有在端口 {port} 上就绪。")


@contextmanager
def running(command: list[str | Path], url: str, log: Path) -> Iterator[subprocess.Popen]:
    """Runs a server while the block lasts; its output goes to `log` and is shown when it does not come up.

    It must answer `/readyz` in a minute, and stop by itself half a minute after SIGTERM: one that has to be killed
    fails the suite.
    """
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    try:
        _wait_until_ready(process, url, log)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise RuntimeError(f"服务器在 SIGTERM 后 {STOP_SECONDS} 秒仍未退出,已强行结束。\n{_tail(log)}") from None


def _wait_until_ready(process: subprocess.Popen, url: str, log: Path) -> None:
    with requests.Session() as session:
        session.trust_env = False
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            if process.poll() is not None:
                raise RuntimeError(f"服务器没有启动,退出码 {process.returncode}。\n{_tail(log)}")
            try:
                if session.get(f"{url}/readyz", timeout=5).ok:
                    return
            except requests.ConnectionError:
                pass
            time.sleep(0.05)
    raise RuntimeError(f"服务器 {READY_SECONDS} 秒内没有就绪。\n{_tail(log)}")


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-40:])
