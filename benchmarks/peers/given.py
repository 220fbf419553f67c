"""What the peers are given: phrases and patterns that any of them can express, sums where one can compute."""

import json
import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

PATTERNS = r"""
(\d+)年(\d{1,2})月(\d{1,2})日
第[一二三四五六七八九十百]+条
[（(][一二三四五六七八九十]+[)）]
^\s*\d+[.．、]
\d+\.\d+%
同比(增长|下降|减少)\s*\d+(\.\d+)?\s*%
共?(收到|受理|办理)[^。；]{0,20}申请\s*\d+\s*[件份宗]
[一-龥]\s+[一-龥]
[一-龥][,;:!?]
[a-zA-Z0-9][，。；：！？]
“[^”]{0,40}$
\([^()（）]*）
（[^()（）]*\)
[。！？]{2,}
，{2,}
、，|，、|。，|，。
《[^》]{0,30}《
20(1[0-9]|2[0-9])年度?
(本|该|我)(年度|局|委|单位|机关)
[0-9]{1,3}(,[0-9]{3})+
[０-９]+
[ａ-ｚＡ-Ｚ]+
行政复议[^。]{0,20}\d+\s*件
行政诉讼[^。]{0,20}\d+\s*件
(召开|举办)[^。，]{0,12}(会议?|培训班?)\s*\d+\s*[场次期]
公开[^。，]{0,10}信息\s*\d+\s*[条件]
解读[^。，]{0,8}\d+\s*[篇条件]
(一是|二是|三是|四是|五是)
(其中|包括)[^。；]{0,30}\d+
\d+\s*(万|亿)?元
(不够|不足|有待|仍需|尚未)[^。，]{0,12}
(进一步|持续|不断)(加强|提升|完善|强化|优化)
(加强|强化)[^。，]{0,10}(监督|考核|培训)
[^。]{120,}。
(\d+)\s*[件条次]\s*，其中
网址[:：]\s*https?://[\w./-]+
https?://[a-zA-Z0-9./?=_-]+
[\w.-]+@[\w-]+\.[a-z]{2,}
\d{3,4}-\d{7,8}
1[3-9]\d{9}
\d{17}[\dXx]
[一二三四五六七八九十]、[^。\n]{2,20}情况
(没有|无|未)(收费|发生|收到)[^。，]{0,10}
(予以公开|部分公开|不予公开|无法提供|不予处理)
(结转|转结)[^。，]{0,8}
\s+$
[ \t　]{2,}
政府信息公开.{0,4}(指南|目录|年报|年度报告)
(密云|朝阳|海淀|丰台)区[一-龥]{2,8}(局|委员会)
(19|20)\d{2}年1月1日至(19|20)\d{2}年12月31日
""".strip("\n").split("\n")
PORTABLE = [pattern for pattern in PATTERNS if "^" not in pattern.replace("[^", "") and "$" not in pattern][:30]
"""Those that mean the same in every engine."""
PHRASES, OF_THE_TEXT = 300, 30

SUMS = {
    "rowtotal": """(values) => {
  const parts = ["natural", "commercial", "research", "welfare", "legal", "other"];
  const sum = parts.reduce((total, part) => total + values[part], 0);
  if (sum !== values.total) return [{ message: `total ${values.total}, sum ${sum}` }];
}""",
    "coltotal": """(table) => {
  const found = [];
  for (const column of Object.keys(table[0].values)) {
    let sum = 0;
    for (let row = 2; row < 23; row++) sum += table[row].values[column];
    if (sum !== table[23].values[column]) found.push({ message: `${column} ${sum}` });
  }
  return found;
}""",
    "carry": """(table) => {
  const found = [];
  for (const column of Object.keys(table[0].values)) {
    const received = table[0].values[column] + table[1].values[column];
    if (received !== table[23].values[column] + table[24].values[column]) found.push({ message: column });
  }
  return found;
}""",
    "disputes": """(row) => {
  if (row[0] + row[1] + row[2] + row[3] !== row[4]) return [{ message: "total" }];
}""",
}
"""The sums as functions for Spectral, the only peer that can compute."""


def phrases(texts: Sequence[str]) -> list[str]:
    """A tenth of them stand in the texts; in the others one character is another, and they do not."""
    chance = random.Random(1)
    words = sorted({word for text in texts for word in re.findall(r"[一-龥]{3,8}", text)})
    chance.shuffle(words)
    present = words[:OF_THE_TEXT]
    known, absent = set(words), dict[str, None]()
    for word in (words[OF_THE_TEXT:] * 9)[: 9 * PHRASES]:
        at = chance.randrange(len(word))
        other = word[:at] + chance.choice("的地得做作帐账象像部布份分截止至以已坐座建健") + word[at + 1 :]
        if other not in known:
            absent[other] = None
    return [*present, *list(absent)[: PHRASES - OF_THE_TEXT]]


