#!/usr/bin/env python3
"""Brings every generated part of README.md and docs/*.md up to date.

    scripts/write_docs.py [--check] [--build FOLDER] [PAGE …]     (default: build/release, all pages)
    scripts/write_docs.py --record NAME=FOLDER …                  (models=, cmsis-nn=, see doc_records.py)

--check changes nothing and fails with a diff where a page is stale. Beside the pages, targets/published_errors.yaml
is written from the recorded comparisons. Three things are generated in a page:

  a fenced block whose first line is `$ boardless …`      that command and its output
  <!-- $ boardless … --> up to <!-- end -->               its output, which is Markdown
  <!-- table NAME -->    up to <!-- end -->               what table_NAME() of doc_tables.py writes

Commands run in bash with the build's boardless first on the path, in a scratch folder that holds the
project's docs/ and examples/, with the output in a pipe, so that tables are whole.
"""
import argparse
import concurrent.futures
import difflib
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # the source tree may be read-only
import doc_records  # noqa: E402
import doc_tables  # noqa: E402
import published_errors  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent
COMMAND = re.compile(r"<!-- \$ (boardless .*) -->")
TABLE = re.compile(r"<!-- table (\w+) -->")
END = "<!-- end -->"
# 1: the answer is no, for a target that does not fit; 141: `head` had enough.
EXPECTED_STATUS = (0, 1, 141)


class Shell:
    """Runs commands, each once."""

    def __init__(self, build: pathlib.Path, scratch: str) -> None:
        self.scratch = scratch
        self.environment = {**os.environ, "PATH": f"{build / 'bin'}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
        self.environment.pop("COLUMNS", None)
        self.outputs: dict[str, str] = {}

    def output(self, command: str) -> str:
        if command not in self.outputs:
            done = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=self.scratch, text=True,
                                  env=self.environment, capture_output=True, check=False)
            if done.returncode not in EXPECTED_STATUS or not done.stdout:
                sys.exit(f"write_docs: {command}: exit status {done.returncode}\n{done.stderr}")
            self.outputs[command] = done.stdout
        return self.outputs[command]


def commands_of(text: str) -> list[str]:
    """What a page's blocks run; tables ask for more."""
    return re.findall(r"^```\n\$ (boardless .*)$", text, re.M) + COMMAND.findall(text)


def generated(page: str, text: str, shell: Shell) -> str:
    """The page with every generated part written anew."""
    lines, written, i = text.splitlines(), [], 0

    def skip_to(end: str) -> int:
        try:
            return lines.index(end, i + 1)
        except ValueError:
            sys.exit(f"write_docs: {page}:{i + 1}: no line '{end}' behind '{lines[i]}'")

    while i < len(lines):
        line = lines[i]
        written.append(line)
        if line.startswith("```"):
            end = skip_to("```")
            body = lines[i + 1:end]
            if line == "```" and body and body[0].startswith("$ boardless "):
                body = [body[0], *shell.output(body[0][2:]).rstrip("\n").split("\n")]
            written += [*body, "```"]
            i = end
        elif found := COMMAND.fullmatch(line) or TABLE.fullmatch(line):
            end = skip_to(END)
            what = found.group(1)
            if found.re is TABLE:
                table = getattr(doc_tables, f"table_{what}", None)
                if table is None:
                    sys.exit(f"write_docs: {page}:{i + 1}: doc_tables.py has no table_{what}()")
                body = table(shell.output)
            else:
                body = shell.output(what)
            written += [body.rstrip("\n"), END]
            i = end
        i += 1
    return "\n".join(written) + "\n"


def written_by_tests(build: pathlib.Path) -> None:
    """Pages that a test compares with the code: the same test writes them."""
    for test in ("test_helium --gtest_filter=*ThePageSaysSo", "test_yaml_keys --gtest_filter=*AreOnThePage"):
        words = test.split()
        if (build / "bin" / words[0]).exists():
            subprocess.run([str(build / "bin" / words[0]), *words[1:]], check=True, stdout=subprocess.DEVNULL,
                           env={**os.environ, "BOARDLESS_WRITE_DOCS": "1"})
        else:
            print(f"write_docs: {words[0]} is not built: its page stays as it is", file=sys.stderr)
    protection = build / "bin" / "measure_core_protection"
    if protection.exists():
        subprocess.run([str(protection), "--write", str(ROOT / "docs/core_timing.md")], check=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing; fail where a page is stale")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release", metavar="FOLDER")
    parser.add_argument("--record", action="append", metavar="NAME=FOLDER", default=[])
    parser.add_argument("pages", nargs="*", type=pathlib.Path, metavar="PAGE")
    options = parser.parse_args()
    build = options.build.resolve()
    if not (build / "bin/boardless").exists():
        sys.exit(f"write_docs: {build}/bin/boardless is not there: build it first")
    pages = options.pages or [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    stale = False
    with tempfile.TemporaryDirectory() as scratch:
        for folder in ("docs", "examples"):
            os.symlink(ROOT / folder, pathlib.Path(scratch) / folder)
        shell = Shell(build, scratch)
        if options.record:
            doc_records.record(shell.output, options.record)
        elif not options.check:
            written_by_tests(build)
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            commands = {c for page in pages for c in commands_of(page.read_text(encoding="utf-8"))}
            list(pool.map(shell.output, sorted(commands | {*doc_tables.COMMANDS, *published_errors.COMMANDS})))
        for page in [published_errors.FILE, *pages]:
            before = page.read_text(encoding="utf-8") if page.exists() else ""
            if page == published_errors.FILE:
                after = published_errors.text(shell.output)
            else:
                after = generated(page.name, before, shell)
            if before == after:
                continue
            stale = True
            if options.check:
                sys.stdout.writelines(difflib.unified_diff(before.splitlines(True), after.splitlines(True),
                                                           page.name, f"{page.name} as it should be"))
            else:
                page.write_text(after, encoding="utf-8")
                print(f"{page.name}: written anew")
    if stale and options.check:
        print("\nscripts/write_docs.py brings these pages up to date")
    return 1 if stale and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
