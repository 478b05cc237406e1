"""The JSON Schemas of the checkout, ready for validating."""

import json
import pathlib

import jsonschema
import referencing

ROOT = pathlib.Path(__file__).resolve().parent.parent
BASE = "https://tipin.example/schemas/"


def load():
    """All schemas by their file's name."""
    return {path.name: json.loads(path.read_text()) for path in sorted((ROOT / "schemas").glob("*.schema.json"))}


def validators(schemas):
    """A function from a name, with or without a fragment, to its validator."""
    registry = referencing.Registry().with_resources(
        (schema["$id"], referencing.Resource.from_contents(schema)) for schema in schemas.values()
    )
    return lambda name: jsonschema.Draft202012Validator({"$ref": BASE + name}, registry=registry)


def first_error(validator, value):
    error = jsonschema.exceptions.best_match(validator.iter_errors(value))
    return error and f"{error.json_path}: {error.message[:200]}"
