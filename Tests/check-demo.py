#!/usr/bin/env python3
"""Checks the published demo book without tipin: every reader gets every picture, and nothing else changed.

    python3 Tests/check-demo.py DEMO_OUT DATA_DIR

DEMO_OUT is what `tipin publish Fixtures/demo-book --output DEMO_OUT` wrote, DATA_DIR the demo's data folder.
Prints one line with counts; exits with 1 and says what is wrong.
"""

import hashlib
import json
import pathlib
import struct
import sys
import urllib.parse

SOURCE = pathlib.Path(__file__).resolve().parent.parent / "Fixtures" / "demo-book"
PICTURE_NODES = {"image", "imageResize", "resizableImage", "imageBlock", "blockImage", "figure", "divider"}
ADDRESSES = ("src", "url", "href", "path")
REF_MEMBERS = {"assetId", "sha256", "role", "mime", "width", "height", "remoteId", "remoteUrl"}
MAGIC = {"jpg": b"\xff\xd8\xff", "png": b"\x89PNG", "gif": b"GIF8", "webp": b"RIFF"}


class Number(str):
    """A number as it is spelled: `1.0` is not `1`."""


def read(path):
    words = path.read_bytes().decode("utf-8")
    return unfold(json.loads(words, parse_int=Number, parse_float=Number))


def unfold(value, key=None):
    """With the documents in strings opened."""
    if isinstance(value, dict):
        return {name: unfold(member, name) for name, member in value.items()}
    if isinstance(value, list):
        return [unfold(element) for element in value]
    if key == "content" and type(value) is str and value[:1] in ("{", "["):
        return unfold(json.loads(value, parse_int=Number, parse_float=Number), key)
    return value


def documents(folder):
    found = {}
    for path in sorted(folder.rglob("*.json")):
        name = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in name.parts)
        if not hidden and path.name != "tipin.json" and not path.name.endswith(".fileRefs.json"):
            found[str(name)] = path
    return found


def is_ref(value):
    return isinstance(value, dict) and "assetId" in value and "sha256" in value


