#!/usr/bin/env python3
"""Finds includes that a precompiled header hides: a file uses what a common header declares, and neither it nor
a header of the project that it includes, however far down, includes that one.

Usage: check_includes.py [FILE…]   (default: all that git knows). Exit status 1: there are some."""

import functools
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

# The headers that cmake/Component.cmake and the tests precompile, by what is theirs alone.
DECLARES = {
    "algorithm": r"std::(ranges::)?(all_of|any_of|none_of|find|find_if|count|count_if|copy|transform|sort|stable_sort|"
                 r"lower_bound|upper_bound|clamp|fill|equal|replace|reverse|unique|max_element|min_element)\(",
    "cstdint": r"std::u?int(8|16|32|64|ptr)_t\b",
    "filesystem": r"std::filesystem::",
    "functional": r"std::(function|greater|less|plus|multiplies|reference_wrapper|ref|cref|invoke)\b[<{(]",
    "map": r"std::(multi)?map<",
    "optional": r"std::(optional<|nullopt)",
    "span": r"std::span<",
    "string": r"std::(string\b(?!_)|to_string\()",
    "string_view": r"std::string_view\b",
    "utility": r"std::(exchange|as_const|pair<|make_pair\()",
    "vector": r"std::vector<",
    "fmt/format.h": r"fmt::format\(",
    "CLI/CLI.hpp": r"\bCLI::",
    "gtest/gtest.h": r"^(TEST|TEST_P|TEST_F)\(",
    "gmock/gmock.h": r"testing::(HasSubstr|ElementsAre|AllOf)\b|EXPECT_THAT\(",
}
# What says the same.
ALSO = {"fmt/format.h": {"fmt/ranges.h", "fmt/chrono.h"}, "gtest/gtest.h": {"gmock/gmock.h"}}
INCLUDE = re.compile(r'^#include [<"]([^>"]+)[>"]', re.MULTILINE)
COMMENT_OR_TEXT = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"', re.DOTALL)


@functools.cache
def reached(name: str) -> frozenset[str]:
    """All that a file of the project includes, itself or by its headers."""
    file = ROOT / name
    if not file.is_file():
        return frozenset()
    found = set(INCLUDE.findall(file.read_text()))
    return frozenset(found.union(*(reached(each) for each in found if (ROOT / each).is_file())))


def missing(name: str) -> list[str]:
    text = (ROOT / name).read_text()
    code = COMMENT_OR_TEXT.sub(" ", INCLUDE.sub("", text))
    has = reached(name)
    return [header for header, pattern in DECLARES.items()
            if not (has & ({header} | ALSO.get(header, set()))) and re.search(pattern, code, re.MULTILINE)]


def main() -> int:
    names = sys.argv[1:] or subprocess.run(
        ["git", "-C", ROOT, "ls-files", "*.cc", "*.h"], check=True, capture_output=True, text=True).stdout.split("\n")
    status = 0
    for name in filter(None, names):
        for header in missing(name):
            print(f"{name}: uses what <{header}> declares, and includes it nowhere")
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
