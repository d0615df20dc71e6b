"""The structs of what users write as JSON Schema (2020-12), in the spelling that `shape` accepts.

What each key is for stands in `keys.yaml`.
"""

from typing import Any, get_args, get_origin

import msgspec
from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo

from briefgen.model import LocatedBlock
from briefgen.tables import table
from briefgen.yamlnodes.shape import blocks_by_name, is_struct, keys_of, taken_by

_NULL = {"type": "null"}
_KEYS = "yamlnodes/keys.yaml"
_BLOCKS = "block keys"


def schema_of(struct: type[Struct], without: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The schema of a file whose root is `struct`; its parts are in `$defs` under their names in lower case.

    `without` names fields that are no keys here. Every key says what it is for.
    """
    parts: dict[str, Any] = {}
    root = _object(struct, parts, without)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **root, "$defs": dict(sorted(parts.items()))}


def name_of(struct: type[Struct]) -> str:
    """What the schema calls a struct."""
    return struct.__name__.removeprefix("Outline").lower() or "outline"


def _object(struct: type[Struct], parts: dict[str, Any], without: frozenset[str] = frozenset()) -> dict[str, Any]:
    keys = {key: field for key, field in keys_of(struct).items() if field.name not in without}
    required = [key for key, field in keys.items() if not _has_default(field)]
    return {
        "type": "object",
        "properties": {key: {**_member(field, parts), **told(struct, key)} for key, field in keys.items()},
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def told(struct: type[Struct], key: str) -> dict[str, Any]:
    """What a key is for, with examples where they help."""
    known = table(_KEYS)
    found = known.get(name_of(struct), known[_BLOCKS]).get(key, "")
    return found if isinstance(found, dict) else {"description": found}


def _has_default(field: FieldInfo) -> bool:
    return field.default is not NODEFAULT or field.default_factory is not NODEFAULT


def _member(field: FieldInfo, parts: dict[str, Any]) -> dict[str, Any]:
    """What a key takes; nothing at all where it has a default."""
    options = _options(taken_by(field), parts)
    if _has_default(field) and _NULL not in options:
        options.append(_NULL)
    if not _has_default(field):
        options = [option for option in options if option != _NULL]
    made = options[0] if len(options) == 1 else {"anyOf": options}
    if field.default is NODEFAULT or field.default in (None, "", ()) or is_struct(type(field.default)):
        return made
    return {**made, "default": list(field.default) if isinstance(field.default, tuple) else field.default}


def _options(wanted: Any, parts: dict[str, Any]) -> list[dict[str, Any]]:
    if wanted is LocatedBlock:
        return [{"$ref": _block(parts)}]
    if is_struct(wanted):
        return [{"$ref": _part(name_of(wanted), wanted, parts)}]
    if get_origin(wanted) is tuple:
        item = get_args(wanted)[0]
        items = _options(item, parts)
        listed = {"type": "array", "items": items[0] if len(items) == 1 else {"anyOf": items}}
        return [listed] if is_struct(item) else [*items, listed]
    if get_origin(wanted) is dict:
        values = _options(get_args(wanted)[1], parts)
        return [{"type": "object", "additionalProperties": values[0]}]
    described = msgspec.json.schema(wanted)
    return list(described.get("anyOf", [described]))


def _part(name: str, struct: type[Struct], parts: dict[str, Any]) -> str:
    if name not in parts:
        parts[name] = {}
        parts[name] = _object(struct, parts)
    return f"#/$defs/{name}"


def _block(parts: dict[str, Any]) -> str:
    """A block: a mapping whose one naming key holds its fields, or stands among them."""
    if "block" not in parts:
        parts["block"] = {}
        parts["block"] = {"anyOf": [_named_block(name, struct, parts) for name, struct in blocks_by_name().items()]}
    return "#/$defs/block"


def _named_block(name: str, struct: type[Struct], parts: dict[str, Any]) -> dict[str, Any]:
    said = {"description": table(_KEYS)["block"][name]}
    inner = {"$ref": _part(name, struct, parts)}
    keys = keys_of(struct)
    if name in keys:
        return {**inner, **said}
    value = inner if any(not _has_default(field) for field in keys.values()) else {"anyOf": [inner, _NULL]}
    return {
        "type": "object",
        "properties": {name: {**value, **said}},
        "required": [name],
        "additionalProperties": False,
    }
