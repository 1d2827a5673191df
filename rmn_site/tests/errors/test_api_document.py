"""The OpenAPI document is valid, and no two shapes share a name."""

from django.core.management import call_command


def test_the_document_is_valid_without_a_warning(tmp_path):
    target = tmp_path / "openapi.yml"

    call_command(
        "spectacular",
        urlconf="rmn_site.urls_tenant",
        api_version="v1",
        validate=True,
        fail_on_warn=True,
        file=str(target),
    )

    assert "/what-if/" in target.read_text()
