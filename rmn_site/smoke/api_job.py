"""The main job as an API client: four exports in, a plan drafted, allocated, approved, exported, undone."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from rmn_site.demo.cast import BRIEF, DEMO_TENANTS
from rmn_site.smoke.client import ApiClient
from rmn_site.smoke.demo import Demo
from rmn_site.smoke.exported import daily_budgets, proposed_total
from rmn_site.smoke.steps import StepLog, expect

TENANT = "smoke-api"
OWNER = f"owner@{DEMO_TENANTS[0].slug}.example.com"
SEED = 4242
LARGEST_GAP = 1e-6
LARGEST_DIFFERENCE = 1e-3
RECONCILED = ("cost", "clicks", "impressions")
TABLES = ("csv", "xlsx")
BULK_FILES = {"amazon": "amazon_bulk", "walmart": "walmart_bulk"}
# Daily budgets are rounded down to the cent, and Amazon takes none under a dollar.
LEAST_DAILY, CENT = Decimal(1), Decimal("0.01")

Report = dict[str, Any]


def run_api_job(*, demo: Demo, log: StepLog) -> Report:
    """Do the job in a tenant of its own; the figures seen. SmokeFailed names the step that went wrong."""
    with log.step("create a tenant and a token"):
        client = new_client(demo=demo, tenant=TENANT)
    with log.step("simulate four exports"):
        files = demo.manage(
            "simulate_exports", "--output", str(demo.folder / TENANT), "--seed", str(SEED), "--manufacturer", "acme"
        )["files"]
    with log.step("upload and harmonize"):
        imports = [_harmonize(client=client, path=Path(file["path"])) for file in files]
    with log.step("reconcile"):
        figures = _reconcile(client=client, imports=imports, files=files)
    with log.step("draft a plan"):
        plan = client.post("/api/v1/plans/", {"brief": BRIEF, "name": "Smoke"}, expect=201).json
        expect(plan["not_understood"] == [], step="draft a plan", reason=f"not understood: {plan['not_understood']}")
    with log.step("allocate by lp and convex"):
        figures |= _allocate_both(client=client, plan_id=plan["id"])
    with log.step("approve"):
        _act(client=client, plan_id=plan["id"], act="approve", state="approved")
    with log.step("export"):
        figures["exports"] = _export_all(client=client, plan_id=plan["id"])
    with log.step("undo"):
        _act(client=client, plan_id=plan["id"], act="undo", state="proposed")
    with log.step("verify the audit log"):
        figures["audit_rows"] = demo.manage("verify_audit", "--tenant", TENANT)["rows"]
    return {"tenant": TENANT, **figures}


def new_client(*, demo: Demo, tenant: str) -> ApiClient:
    """A client with the token of an owner of a fresh tenant."""
    demo.manage("create_tenant", tenant, "--name", "Smoke", "--owner", OWNER)
    issued = demo.manage("issue_token", "--tenant", tenant, "--user", OWNER)
    return ApiClient(url=demo.url, token=issued["secret"])


def _harmonize(*, client: ApiClient, path: Path) -> Report:
    accepted = client.upload("/api/v1/imports/", file=path)
    client.finished_operation(accepted.headers["Location"])
    found: Report = client.get(f"/api/v1/imports/{accepted.json['import_id']}/").json
    return found


def _reconcile(*, client: ApiClient, imports: list[Report], files: list[Report]) -> Report:
    """Totals of every file against what its generator wrote: 0 cents, clicks and impressions off."""
    off = dict.fromkeys(RECONCILED, Decimal(0))
    for one, file in zip(imports, files, strict=True):
        lines = client.get(f"/api/v1/imports/{one['id']}/reconciliation/").json
        for metric, harmonized in _harmonized(lines=lines):
            off[metric] += abs(harmonized - Decimal(str(file[metric])))
    rows = sum(one["rows_kept"] for one in imports)
    expect(not any(off.values()), step="reconcile", reason=f"totals differ from what was written by {off}")
    expect(rows == sum(file["rows"] for file in files), step="reconcile", reason=f"{rows} rows were kept")
    return {
        "files": len(imports),
        "rows": rows,
        "cost": str(sum(Decimal(file["cost"]) for file in files)),
        "cents_off": int(off["cost"] * 100),
        "clicks_off": int(off["clicks"]),
        "impressions_off": int(off["impressions"]),
    }


def _harmonized(*, lines: list[Report]) -> Iterator[tuple[str, Decimal]]:
    found = {line["metric"]: Decimal(str(line["harmonized"])) for line in lines}
    for metric in RECONCILED:
        expect(metric in found, step="reconcile", reason=f"no line for {metric}")
        yield metric, found[metric]


def _allocate_both(*, client: ApiClient, plan_id: str) -> Report:
    """Both methods on one plan; convex last, so that it is the one approved."""
    results = {method: _allocate(client=client, plan_id=plan_id, method=method) for method in ("lp", "convex")}
    gaps = {method: result["certificate"]["gap"] for method, result in results.items()}
    objectives = {method: result["objective"] for method, result in results.items()}
    difference = abs(objectives["lp"] - objectives["convex"]) / abs(objectives["convex"])
    expect(max(gaps.values()) <= LARGEST_GAP, step="allocate", reason=f"certificate gaps {gaps}")
    expect(difference <= LARGEST_DIFFERENCE, step="allocate", reason=f"objectives differ: {objectives}")
    return {"gap": gaps, "objective": objectives, "lp_vs_convex": difference}


def _allocate(*, client: ApiClient, plan_id: str, method: str) -> Report:
    started = client.post(f"/api/v1/plans/{plan_id}/allocate/", {"method": method}, expect=202)
    client.finished_operation(started.headers["Location"])
    plan = client.get(f"/api/v1/plans/{plan_id}/").json
    expect(plan["state"] == "proposed", step="allocate", reason=f"the plan is {plan['state']}: {plan['explanation']}")
    result: Report = plan["result"]
    return result


def _act(*, client: ApiClient, plan_id: str, act: str, state: str) -> None:
    version = client.get(f"/api/v1/plans/{plan_id}/").headers["ETag"]
    plan = client.post(f"/api/v1/plans/{plan_id}/{act}/", headers={"If-Match": version}).json
    expect(plan["state"] == state, step=act, reason=f"the plan is {plan['state']}")


def _export_all(*, client: ApiClient, plan_id: str) -> Report:
    """Tables add up to the budget less the reserve; bulk files give each retailer its part a day, and never more."""
    plan = client.get(f"/api/v1/plans/{plan_id}/").json
    asked, days = plan["constraints"], plan["horizon_days"]
    allocatable = Decimal(str(asked["budget"])) * (1 - Decimal(str(asked["reserve"])))
    found: Report = {"allocatable": str(allocatable)}
    for form in TABLES:
        total = proposed_total(form=form, content=_exported(client=client, plan_id=plan_id, form=form))
        expect(total == allocatable, step="export", reason=f"{form} adds up to {total}, not {allocatable}")
        found[form] = str(total)
    cells = client.get(f"/api/v1/plans/{plan_id}/cells/").json["results"]
    for retailer, form in BULK_FILES.items():
        spend = sum(Decimal(str(cell["proposed_spend"])) for cell in cells if cell["retailer_id"] == retailer)
        daily = daily_budgets(form=form, content=_exported(client=client, plan_id=plan_id, form=form))
        lost = spend - sum(daily) * days
        paused = daily.count(Decimal(0))
        expect(
            0 <= lost <= days * (CENT + paused * LEAST_DAILY),
            step="export",
            reason=f"{form} gives {sum(daily)} a day over {days} days, the plan {spend}",
        )
        found[form] = {"campaigns": len(daily), "a_day": str(sum(daily)), "days": days}
    return found


def _exported(*, client: ApiClient, plan_id: str, form: str) -> bytes:
    return client.get(f"/api/v1/plans/{plan_id}/export/?format={form}").content
