"""Dataclasses as plain values and back, for what goes between processes: nothing unpickled, every type checked."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def packed(value: Any) -> Any:
    """`value` as JSON knows it: dataclasses become objects, tuples arrays, enums and moments their words."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: packed(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): packed(one) for key, one in value.items()}
    if isinstance(value, tuple | list | frozenset | set):
        return [packed(one) for one in value]
    return value


def unpacked(kind: type[T], value: Any) -> T:
    """The value of type `kind` that `packed` has made plain. Raises ValueError for anything else."""
    return _unpacked(kind, value)  # type: ignore[no-any-return]


def _unpacked(kind: Any, value: Any) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _one_of(arguments, value)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _dataclass(kind, value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if kind is datetime:
        return datetime.fromisoformat(_checked(str, value))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {key: _unpacked(arguments[1], one) for key, one in _checked(dict, value).items()}
    if origin in (tuple, frozenset, list):
        return _several(origin, arguments, _checked(list, value))
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value if kind is Any else _checked(type(None) if kind is None else kind, value)


def _several(origin: Any, arguments: tuple[Any, ...], values: list[Any]) -> Any:
    if (origin is tuple and len(arguments) != 2) or (origin is tuple and arguments[1] is not Ellipsis):
        if len(arguments) != len(values):
            raise ValueError(f"{len(values)} values for {len(arguments)}")
        return tuple(_unpacked(kind, one) for kind, one in zip(arguments, values, strict=True))
    return origin(_unpacked(arguments[0], one) for one in values)


def _one_of(kinds: tuple[Any, ...], value: Any) -> Any:
    if value is None and type(None) in kinds:
        return None
    for kind in kinds:
        try:
            return _unpacked(kind, value)
        except (ValueError, TypeError, KeyError):
            continue
    raise ValueError(f"a {type(value).__name__} is none of {kinds}")


def _dataclass(kind: Any, value: Any) -> Any:
    hints = _hints(kind)
    found = _checked(dict, value)
    if unknown := found.keys() - hints.keys():
        raise ValueError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
    return kind(**{name: _unpacked(hints[name], one) for name, one in found.items()})


@cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}


def _checked(kind: Any, value: Any) -> Any:
    if type(value) is not kind:
        raise ValueError(f"a {type(value).__name__}, where a {kind.__name__} should be")
    return value
