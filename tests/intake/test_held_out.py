"""Hand-written mails, chats and tables, each with what a careful person would say it holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from schoolctl.services.intake import IntakeRequest, import_questions
from schoolctl.services.questions import list_questions
from schoolctl.services.workspace import Workspace
from schoolctl.store.question_store import QuestionFilter

DATA = Path(__file__).parents[1] / "data" / "intake"
CASES = sorted(path for path in DATA.glob("*/*.*") if path.suffix != ".json")


def workspace_for(options: dict[str, Any], folder: Path) -> Workspace:
    addresses = options.get("own_addresses", [])
    email = next((address for address in addresses if "@" in address), "office@example.org")
    phone = next((address for address in addresses if "@" not in address), "+7 700 000 00 99")
    names = json.dumps(options.get("own_names", []), ensure_ascii=False)
    contacts = f'email = "{email}"\nwhatsapp = "{phone}"\nchat_names = {names}'
    (folder / "sessions.toml").write_text(f'[organizer]\nname = {{ ru = "Организатор" }}\n{contacts}\n', "utf-8")
    return Workspace(folder)


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_source_gives_what_a_careful_person_reads_in_it(path: Path, tmp_path: Path) -> None:
    truth = json.loads(path.with_suffix(".json").read_text("utf-8"))
    options = truth.get("options", {})
    workspace = workspace_for(options, tmp_path)
    request = IntakeRequest([path], date_order=options.get("date_order"))
    account = import_questions(workspace, request, lambda *_: None)
    assert account.refused == []
    wanted = [item for item in truth["items"] if item["kind"] == "question"]
    zone = workspace.schedule().zone
    found = [
        {
            "kind": "question",
            "text": question.text,
            "sender": {
                "name": question.sender.name,
                "email": question.sender.email,
                "phone": question.sender.phone,
            },
            "received_at": question.received_at.astimezone(zone).isoformat() if question.received_at else None,
        }
        for question in list_questions(workspace, QuestionFilter())
    ]
    for item in wanted:
        item["sender"] = {key: item["sender"].get(key) or "" for key in ("name", "email", "phone")}
    assert found == wanted
    assert account.seen == len(truth["items"])
    assert len(account.set_aside) == len(truth["items"]) - len(wanted)
