"""Between a service, which returns the row it made, and the admin, which holds a row of its own."""

from django.db.models import Model


def become(*, unsaved: Model, saved: Model) -> None:
    """Make the admin's unsaved object the row that the service made."""
    for field in saved._meta.concrete_fields:
        setattr(unsaved, field.attname, getattr(saved, field.attname))
    unsaved._state.adding, unsaved._state.db = False, saved._state.db
