"""Who speaks, and whether the text agrees with itself about it: names, aliases, the list of parts."""

from __future__ import annotations

from gilint.checks import Pattern, check
from gilint.checks.scope import SHIELD, WORDS, relevant
from gilint.late import late
from gilint.model import NotAssessable, Problem, Slice
from gilint.numerals import chinese_number
from gilint.text import fold, label_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from gilint.checks.matching import Hit
    from gilint.form import Family
    from gilint.model import Passage, Report

SAID = r"以下(?:统称|简称|称)|[（(，,](?:下称|简称)"
SHORT_FOR = rf"(?:{SAID})(?:为)?[：:]?"
INTRODUCED = late(rf"({SAID})(?:为)?[：:]?[“‘\"《]{{0,2}}")
YEAR = late(r"20\d{2}|二[〇○零]")
MARKS = late(r"[、，：；和]")
ALIAS = late(SHORT_FOR + r"\s*[“‘\"]?(《[^》]{1,30}》|[^）)，,。；;”’\"]{1,30})")
SHORT_TITLE = late(r"《([^《》]{2,4})》")
LONGEST_SHORT = 4
"""Characters of a short title such as 《办法》; a longer one says by itself what it is."""
SENTENCE = late(r"[^。]+")
COUNT_WORD = late(r"([一二三四五六七八九十]|\d{1,2})\s*(?:个|大)?\s*(?:部分|方面)")
ENOUGH_TITLES = 3
ENOUGH_OVERLAP = 4
ENDINGS = ("情况", "事项", "问题", "措施")


def _words(options: Mapping[str, Any], family: Family) -> Sequence[Pattern]:
    shields = [Pattern(word, tag=SHIELD) for word in options.get("unless_part_of", ())]
    return [*(Pattern(word, tag="word") for word in options.get("words", {})), *shields]


def _known_kinds(options: Mapping[str, Any], family: Family) -> Mapping[str, Any]:
    """Prepare step: every kind that a rule names must be one of the family's."""
    known = [kind.key for kind in family.issuer_kinds]
    for word, kinds in options.get("words", {}).items():
        for position, kind in enumerate(kinds):
            if kind not in known:
                from gilint.errors import OptionError
                from gilint.suggest import unknown

                raise OptionError(("words", word, position), unknown("机关类别", "issuer kind", kind, known))
    return options


