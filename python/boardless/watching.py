"""Long calls: progress for who wants it, and Control-C.

The call runs in a thread of its own, without Python's lock; the calling thread looks how far it is. So
notebooks are drawn from the thread that owns them, and an interrupt ends the call soon.
"""

from __future__ import annotations

import threading
from typing import Any, Callable, Optional, TypeVar, Union

from . import _native

Answer = TypeVar("Answer")
Progress = Union[bool, Callable[[int, int, str], None], None]
"""True: a bar, by tqdm where it is installed; a function of (done, total, what); None or False: nothing."""

_LOOK_EVERY_S = 0.1


class _Bar:
    """A tqdm bar, which a notebook shows as a widget. Without tqdm nothing is shown."""

    def __init__(self) -> None:
        try:
            from tqdm.auto import tqdm
        except ImportError:
            self._bar = None
        else:
            self._bar = tqdm(total=0, leave=False)

    def __call__(self, done: int, total: int, what: str) -> None:
        if self._bar is None:
            return
        self._bar.total = total
        self._bar.n = done
        if what:
            self._bar.set_description_str(what, refresh=False)
        self._bar.refresh()

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()


def watched(call: Callable[[Any, Any], Answer], request: Any, progress: Progress = None) -> Answer:
    """What ``call(request, watch)`` returns or raises; tells ``progress`` meanwhile."""
    watch = _native.Watch()
    answer: list[Answer] = []
    failure: list[BaseException] = []

    def work() -> None:
        try:
            answer.append(call(request, watch))
        except BaseException as error:  # raised again by the thread that asked
            failure.append(error)

    bar: Optional[_Bar] = _Bar() if progress is True else None
    tell = bar if bar is not None else progress if callable(progress) else None
    worker = threading.Thread(target=work, name="boardless", daemon=True)
    worker.start()
    try:
        while worker.is_alive():
            worker.join(_LOOK_EVERY_S)
            if tell is not None and watch.total > 0:
                tell(watch.done, watch.total, watch.what)
    except BaseException:
        watch.cancel()
        worker.join()
        raise
    finally:
        if bar is not None:
            bar.close()
    if failure:
        raise failure[0]
    return answer[0]