def write(folder: Path, texts: Sequence[str]) -> None:
    """The settings of every peer."""
    words = phrases(texts)
    _json(folder / "yardstick.json", {"phrases": words, "patterns": PATTERNS})
    (folder / "phrases.txt").write_text("".join(f"{word}\n" for word in words), encoding="utf-8")
    _json(folder / "zhlintrc", {"preset": "default"})
    spelling = "".join(f"    - {word}\n" for word in words)
    (folder / "autocorrectrc").write_text(
        f"rules:\n  spellcheck: 1\nspellcheck:\n  words:\n{spelling}", encoding="utf-8"
    )
    prh = "".join(f"  - expected: {word}（规范）\n    pattern: {word}\n" for word in words)
    (folder / "prh.yml").write_text(f"version: 1\nrules:\n{prh}", encoding="utf-8")
    _json(folder / "textlintrc.json", textlint(folder / "prh.yml"))
    _json(folder / "semgrep.yml", semgrep(words))
    _json(folder / "schema.json", schema())
    functions = folder / "spectral" / "functions"
    functions.mkdir(parents=True, exist_ok=True)
    _json(folder / "spectral" / "ruleset.json", spectral(words))
    for name, function in SUMS.items():
        (functions / f"{name}.js").write_text(f"export default {function};\n", encoding="utf-8")


def _json(path: Path, data: Any) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def textlint(dictionary: Path) -> dict[str, Any]:
    """Four rules, of which one knows the phrases."""
    return {
        "rules": {
            "prh": {"rulePaths": [str(dictionary)]},
            "zh-half-and-full-width-bracket": True,
            "max-comma": {"max": 8},
            "no-mixed-zenkaku-and-hankaku-alphabet": True,
        }
    }


def semgrep(words: Sequence[str]) -> dict[str, Any]:
    """The patterns, and the phrases as one more."""
    named = {f"r{number}": pattern for number, pattern in enumerate(PORTABLE)} | {"phrases": "|".join(words)}
    common = {"languages": ["regex"], "severity": "WARNING", "message": "found"}
    return {"rules": [{"id": name, **common, "pattern-regex": pattern} for name, pattern in named.items()]}


def spectral(words: Sequence[str]) -> dict[str, Any]:
    """Patterns and phrases on each paragraph, the structure, and the sums."""

    def absent(pattern: str) -> dict[str, Any]:
        then = {"function": "pattern", "functionOptions": {"notMatch": pattern}}
        return {"given": "$.paragraphs[*].text", "severity": "warn", "message": "found", "then": then}

    def shaped(given: str, own: dict[str, Any]) -> dict[str, Any]:
        return {"given": given, "then": {"function": "schema", "functionOptions": {"schema": own}}}

    def summed(given: str, function: str) -> dict[str, Any]:
        return {"given": given, "message": "{{error}}", "then": {"function": function}}

    rules = {f"text-{number}": absent(pattern) for number, pattern in enumerate(PORTABLE[:20])}
    rules |= {
        "phrases": absent("|".join(words)),
        "title": shaped("$.title", {"type": "string", "pattern": "20\\d\\d年"}),
        "year": shaped("$.year", {"type": "integer", "minimum": 2008}),
        "rows": shaped("$.table3", {"type": "array", "minItems": 25, "maxItems": 25}),
        "cells": shaped("$.table3[*].values", FIGURES),
        "row-total": summed("$.table3[*].values", "rowtotal"),
        "column-total": summed("$.table3", "coltotal"),
        "carried-over": summed("$.table3", "carry"),
        "disputes": summed("$.table4[*]", "disputes"),
    }
    return {"functions": list(SUMS), "rules": rules}


FIGURES = {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}}


def schema() -> dict[str, Any]:
    """The structure and twenty patterns as a JSON Schema."""
    text = {"type": "string", "allOf": [{"not": {"pattern": pattern}} for pattern in PORTABLE[:20]]}
    five = {"type": "array", "minItems": 5, "maxItems": 5, "items": {"type": "integer", "minimum": 0}}
    return {
        "type": "object",
        "required": ["title", "year", "paragraphs", "table2", "table3", "table4"],
        "properties": {
            "title": {"type": "string", "pattern": "20\\d\\d年"},
            "year": {"type": "integer", "minimum": 2008},
            "paragraphs": {"type": "array", "items": {"type": "object", "properties": {"text": text}}},
            "table3": {
                "type": "array",
                "minItems": 25,
                "maxItems": 25,
                "items": {"type": "object", "properties": {"values": FIGURES}},
            },
            "table4": {"type": "object", "additionalProperties": five},
        },
    }
