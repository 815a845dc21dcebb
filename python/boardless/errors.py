"""The four kinds of failure, kept apart because each has another reader."""


class Error(Exception):
    """What boardless raises."""


class InputError(Error, ValueError):
    """Something given cannot be used: a file, a name, a number. The message says what would be accepted."""


class GuestFault(Error):
    """The simulated program did something the architecture forbids.

    Attributes:
        report: registers and the last blocks, as text.
    """

    report: str = ""


class NotModelled(Error):
    """Something that the result needs is not modelled."""


class Bug(Error):
    """A mistake in boardless itself. Nothing is to be relied on after it."""
