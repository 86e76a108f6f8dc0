"""The log shows when a line was changed, taken out, put in or moved; and whether it continues from a kept head."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db.models import F
from typer.testing import CliRunner

from fairlead.cli import app
from fairlead.errors import UnreadableFile
from fairlead.web.audit.chain import acting_by, record, sealed, verify
from fairlead.web.audit.heads import read_heads
from fairlead.web.audit.models import AuditEntry, AuditHead
from tests.web.conftest import Cast


@pytest.fixture
def log(cast: Cast) -> list[AuditEntry]:
    """Six lines of the ministry, two of the port."""
    for _ in range(2):
        record("thing.done", organisation=cast.port, actor=cast.bob)
    return [record("thing.done", organisation=cast.ministry, actor=cast.alice, detail={"n": n}) for n in range(6)]


def _wrong() -> set[int]:
    return {each.number for each in verify().breaks}


def _reseal(chain: str, first: int) -> None:
    """What somebody who controls the database can do: make every hash anew."""
    previous = AuditEntry.objects.filter(chain=chain, number=first - 1).values_list("hash", flat=True).first()
    for entry in AuditEntry.objects.filter(chain=chain, number__gte=first).order_by("number"):
        entry.previous = previous or "0" * 64
        entry.hash = previous = sealed(entry)
        entry.save()
    last = AuditEntry.objects.filter(chain=chain).order_by("-number")[0]
    AuditHead.objects.filter(chain=chain).update(number=last.number, hash=last.hash)


def test_a_log_that_nobody_touched_holds(log: list[AuditEntry]) -> None:
    found = verify()
    assert found.breaks == ()
    assert sorted(found.lines.values()) == [2, 6]


def test_a_changed_line_is_named(log: list[AuditEntry]) -> None:
    AuditEntry.objects.filter(pk=log[2].pk).update(detail={"n": 99})
    [broken] = verify().breaks
    assert (broken.chain, broken.number, broken.what) == (log[0].chain, 3, "it was changed after it was written")


def test_a_changed_line_that_was_sealed_anew_breaks_the_next(log: list[AuditEntry]) -> None:
    log[2].detail = {"n": 99}
    log[2].hash = sealed(log[2])
    log[2].save()
    assert _wrong() == {4}


def test_a_line_that_was_taken_out_is_missed(log: list[AuditEntry]) -> None:
    log[2].delete()
    assert 3 in _wrong()


def test_lines_taken_off_the_end_are_missed(log: list[AuditEntry]) -> None:
    log[5].delete()
    assert any("tells of 6 lines, and 5 are there" in each.what for each in verify().breaks)


def test_a_line_that_was_put_in_is_noticed(log: list[AuditEntry], cast: Cast) -> None:
    for entry in reversed(log[3:]):
        AuditEntry.objects.filter(pk=entry.pk).update(number=F("number") + 1)
    put_in = AuditEntry(
        chain=log[0].chain, number=4, at=log[3].at, organisation=cast.ministry, by="person", action="thing.made_up",
        previous=log[2].hash,
    )  # fmt: skip
    put_in.hash = sealed(put_in)
    put_in.save()
    assert 5 in _wrong()


def test_lines_that_changed_places_are_noticed(log: list[AuditEntry]) -> None:
    for number, entry in ((100, log[1]), (2, log[2]), (3, log[1])):
        AuditEntry.objects.filter(pk=entry.pk).update(number=number)
    assert {2, 3} <= _wrong()


def test_a_chain_whose_head_is_gone_is_named(log: list[AuditEntry]) -> None:
    AuditHead.objects.filter(chain=log[0].chain).delete()
    assert [each.what for each in verify().breaks] == ["the head of the chain is gone"]


def test_whoever_makes_the_whole_chain_anew_is_found_by_a_kept_head_alone(
    log: list[AuditEntry], tmp_path: Path, cast: Cast
) -> None:
    run = CliRunner()
    kept = tmp_path / "heads.json"
    kept.write_text(run.invoke(app, ["audit", "head"]).output, "utf-8")
    record("thing.done", organisation=cast.ministry, actor=cast.alice)
    assert run.invoke(app, ["audit", "verify", "--head", str(kept)]).exit_code == 0
    AuditEntry.objects.filter(pk=log[1].pk).update(action="thing.else")
    _reseal(log[0].chain, 2)
    assert run.invoke(app, ["audit", "verify"]).exit_code == 0
    found = run.invoke(app, ["audit", "verify", "--head", str(kept)])
    assert found.exit_code == 1
    assert f"{log[0].chain}, line 6: it is not the line that was there when the head was kept" in found.output


def test_a_chain_that_is_shorter_than_a_kept_head_is_named(log: list[AuditEntry], tmp_path: Path) -> None:
    kept = tmp_path / "heads.json"
    kept.write_text(CliRunner().invoke(app, ["audit", "head"]).output, "utf-8")
    log[5].delete()
    _reseal(log[0].chain, 1)
    [broken] = verify(read_heads(kept)).breaks
    assert (broken.number, broken.what) == (6, "the head that was kept tells of this line, and it is gone")


def test_the_command_names_the_places_and_exits_with_1(log: list[AuditEntry]) -> None:
    run = CliRunner()
    whole = run.invoke(app, ["audit", "verify"])
    assert (whole.exit_code, whole.output.splitlines()[-1]) == (0, "Every chain holds.")
    AuditEntry.objects.filter(pk=log[2].pk).update(action="thing.else")
    broken = run.invoke(app, ["audit", "verify", "--json"])
    assert broken.exit_code == 1
    content = json.loads(broken.output)
    assert content["holds"] is False
    assert content["breaks"] == [
        {"chain": log[0].chain, "number": 3, "what": "it was changed after it was written"}
    ]  # fmt: skip


@pytest.mark.parametrize("content", ["", "[]", '{"heads": [{"chain": "x"}]}'])
def test_a_file_that_holds_no_heads_is_refused(content: str, tmp_path: Path) -> None:
    path = tmp_path / "heads.json"
    path.write_text(content, "utf-8")
    with pytest.raises(UnreadableFile, match=r"heads\.json"):
        read_heads(path)


def test_the_log_says_by_what_somebody_acted(cast: Cast) -> None:
    with acting_by("token"):
        assert record("thing.done", organisation=cast.ministry, actor=cast.alice).by == "token"
    assert record("thing.done", organisation=cast.ministry, actor=cast.alice).by == "person"
