"""Read a brief with the parser of the settings, knowing this tenant's retailers, placements and brands."""

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from campaigns.briefs.catalogue import Catalogue
from campaigns.briefs.parsing import BriefParser, ParsedBrief
from campaigns.selectors.history import brand_names, placement_names, retailer_names


def parse_tenant_brief(*, text: str, by: str = "") -> ParsedBrief:
    """Constraints, what was not understood, questions and by whom.

    Args:
        by: a name of ``settings.BRIEF_PARSERS``: both, model or rules; empty for the one that plans are made with.

    Raises:
        BriefRefused: the brief is empty or too long to be one, or only the model was to read and cannot.
    """
    return parse_with(parser=configured_parser(by=by), text=text)


def configured_parser(*, by: str = "") -> BriefParser:
    """A parser by its name, or as ``settings.BRIEF_PARSER`` names it."""
    parser: BriefParser = import_string(settings.BRIEF_PARSERS[by] if by else settings.BRIEF_PARSER)()
    return parser


def parse_with(*, parser: BriefParser, text: str) -> ParsedBrief:
    """As ``parse_tenant_brief``, by a parser at hand."""
    return parser.parse(text=text, catalogue=tenant_catalogue(), today=timezone.localdate())


def tenant_catalogue() -> Catalogue:
    """The names a brief of this tenant may use."""
    return Catalogue(retailers=retailer_names(), placements=placement_names(), brands=brand_names())
