"""The structs of what users write as JSON Schema (2020-12), in the spelling that `shape` accepts."""

from typing import Any, get_args, get_origin

import msgspec
from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo

from briefgen.model import LocatedBlock
from briefgen.yamlnodes.shape import blocks_by_name, is_struct, keys_of, taken_by

_NULL = {"type": "null"}


def schema_of(struct: type[Struct]) -> dict[str, Any]:
    """The schema of a file whose root is `struct`; its parts are in `$defs` under their names in lower case."""
    parts: dict[str, Any] = {}
    root = _object(struct, parts)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **root, "$defs": dict(sorted(parts.items()))}


def _object(struct: type[Struct], parts: dict[str, Any]) -> dict[str, Any]:
    keys = keys_of(struct)
    required = [key for key, field in keys.items() if not _has_default(field)]
    return {
        "description": " ".join((struct.__doc__ or "").split()),
        "type": "object",
        "properties": {key: _member(field, parts) for key, field in keys.items()},
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


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
        return [{"$ref": _part(wanted.__name__.removeprefix("Outline"), wanted, parts)}]
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
    name = name.lower()
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
    inner = {"$ref": _part(name, struct, parts)}
    keys = keys_of(struct)
    if name in keys:
        return inner
    value = inner if any(not _has_default(field) for field in keys.values()) else {"anyOf": [inner, _NULL]}
    return {"type": "object", "properties": {name: value}, "required": [name], "additionalProperties": False}
