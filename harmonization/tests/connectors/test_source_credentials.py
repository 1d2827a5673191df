"""Secrets of sources: sealed, bound to their place, never shown, opened by nobody but the connector."""

import logging

import pytest
from django.db import connection
from django_tenants.utils import tenant_context

from harmonization.connectors.protocol import SourceRefused
from harmonization.models import DataSource, SourceCredential
from harmonization.services.credential_keys import KeysMissing, credential_keys, new_key
from harmonization.services.source_credentials import (
    opened_secrets,
    remove_credential,
    reseal_credentials,
    set_credential,
)
from harmonization.tests.connectors.amazon_server import SECRETS, Trouble
from tenants.models import AuditEvent


def everything_stored() -> str:
    """All text of all tables of the tenant and the public schema."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('public', %s)", [connection.schema_name]
        )
        tables = cursor.fetchall()
        texts = []
        for schema, table in tables:
            cursor.execute(f'SELECT row_to_json(t)::text FROM "{schema}"."{table}" t')
            texts += [row[0] for row in cursor.fetchall()]
    return "\n".join(texts)


def test_secrets_open_again_and_only_their_end_is_kept_in_clear(amazon_source):
    credential = SourceCredential.objects.get()

    assert opened_secrets(source=amazon_source) == SECRETS
    assert (credential.last_four, credential.set_by.email) == ("", "owner@example.com")


def test_last_four_are_of_the_refresh_token(amazon_source, owner, clock):
    values = {**SECRETS, "refresh_token": "Atzr|0123456789abcdWXYZ"}

    set_credential(source=amazon_source, values=values, by=owner, now=clock())

    assert SourceCredential.objects.get().last_four == "WXYZ"


def test_no_table_and_no_log_holds_a_secret(amazon_source, amazon, read, caplog, capsys):
    caplog.set_level(logging.DEBUG)
    amazon.troubles = [Trouble(path="store/", status=500), Trouble(path="v2/profiles", status=500)]

    read(amazon_source)

    said = everything_stored() + caplog.text + "".join(capsys.readouterr())
    links = [link for report in amazon.reports.values() for link in report.links]
    for secret in (*SECRETS.values(), *amazon.tokens, *links):
        assert secret not in said.replace("\\", ""), secret[:8]


def test_row_copied_to_another_workspace_does_not_open(amazon_source, globex):
    sealed = SourceCredential.objects.get().sealed

    with tenant_context(globex):
        copy = DataSource.objects.create(pk=amazon_source.pk, name="Stolen", kind="amazon_ads")
        SourceCredential.objects.create(source=copy, sealed=sealed, set_at="2026-01-01T00:00:00Z", last_four="")
        with pytest.raises(SourceRefused, match="another place"):
            opened_secrets(source=copy)


def test_row_copied_to_another_source_does_not_open(amazon_source, clock):
    other = DataSource.objects.create(name="Other", kind="amazon_ads")
    sealed = SourceCredential.objects.get().sealed
    SourceCredential.objects.create(source=other, sealed=sealed, set_at=clock(), last_four="")

    with pytest.raises(SourceRefused):
        opened_secrets(source=other)


def test_rotation_seals_anew_and_the_old_key_can_go(amazon_source, settings):
    old, new = settings.CREDENTIAL_KEYS[0], new_key()
    settings.CREDENTIAL_KEYS = [new, old]

    assert (reseal_credentials(by=None), reseal_credentials(by=None)) == (1, 0)

    settings.CREDENTIAL_KEYS = [new]
    assert opened_secrets(source=amazon_source) == SECRETS
    assert AuditEvent.objects.filter(kind="source.credential_resealed").count() == 1


def test_key_that_was_taken_away_too_early_is_told(amazon_source, settings, read):
    settings.CREDENTIAL_KEYS = [new_key()]

    run = read(amazon_source)

    assert run.state == "failed"
    assert "a key that this site no longer has" in run.problem["detail"]


def test_secrets_can_be_removed(amazon_source, owner, read):
    remove_credential(source=amazon_source, by=owner)
    remove_credential(source=amazon_source, by=owner)

    assert AuditEvent.objects.filter(kind="source.credential_removed").count() == 1
    assert read(amazon_source).problem["title"] == "The credentials are not complete"


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"client_id": "x"},
        {**SECRETS, "refresh_token": " "},
        {**SECRETS, "more": "x"},
        {**SECRETS, "client_id": "x" * 10_001},
    ],
)
def test_secrets_that_are_not_whole_are_refused(amazon_source, owner, clock, values):
    with pytest.raises(SourceRefused) as refusal:
        set_credential(source=amazon_source, values=values, by=owner, now=clock())

    assert SECRETS["client_secret"] not in str(refusal.value.problem)
    assert opened_secrets(source=amazon_source) == SECRETS


def test_laptop_makes_one_key_of_its_own_and_keeps_it(settings, tmp_path):
    settings.CREDENTIAL_KEYS, settings.CREDENTIAL_KEY_FILE = [], tmp_path / "new" / "credential.key"

    first, second = credential_keys(), credential_keys()

    assert first == second
    assert settings.CREDENTIAL_KEY_FILE.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in settings.CREDENTIAL_KEY_FILE.parent.iterdir()] == ["credential.key"]


@pytest.mark.parametrize("keys", [[], ["short"]])
def test_site_without_a_usable_key_says_so(settings, keys):
    settings.CREDENTIAL_KEYS, settings.CREDENTIAL_KEY_FILE = keys, None

    with pytest.raises(KeysMissing, match="CREDENTIAL_KEYS"):
        credential_keys()
