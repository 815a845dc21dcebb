"""One case of a campaign: files, a command that is run beside them, and what the host does to it."""

import dataclasses
import pathlib


@dataclasses.dataclass
class Case:
    # What follows `boardless`; files are named relative to the case's folder.
    arguments: list
    files: dict = dataclasses.field(default_factory=dict)  # name -> bytes
    links: dict = dataclasses.field(default_factory=dict)  # name -> where a symbolic link points
    pipes: list = dataclasses.field(default_factory=list)  # names of FIFOs
    # Files of the bundled data, such as "targets/cores/cortex-m4.yaml", and the bytes in their place.
    data: dict = dataclasses.field(default_factory=dict)
    environment: dict = dataclasses.field(default_factory=dict)
    outputs: list = dataclasses.field(default_factory=list)  # what it may write
    # stdin, stdout, stderr: a file, or None for one that is closed.
    streams: dict = dataclasses.field(default_factory=dict)
    limits: dict = dataclasses.field(default_factory=dict)  # resource.RLIMIT_… -> most
    signal: int = None  # sent to it
    signal_after: float = 0  # seconds
    patience: int = 4  # times judge.SECONDS by the clock, which a busy host lets pass
    at_once: int = 1  # so many of the same command at the same time
    # Bytes of a file system of its own in the folder "disk"; 0: there is none. What it holds as "out" is
    # judged like a file of that name beside it.
    disk: int = 0
    raw_output: bool = False  # stdout may hold what the guest printed, as it is


class Seeds:
    """The small valid inputs that make_seed_corpus writes, by kind."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    def names(self, kind):
        return sorted(path.name for path in (self.folder / kind).iterdir())

    def choose(self, kind, random):
        name = random.choice(self.names(kind))
        return name, (self.folder / kind / name).read_bytes()

    def named(self, kind, name):
        return (self.folder / kind / name).read_bytes()
