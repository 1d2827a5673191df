"""A watched folder: whole files, each once, in order; nothing outside it, nothing deleted, no key of the server."""

import json
import os
from datetime import timedelta
from importlib.util import find_spec

import fsspec
import pytest

from harmonization.connectors.file_systems import file_system
from harmonization.connectors.protocol import SourceRefused
from harmonization.models import ImportRun, SourceFile, SourceRun
from harmonization.services.source_credentials import set_credential
from harmonization.services.sources import SourceSettings, create_source, probe_source, update_source
from harmonization.tests.connectors.conftest import DAILY, START
from harmonization.tests.files import alpha_bytes, beta_bytes, unknown_layout


def put(folder, name: str, content: bytes, *, minutes_ago: int = 60, is_done: bool = True) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    at = (START - timedelta(minutes=minutes_ago)).timestamp()
    os.utime(path, (at, at))
    if is_done:
        (folder / f"{name}.done").touch()


def wish_for(url: str, **options: str) -> SourceSettings:
    return SourceSettings(name="Exports", options={"url": url, **options}, schedule=DAILY)


def test_file_with_a_marker_is_taken_at_once_and_becomes_facts(folder_source, exports, read, run_operations):
    put(exports, "alpha.csv", alpha_bytes())

    run = read(folder_source)
    run_operations()

    imported = ImportRun.objects.get()
    assert (run.state, run.files_seen, run.files_taken) == ("done", 1, 1)
    assert (imported.file_name, imported.state, imported.is_reconciled) == ("alpha.csv", "done", True)
    assert (exports / "alpha.csv").read_bytes() == alpha_bytes()


def test_file_without_a_marker_is_taken_when_two_looks_saw_the_same(folder_source, exports, clock, read, go_on):
    put(exports, "alpha.csv", alpha_bytes()[:500], is_done=False)
    run = read(folder_source)
    assert SourceFile.objects.get().state == "settling"
    put(exports, "alpha.csv", alpha_bytes(), minutes_ago=1, is_done=False)

    run = go_on(run)
    assert (run.state, ImportRun.objects.count()) == ("running", 0)
    run = go_on(run)

    assert (run.state, run.files_taken, SourceFile.objects.get().state) == ("done", 1, "taken")
    assert ImportRun.objects.get().file_size == len(alpha_bytes())


def test_file_that_grows_all_the_time_does_not_hold_the_run_for_ever(folder_source, exports, clock, read, go_on):
    put(exports, "log.csv", b"x", is_done=False)
    run, size = read(folder_source), 1
    while run.state == SourceRun.State.RUNNING:
        size += 1
        put(exports, "log.csv", b"x" * size, is_done=False)
        run = go_on(run)

    assert (run.note, size) == ("1 still growing; left for the next run.", 20)
    assert SourceFile.objects.count() == 1


def test_next_run_takes_only_what_is_new_or_changed(folder_source, exports, read, run_operations):
    put(exports, "a.csv", alpha_bytes())
    put(exports, "b.csv", beta_bytes())
    read(folder_source)
    put(exports, "c.csv", alpha_bytes().replace(b"Oat bar", b"Oat snack"))
    put(exports, "b.csv", beta_bytes().replace(b"12500000", b"12600000"), minutes_ago=5)

    run = read(folder_source)

    assert (run.files_seen, run.files_taken, run.files_skipped) == (3, 2, 1)
    assert sorted(run.files.values_list("name", flat=True)) == ["b.csv", "c.csv"]
    assert ImportRun.objects.count() == 4


def test_same_bytes_with_another_date_change_nothing(folder_source, exports, read, run_operations):
    put(exports, "a.csv", alpha_bytes())
    read(folder_source)
    run_operations()
    put(exports, "a.csv", alpha_bytes(), minutes_ago=1)

    run = read(folder_source)

    assert (run.files_taken, run.files_skipped, ImportRun.objects.count()) == (0, 1, 1)
    assert run.files.get().state == "unchanged"


def test_older_files_come_first(folder_source, exports, read):
    put(exports, "newer.csv", alpha_bytes(), minutes_ago=1)
    put(exports, "older.csv", beta_bytes(), minutes_ago=100)

    read(folder_source)

    assert list(ImportRun.objects.order_by("id").values_list("file_name", flat=True)) == ["older.csv", "newer.csv"]


