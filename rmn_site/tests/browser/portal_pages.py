"""Every page that a person can open, in the states worth looking at; and what is reachable but is no page."""

from dataclasses import dataclass

PASSWORD = "a-long-passphrase-for-browsers"
PEOPLE = ("owner", "teammate", "stranger")


@dataclass(frozen=True, kw_only=True)
class PortalPage:
    """One page in one state.

    Attributes:
        route: name of the route it shows; several pages may show one route.
        path: address, with fields of what was seeded.
        person: who looks, empty for nobody; ``stranger`` is the owner of globex, which holds no data.
        rendered: template that is shown in place of the server's answer, for errors a test cannot bring about.
    """

    name: str
    route: str
    path: str
    person: str = "owner"
    status: int = 200
    rendered: str = ""


def _page(name: str, route: str, path: str, person: str = "owner", status: int = 200) -> PortalPage:
    return PortalPage(name=name, route=route, path=path, person=person, status=status)


def _error(template: str, status: int) -> PortalPage:
    return PortalPage(name=template, route="", path="/t/acme/", status=status, rendered=f"{template}.html")


PAGES = (
    _page("dashboard", "home:dashboard", "/t/acme/"),
    _page("dashboard-90-days", "home:dashboard", "/t/acme/?days=90"),
    _page("dashboard-viewer", "home:dashboard", "/t/acme/", "teammate"),
    _page("dashboard-empty", "home:dashboard", "/t/globex/", "stranger"),
    _page("data", "harmonization:import_list", "/t/acme/data/"),
    _page("data-empty", "harmonization:import_list", "/t/globex/data/", "stranger"),
    _page("data-none-found", "harmonization:import_list", "/t/acme/data/?mapping=criteo"),
    _page("upload", "harmonization:upload", "/t/acme/data/upload/"),
    _page("import", "harmonization:import_detail", "/t/acme/data/imports/{import}/"),
    _page("import-with-rejects", "harmonization:import_detail", "/t/acme/data/imports/{import_with_rejects}/"),
    _page("import-refused", "harmonization:import_detail", "/t/acme/data/imports/{import_refused}/"),
    _page("import-waiting", "harmonization:import_detail", "/t/acme/data/imports/{import_waiting}/"),
    _page(
        "reconciliation", "harmonization:import_reconciliation", "/t/acme/data/imports/{import}/reconciliation/cost/"
    ),
    _page("sources", "harmonization:source_list", "/t/acme/data/sources/"),
    _page("sources-viewer", "harmonization:source_list", "/t/acme/data/sources/", "teammate"),
    _page("sources-empty", "harmonization:source_list", "/t/globex/data/sources/", "stranger"),
    _page("source-kinds", "harmonization:source_kinds", "/t/acme/data/sources/new/"),
    _page("source-add-folder", "harmonization:source_add", "/t/acme/data/sources/new/watched_folder/"),
    _page("source-add-amazon", "harmonization:source_add", "/t/acme/data/sources/new/amazon_ads/"),
    _page("source", "harmonization:source_detail", "/t/acme/data/sources/{source}/"),
    _page("source-failed", "harmonization:source_detail", "/t/acme/data/sources/{source_failed}/"),
    _page("source-change", "harmonization:source_edit", "/t/acme/data/sources/{source}/edit/"),
    _page("source-credential", "harmonization:source_credential", "/t/acme/data/sources/{source_failed}/credential/"),
    _page("source-run", "harmonization:source_run", "/t/acme/data/sources/{source}/runs/{source_run}/"),
    _page("windows", "harmonization:windows", "/t/acme/data/windows/"),
    _page("rates", "harmonization:fx_rates", "/t/acme/data/rates/"),
    _page("products", "harmonization:product_list", "/t/acme/data/products/"),
    _page("products-none-found", "harmonization:product_list", "/t/acme/data/products/?q=zzzz"),
    _page("products-empty", "harmonization:product_list", "/t/globex/data/products/", "stranger"),
    _page("product", "harmonization:product_detail", "/t/acme/data/products/{product}/"),
    _page("audiences", "harmonization:audience_list", "/t/acme/data/audiences/"),
    _page("policies", "harmonization:policy_list", "/t/acme/data/policies/"),
    _page("crosswalk", "harmonization:crosswalk", "/t/acme/data/crosswalk/"),
    _page("crosswalk-viewer", "harmonization:crosswalk", "/t/acme/data/crosswalk/", "teammate"),
    _page("crosswalk-empty", "harmonization:crosswalk", "/t/globex/data/crosswalk/", "stranger"),
    _page("crosswalk-bulk", "harmonization:crosswalk_bulk", "/t/acme/data/crosswalk/bulk/?least=80"),
    _page("crosswalk-codes", "harmonization:crosswalk_codes", "/t/acme/data/crosswalk/codes/"),
    _page("mappings", "harmonization:mapping_list", "/t/acme/data/mappings/"),
    _page("mapping", "harmonization:mapping_detail", "/t/acme/data/mappings/amazon_sp_v3/"),
    _page("mapping-own", "harmonization:mapping_detail", "/t/acme/data/mappings/zepto/"),
    _page("mapping-version", "harmonization:mapping_version", "/t/acme/data/mappings/zepto/versions/0/"),
    _page(
        "mapping-compare", "harmonization:mapping_difference", "/t/acme/data/mappings/zepto/compare/?before=0&after=1"
    ),
    _page("calendar", "harmonization:calendar", "/t/acme/data/calendar/"),
    _page("calendar-empty", "harmonization:calendar", "/t/globex/data/calendar/", "stranger"),
    _page("day", "harmonization:day_detail", "/t/acme/data/days/alpha/{held_on}/"),
    _page("day-as-of", "harmonization:day_detail", "/t/acme/data/days/alpha/{held_on}/?as_of=2100-01-01"),
    _page("console", "harmonization:day_metric", "/t/acme/data/console/alpha/{held_on}/revenue/"),
    _page("console-asked", "harmonization:day_metric", "/t/acme/data/console/alpha/{held_on}/cost/?console=123.45"),
    _page("anomalies", "harmonization:anomaly_list", "/t/acme/data/anomalies/?state="),
    _page("anomalies-empty", "harmonization:anomaly_list", "/t/globex/data/anomalies/", "stranger"),
    _page("anomaly", "harmonization:anomaly_detail", "/t/acme/data/anomalies/{anomaly}/"),
    _page("held", "harmonization:held_list", "/t/acme/data/held/"),
    _page("held-empty", "harmonization:held_list", "/t/globex/data/held/", "stranger"),
    _page("mapping-trial", "harmonization:trial_detail", "/t/acme/data/mappings/alpha/trials/{trial}/"),
    _page("layout-unknown", "harmonization:draft_confirm", "/t/acme/data/drafts/{draft}/"),
    _page("mapping-editor", "harmonization:draft_edit", "/t/acme/data/drafts/{draft_of_alpha}/edit/"),
    _page("mapping-editor-forty", "harmonization:draft_edit", "/t/acme/data/drafts/{draft}/edit/"),
    _page("mapping-editor-changed", "harmonization:draft_edit", "/t/acme/data/drafts/{draft_changed}/edit/"),
    _page("mapping-as-text", "harmonization:draft_text", "/t/acme/data/drafts/{draft_of_alpha}/text/"),
    _page("plans", "campaigns:plan_list", "/t/acme/plans/"),
    _page("plans-empty", "campaigns:plan_list", "/t/globex/plans/", "stranger"),
    _page("plan-new", "campaigns:plan_new", "/t/acme/plans/new/"),
    _page("plan-draft", "campaigns:plan_detail", "/t/acme/plans/{plan_draft}/"),
    _page("plan-planning", "campaigns:plan_detail", "/t/acme/plans/{plan_planning}/"),
    _page("plan-proposed", "campaigns:plan_detail", "/t/acme/plans/{plan_proposed}/"),
    _page("plan-proposed-viewer", "campaigns:plan_detail", "/t/acme/plans/{plan_proposed}/", "teammate"),
    _page("plan-approved", "campaigns:plan_detail", "/t/acme/plans/{plan_approved}/"),
    _page("plan-infeasible", "campaigns:plan_detail", "/t/acme/plans/{plan_infeasible}/"),
    _page("plan-new-from-example", "campaigns:plan_new", "/t/acme/plans/new/?example=1"),
    _page("plan-change-budget", "campaigns:constraint_edit", "/t/acme/plans/{plan_proposed}/constraints/budget/"),
    _page("plan-approve", "campaigns:plan_approve", "/t/acme/plans/{plan_proposed}/approve/"),
    _page("plan-undo", "campaigns:plan_undo", "/t/acme/plans/{plan_approved}/undo/"),
    _page("plan-withdraw", "campaigns:plan_withdraw", "/t/acme/plans/{plan_proposed}/withdraw/"),
    _page("assumptions", "campaigns:assumptions", "/t/acme/plans/assumptions/"),
    _page("assumption", "campaigns:assumption_edit", "/t/acme/plans/assumptions/amazon/"),
    _page("approval-policy", "campaigns:approval_policy", "/t/acme/plans/policy/"),
    _page("approval-policy-viewer", "campaigns:approval_policy", "/t/acme/plans/policy/", "teammate"),
    _page("approval-policy-change", "campaigns:approval_policy_edit", "/t/acme/plans/policy/edit/"),
    _page("activity", "operations:operation_list", "/t/acme/activity/"),
    _page("activity-empty", "operations:operation_list", "/t/globex/activity/", "stranger"),
    _page("operation-done", "operations:operation_detail", "/t/acme/activity/{operation_done}/"),
    _page("operation-failed", "operations:operation_detail", "/t/acme/activity/{operation_failed}/"),
    _page("operation-waiting", "operations:operation_detail", "/t/acme/activity/{operation_waiting}/"),
    _page("audit", "operations:audit_list", "/t/acme/audit/"),
    _page("audit-verified", "operations:audit_list", "/t/acme/audit/?verify=1"),
    _page("people", "operations:settings", "/t/acme/settings/"),
    _page("tokens", "operations:token_list", "/t/acme/settings/tokens/"),
    _page("workspaces", "workspaces", "/", "owner"),
    _page("sign-in", "account_login", "/accounts/login/", ""),
    _page("sign-out", "account_logout", "/accounts/logout/"),
    _page("sign-up-closed", "account_signup", "/accounts/signup/", ""),
    _page("account-inactive", "account_inactive", "/accounts/inactive/", ""),
    _page("e-mail-addresses", "account_email", "/accounts/email/"),
    _page("verification-sent", "account_email_verification_sent", "/accounts/confirm-email/"),
    _page("password-change", "account_change_password", "/accounts/password/change/"),
    _page("password-reset", "account_reset_password", "/accounts/password/reset/", ""),
    _page("password-reset-sent", "account_reset_password_done", "/accounts/password/reset/done/", ""),
    _page("password-reset-from-mail", "account_reset_password_from_key", "/accounts/password/reset/key/1-bad-key/", ""),
    _page("password-was-reset", "account_reset_password_from_key_done", "/accounts/password/reset/key/done/", ""),
    _page("confirm-e-mail", "account_confirm_email", "/accounts/confirm-email/unknown/", ""),
    _page("sign-in-again", "account_reauthenticate", "/accounts/reauthenticate/"),
    _page("mfa", "mfa_index", "/accounts/2fa/"),
    _page("mfa-activate", "mfa_activate_totp", "/accounts/2fa/totp/activate/"),
    _page("not-found", "", "/t/acme/no-such-page/", "owner", 404),
    _page("not-found-outside", "", "/no-such-page/", "", 404),
    _page("forbidden", "", "/t/acme/audit/", "teammate", 403),
    _error("400", 400),
    _error("403_csrf", 403),
    _error("429", 429),
    _error("500", 500),
    _error("503", 503),
)

