"""The handbook names every setting, command, make target and job."""

import re
from collections.abc import Iterator

import click
from flask import Flask

from market.jobs import JOBS
from market.settings import PREFIX, ROOT, SettingsSchema

HANDBOOK = (ROOT / "docs" / "operations.md").read_text()


def commands(group: click.Group, prefix: str) -> Iterator[str]:
    """Our own commands; those of libraries speak for themselves."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{prefix} {name}")
        elif str(getattr(command.callback, "__wrapped__", command.callback).__module__).startswith(
            "market"
        ):
            yield f"{prefix} {name}"


def test_every_setting_is_named() -> None:
    unnamed = [n for n in SettingsSchema().fields if f"`{PREFIX}{n}`" not in HANDBOOK]
    assert unnamed == []


def test_every_command_is_named(app: Flask) -> None:
    ours = set(commands(app.cli, "flask"))
    assert {"flask scheduler", "flask translations compile"} <= ours
    assert {command for command in ours if command not in HANDBOOK} == set()


def test_every_make_target_is_named() -> None:
    makefile = (ROOT / "Makefile").read_text()
    phony = re.search(r"\.PHONY: ((?:[^\n\\]|\\\n)+)", makefile)
    assert phony is not None
    targets = phony.group(1).replace("\\\n", " ").split()
    assert [target for target in targets if f"`make {target}" not in HANDBOOK] == []


def test_every_job_has_a_verb_that_says_what_it_does() -> None:
    assert all(callable(job.verb) for job in JOBS.values())
    assert {"mail", "seal-audit"} <= set(JOBS)


def test_decisions_are_numbered_once() -> None:
    numbers = [path.name[:4] for path in (ROOT / "docs" / "decisions").glob("*.md")]
    assert len(numbers) == len(set(numbers))


def test_links_between_documents_lead_somewhere() -> None:
    lost = [
        f"{path.name}: {target}"
        for path in [*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")]
        for target in re.findall(r"\]\(([^)#:\s]+)\)", path.read_text())
        if not (path.parent / target).exists()
    ]
    assert lost == []
