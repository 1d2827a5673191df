"""The parser of briefs that the portal and the API use: the model reads, the rules check, doubts are asked."""

import json
from datetime import date

import structlog

from agents.guardrails.cross_check import cross_check
from agents.guardrails.injection import orders_in
from agents.models import AgentRun
from agents.services.agent_runs import Trace
from agents.services.brief_reading import ModelReading, NoReading, read_by_model
from agents.services.federation import LoRAFederation
from agents.services.tool_calls import Caller
from campaigns.briefs.catalogue import Catalogue
from campaigns.briefs.constraint_json import ConstraintError, constraints_from_json, constraints_to_json
from campaigns.briefs.constraints import Constraints
from campaigns.briefs.parsing import ParsedBrief, Span, check_readable
from campaigns.briefs.rules import FOREIGN, RulesParser
from tenants.models import User

log = structlog.get_logger(__name__)


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
            self.why_not = str(reason)
            log.info("brief_read_by_rules", why=self.why_not[:200])
            return by_rules
        return self._agreed(by_rules, self.last)

    def _agreed(self, by_rules: ParsedBrief, reading: ModelReading) -> ParsedBrief:
        model = constraints_to_json(constraints=reading.read.constraints)
        if not model:
            self.why_not = "The model abstained."
            return by_rules
        rules = constraints_to_json(constraints=by_rules.constraints)
        checked = cross_check(model=model, rules=rules, has_gap=bool(by_rules.not_understood))
        try:
            constraints = constraints_from_json(values=checked.constraints)
        except ConstraintError as error:
            self.why_not = f"What both agree on does not hold together: {error}"
            return by_rules
        questions = dict.fromkeys((*by_rules.questions, *reading.read.questions, *checked.questions))
        return ParsedBrief(
            constraints=constraints,
            not_understood=tuple(
                span for span in by_rules.not_understood if not reading.used(start=span.start, end=span.end)
            ),
            questions=tuple(questions),
            by="model",
        )


def _about_orders(text: str, orders: tuple[str, ...]) -> ParsedBrief:
    """A brief that gives orders to a model is not planned: somebody may have put them there."""
    quoted = "”, “".join(order[:60] for order in orders[:3])
    question = f"The brief holds words that read like orders to a model (“{quoted}”). Please remove or reword them."
    whole = Span(start=0, end=len(text), text=text)
    return ParsedBrief(constraints=Constraints(), not_understood=(whole,), questions=(question,), by="rules")