NOT_PAGES = {
    "harmonization:import_fx_rates": "POST",
    "harmonization:import_sample": "POST",
    "harmonization:source_test": "POST",
    "harmonization:source_run_now": "POST",
    "harmonization:source_pause": "POST",
    "harmonization:product_export": "file",
    "harmonization:crosswalk_run": "POST",
    "harmonization:crosswalk_export": "file",
    "harmonization:code_withdraw": "POST",
    "harmonization:candidate_decide": "POST",
    "harmonization:import_progress": "fragment of the import's page",
    "harmonization:import_rejects": "file",
    "harmonization:mapping_restore": "POST",
    "harmonization:anomaly_decide": "POST",
    "harmonization:held_accept": "POST",
    "harmonization:held_refuse": "POST",
    "harmonization:alarm_acknowledge": "POST",
    "harmonization:version_edit": "POST",
    "harmonization:version_try": "POST",
    "harmonization:import_edit": "POST",
    "harmonization:draft_confirm_preview": "fragment of the page of a new layout",
    "harmonization:draft_edit_preview": "fragment of the mapping editor",
    "harmonization:draft_discard": "POST",
    "harmonization:draft_save": "POST",
    "campaigns:brief_preview": "fragment of the page of a new plan",
    "campaigns:plan_progress": "fragment of the plan's page",
    "campaigns:plan_curve": "fragment of the plan's page",
    "campaigns:constraint_panel": "fragment of the plan's page",
    "campaigns:constraint_remove": "POST",
    "campaigns:version_restore": "POST",
    "campaigns:plan_request": "POST",
    "campaigns:relaxation_apply": "POST",
    "campaigns:plan_export": "file",
    "operations:operation_progress": "fragment of the operation's page",
    "operations:operation_cancel": "POST",
    "operations:operation_retry": "POST",
    "operations:audit_export": "file",
    "operations:member_add": "POST",
    "operations:member_role": "POST",
    "operations:member_remove": "POST",
    "operations:token_revoke": "POST",
    "favicon": "picture",
    "metrics": "text for machines",
    "api_without_tenant": "API",
    "schema": "document for machines",
    "api_docs": "Swagger UI as its authors made it; has a test of its own",
    "account_set_password": "leads to password-change for whoever has a password",
    "account_confirm_login_code": "sign-in by e-mailed code is switched off",
    "mfa_authenticate": "second step of a sign-in, needs one under way",
    "mfa_reauthenticate": "needs an authenticator",
    "mfa_deactivate_totp": "needs an authenticator",
    "mfa_view_recovery_codes": "needs an authenticator",
    "mfa_generate_recovery_codes": "needs an authenticator",
    "mfa_download_recovery_codes": "file",
}
