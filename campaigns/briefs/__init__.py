"""Plain-language briefs read into constraints."""

from campaigns.briefs.catalogue import Catalogue
from campaigns.briefs.constraint_json import ConstraintError, constraints_from_json, constraints_to_json, replace
from campaigns.briefs.constraints import Constraints, Limit, Target
from campaigns.briefs.parsing import BriefParser, BriefRefused, ParsedBrief, Span
from campaigns.briefs.rules import RulesParser
from campaigns.briefs.wording import Chip, constraints_to_text

__all__ = [
    "BriefParser",
    "BriefRefused",
    "Catalogue",
    "Chip",
    "ConstraintError",
    "Constraints",
    "Limit",
    "ParsedBrief",
    "RulesParser",
    "Span",
    "Target",
    "constraints_from_json",
    "constraints_to_json",
    "constraints_to_text",
    "replace",
]
