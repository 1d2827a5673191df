"""A workspace that has been used: imports and plans in every state, made through the product's services."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.files import File
from django.utils import timezone
from django_tenants.utils import tenant_context

from campaigns.models import Plan
from campaigns.services.approval import approve_plan
from campaigns.services.drafting import draft_plan
from campaigns.services.planning import request_planning
from campaigns.simulation import build_world, write_exports
from harmonization.mapping.library import library_text
from harmonization.models import Anomaly, HeldDay, ImportRun, MappingDraft
from harmonization.selectors.imports import latest_import_with
from harmonization.selectors.mapping_versions import find_mapping
from harmonization.services.mapping_drafts import start_draft
from harmonization.services.mapping_trials import request_trial
from harmonization.services.mapping_versions import save_version
from harmonization.services.uploads import MappingUnknown, receive_upload
from harmonization.tests.files import alpha_bytes
from harmonization.tests.network_forty import NAME as FORTY_COLUMNS
from harmonization.tests.network_forty import forty_columns
from rmn_site.demo.seeding import BRIEF, add_catalogue
from rmn_site.tests.browser.portal_pages import PASSWORD, PEOPLE
from rmn_site.tests.browser.seeded_adapters import seed_adapters
from rmn_site.tests.browser.seeded_agents import seed_agents
from rmn_site.tests.browser.seeded_decisions import seed_decisions
from rmn_site.tests.browser.seeded_experiments import seed_experiments
from rmn_site.tests.browser.seeded_products import seed_products
from rmn_site.tests.browser.seeded_training import seed_training
from rmn_site.tests.browser.source_seeding import seed_sources
from tenants.models import Operation, OutboxMessage, Tenant, User
from tenants.services.operation_runs import run_operation

DAYS = 56
START = date(2026, 4, 6)
IMPOSSIBLE = "Spend $400,000 on Amazon and Walmart, ROAS at least 30"
WITHOUT_BUDGET = "Spend more at Amazon and less at Walmart, and mind the gap"


@dataclass(frozen=True, kw_only=True)
class Uploaded:
    """An import and the operation that reads it."""

    run: ImportRun
    operation: Operation


def seed_site() -> dict[str, str]:
    """Fill acme; ids by the names that addresses of pages use. Globex stays empty."""
    for person in PEOPLE:
        user = User.objects.get(email=f"{person}@example.com")
        user.set_password(PASSWORD)
        user.save()
        EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"primary": True, "verified": True})
    owner = User.objects.get(email="owner@example.com")
    with tenant_context(Tenant.objects.get(slug="acme")):
        seeded = {**_imports(by=owner), **_plans(by=owner), **_mappings(by=owner)}
        seeded |= {**seed_sources(by=owner), **seed_products(by=owner), **seed_experiments(by=owner)}
        seeded |= {**seed_decisions(by=owner), **seed_agents(by=owner)}
        seeded |= {**seed_adapters(by=owner), **seed_training(by=owner)}
    OutboxMessage.objects.all().delete()  # what waits goes on waiting when a worker comes
    return seeded


def _imports(*, by: User) -> dict[str, str]:
    world = build_world(seed=7, start=START, days=DAYS, manufacturer="acme")
    add_catalogue(world=world)
    exports = write_exports(world=world, directory=Path(settings.DATA_DIR) / "exports")
    runs = {export.retailer_id: _upload_file(path=export.path, by=by) for export in exports}
    alpha = next(export.path for export in exports if export.retailer_id == "alpha").read_text(encoding="utf-8")
    head = alpha.splitlines()[:40]
    with_rejects = [*head, head[1].replace(head[1].split(",")[1], "no-date"), head[2]]
    for uploaded in runs.values():
        _perform(uploaded.operation)
    rejected = _upload(name="alpha-with-a-bad-row.csv", lines=with_rejects, by=by)
    _perform(rejected.operation)
    refused = _upload(name="alpha-without-rows.csv", lines=head[:1], by=by)
    _perform(refused.operation)
    waiting = _upload(name="alpha-waiting.csv", lines=head[:20], by=by)
    return {
        "import": str(runs["amazon"].run.pk),
        "import_with_rejects": str(rejected.run.pk),
        "import_refused": str(refused.run.pk),
        "import_waiting": str(waiting.run.pk),
        "held_on": str(HeldDay.objects.filter(retailer_id="alpha").latest("event_date").event_date),
        "anomaly": str(_anomaly().pk),
        "operation_done": str(runs["amazon"].operation.pk),
        "operation_failed": str(refused.operation.pk),
        "operation_waiting": str(waiting.operation.pk),
    }


def _mappings(*, by: User) -> dict[str, str]:
    """Zepto is the workspace's own: nothing else of the seeded site reads it."""
    text = library_text(name="zepto").replace("INR", "EUR")
    save_version(name="zepto", text=text, note="Invoices come in euros", parent_number=0, by=by)
    unknown = _draft(content=forty_columns().content, name=FORTY_COLUMNS, by=by)
    changed = _draft(content=alpha_bytes().replace(b"spend_usd", b"media_cost"), name="alpha-changed.csv", by=by)
    alpha = find_mapping(name="alpha")
    assert alpha is not None
    edited = start_draft(known=alpha, run=latest_import_with(mapping_name="alpha"), by=by)
    trial = request_trial(known=alpha, by=by)
    _perform(trial)
    return {
        "draft": str(unknown.pk),
        "draft_of_alpha": str(edited.pk),
        "draft_changed": str(changed.pk),
        "trial": str(trial.pk),
    }


