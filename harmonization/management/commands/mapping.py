"""Mappings of a workspace: ``manage.py mapping --tenant acme list|show|diff|test|save|drafts|kind … --json``."""

from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

from django_tenants.utils import tenant_context

from harmonization.mapping.differences import differences, text_difference
from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.mapping.safe_yaml import MAX_BYTES
from harmonization.mapping.spec import MappingError
from harmonization.models import MappingDraft
from harmonization.rmis.dimensions import MappingKind
from harmonization.selectors.mapping_drafts import open_drafts
from harmonization.selectors.mapping_versions import KnownMapping, find_mapping, known_mappings
from harmonization.services.dimension_drafts import choose_kind
from harmonization.services.mapping_trials import try_on_past_files
from harmonization.services.mapping_versions import VersionRefused, save_version
from harmonization.services.report_json import as_json
from tenants.command import ServiceCommand
from tenants.models import Tenant, User


class Command(ServiceCommand):
    help = "List, show, compare, try and save the mappings of a workspace."
    refusals = (
        *(MappingError, VersionRefused, HarmonizationRefused, OSError, UnicodeDecodeError),
        *(MappingDraft.DoesNotExist, Tenant.DoesNotExist, User.DoesNotExist),
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--tenant", required=True, help="slug")
        parser.add_argument("--user", default="", help="e-mail address of whoever saves; empty: the system")
        does = parser.add_subparsers(dest="does", required=True)
        does.add_parser("list", help="every mapping in its current version")
        for name, help_text in (("show", "one version with its text"), ("test", "try a version on past files")):
            one = does.add_parser(name, help=help_text)
            one.add_argument("name")
            one.add_argument("--number", type=int, help="the version; 0: the site's own; left out: the current one")
        compare = does.add_parser("diff", help="what differs between two versions")
        compare.add_argument("name")
        compare.add_argument("before", type=int)
        compare.add_argument("after", type=int)
        save = does.add_parser("save", help="keep a file as the next version")
        save.add_argument("name")
        save.add_argument("file", type=Path)
        save.add_argument("--note", default="")
        save.add_argument("--parent", type=int, help="the version that was edited; left out: a new mapping")

        does.add_parser("drafts", help="files of an unknown layout, and mappings being edited")
        kind = does.add_parser("kind", help="say that a waiting file is no report of ads")
        kind.add_argument("draft", type=UUID, help="id of the draft")
        kind.add_argument("kind", choices=[one.value for one in MappingKind if one is not MappingKind.EVENTS])

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        work = {"list": _list, "show": _show, "diff": _compare, "test": _try, "save": _save}
        work |= {"drafts": _drafts, "kind": _turn}
        with tenant_context(Tenant.objects.live().get(slug=options["tenant"])):
            return work[options["does"]](options)


def _list(options: dict[str, Any]) -> dict[str, Any]:
    return {"mappings": [_about(known) for known in known_mappings()]}


def _show(options: dict[str, Any]) -> dict[str, Any]:
    known = _known(options["name"], options["number"])
    return {**_about(known), "text": known.text}


def _compare(options: dict[str, Any]) -> dict[str, Any]:
    before, after = (_known(options["name"], options[side]) for side in ("before", "after"))
    names = (f"version {before.number}", f"version {after.number}")
    return {
        "changes": [asdict(one) for one in differences(before=before.mapping, after=after.mapping)],
        "text": text_difference(before=before.text, after=after.text, names=names),
    }


def _try(options: dict[str, Any]) -> dict[str, Any]:
    known = _known(options["name"], options["number"])
    files = try_on_past_files(mapping=known.mapping)
    return {**_about(known), "files": [as_json(asdict(one)) for one in files]}


def _save(options: dict[str, Any]) -> dict[str, Any]:
    with options["file"].open("rb") as file:
        text = file.read(MAX_BYTES + 1).decode("utf-8-sig")
    by = User.objects.get(email=options["user"].lower()) if options["user"] else None
    save_version(name=options["name"], text=text, note=options["note"], parent_number=options["parent"], by=by)
    return _about(_known(options["name"], None))


def _drafts(options: dict[str, Any]) -> dict[str, Any]:
    return {"drafts": [_about_draft(draft) for draft in open_drafts()]}


def _turn(options: dict[str, Any]) -> dict[str, Any]:
    draft = MappingDraft.objects.get(pk=options["draft"])
    by = User.objects.get(email=options["user"].lower()) if options["user"] else None
    turned = choose_kind(draft=draft, kind=MappingKind(options["kind"]), by=by)
    return {**_about_draft(turned), "text": turned.yaml}


def _about_draft(draft: MappingDraft) -> dict[str, Any]:
    return {
        "id": str(draft.pk),
        "name": draft.name,
        "file_name": draft.file_name,
        "is_new_file": draft.is_new_file,
        "is_edited": draft.is_edited,
        "questions": len(draft.questions),
    }


def _known(name: str, number: int | None) -> KnownMapping:
    known = find_mapping(name=name, number=number)
    if known is None:
        version = "" if number is None else f"version {number} of "
        raise MappingError(f"there is no {version}mapping “{name}” in this workspace")
    return known


def _about(known: KnownMapping) -> dict[str, Any]:
    return {
        "name": known.name,
        "number": known.number,
        "title": known.title,
        "is_own": known.is_own,
        "note": known.note,
        "fingerprint": known.fingerprint,
    }
