#!/usr/bin/env python3
"""Applies the patches of `--format json-patch` with another implementation and compares the results.

    python3 Tests/apply-patches.py AFTER BEFORE PATCHES

AFTER is the folder that the command was run on, BEFORE a copy of it from before the run; PATCHES holds what the
command printed, with paths in AFTER. Exits with 1 and says which patch does not give the rewritten document, or which
document changed without one.
"""

import json
import pathlib
import sys

import jsonpatch


def read(path, line):
    if not path.exists():
        return None
    text = path.read_bytes().decode("utf-8-sig")
    return json.loads(text if line is None else text.split("\n")[line - 1])


def main():
    after, before, patches = map(pathlib.Path, sys.argv[1:])
    problems = []
    patched = set()
    count = 0
    # Only a line feed ends a line: texts may hold the other separators of lines.
    for text in filter(None, patches.read_bytes().decode().split("\n")):
        count += 1
        entry = json.loads(text)
        path = pathlib.Path(entry["file"])
        line = entry.get("line")
        patched.add(path)
        old = read(before / path.relative_to(after), line)
        try:
            # A file that was not there is made by an "add" of the whole, for which any value will do.
            patched_value = jsonpatch.apply_patch({} if old is None else old, entry["patch"])
        except (TypeError, jsonpatch.JsonPatchException) as error:
            problems.append(f"{path}: {error}: {text[:600]}")
            continue
        if patched_value != read(path, line):
            problems.append(f"{path}: the patch does not give the rewritten document: {text[:300]}")
    for path in sorted(after.rglob("*.json")):
        old = before / path.relative_to(after)
        if path not in patched and (not old.exists() or read(old, None) != read(path, None)):
            problems.append(f"{path}: changed without a patch")
    for words in problems[:20]:
        print(words)
    if not problems:
        print(f"{count} patches give the rewritten documents")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
