"""The connectors of this site, by kind (settings.SOURCE_CONNECTORS, by dotted path)."""

from django.conf import settings
from django.utils.module_loading import import_string

from harmonization.connectors.protocol import Connector


class KindUnknown(Exception):
    """There is no connector of this kind."""


def connector(*, kind: str) -> Connector:
    """Raises KindUnknown."""
    try:
        path = settings.SOURCE_CONNECTORS[kind]
    except KeyError as error:
        known = ", ".join(sorted(settings.SOURCE_CONNECTORS))
        raise KindUnknown(f"“{kind}” is not a kind of source. Known: {known}.") from error
    found: Connector = import_string(path)()
    return found


def connectors() -> tuple[Connector, ...]:
    """All of them, in the order of the settings."""
    return tuple(connector(kind=kind) for kind in settings.SOURCE_CONNECTORS)
