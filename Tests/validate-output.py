#!/usr/bin/env python3
"""Holds what commands print against the schemas.

    python3 Tests/validate-output.py SCHEMA=FILE…

Each FILE holds one JSON text, or in a file named *.ndjson one a line. Prints how many values were looked at; exits with
1 and says what is wrong.
"""

import json
import pathlib
import sys

import tipin_schemas


def values(path):
    text = path.read_bytes().decode("utf-8-sig")
    if path.suffix != ".ndjson":
        yield "", json.loads(text)
        return
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield f":{number}", json.loads(line)


def main():
    validator = tipin_schemas.validators(tipin_schemas.load())
    count = 0
    isWrong = False
    for argument in sys.argv[1:]:
        schema, _, name = argument.partition("=")
        for place, value in values(pathlib.Path(name)):
            count += 1
            if error := tipin_schemas.first_error(validator(schema), value):
                isWrong = True
                print(f"{name}{place} is not as {schema} says: {error}", file=sys.stderr)
    print(count)
    return 1 if isWrong else 0


if __name__ == "__main__":
    sys.exit(main())
