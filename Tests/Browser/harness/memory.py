"""How much memory a program needed."""

import subprocess
import tempfile
from time import sleep


def measured(command: list) -> tuple[str, int]:
    """Runs a command to its end; gives what it printed and its greatest resident memory in kilobytes.

    What the kernel says of the process itself: the usage that a parent is told of its children counts the parent's own
    memory at the fork too, which in a long test run is more than the child's.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        process = subprocess.Popen(command, stdout=output)
        peak = 0
        while process.poll() is None:
            peak = max(peak, peak_of(process.pid))
            sleep(0.02)
        output.seek(0)
        said = output.read()
    assert process.returncode == 0, said
    assert peak > 0, "the program ended before its memory was read"
    return said, peak


def peak_of(process: int) -> int:
    """The greatest resident memory of a process so far, in kilobytes; 0 once it has ended."""
    try:
        with open(f"/proc/{process}/status", encoding="utf-8") as file:
            return next((int(line.split()[1]) for line in file if line.startswith("VmHWM:")), 0)
    except OSError:
        return 0
