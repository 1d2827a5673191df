"""The main job as a person does it, with Chromium: upload, brief, plan, approve, export, undo, change, plan again."""

from pathlib import Path
from typing import Any

from rmn_site.demo.cast import BRIEF, DEMO_TENANTS, PASSWORD
from rmn_site.smoke.chromium import Complaints, new_context, open_browser
from rmn_site.smoke.demo import Demo
from rmn_site.smoke.exported import proposed_total
from rmn_site.smoke.person import Person
from rmn_site.smoke.steps import StepLog, expect

TENANT = "smoke-browser"
OWNER = f"owner@{DEMO_TENANTS[0].slug}.example.com"
SEED = 4243
NEW_BUDGET = "2000000"
MOST_CLICKS = 12

Report = dict[str, Any]


def run_browser_job(*, demo: Demo, log: StepLog) -> Report:
    """Do the job in a tenant of its own; the figures seen. SmokeFailed names the step that went wrong."""
    with log.step("create a tenant and four exports"):
        demo.manage("create_tenant", TENANT, "--name", "Smoke browser", "--owner", OWNER)
        folder = demo.folder / TENANT
        exports = demo.manage(
            "simulate_exports", "--output", str(folder), "--seed", str(SEED), "--manufacturer", "acme"
        )
    with open_browser() as browser:
        context, complaints = new_context(browser=browser, url=demo.url)
        person = Person(page=context.new_page(), url=demo.url)
        figures = _main_job(person=person, files=[Path(file["path"]) for file in exports["files"]], log=log)
        figures |= _second_thoughts(person=person, folder=folder, log=log)
    return {"tenant": TENANT, **figures, **_complaints(complaints)}


def _main_job(*, person: Person, files: list[Path], log: StepLog) -> Report:
    """From sign-in to an approved plan; clicks are counted from inside the workspace."""
    with log.step("sign in"):
        person.sign_in(email=OWNER, password=PASSWORD)
        person.open_workspace(slug=TENANT)
    with log.step("upload and harmonize"):
        person.follow("Data")
        person.upload(files=files)
        person.wait_for_imports(count=len(files))
    with log.step("write the brief"):
        person.write_brief(brief=BRIEF)
    with log.step("plan"):
        seconds = person.plan()
    with log.step("approve"):
        person.confirm(opener="Approve", button="Approve")
        person.wait_for_state("Approved")
    clicks = person.clicks
    expect(clicks <= MOST_CLICKS, step="approve", reason=f"{clicks} clicks from upload to approval")
    return {"files": len(files), "clicks_to_approval": clicks, "plan_seconds": seconds}


def _second_thoughts(*, person: Person, folder: Path, log: StepLog) -> Report:
    """Export, undo, a smaller budget, another proposal."""
    with log.step("export"):
        path = person.export(label="CSV table", folder=folder)
        exported = proposed_total(form="csv", content=path.read_bytes())
    with log.step("undo"):
        person.confirm(opener="Undo approval", button="Undo approval")
        person.wait_for_state("Proposed")
    with log.step("change a constraint and plan again"):
        person.change_constraint(chip="Budget", field_label="Amount", value=NEW_BUDGET)
        seconds = person.plan(button="Plan again")
    return {"exported": str(exported), "plan_again_seconds": seconds}


def _complaints(complaints: Complaints) -> Report:
    """None of any kind: errors of the console (the content policy's are among them), failed and foreign requests."""
    expect(complaints.all() == [], step="listen to the browser", reason="; ".join(complaints.all()[:10]))
    return {
        "console_errors": len(complaints.console),
        "failed_requests": len(complaints.failed),
        "foreign_requests": len(complaints.foreign),
    }