def _draft(*, content: bytes, name: str, by: User) -> MappingDraft:
    """What an upload of a layout that no mapping fits leaves."""
    with pytest.raises(MappingUnknown) as unknown:
        receive_upload(file=File(BytesIO(content), name=name), file_name=name, mapping_name=None, by=by)
    draft = unknown.value.draft
    assert draft is not None
    return draft


def _anomaly() -> Anomaly:
    """One that watching found, or one as it would be told, where the simulated days are all ordinary."""
    now = timezone.now()
    return Anomaly.objects.first() or Anomaly.objects.create(
        retailer_id="alpha",
        event_date=START,
        kind="outlier",
        metric="cost",
        summary="Cost is far above what is usual",
        observed="2,500.00 USD",
        expected="210.00 USD to 290.00 USD",
        oddness=14.2,
        odds="less than once in a million ordinary days",
        cause="Cost is about ten times what is usual.",
        advice="Compare the file's amounts with the console.",
        found_at=now,
        last_found_at=now,
    )


def _plans(*, by: User) -> dict[str, str]:
    approved = _planned(brief=BRIEF, name="Summer push", by=by)
    approve_plan(plan=approved, by=by, version=approved.version, now=timezone.now())
    planning = draft_plan(brief=BRIEF, by=by, name="In the works")
    request_planning(plan=planning, method="convex", by=by)
    return {
        "plan_approved": str(approved.pk),
        "plan_planning": str(planning.pk),
        "plan_proposed": str(_planned(brief=BRIEF, name="Next quarter", by=by).pk),
        "plan_infeasible": str(_planned(brief=IMPOSSIBLE, name="Too much to ask", by=by).pk),
        "plan_draft": str(draft_plan(brief=WITHOUT_BUDGET, by=by).pk),
    }


def _planned(*, brief: str, name: str, by: User) -> Plan:
    plan = draft_plan(brief=brief, by=by, name=name)
    _perform(request_planning(plan=plan, method=plan.method, by=by))
    plan.refresh_from_db()
    return plan


def _upload_file(*, path: Path, by: User) -> Uploaded:
    with path.open("rb") as file:
        return _uploaded(file=File(file), name=path.name, by=by)


def _upload(*, name: str, lines: list[str], by: User) -> Uploaded:
    content = ("\n".join(lines) + "\n").encode()
    return _uploaded(file=File(BytesIO(content), name=name), name=name, by=by)


def _uploaded(*, file: File, name: str, by: User) -> Uploaded:
    run, operation = receive_upload(file=file, file_name=name, mapping_name=None, by=by)
    assert operation is not None, f"{name} was taken in before"
    return Uploaded(run=run, operation=operation)


def _perform(operation: Operation) -> None:
    run_operation(operation_id=str(operation.pk))
