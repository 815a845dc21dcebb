"""Runs a case and says what class its end belongs to, or what is wrong with it."""

import collections
import functools
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from case import Case

SECONDS = 60  # of CPU for one run; Case.patience times as much by the clock
DISK = "disk"  # the folder of Case.disk
MEGABYTES = 2048  # resident, sanitizers, libLLVM and compilers included

Verdict = collections.namedtuple("Verdict", "outcome seconds complaint")
Ended = collections.namedtuple("Ended", "status out err seconds megabytes late")

OUTCOMES = {0: "answered", 1: "answered no", 2: "bad input", 3: "guest fault", 4: "not modelled", 130: "interrupted"}
BROKEN = re.compile(rb"ERROR: AddressSanitizer|LeakSanitizer|runtime error:|terminate called|bug at |Sanitizer:DEADLY")
# What the system's loader says, with status 127.
NOT_LOADED = re.compile(rb"error while loading shared libraries|\Aout of memory\n\Z")
# CSV ends its lines as RFC 4180 says.
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)")


def lay_out(case: Case, folder: pathlib.Path, data: pathlib.Path):
    """Writes the case's files; returns the environment of its run."""
    for name, content in case.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    for name in [*case.links, *case.pipes]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if (folder / name).exists():
            (folder / name).unlink()
        if name in case.links:
            os.symlink(case.links[name], folder / name)
        else:
            os.mkfifo(folder / name)
    environment = {**os.environ, "XDG_CACHE_HOME": "cache", "LC_ALL": "C.UTF-8", "COLUMNS": "200",
                   **case.environment}
    if case.data:
        overlay(data, folder / "data", case.data)
        environment["BOARDLESS_DATA"] = "data"
    if case.disk:
        (folder / DISK).mkdir()
    return environment


def overlay(data, into, contents):
    """Links to all of the bundled data but some files."""
    into.mkdir()
    own = collections.defaultdict(dict)  # by what lies here, what lies below it
    for place, content in contents.items():
        first, _, rest = place.partition("/")
        own[first][rest] = content
    for entry in data.iterdir():
        if entry.name not in own:
            os.symlink(entry.resolve(), into / entry.name)
    for name, below in own.items():
        if "" in below:
            (into / name).write_bytes(below[""])
        else:
            overlay(data / name, into / name, below)


# Mounts the file system, runs the command, and brings out what is judged: half-written files and "out".
ON_A_DISK = """
mount -t tmpfs -o size="$1" none "$2" || exit 125
disk=$2 number=$3
shift 3
"$@"
status=$?
find "$disk" -name '*.tmp*' -type f >.left"$number"
if [ -e "$disk/out" ]; then cp "$disk/out" out; fi
exit $status
"""


def in_a_mount_namespace(script, *words):
    as_root = [] if os.geteuid() == 0 else ["--map-root-user"]
    return ["unshare", "--mount", *as_root, "sh", "-c", script, "sh", *words]


