#!/usr/bin/env python3
"""Holds the fixtures against the schemas, and their FileRefs against the pictures.

    python3 Tests/validate-fixtures.py

Exits with 1 and says what is wrong; skipped, with 0, where the package jsonschema is not installed.
"""

import hashlib
import json
import pathlib
import sys

try:
    import jsonschema
    import tipin_schemas
    from tipin_schemas import first_error
except ImportError:
    print("skipped: jsonschema is not installed")
    sys.exit(0)

ROOT = pathlib.Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "Fixtures"
BOOK = FIXTURES / "demo-book"

# Which schema each document must meet; every document of the fixtures is in one of the rows.
RULES = [
    ("book.schema.json", ["demo-book/book.json", "documents/every-field.json"]),
    ("book.schema.json#/$defs/record", ["demo-book/characters/*.json", "documents/record.json"]),
    (
        "chapter.schema.json",
        [
            "demo-book/chapters/*.json",
            "documents/every-form.json",
            "documents/nested.json",
            "documents/html.json",
            "documents/windows.json",
        ],
    ),
    ("chapter.schema.json#/$defs/doc", ["documents/bare-doc.json"]),
    ("chapter.schema.json#/$defs/nodes", ["documents/node-array.json"]),
    ("chapter.schema.json#/$defs/manifest", ["documents/bare-doc.fileRefs.json"]),
    ("config.schema.json", ["demo-book/tipin.json"]),
]
# A wrapper, somebody else's `fileRefs`, and text nodes that only a tokenizer loves.
WITHOUT_SCHEMA = ["documents/wrapper.json", "documents/manifest-foreign.json", "documents/lossless.json"]
# What a schema must refuse, so that a schema that takes everything is noticed.
REFUSED = [
    ("file-ref.schema.json", {"assetId": "a", "sha256": "00", "role": "cover"}),
    ("file-ref.schema.json", {"assetId": "a", "role": "cover"}),
    ("chapter.schema.json", {"id": "c"}),
    ("chapter.schema.json", {"content": {"type": "doc", "content": [{"type": "text", "text": ""}]}}),
    ("chapter.schema.json", {"content": [], "fileRefs": {"a": {"sha256": "0" * 64}}}),
    ("book.schema.json", {"id": "b"}),
    ("book.schema.json", {"coverImage": 42}),
    ("book.schema.json", {"gallery": [{"assetId": "a", "sha256": "00", "role": "gallery"}]}),
    ("book.schema.json#/$defs/record", {"lore": 42}),
    ("config.schema.json", {"dataDirectory": "x"}),
    ("config.schema.json", {"maxUploadMB": 0}),
    ("config.schema.json", {"mentions": {"nodes": [{"type": "a", "adresses": ["url"]}]}}),
    ("config.schema.json", {"mentions": {"nodes": [{"type": "a", "content": "film"}]}}),
    ("config.schema.json", {"mentions": {"fields": [{"name": "attrs"}]}}),
    ("config.schema.json", {"mentions": {"linkHosts": ["https://old.example"]}}),
    ("config.schema.json", {"severity": {"legacy-url": "fatal"}}),
    ("config.schema.json", {"exclude": ["./"]}),
    ("config.schema.json", {"exclude": ["a/../b"]}),
    ("config.schema.json", {"exclude": ["!a"]}),
    ("mention.schema.json", {"file": "a", "offset": 0, "length": 1, "pointer": "", "form": "url", "role": "cover"}),
    ("finding.schema.json", {"code": "legacy-url", "severity": "fatal", "message": "x"}),
    ("plan.schema.json", {"tipinPlan": 2, "id": "p", "command": "migrate", "createdAt": "2026-01-31T08:09:10Z"}),
    ("asset.schema.json", {"id": "a"}),
    ("asset.schema.json#/$defs/link", {"entity_type": "book", "entity_id": "", "role": "cover", "sort_order": 0}),
    ("probe.schema.json", {"file": "a.png", "sha256": "00", "mime": "image/png", "frames": 1}),
    ("report.schema.json", {"command": "scan", "status": 2, "documents": {}, "assets": {}, "diagnostics": []}),
]
ACCEPTED = [
    ("file-ref.schema.json", {"assetId": "a", "sha256": "0" * 64, "role": "cover", "mime": None}),
    ("config.schema.json", {"remote": "https://api.example", "legacyHosts": {"a.example": {"root": "a"}}}),
    (
        "config.schema.json",
        {
            "mentions": {
                "nodes": [{"type": "photo", "addresses": ["url"], "ids": ["mediaId"], "role": "plate"}],
                "fields": [{"name": "emblem", "role": "emblem", "entity": "faction", "mayBeProse": True}],
                "collections": [{"name": "factions", "entity": "faction"}],
                "wrappers": ["payload"],
                "contents": ["nodes"],
                "fieldAddresses": ["uri"],
                "linkHosts": ["old.example"],
            }
        },
    ),
    (
        "mention.schema.json",
        {
            "file": "a",
            "line": 1,
            "column": 1,
            "offset": 0,
            "length": 1,
            "pointer": "/a",
            "form": "dead",
            "role": "cover",
        },
    ),
    (
        "report.schema.json",
        {
            "command": "publish",
            "status": 0,
            "dryRun": False,
            "documents": {"read": 1, "changed": 1, "failed": 0, "foreign": 0, "excluded": 0, "hidden": 0},
            "mentions": {"read": 1, "changed": 1, "planned": 0},
            "assets": {"imported": 1, "importedBytes": 90, "uploaded": 1, "downloaded": 0},
            "written": ["a"],
            "removed": [],
            "run": "20260131-080910123-3f2a",
            "diagnostics": [{"code": "legacy-url", "severity": "warning", "message": "x", "file": "a", "notes": []}],
        },
    ),
]

