"""Whether a rule applies to a report: its forms, years, issuers, figures and facts."""

from __future__ import annotations

from gilint import arithmetic
from gilint.model import Outcome
from gilint.patterns import finds_one

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from gilint.model import Report
    from gilint.ruleset import Rule


class Conditions:
    """Judges the ``applies`` and ``needs`` of rules, and says in the language of the run what does not hold."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def hold(self, applies: Mapping[str, Any], report: Report) -> bool:
        """Whether all conditions but those of facts hold for a report."""
        return not self._outside(applies, report) and self._unmet(applies, report) is None

    def outcome(self, rule: Rule, report: Report) -> Outcome | None:
        """What becomes of a rule that does not apply to a report; ``None`` where it does."""
        reason = self._outside(rule.applies, report)
        if reason:
            return Outcome("not_applicable", reason)
        return self._unmet(rule.applies, report) or self._unknown_fact(rule, report)

    def _outside(self, applies: Mapping[str, Any], report: Report) -> str:
        """Why the rule does not apply, or nothing."""
        reason = self.set_apart(applies, report)
        if reason:
            return reason
        issuer = report.issuer
        if issuer and "unless_issuer" in applies and finds_one(tuple(applies["unless_issuer"]), issuer):
            return self._say(f"不适用于{issuer}", f"not for {issuer}")
        return ""

    def set_apart(self, applies: Mapping[str, Any], report: Report) -> str:
        """Why the rule is not for reports of this form, year or kind of issuer, or nothing."""
        if not applies:
            return ""
        forms = applies.get("forms")
        if forms and report.form.id not in forms and report.form.id.rpartition("/")[2] not in forms:
            return self._say(f"不适用于 {report.form.id} 格式", f"not for the form {report.form.id}")
        years = applies.get("years")
        if years and report.year is not None and not years.get("from", 0) <= report.year <= years.get("to", 9999):
            return self._say(f"不适用于 {report.year} 年", f"not for {report.year}")
        kinds = applies.get("issuer_kinds")
        if kinds and report.issuer_kind not in kinds:
            kind = report.issuer_kind or self._say("类别不明", "unknown kind")
            return self._say(f"不适用于这类机关（{kind}）", f"not for this kind of issuer ({kind})")
        return ""

    def _unmet(self, applies: Mapping[str, Any], report: Report) -> Outcome | None:
        """What becomes of a rule whose condition does not hold, or needs the report of last year."""
        condition = applies.get("when_compiled")
        if condition is None:
            return None
        holds = arithmetic.judge(condition, arithmetic.reader_of(report))
        if holds is None or report.previous is not None:
            from gilint.checks.lastyear import is_named, obstacle

            reason = obstacle(report) if is_named(condition) else None
            if reason is not None:
                return Outcome("could_not_check", reason.reason[self.lang])
        if holds:
            return None
        zh, en = f"条件不成立：{applies['when']}", f"condition does not hold: {applies['when']}"
        return Outcome("not_applicable", self._say(zh, en))

    def _unknown_fact(self, rule: Rule, report: Report) -> Outcome | None:
        for need in rule.needs:
            fact, _, wanted = need.partition("=")
            if fact not in report.facts:
                zh = f"需要知道 {fact}（配置 [facts] {fact}）"
                return Outcome("could_not_check", self._say(zh, f"the fact {fact!r} is not given ([facts] {fact})"))
            known = report.facts[fact]
            if wanted and str(known).lower() != wanted.lower():
                return Outcome("not_applicable", self._say(f"{fact} 不是 {wanted}", f"{fact} is not {wanted}"))
        return None

    def _say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en
