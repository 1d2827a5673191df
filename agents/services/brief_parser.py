"""The parser of briefs that the portal and the API use: the model reads, the rules check, doubts are asked."""

import json
from datetime import date

import structlog

from agents.grounding.parser import ABSTAINED, agreed, read_alone
from agents.guardrails.injection import orders_in
from agents.models import AgentRun
from agents.services.agent_runs import Trace
from agents.services.brief_reading import ModelReading, NoReading, read_by_model
from agents.services.federation import LoRAFederation
from agents.services.tool_calls import Caller
from campaigns.briefs.catalogue import Catalogue
from campaigns.briefs.constraints import Constraints
from campaigns.briefs.parsing import BriefRefused, ParsedBrief, Span, check_readable
from campaigns.briefs.rules import FOREIGN, RulesParser
from tenants.models import User

log = structlog.get_logger(__name__)
APART = "What model and rules read does not hold together."


class AgentBriefParser:
    """Same protocol as the rules. ``last`` is the model's reading of the last brief, ``why_not`` why there is none."""

    def __init__(self, *, federation: LoRAFederation | None = None) -> None:
        self._federation = federation
        self.last: ModelReading | None = None
        self.why_not = ""
        self._read: tuple[str, ParsedBrief] | None = None

    def keep_trace(self, *, about: str, by: User | None) -> None:
        """Keep how the last brief was read as an answer of the planner; nothing where none was read."""
        if self._read is None:
            return
        text, parsed = self._read
        trace = Trace(role="planner", question=text, about=about, caller=Caller(user=by, actions=frozenset()))
        if self.last is not None:
            trace.wears_composition(self.last.composition)
            trace.note_model(messages=self.last.messages, generated=self.last.generated)
        status = AgentRun.Status.ASKED if parsed.questions else AgentRun.Status.ANSWERED
        trace.end(
            status=AgentRun.Status.FALLBACK if self.why_not else status,
            answer=json.dumps(parsed.as_json()["constraints"], indent=1),
            reason=self.why_not or " ".join(parsed.questions),
        )

    def parse(self, *, text: str, catalogue: Catalogue, today: date) -> ParsedBrief:
        """What both readings agree on, and a question for everything else.

        Raises:
            BriefRefused: the text is empty or too long.
        """
        check_readable(text=text)
        self.last, self.why_not = None, ""
        parsed = self._parsed(text, catalogue, today)
        self._read = (text, parsed)
        return parsed

    def _parsed(self, text: str, catalogue: Catalogue, today: date) -> ParsedBrief:
        if orders := orders_in(text=text):
            return _about_orders(text, orders)
        by_rules = RulesParser().parse(text=text, catalogue=catalogue, today=today)
        if FOREIGN in by_rules.questions:
            return by_rules
        try:
            self.last = read_by_model(text=text, catalogue=catalogue, today=today, federation=self._federation)
        except NoReading as reason:
            return self._unread(by_rules, str(reason))
        found = self._combined(ours=self.last, theirs=by_rules, today=today)
        if found.by == "rules":
            self.why_not = ABSTAINED if self.last.read.has_abstained else APART
        return found

    def _unread(self, by_rules: ParsedBrief, reason: str) -> ParsedBrief:
        self.why_not = reason
        log.info("brief_read_by_rules", why=reason[:200])
        return by_rules

    def _combined(self, *, ours: ModelReading, theirs: ParsedBrief, today: date) -> ParsedBrief:
        return agreed(ours=ours.read, theirs=theirs, today=today)


class LoneModelParser(AgentBriefParser):
    """The model without the rules, to see what it reads; refuses where it cannot serve."""

    def _unread(self, by_rules: ParsedBrief, reason: str) -> ParsedBrief:
        raise BriefRefused(f"The model cannot read briefs here. {reason}")

    def _combined(self, *, ours: ModelReading, theirs: ParsedBrief, today: date) -> ParsedBrief:
        return read_alone(ours=ours.read)


def _about_orders(text: str, orders: tuple[str, ...]) -> ParsedBrief:
    """A brief that gives orders to a model is not planned: somebody may have put them there."""
    quoted = "”, “".join(order[:60] for order in orders[:3])
    question = f"The brief holds words that read like orders to a model (“{quoted}”). Please remove or reword them."
    whole = Span(start=0, end=len(text), text=text)
    return ParsedBrief(constraints=Constraints(), not_understood=(whole,), questions=(question,), by="rules")
