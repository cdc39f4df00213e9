"""A database of its own for each deployment, in the throw-away cluster that Scripts/with-postgres started."""

import os
import secrets
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


def cluster() -> dict[str, str]:
    """The connection parameters in YICIBAN_TEST_POSTGRES. Missing PostgreSQL is a failure, not a skip."""
    conninfo = os.environ.get("YICIBAN_TEST_POSTGRES")
    if not conninfo:
        raise RuntimeError("没有测试用 PostgreSQL。请用 make test 运行,或在命令前加 Scripts/with-postgres。")
    return dict(pair.split("=", 1) for pair in conninfo.split())


def conninfo(parameters: dict[str, str]) -> str:
    return " ".join(f"{key}={value}" for key, value in parameters.items())


def run_sql(statement: str, parameters: dict[str, str] | None = None) -> str:
    """Runs one statement with psql and returns its unadorned output."""
    command = ["psql", conninfo(parameters or cluster()), "-X", "-At", "-v", "ON_ERROR_STOP=1", "-c", statement]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout.strip()


@contextmanager
def temporary_database() -> Iterator[str]:
    """Yields the connection string of a new, empty database, which is dropped afterwards."""
    name = f"yiciban_{secrets.token_hex(6)}"
    run_sql(f"CREATE DATABASE {name}")
    try:
        yield conninfo(cluster() | {"dbname": name})
    finally:
        run_sql(f"DROP DATABASE {name} WITH (FORCE)")