@check(
    "consistent",
    options={
        "question": {
            "enum": ["title", "issuer", "self-reference", "other-organs", "alias"],
            "description": "title: the title lacks year or issuer; issuer: the sign-off names another issuer than the "
            "title; self-reference: a word of 'words' that issuers of another kind call themselves; other-organs: a "
            "name from the fact 'other_organs' in the text; alias: a short name defined twice, defined and never used, "
            "or used and not defined.",
        },
        "words": {
            "type": "object",
            "description": "For self-reference: word → the issuer kinds that may use it.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
        "unless_part_of": {**WORDS, "description": "For self-reference: longer words in which a word does not count."},
    },
    required=("question",),
    values=("found", "expected", "issuer", "missing", "missing_en", "count"),
    patterns=_words,
    prepare=_known_kinds,
)
def consistent(report: Report, options: Mapping[str, Any], hits: Sequence[Hit]) -> Iterable[Problem | NotAssessable]:
    """Names and short names that do not agree within the report."""
    question = options["question"]
    if question == "self-reference":
        return _self_reference(report, options.get("words", {}), hits)
    return _QUESTIONS[question](report)


def _values(report: Report, **known: Any) -> dict[str, Any]:
    issuer = report.issuer or ""
    return {"found": "", "expected": "", "issuer": issuer, "missing": "", "missing_en": "", "count": 0, **known}


def _title(report: Report) -> Iterator[Problem]:
    if report.title is None:
        # A page may have its title outside of the text.
        if "title" not in report.metadata:
            yield Problem(report, _values(report, missing="没有标题", missing_en="there is no title"))
        return
    text = report.title.text
    lacks = []
    if not YEAR.search(fold(text)):
        lacks.append(("年度", "the year"))
    if not report.issuer or fold(report.issuer) not in fold(text):
        lacks.append(("机关名称", "the issuer"))
    if lacks:
        zh = f"标题缺少{'、'.join(zh for zh, _en in lacks)}"
        en = f"the title lacks {' and '.join(en for _zh, en in lacks)}"
        yield Problem(report.title, _values(report, missing=zh, missing_en=en, found=text))


def _issuer(report: Report) -> Iterator[Problem | NotAssessable]:
    signed = report.signoff.issuer
    if signed is None or report.title is None or not report.issuer:
        yield NotAssessable({"zh": "标题或落款没有机关名称", "en": "title or sign-off names no issuer"})
    elif not _same_name(fold(report.issuer), fold(signed.text)):
        yield Problem(signed, _values(report, found=signed.text.strip(), expected=report.issuer))


def _same_name(one: str, other: str) -> bool:
    """Whether two names may mean one issuer: one is short for the other, or each leaves out another end."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    if all(character in rest for character in short):
        return True
    return any(
        first.endswith(second[:size])
        for first, second in ((one, other), (other, one))
        for size in range(ENOUGH_OVERLAP, len(second))
    )


def _self_reference(
    report: Report, words: Mapping[str, Sequence[str]], hits: Sequence[Hit]
) -> Iterator[Problem | NotAssessable]:
    """Said once for each word, at its first place."""
    if report.issuer_kind is None:
        yield NotAssessable({"zh": "机关类别不明", "en": "the kind of issuer is not known"})
        return
    found: dict[str, list[Hit]] = {}
    for hit in relevant({"unless_within": ["quotes", "titles"]}, hits):
        if report.issuer_kind not in words.get(hit.pattern, ()):
            found.setdefault(hit.pattern, []).append(hit)
    for word, places in found.items():
        first, *others = (Slice(hit.passage, hit.start, hit.end) for hit in places)
        yield Problem(first, _values(report, found=word, count=len(places)), related=tuple(others))


def _other_organs(report: Report) -> Iterator[Problem]:
    own = report.issuer or ""
    for name in report.facts.get("other_organs", ()):
        for passage in report.passages:
            start = passage.text.find(name)
            if start >= 0 and name not in own and passage.role in ("title", "preamble", "prose", "heading", "signoff"):
                yield Problem(Slice(passage, start, start + len(name)), _values(report, found=name, expected=own))


# --- short names ------------------------------------------------------------------------------------------------------


def _alias(report: Report) -> Iterator[Problem]:
    """Short names that are introduced twice, never used again, or used without being introduced."""
    texts = [passage for passage in report.passages if passage.role in ("preamble", "heading", "prose")]
    text = _Text("".join([fold(passage.text) for passage in texts]))
    defined: dict[str, Slice] = {}
    for passage in texts:
        if "称" not in passage.text:
            continue
        for match in ALIAS.finditer(passage.text):
            name, at = _bare(match[1]), Slice(passage, match.start(1), match.end(1))
            uses = text.uses(name)
            said = None
            if name in defined:
                said = {"missing": "重复定义", "missing_en": "defined twice"}
            elif not uses and not _is_title(passage.text[: match.start()], name):
                said = {"missing": "定义后没有使用", "missing_en": "never used"}
            if said is not None:
                related = (defined[name],) if name in defined else ()
                yield Problem(at, _values(report, found=at.text, count=uses, **said), related=related)
            defined.setdefault(name, at)
    yield from _undefined(report, texts, text, frozenset(defined))


def _is_title(before: str, name: str) -> bool:
    """Whether the name is the end of the full title before it, and long enough to be understood without that."""
    return len(name) > LONGEST_SHORT and fold(before).rstrip("（(，,").endswith(f"{name}》")


def _bare(name: str) -> str:
    return fold(name).strip("“”\"'《》")


class _Text:
    """The text of a report, folded, in which short names are looked for; what does not depend on one is found once."""

    def __init__(self, whole: str) -> None:
        self.whole = whole
        self._titles = list(_titles(whole))
        # Marks before a name may belong to it: (introduction, place) by the character there.
        self._introduced: dict[str, list[tuple[int, int]]] = {}
        for number, match in enumerate(INTRODUCED.finditer(whole)):
            for at in range(match.end(1), min(match.end() + 1, len(whole))):
                self._introduced.setdefault(whole[at], []).append((number, at))
        self._uses: dict[str, int] = {}

    def uses(self, name: str) -> int:
        """Uses of a short name by itself: where it is not introduced, and not a part of a longer title."""
        if name not in self._uses:
            kept, done = [], 0
            for start, end in self.longer_titles(name):
                kept.append(self.whole[done:start])
                done = end
            all_uses = "".join((*kept, self.whole[done:])).count(name)
            self._uses[name] = all_uses - self._introductions(name)
        return self._uses[name]

    def longer_titles(self, name: str) -> Iterator[tuple[int, int]]:
        """Where titles stand, title marks included, that end with a name and have more before it."""
        done = 0
        for start, end in self._titles:
            before = end - len(name) - 2
            ends_so = before > start and self.whole.startswith(name, before + 1) and self.whole[before] != "《"
            if ends_so and start >= done:
                yield start, end
                done = end

    def _introductions(self, name: str) -> int:
        """How often it is said that a name stands for a longer one."""
        places = self._introduced.get(name[:1], ())
        return len({number for number, at in places if self.whole.startswith(name, at)})


def _titles(whole: str) -> Iterator[tuple[int, int]]:
    """Where titles stand, title marks included: from each mark that opens one to the next that closes one."""
    start, end = whole.find("《"), 0
    while start >= 0:
        if end <= start:
            end = whole.find("》", start) + 1
            if not end:
                return
        yield start, end
        start = whole.find("《", start + 1)


def _undefined(report: Report, texts: Sequence[Passage], text: _Text, defined: frozenset[str]) -> Iterator[Problem]:
    """《办法》 with a longer 《…办法》 before it, and nothing that says which it is short for."""
    said: set[str] = set()
    for passage in texts:
        for match in SHORT_TITLE.finditer(passage.text):
            name = _bare(match[1])
            if name in said or name in defined:
                continue
            full = next(text.longer_titles(name), None)
            if full is None:
                continue
            said.add(name)
            expected, count = text.whole[slice(*full)], text.whole.count(f"《{name}》")
            values = _values(report, found=match[0], expected=expected, count=count)
            at = Slice(passage, match.start(), match.end())
            yield Problem(at, {**values, "missing": "使用前没有定义", "missing_en": "used but not defined"})


_QUESTIONS = {"title": _title, "issuer": _issuer, "other-organs": _other_organs, "alias": _alias}


@check("listing", values=("missing", "found", "stated", "said", "said_en"))
def listing(report: Report, options: Mapping[str, Any]) -> Iterator[Problem]:
    """A preamble that lists the parts: all sections named, and as many as it says."""
    for passage in report.passages:
        if passage.role != "preamble":
            continue
        for sentence in SENTENCE.finditer(passage.text):
            yield from _judge_listing(report, passage, sentence.start(), sentence.end())


def _judge_listing(report: Report, passage: Passage, start: int, end: int) -> Iterator[Problem]:
    text = fold(passage.text[start:end])
    key = label_key(text)
    named, rest = [], key
    for section in report.form.sections:
        name = next((name for name in sorted(section.names, key=len, reverse=True) if name in rest), None)
        if name is not None:
            named.append(section)
            rest = rest.replace(name, "", 1)
    if len(named) < ENOUGH_TITLES:
        return
    at = Slice(passage, *_trimmed(passage.text, start, end))
    left_out = [section.title for section in report.form.sections if section not in named]
    match = COUNT_WORD.search(text)
    stated = (int(match[1]) if match[1].isdigit() else chinese_number(match[1]) or 0) if match else 0
    found = len(named) + _others(rest)
    if left_out or (stated and stated != found):
        quoted = "".join(f"“{title}”" for title in left_out)
        said = [f"没有列出{quoted}"] if left_out else []
        said_en = [f"{quoted} left out"] if left_out else []
        if stated and stated != found:
            said.append(f"写明{stated}个部分，实际列出{found}个")
            said_en.append(f"{stated} announced, {found} listed")
        values = {"missing": "、".join(left_out), "found": found, "stated": stated}
        yield Problem(at, {**values, "said": "，".join(said), "said_en": ", ".join(said_en)})


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _others(rest: str) -> int:
    """Listed items that are no section of the form: what is left between 、 and still ends like a title."""
    items = MARKS.split(rest)
    return sum(1 for item in items if 4 <= len(item) <= 20 and item.endswith(ENDINGS))
