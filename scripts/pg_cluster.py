"""A private PostgreSQL cluster for one run: own folder, own socket, free port, gone afterwards."""

import glob
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROLE = "gongjiang"


class NoPostgres(Exception):
    """PostgreSQL's server programs are not on this machine."""


def programs() -> Path:
    """Return the folder of the newest server programs.

    :raises NoPostgres: there are none.
    """
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4]))
    if not found:
        raise NoPostgres("PostgreSQL's server (Debian: postgresql) is not installed")
    return Path(found[-1]).parent


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Cluster:
    """The folder, port and owner of one cluster; as root its owner is the user postgres."""

    def __init__(self, folder: Path) -> None:
        self.bin, self.folder, self.port = programs(), folder, free_port()
        self.data = folder / "data"
        self.owner = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")

    def as_owner(self, program: str, *arguments: str) -> str:
        """Run a program as the cluster's owner and return what it printed."""
        command = [str(self.bin / program), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        quiet: dict[str, Any] = {"capture_output": True, "text": True, "stdin": subprocess.DEVNULL}
        done = subprocess.run(command, cwd=self.folder, **quiet)
        if done.returncode:
            raise RuntimeError(f"{program} ended with {done.returncode}: {done.stderr.strip()}")
        return done.stdout.strip()

    def sql(self, statement: str) -> str:
        """Run one statement as the owner through the socket."""
        socket_options = ("-h", str(self.folder), "-p", str(self.port), "-d", "postgres")
        return self.as_owner("psql", *socket_options, "-v", "ON_ERROR_STOP=1", "-Atc", statement)

    def create(self) -> None:
        """Make the cluster with checksums; the owner comes by socket, everyone else needs a password."""
        self.as_owner(
            "initdb", "-D", str(self.data), "--data-checksums", "--encoding=UTF8", "--locale=C.UTF-8",
            "--auth-local=peer", "--auth-host=scram-sha-256", f"--username={self.owner}",
        )  # fmt: skip

    def start(self) -> None:
        """Start the server; its log is in the folder. Durability settings stay as production has them."""
        options = f"-k {self.folder} -p {self.port} -c listen_addresses=127.0.0.1 -c max_connections=200"
        log = str(self.folder / "log")
        # Not captured: the server would keep the pipe open for as long as it runs.
        command = [str(self.bin / "pg_ctl"), "-D", str(self.data), "-l", log, "-o", options, "-w", "start"]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        null = subprocess.DEVNULL
        subprocess.run(command, check=True, cwd=self.folder, stdin=null, stdout=null)

    def hand_over(self) -> str:
        """Check that the server is ours, make the ordinary role and return its database URL."""
        here = self.sql("SHOW data_directory")
        if Path(here).resolve() != self.data.resolve():
            raise RuntimeError(f"the server on port {self.port} keeps its data in {here}, not in {self.data}")
        password = secrets.token_hex(16)
        self.sql(f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{password}'")
        self.sql(f"CREATE DATABASE {ROLE} OWNER {ROLE}")
        return f"postgres://{ROLE}:{password}@127.0.0.1:{self.port}/{ROLE}"

    def stop(self) -> None:
        """Stop the server at once; its data is thrown away anyway."""
        if (self.data / "postmaster.pid").exists():
            self.as_owner("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "stop")


@contextmanager
def cluster() -> Iterator[str]:
    """Yield the URL of a fresh database, owned by a role that is no superuser but may create databases.

    :raises NoPostgres: no server programs here.
    """
    programs()
    folder = Path(tempfile.mkdtemp(prefix="gjpg-"))
    own = Cluster(folder)
    try:
        own.create()
        own.start()
        yield own.hand_over()
    finally:
        own.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    with cluster() as url:
        print(url, flush=True)
        try:
            while True:
                time.sleep(60)
        except KeyboardInterrupt:
            pass
