"""Frozen records without the import cost of ``dataclasses``.

A linter that runs on every save pays for its imports each time, and ``dataclasses`` alone costs more than a bare
interpreter. A :class:`Record` is the part of it that gilint needs: slots from annotations, defaults, equality,
``repr`` and ``replace``.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any, ClassVar, Self, dataclass_transform
else:

    def dataclass_transform(**_options):
        return lambda cls: cls


WRITTEN_OUT_AFTER = 100
"""To make so many values takes as long as to write out how."""


@dataclass_transform(frozen_default=True)
class RecordType(type):
    """Turns the annotations of a class into slots, and its assigned values into defaults."""

    def __new__(mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any], hot: bool = False) -> RecordType:
        own = tuple(namespace.get("__annotations__", ()))
        defaults: dict[str, Any] = {}
        inherited: tuple[str, ...] = ()
        for base in bases:
            inherited += getattr(base, "_fields", ())
            defaults.update(getattr(base, "_defaults", {}))
        defaults.update((field, namespace.pop(field)) for field in own if field in namespace)
        namespace["__slots__"] = own
        cls = super().__new__(mcs, name, bases, namespace)
        cls._fields = inherited + own
        cls._own = own
        cls._defaults = defaults
        # Slot descriptors bypass the frozen __setattr__, and are the fastest way to fill a slot.
        cls._setters = tuple(getattr(cls, field).__set__ for field in cls._fields)
        # What is derived from a hot class is hot as well.
        if hot or cls.__init__ is object.__init__:  # type: ignore[misc]
            cls.__new__ = _few_as_all(cls)  # type: ignore[method-assign]
            cls.__init__ = object.__init__  # type: ignore[misc]
        return cls

    def __init__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], hot: bool = False) -> None:
        super().__init__(name, bases, namespace)

    _fields: tuple[str, ...]
    _own: tuple[str, ...]
    _defaults: dict[str, Any]
    _setters: tuple[Any, ...]


def _written_out(cls: RecordType) -> Any:
    """A ``__new__`` with the fields as real parameters: three times as fast as that of all records, 0.1 ms to make.

    The value begins as one of a twin class of the same slots that is not frozen: so the interpreter fills them itself,
    without a call for each.
    """
    methods: tuple[str, ...] = ("__init__", "__setattr__", "__delattr__")
    if cls.__base__.__new__ is not object.__new__:
        methods += ("__new__",)
    open_to_all = {"__slots__": cls._own, **{name: getattr(object, name) for name in methods}}
    scope: dict[str, Any] = {"_twin": type.__new__(RecordType, cls.__name__, cls.__bases__, open_to_all)}
    scope.update((f"_default_{field}", value) for field, value in cls._defaults.items())
    heads = (f"{field}=_default_{field}" if field in cls._defaults else field for field in cls._fields)
    body = "".join(f"    _made.{field} = {field}\n" for field in cls._fields)
    # Nothing but names of fields gets in here.
    head = f"def __new__(_cls, {', '.join(heads)}):"
    source = f"{head}\n    _made = _twin()\n{body}    _made.__class__ = _cls\n    return _made"
    exec(source, scope)  # noqa: S102
    return scope["__new__"]


def _few_as_all(cls: Any) -> Any:
    """``__new__`` of a hot class until many of its values are made: a run of one report makes few of most classes."""
    left = WRITTEN_OUT_AFTER

    def make(kind: Any, /, *values: Any, **named: Any) -> Any:
        nonlocal left
        left -= 1
        if left < 0:
            cls.__new__ = _written_out(cls)
            return cls.__new__(kind, *values, **named)
        made = object.__new__(kind)
        Record.__init__(made, *values, **named)
        return made

    return make


class Record(metaclass=RecordType):
    """A frozen value: construct with positional or named fields, compare by value, change with :meth:`replace`.

    ``class Cell(Record, hot=True)`` is for values that are made by the hundred in every report.
    """

    if TYPE_CHECKING:
        _fields: ClassVar[tuple[str, ...]] = ()

    def __init__(self, /, *values: Any, **named: Any) -> None:
        cls = type(self)
        fields, given = cls._fields, len(values)
        if given > len(fields):
            raise TypeError(f"{cls.__name__} takes {len(fields)} fields, {given} given")
        for setter, value in zip(cls._setters, values, strict=False):
            setter(self, value)
        for position in range(given, len(fields)):
            field = fields[position]
            if field in named:
                value = named.pop(field)
            elif field in cls._defaults:
                value = cls._defaults[field]
            else:
                raise TypeError(f"{cls.__name__} needs the field {field!r}")
            cls._setters[position](self, value)
        if named:
            raise TypeError(f"{cls.__name__} has no field {next(iter(named))!r}, or it was given twice")

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: use replace({name}=…)")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, field) == getattr(other, field) for field in self._fields)

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, field) for field in self._fields)))

    def __repr__(self) -> str:
        inside = ", ".join(f"{field}={getattr(self, field)!r}" for field in self._fields)
        return f"{type(self).__name__}({inside})"

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        return type(self), tuple(getattr(self, field) for field in self._fields)

    def replace(self, **changes: Any) -> Self:
        """A copy with the named fields changed. Raises ``TypeError`` for a field that the record does not have."""
        values = {field: getattr(self, field) for field in self._fields}
        return type(self)(**{**values, **changes})


class Later:
    """Stands for a tuple that is made when it is first looked into. ``length`` is known before."""

    __slots__ = ("_length", "_made", "_make")

    def __init__(self, length: int, make: Callable[[], Iterable[Any]]) -> None:
        self._length = length
        self._make = make
        self._made: tuple[Any, ...] | None = None

    def _all(self) -> tuple[Any, ...]:
        made = self._made
        if made is None:
            made = self._made = tuple(self._make())
        return made

    @property
    def made(self) -> bool:
        """Whether it was looked into."""
        return self._made is not None

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Any]:
        return iter(self._all())

    def __getitem__(self, at: Any) -> Any:
        return self._all()[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple | Later) and self._all() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._all())

    def __repr__(self) -> str:
        return repr(self._all())

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (self._all(),)


def later(length: int, make: Callable[[], Iterable[Any]]) -> Any:
    """What ``make`` makes, as a tuple that is made when it is first looked into; ``length`` is that of it."""
    return Later(length, make)