@functools.cache
def why_not_mounted():
    """Why no file system can be mounted here; empty: one can."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            words = in_a_mount_namespace(ON_A_DISK, "4096", folder, "", "true")
            tried = subprocess.run(words, cwd=folder, capture_output=True, text=True)
        except OSError as error:
            return str(error)
    return tried.stderr.strip() if tried.returncode != 0 else ""


def open_stream(case, name, otherwise):
    file = case.streams.get(name, otherwise)
    if file is None:
        return None
    return open(file, "rb" if name == "stdin" else "wb")


def start(case, program, folder, environment, number):
    names = {name: open_stream(case, name, "/dev/null" if name == "stdin" else str(folder / f".{name}{number}"))
             for name in ("stdin", "stdout", "stderr")}

    def prepare():
        os.setpgid(0, 0)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        for limit, most in case.limits.items():
            resource.setrlimit(limit, (most, most))
        for descriptor, name in enumerate(names):
            if names[name] is None:
                os.close(descriptor)

    words = [program, *case.arguments]
    if case.disk:
        words = in_a_mount_namespace(ON_A_DISK, str(case.disk), DISK, str(number), *words)
    process = subprocess.Popen(words, cwd=folder, env=environment, preexec_fn=prepare,
                               stdin=names["stdin"], stdout=names["stdout"], stderr=names["stderr"])
    for file in names.values():
        if file is not None:
            file.close()
    return process


def finish(process, folder, number, case, began):
    """Waits, within a limit on time, and collects."""
    sent, late = case.signal is None, False
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid != 0:
            break
        passed = time.monotonic() - began
        if not sent and passed >= case.signal_after:
            sent = True
            os.kill(process.pid, case.signal)
        if passed > case.patience * SECONDS and not late:  # a busy host, or one that waits for ever
            late = True
            os.killpg(process.pid, signal.SIGKILL)
        time.sleep(0.005)
    process.returncode = os.waitstatus_to_exitcode(status)
    if case.disk and process.returncode > 128:  # as a shell has it
        process.returncode = 128 - process.returncode
    read = lambda name: (folder / f".{name}{number}").read_bytes() if (folder / f".{name}{number}").exists() else b""
    seconds = usage.ru_utime + usage.ru_stime
    return Ended(process.returncode, read("stdout"), read("stderr"), seconds, usage.ru_maxrss / 1024,
                 late or seconds > SECONDS)


def complaint_about(case, ended, folder):
    """What is wrong with how a run ended, or None."""
    host_fails = bool(case.limits or case.streams or case.signal or case.disk)
    text = ended.err + ended.out
    if ended.late:
        return f"took too long, {ended.seconds:.0f} s of CPU"
    if BROKEN.search(text) and resource.RLIMIT_AS not in case.limits:
        return "a sanitizer's report, or a bug"
    killed_by = {signal.SIGXFSZ if resource.RLIMIT_FSIZE in case.limits else None, case.signal}
    if ended.status < 0 and -ended.status not in killed_by:
        return f"ended by signal {-ended.status}"
    if ended.status == 127 and NOT_LOADED.search(ended.err) and resource.RLIMIT_AS in case.limits:
        return None  # the system's loader had no room: the program has not begun
    if ended.status not in OUTCOMES and ended.status >= 0 or ended.status == 130 and case.signal is None:
        return f"exit status {ended.status}"
    if ended.megabytes > MEGABYTES:
        return f"took {ended.megabytes:.0f} MB"
    return complaint_about_texts(case, ended, host_fails) or (
        None if ended.status < 0 else complaint_about_outputs(case, ended, folder))


def complaint_about_texts(case, ended, host_fails):
    if CONTROL.search(ended.err) or not case.raw_output and CONTROL.search(ended.out):
        return "control bytes on a terminal"
    lines = ended.err.splitlines()
    errors = [line for line in lines if line.startswith(b"boardless: ")]
    stderr_is_there = "stderr" not in case.streams
    if ended.status in (2, 3) and stderr_is_there and len(errors) != 1:
        return f"{len(errors)} lines say what is wrong"
    # A compiler's words follow, indented.
    if ended.status == 2 and any(not line.startswith((b"boardless: ", b"  ")) for line in lines) and not host_fails:
        return "more than one line says what is wrong"
    if ended.status == 2 and b"not modelled: " in ended.err:
        return "bad input and not modelled at once"
    if ended.status == 4 and b"not modelled" not in ended.err + ended.out and not case.outputs:
        return "nothing says what is not modelled"
    return None


def complaint_about_outputs(case, ended, folder):
    fills = case.limits or case.streams or case.disk  # the first of several results may be there
    if ended.status == 2 and not fills and (folder / "out").exists():
        return "a result although the input is refused"
    left = [path.name for path in folder.rglob("*.tmp*") if path.is_file()]
    for listed in folder.glob(".left*"):
        left += listed.read_text().split()
    if left:
        return f"half-written files: {left}"
    if "json" in case.arguments and ended.status in (0, 1):
        for text in [(folder / "out").read_bytes() if (folder / "out").exists() else ended.out]:
            try:
                if text and "stdout" not in case.streams:
                    json.loads(text)
            except ValueError:
                return "a document that is no JSON"
    return None


def run(case, program, data, keep=None):
    """Runs the case in a folder of its own, `keep` when that is given."""
    if case.disk and why_not_mounted():
        print(f"campaign: a case with a disk of its own is skipped: {why_not_mounted()}", file=sys.stderr)
        return Verdict("skipped", 0, None)
    folder = pathlib.Path(keep or tempfile.mkdtemp(prefix="campaign"))
    try:
        environment = lay_out(case, folder, pathlib.Path(data))
        began = time.monotonic()
        processes = [start(case, program, folder, environment, i) for i in range(case.at_once)]
        ends = [finish(process, folder, i, case, began) for i, process in enumerate(processes)]
        complaint = next((c for c in (complaint_about(case, ended, folder) for ended in ends) if c), None)
        if not complaint and len({(ended.status, ended.out) for ended in ends}) > 1:
            complaint = "two runs at once differ"
        outcome = "ended by signal" if ends[0].status < 0 else OUTCOMES.get(ends[0].status, "not begun")
        return Verdict("finding" if complaint else outcome, sum(ended.seconds for ended in ends), complaint)
    finally:
        if keep is None:
            shutil.rmtree(folder, ignore_errors=True)