def position_entries(data):
    """How many entries the GPS directory of a JPEG's Exif has (CIPA DC-008); 0 where there is none."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] not in (0xDA, 0xD9):
        length = struct.unpack(">H", data[at + 2 : at + 4])[0]
        segment = data[at + 4 : at + 2 + length]
        if data[at + 1] == 0xE1 and segment.startswith(b"Exif\0\0"):
            return _position_entries(segment[6:])
        at += 2 + length
    return 0


def _position_entries(tiff):
    order = "<" if tiff[:2] == b"II" else ">"
    start = struct.unpack(order + "I", tiff[4:8])[0]
    for index in range(struct.unpack(order + "H", tiff[start : start + 2])[0]):
        entry = tiff[start + 2 + index * 12 : start + 14 + index * 12]
        tag, _, _, value = struct.unpack(order + "HHII", entry)
        if tag == 0x8825:
            return struct.unpack(order + "H", tiff[value : value + 2])[0]
    return 0


class Check:
    def __init__(self, out, data):
        self.out, self.cdn = out, data / "cdn"
        remote = json.loads((SOURCE / "tipin.json").read_text())["remote"]
        self.base = urllib.parse.parse_qs(remote.partition("?")[2])["base"][0].rstrip("/")
        self.legacy_hosts = [path.name for path in (SOURCE / "media-root").iterdir() if "." in path.name]
        self.problems, self.seen = [], {}
        self.nodes = self.refs = self.texts = 0

    def run(self):
        before, after = documents(SOURCE), documents(self.out)
        for name in sorted(set(before) ^ set(after)):
            self.problem(name, "is missing" if name in before else "has no source")
        for name in sorted(set(before) & set(after)):
            try:
                source, result = read(before[name]), read(after[name])
            except ValueError as error:
                self.problem(name, f"cannot be read: {error}")
                continue
            self.walk(result, name, self.sidecar(after[name]))
            self.compare(source, result, name)
        return len(after)

    def problem(self, place, words):
        self.problems.append(f"{place}: {words}")

    def sidecar(self, path):
        file = path.with_name(path.name.removesuffix(".json") + ".fileRefs.json")
        if not file.exists():
            return {}
        manifest = read(file)
        self.walk(manifest, file.name, {})
        return manifest

    # What every reader needs

    def walk(self, value, place, manifest):
        if isinstance(value, dict):
            if "type" not in value and isinstance(value.get("fileRefs"), dict):
                manifest = value["fileRefs"]
            if value.get("type") in PICTURE_NODES and isinstance(value.get("attrs"), dict):
                self.node(value, place, manifest)
            elif is_ref(value):
                self.ref(value, place)
            for name, member in value.items():
                if name == "localPath":
                    self.problem(f"{place}/{name}", "a path of one machine")
                self.walk(member, f"{place}/{name}", manifest)
        elif isinstance(value, list):
            for index, element in enumerate(value):
                self.walk(element, f"{place}/{index}", manifest)
        elif type(value) is str:
            self.string(value, place)

    def string(self, words, place):
        if words.lstrip().lower().startswith("data:"):
            self.problem(place, "a data: URL")
        for host in self.legacy_hosts:
            if host in words.lower():
                self.problem(place, f"an address of {host}")

    def node(self, node, place, manifest):
        attrs = node["attrs"]
        if not any(attrs.get(name) for name in ("assetId", "src", "url", "image")):
            if node["type"] not in ("divider", "figure"):
                self.problem(place, "a picture without id and address")
            return
        self.nodes += 1
        ref = manifest.get(attrs.get("assetId"))
        if ref is None:
            self.problem(place, f"the manifest has no asset '{attrs.get('assetId')}'")
        elif not attrs.get("src") or attrs["src"] != ref.get("remoteUrl"):
            self.problem(place, f"src is '{attrs.get('src')}', the asset's address is '{ref.get('remoteUrl')}'")

    def ref(self, ref, place):
        self.refs += 1
        url = ref.get("remoteUrl")
        if not url or not url.startswith(self.base + "/"):
            self.problem(place, f"remoteUrl is '{url}', which is not below {self.base}")
            return
        for name in ADDRESSES:
            if name in ref and ref[name] != url:
                self.problem(f"{place}/{name}", f"is '{ref[name]}' and not the asset's address")
        if self.seen.setdefault(url, ref["sha256"]) != ref["sha256"]:
            self.problem(place, f"two digests for '{url}'")
        self.file(url, ref, place)

    def file(self, url, ref, place):
        path = self.cdn / urllib.parse.unquote(url[len(self.base) + 1 :])
        if not path.is_file():
            self.problem(place, f"there is no file '{path}'")
            return
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != ref["sha256"]:
            self.problem(place, f"'{path}' does not have the digest {ref['sha256']}")
        if path.stem != ref["sha256"] or not data.startswith(MAGIC.get(path.suffix[1:], b"?")):
            self.problem(place, f"'{path.name}' is not named for its digest and type")
        if path.suffix == ".jpg" and position_entries(data):
            self.problem(place, f"'{path.name}' says where it was taken")

    # What must be as it was

    def compare(self, before, after, place):
        if is_ref(after) and not place.endswith("/attrs"):
            self.compare_field(before, after, place)
        elif type(before) is not type(after):
            self.problem(place, f"was {type(before).__name__} and is {type(after).__name__}")
        elif isinstance(before, dict):
            self.compare_object(before, after, place)
        elif isinstance(before, list):
            if len(before) != len(after):
                self.problem(place, f"had {len(before)} elements and has {len(after)}")
            for index, (old, new) in enumerate(zip(before, after)):
                self.compare(old, new, f"{place}/{index}")
        elif before != after:
            self.problem(place, f"was '{str(before)[:60]}' and is '{str(after)[:60]}'")

    def compare_field(self, before, after, place):
        """A field's string or object became a FileRef: its other members stay."""
        if isinstance(before, str):
            if " " in before:
                self.problem(place, "prose became a picture")
            before = {}
        if not isinstance(before, dict):
            self.problem(place, "nothing became a picture")
            return
        own = set(before) - REF_MEMBERS - set(ADDRESSES) - {"localPath"}
        if own != set(after) - REF_MEMBERS - set(ADDRESSES):
            self.problem(place, "members came or went beside the FileRef's")
        for name in own & set(after):
            self.compare(before[name], after[name], f"{place}/{name}")
        for name in REF_MEMBERS - {"remoteId", "remoteUrl"}:
            if before.get(name) is not None and before[name] != after.get(name):
                self.problem(f"{place}/{name}", f"was '{before[name]}' and is '{after.get(name)}'")

    def compare_object(self, before, after, place):
        if before.get("type") == "text":
            self.texts += 1
        old, new = dict(before), dict(after)
        if "type" not in old:
            for key in set(old.pop("fileRefs", None) or {}) - set(new.pop("fileRefs", None) or {}):
                self.problem(f"{place}/fileRefs", f"lost the entry '{key}'")
        if (
            old.get("type") in PICTURE_NODES
            and isinstance(old.get("attrs"), dict)
            and isinstance(new.get("attrs"), dict)
        ):
            for node in (old, new):
                node["attrs"] = {key: value for key, value in node["attrs"].items() if key not in ("assetId", "src")}
        if list(old) != list(new):
            self.problem(place, f"had the members {list(old)} and has {list(new)}")
        for name in old.keys() & new.keys():
            self.compare(old[name], new[name], f"{place}/{name}")


def main():
    if len(sys.argv) != 3:
        print("usage: check-demo.py DEMO_OUT DATA_DIR", file=sys.stderr)
        return 64
    check = Check(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
    count = check.run()
    if count == 0:
        check.problem(sys.argv[1], "holds no document")
    for words in check.problems:
        print(f"check-demo: {words}", file=sys.stderr)
    if check.problems:
        return 1
    print(
        f"check-demo: {count} documents, {check.nodes} nodes, {check.refs} FileRefs, {len(check.seen)} pictures, "
        f"{check.texts} pieces of text: every reader gets every picture"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