problems = []


def validators():
    schemas = tipin_schemas.load()
    for name, schema in schemas.items():
        jsonschema.Draft202012Validator.check_schema(schema)
        if schema["$id"] != tipin_schemas.BASE + name:
            problems.append(f"schemas/{name}: its $id is {schema['$id']}")
    return tipin_schemas.validators(schemas)


def check_documents(validator):
    checked = {FIXTURES / name for name in WITHOUT_SCHEMA}
    for schema, patterns in RULES:
        for path in sorted(path for pattern in patterns for path in FIXTURES.glob(pattern)):
            checked.add(path)
            value = json.loads(path.read_bytes().decode("utf-8-sig"))
            if error := first_error(validator(schema), value):
                problems.append(f"{path.relative_to(ROOT)}: {error}")
    for path in [*BOOK.rglob("*.json"), *(FIXTURES / "documents").glob("*.json")]:
        if path not in checked and ".tipin" not in path.parts:
            problems.append(f"{path.relative_to(ROOT)}: no schema is named for it")
    return len(checked)


def check_lines(validator):
    for line in (FIXTURES / "documents/lines.ndjson").read_text().splitlines():
        if error := first_error(validator("chapter.schema.json"), json.loads(line)):
            problems.append(f"lines.ndjson: {error}")


def check_examples(validator):
    for schema, value in REFUSED:
        if first_error(validator(schema), value) is None:
            problems.append(f"{schema} takes {value}")
    for schema, value in ACCEPTED:
        if error := first_error(validator(schema), value):
            problems.append(f"{schema}: {error}")


def check_pictures(value, path, key=None):
    """Each picture that the demo book names is there, and each FileRef's bytes have its digest."""
    if isinstance(value, dict):
        if "assetId" in value and "sha256" in value:
            check_digest(value, path)
        for name, member in value.items():
            check_pictures(member, path, name)
    elif isinstance(value, list):
        for element in value:
            check_pictures(element, path, key)
    elif isinstance(value, str) and key == "content":
        check_pictures(json.loads(value), path)
    elif isinstance(value, str) and key in ("src", "url", "path", "avatar", "map", "gallery"):
        check_address(value, path)


def check_digest(ref, path):
    file = BOOK / "media-root" / ref["remoteUrl"].partition("//")[2]
    if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != ref["sha256"]:
        problems.append(f"{path.relative_to(ROOT)}: '{ref['remoteUrl']}' is missing or has another digest")


def check_address(address, path):
    if address.startswith("data:"):
        return
    if "//" in address:
        file = BOOK / "media-root" / address.partition("//")[2]
    elif address.startswith("/"):
        file = BOOK / "media-root" / address[1:]
    else:
        file = path.parent / address
    if not file.is_file():
        problems.append(f"{path.relative_to(ROOT)}: there is no picture '{address[:80]}'")


def main():
    validator = validators()
    count = check_documents(validator)
    check_lines(validator)
    check_examples(validator)
    for path in sorted(BOOK.rglob("*.json")):
        if ".tipin" not in path.parts:
            check_pictures(json.loads(path.read_text()), path)
    for words in problems:
        print(f"validate-fixtures: {words}", file=sys.stderr)
    if problems:
        return 1
    print(f"validate-fixtures: {count} documents are as the schemas and the pictures say")
    return 0


if __name__ == "__main__":
    sys.exit(main())