def test_file_that_no_mapping_fits_is_kept_with_its_reason_and_others_are_taken(folder_source, exports, read):
    put(exports, "odd.csv", unknown_layout(), minutes_ago=90)
    put(exports, "alpha.csv", alpha_bytes())

    run = read(folder_source)

    assert (run.files_taken, run.files_failed) == (1, 1)
    assert SourceFile.objects.get(name="odd.csv").problem["title"] == "No mapping fits this file"
    assert run.source.last_error["where"] == "odd.csv"


def test_failed_file_is_tried_again_when_the_source_was_changed(folder_source, exports, owner, clock, read):
    put(exports, "odd.csv", unknown_layout())
    read(folder_source)
    assert read(folder_source).files_failed == 0  # the same refusal is not repeated

    update_source(source=folder_source, wish=wish_for(f"file://{exports}"), by=owner, now=clock())

    assert read(folder_source).files_failed == 1


def test_source_with_a_file_that_fails_stays_marked_until_the_file_is_gone(folder_source, exports, read):
    put(exports, "odd.csv", unknown_layout())
    read(folder_source)

    assert read(folder_source).source.last_error["where"] == "odd.csv"
    (exports / "odd.csv").unlink()
    assert read(folder_source).source.last_error is None


def test_pattern_hidden_names_and_unfinished_uploads_are_respected(acme, owner, clock, exports, read):
    source = create_source(
        kind="watched_folder", wish=wish_for(f"file://{exports}", pattern="alpha*"), by=owner, now=clock()
    )
    for name in ("beta.csv", ".alpha.csv", "alpha.csv.part", "_tmp/alpha.csv", "deep/er/alpha-1.csv"):
        put(exports, name, alpha_bytes())

    run = read(source)

    assert list(run.files.values_list("name", flat=True)) == ["deep/er/alpha-1.csv"]


def test_too_large_file_is_refused_and_nothing_is_left(folder_source, exports, read, settings):
    settings.UPLOAD_MAX_BYTES = 100
    put(exports, "alpha.csv", alpha_bytes())

    run = read(folder_source)

    assert SourceFile.objects.get().problem["title"] == "The file is too large"
    assert list((settings.DATA_DIR / "acme" / "uploads").iterdir()) == []
    assert run.files_failed == 1


def test_links_in_the_folder_lead_nowhere(folder_source, exports, tmp_path, read):
    secret = tmp_path / "exports" / "globex" / "secret.csv"
    secret.write_bytes(alpha_bytes())
    (exports / "link.csv").symlink_to(secret)
    (exports / "link.csv.done").touch()
    (exports / "folder").symlink_to(secret.parent)

    run = read(folder_source)

    assert (run.files_seen, ImportRun.objects.count()) == (0, 0)


def test_file_that_became_a_link_after_it_was_listed_is_not_read(folder_source, exports, tmp_path, read, monkeypatch):
    secret = tmp_path / "exports" / "globex" / "secret.csv"
    secret.write_bytes(alpha_bytes())
    put(exports, "a/alpha.csv", beta_bytes())
    from harmonization.connectors import watched_folder

    opened = watched_folder.opened_inside

    def swap_first(*, path, folder):
        (exports / "a" / "alpha.csv").unlink()
        (exports / "a" / "alpha.csv.done").unlink()
        (exports / "a").rmdir()
        (exports / "a").symlink_to(secret.parent)
        secret.rename(secret.parent / "alpha.csv")
        return opened(path=path, folder=folder)

    monkeypatch.setattr(watched_folder, "opened_inside", swap_first)

    read(folder_source)

    assert ImportRun.objects.count() == 0
    assert "link or no plain file" in SourceFile.objects.get().problem["detail"]


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc",
        "file://{root}/globex",
        "file://{root}/acme/../globex",
        "file://{root}/acme/%2e%2e/globex",
        "file://{root}/acme/link",
        "file://{root}",
        "file://{root}/acme-2",
        "file://otherhost{root}/acme",
        "http://example.com/x",
        "ftp://example.com/x",
        "s3://key:secret@bucket/x",
        "s3://bucket/x?endpoint_url=http://10.0.0.1",
        "s3://",
        "s3://bucket/../other",
        "s3://10.0.0.1:9000/x",
        "s3://Bucket_With/x",
        "az://a%2fb/x",
        "github://a/b",
        "",
        "/etc/passwd",
    ],
)
def test_places_that_are_not_the_workspaces_are_refused(acme, owner, clock, exports, tmp_path, url):
    (exports / "link").symlink_to(tmp_path / "exports" / "globex")

    with pytest.raises(SourceRefused) as refusal:
        create_source(
            kind="watched_folder", wish=wish_for(url.format(root=tmp_path / "exports")), by=owner, now=clock()
        )

    assert refusal.value.problem["where"] == "url"


