"""Check a copy against a retailer's policy, and read the policies."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from campaigns.creative.advert import Creative, CreativeRefused, creative_from_json
from campaigns.creative.checking import check_copy, offending_parts
from campaigns.creative.library import UnknownPack, load_pack, pack_names
from campaigns.creative.rules import Checked, Pack, Verdict
from campaigns.forms.copy_checks import CopyForm
from campaigns.selectors.policy_rows import PackStanding, cited_rows, standing_of
from campaigns.services.policy_dimension import load_packs
from campaigns.views.trail import trail
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest

TONES = {Verdict.PASS: "good", Verdict.FIX: "info", Verdict.REVIEW: "warn", Verdict.REJECT: "bad"}
PACK_COLUMNS = [
    {"label": "Pack"},
    {"label": "Rules", "numeric": True},
    {"label": "Captured on"},
    {"label": "In this workspace"},
    {"label": "Note"},
]
WORDS = {
    Verdict.PASS: "It may run: no rule of the pack is broken.",
    Verdict.FIX: "It may run once repaired; the repaired copy below was checked again.",
    Verdict.REVIEW: "A person has to look at it: evidence or an approval can cure it.",
    Verdict.REJECT: "It may not run as it is; rewrite what is marked.",
}


@requires(Action.READ_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def copy_check(request: TenantRequest) -> HttpResponse:
    form = CopyForm(request.POST or None, initial={"retailer": request.GET.get("retailer", "")})
    context: dict[str, Any] = {"form": form, "breadcrumbs": trail("Check copy")}
    if request.method == "POST" and form.is_valid():
        pack = load_pack(form.cleaned_data["retailer"])
        try:
            creative = creative_from_json(form.as_creative(), where="copy")
        except CreativeRefused as refusal:
            form.add_error(None, f"{refusal.title}. {refusal.detail}")
        else:
            checked = check_copy(pack=pack, creative=creative, on=timezone.localdate())
            context |= {"answer": _answer(pack, creative, checked)}
    return render(request, "campaigns/creative/check.html", context, status=422 if form.errors else 200)


@requires(Action.READ_PLANS)
@require_GET
def pack_list(request: TenantRequest) -> HttpResponse:
    standing = standing_of(packs=[load_pack(name) for name in pack_names()])
    context = {
        "rows": [_pack_row(one) for one in standing],
        "columns": PACK_COLUMNS,
        "may_load": Action.WRITE_DATA in request.actions,
        "is_current": all(one.is_current for one in standing),
        "breadcrumbs": _policy_trail(),
    }
    return render(request, "campaigns/creative/packs.html", context)


@requires(Action.WRITE_DATA)
@require_POST
def packs_load(request: TenantRequest) -> HttpResponse:
    loaded = load_packs(names=(), by=request.user)
    rows, changed = sum(one.rows for one in loaded), sum(one.added + one.changed + one.removed for one in loaded)
    messages.success(
        request, f"{rows} rows of {len(loaded)} packs are in this workspace's policies; {changed} changed."
    )
    return redirect("creatives:packs")


@requires(Action.READ_PLANS)
@require_GET
def pack_detail(request: TenantRequest, name: str) -> HttpResponse:
    try:
        pack = load_pack(name)
    except UnknownPack as unknown:
        raise Http404("No such policy pack.") from unknown
    rows = cited_rows(pack=pack, rules=[rule.id for rule in pack.rules])
    context = {
        "pack": pack,
        "rules": [{"rule": rule, "row": rows.get(rule.id)} for rule in pack.rules],
        "breadcrumbs": [*_policy_trail(is_last=False), {"label": pack.title}],
    }
    return render(request, "campaigns/creative/pack.html", context)


def _answer(pack: Pack, creative: Creative, checked: Checked) -> dict[str, Any]:
    findings = [finding for violation in checked.violations for finding in violation.findings]
    rows = cited_rows(pack=pack, rules=[violation.rule.id for violation in checked.violations])
    notice = WORDS[checked.verdict]
    if pack.is_empty and not checked.violations:
        notice = "Nothing is known of this retailer's own rules, so nobody can say that it passes. Ask the retailer."
    return {
        "pack": pack,
        "verdict": checked.verdict,
        "tone": TONES[checked.verdict],
        "notice": notice,
        "marked": offending_parts(creative=creative, findings=findings),
        "violations": [
            {
                "rule": violation.rule,
                "row": rows.get(violation.rule.id),
                "tone": TONES[violation.severity],
                "severity": violation.severity,
                "findings": violation.findings,
            }
            for violation in checked.violations
        ],
        "changes": checked.changes,
    }


def _pack_row(standing: PackStanding) -> dict[str, Any]:
    pack = standing.pack
    captured = max((rule.source.captured_on for rule in pack.rules), default=None)
    own = "No rules of its own" if pack.is_empty else pack.notice
    here, tone = ("Not loaded", "warn")
    if standing.version:
        here, tone = (f"Version {standing.version}", "good") if standing.is_current else ("An older state", "warn")
    return {
        "label": pack.title,
        "url": reverse("creatives:pack", args=[pack.name]),
        "cells": [
            {"value": len(pack.rules), "numeric": True},
            {"value": captured or "—"},
            {"value": here, "badge": True, "tone": tone},
            {"value": own},
        ],
    }


def _policy_trail(*, is_last: bool = True) -> list[dict[str, str]]:
    here = {"label": "Policy packs"} | ({} if is_last else {"url": reverse("creatives:packs")})
    return [*trail("")[:1], {"label": "Check copy", "url": reverse("creatives:check")}, here]