def test_folder_that_became_a_link_since_is_not_read(folder_source, exports, tmp_path, read):
    exports.rmdir()
    exports.symlink_to(tmp_path)

    run = read(folder_source)

    assert run.state == "failed"
    assert run.problem["title"] == "The folder cannot be watched"


def test_object_store_is_read_the_same_way(acme, owner, clock, read, go_on):
    store = fsspec.filesystem("memory")
    store.store.clear()
    store.pipe("/bucket/exports/alpha.csv", alpha_bytes())
    store.pipe("/bucket/exports/alpha.csv.done", b"")
    store.pipe("/bucket/exports/beta.csv", beta_bytes())
    source = create_source(kind="watched_folder", wish=wish_for("memory://bucket/exports"), by=owner, now=clock())

    assert probe_source(source=source, by=owner) == "3 files found in memory://bucket/exports."
    run = go_on(read(source))

    assert (run.state, run.files_taken) == ("done", 2)
    assert sorted(run.files.values_list("name", flat=True)) == ["alpha.csv", "beta.csv"]
    assert store.exists("/bucket/exports/alpha.csv")


def test_folder_that_is_not_there_is_told_and_tried_again(folder_source, exports, read, go_on):
    exports.rmdir()
    run = read(folder_source)
    assert run.note.startswith("The folder was not found")
    exports.mkdir()

    assert go_on(run).state == "done"


@pytest.mark.parametrize(
    ("url", "package"), [("s3://bucket/x", "s3fs"), ("gs://bucket/x", "gcsfs"), ("az://bucket/x", "adlfs")]
)
def test_store_whose_package_is_missing_says_which(acme, owner, clock, url, package):
    source = create_source(kind="watched_folder", wish=wish_for(url), by=owner, now=clock())
    if package == "adlfs":
        set_credential(source=source, values={"access_key": "account"}, by=owner, now=clock())
    if find_spec(package):
        pytest.skip(f"{package} is installed here")

    with pytest.raises(SourceRefused) as refusal:
        probe_source(source=source, by=owner)

    assert package in refusal.value.problem["fix"]


def test_stores_are_opened_with_the_sources_key_or_none_at_all(monkeypatch):
    opened = []
    monkeypatch.setattr(fsspec, "filesystem", lambda protocol, **options: opened.append(options))

    file_system(protocol="s3", secrets={})
    file_system(protocol="s3", secrets={"access_key": "A", "secret_key": "B"})
    file_system(protocol="gs", secrets={})
    file_system(protocol="az", secrets={"access_key": "account"})

    assert opened[0]["anon"] is True
    assert (opened[1]["key"], opened[1]["secret"]) == ("A", "B")
    assert opened[2]["token"] == "anon"
    assert opened[3]["anon"] is True


@pytest.mark.parametrize("text", ["/etc/passwd", "google_default", "cloud", '{"type": "authorized_user"}', "[]"])
def test_google_key_must_be_a_service_account_and_never_a_path(text):
    with pytest.raises(SourceRefused):
        file_system(protocol="gs", secrets={"service_account": text})


def test_addresses_in_a_google_key_are_not_believed(monkeypatch):
    opened = []
    monkeypatch.setattr(fsspec, "filesystem", lambda protocol, **options: opened.append(options))
    key = {
        "type": "service_account",
        "client_email": "a@b",
        "token_uri": "http://169.254.169.254/",
        "universe_domain": "x",
    }

    file_system(protocol="gs", secrets={"service_account": json.dumps(key)})

    assert opened[0]["token"]["token_uri"] == "https://oauth2.googleapis.com/token"
    assert "universe_domain" not in opened[0]["token"]


@pytest.mark.parametrize("account", ["127.0.0.1/x?", "evil.example#", "Account", ""])
def test_azure_account_that_would_lead_to_another_host_is_refused(account):
    with pytest.raises(SourceRefused):
        file_system(protocol="az", secrets={"access_key": account, "secret_key": "k"})
