"""What an organisation that has chosen so shows a supplier of its estimate, and what it never shows."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from fairlead.web.assessments.models import Rating
from fairlead.web.assessments.told_to_supplier import tell_supplier
from fairlead.web.audit.models import AuditEntry
from fairlead.web.organisations.capabilities import Role
from fairlead.web.organisations.models import Membership, Organisation
from fairlead.web.parties.models import Party
from fairlead.web.site.templatetags.words import reader
from tests.web.assessments.conftest import Chain

MINE = "/answer/challenges/"
SETTINGS = "/o/ministry/organisation/"
CONTEXT = "Turkmenistan"


def choose(chain: Chain) -> None:
    """The ministry chooses that suppliers see what it estimates of them."""
    Organisation.objects.filter(pk=chain.cast.ministry.pk).update(shows_ratings=True)


def shown(chain: Chain, browser: Client | None = None) -> str:
    """The page on which the supplier reads the estimate of its company."""
    member = Membership.objects.get(organisation=chain.cast.ministry, user=chain.cast.people[Role.SUPPLIER])
    answer = (browser or chain.cast.as_role(Role.SUPPLIER)).get(f"{MINE}estimate/{member.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def newest(chain: Chain) -> Rating:
    """The spinner's newest rating."""
    rating: Rating = Rating.objects.filter(party=chain.spinner).latest("pk")
    return rating


def test_nothing_is_shown_unless_the_organisation_has_chosen_so(chain: Chain) -> None:
    chain.assess()
    assert not chain.cast.ministry.shows_ratings
    page = shown(chain)
    assert "This organisation does not show its estimate." in page
    assert "Say what is wrong" in page
    assert 'class="chip' not in page and CONTEXT not in page
    listed = chain.cast.as_role(Role.SUPPLIER).get(MINE).content.decode()
    assert "does not show its estimate" in listed and "See the estimate" not in listed


def test_the_band_the_interval_and_the_reasons_are_shown_with_the_way_to_challenge_them(chain: Chain) -> None:
    chain.assess()
    choose(chain)
    page, rating = shown(chain), newest(chain)
    assert f'class="chip {rating.band}"' in page
    told = tell_supplier(rating, reader())
    assert told.range and told.range in page
    assert "What raises it" in page and CONTEXT in page
    assert f"{MINE}to/" in page
    assert "See the estimate" in chain.cast.as_role(Role.SUPPLIER).get(MINE).content.decode()


@pytest.mark.parametrize(
    "said",
    [
        {"visibility": "restricted"},
        {"asserted_by": "worker_signal"},
        {"asserted_by": "union"},
        {"asserted_by": "auditor", "verified_by": "union"},
    ],
)
def test_what_workers_said_changes_nothing_that_the_supplier_reads(chain: Chain, said: dict[str, str]) -> None:
    chain.assess()
    choose(chain)
    before, was = shown(chain), newest(chain)
    chain.find(**{"asserted_by": "press", **said})
    chain.assess()
    now = newest(chain)
    assert (now.p or 0) > (was.p or 0)  # the organisation's own estimate has risen
    assert without_tokens(shown(chain)) == without_tokens(before)


def without_tokens(page: str) -> str:
    """The page without the tokens of its forms, which are other ones each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)


def test_of_what_people_recorded_only_what_it_is_about_is_named(chain: Chain) -> None:
    chain.find(asserted_by="auditor", locator="page 7")
    chain.assess()
    choose(chain)
    page = shown(chain)
    told = tell_supplier(newest(chain), reader())
    named = next(each for each in told.raising if "documents" in each.name.lower())
    assert named.sentences == ()
    assert named.name in page
    for secret in ("Passports are kept", "Interviews", "interviews", "page 7", "auditor"):
        assert secret not in page


def test_sources_are_named_as_the_supplier_knows_them(chain: Chain) -> None:
    Party.objects.filter(pk=chain.spinner.pk).update(workforce=["migrant"])
    chain.assess()
    choose(chain)
    page = shown(chain)
    assert "The organisation&#x27;s list of suppliers" in page
    assert "Your supplier list" not in page
    assert "tip_tiers:" not in page and "goods_listed:" not in page


def test_a_company_of_which_too_little_is_known_reads_that(chain: Chain) -> None:
    supplier = Membership.objects.get(organisation=chain.cast.ministry, user=chain.cast.people[Role.SUPPLIER])
    chain.assess()
    choose(chain)
    Membership.objects.filter(pk=supplier.pk).update(party=chain.unknown)
    page = shown(chain)
    assert 'class="chip no_data"' in page
    assert "What is missing" in page
    assert "%" not in page.partition("<main")[2].partition("<footer")[0].replace("90% interval", "")


def test_somebody_else_does_not_read_it(chain: Chain) -> None:
    chain.assess()
    choose(chain)
    member = Membership.objects.get(organisation=chain.cast.ministry, user=chain.cast.people[Role.SUPPLIER])
    for browser in (chain.cast.as_role(Role.ADMINISTRATOR), chain.cast.client(chain.cast.bob)):
        assert browser.get(f"{MINE}estimate/{member.pk}/").status_code == 404


def test_a_snapshot_that_is_gone_is_said_in_words(chain: Chain, files: object) -> None:
    import shutil  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

    chain.assess()
    choose(chain)
    shutil.rmtree(Path(str(files)))
    assert "cannot be shown at the moment" in shown(chain)


def test_an_administrator_turns_it_on_and_the_log_says_so(chain: Chain) -> None:
    ministry = chain.cast.ministry
    given = {"name": ministry.name, "language": "en", "shows_ratings": "on"}
    assert chain.cast.as_role(Role.CASE_LEAD).post(SETTINGS, given).status_code == 403
    chain.cast.as_role(Role.ADMINISTRATOR).post(SETTINGS, given)
    ministry.refresh_from_db()
    assert ministry.shows_ratings
    line = AuditEntry.objects.get(action="organisation.changed")
    assert line.detail == {"fields": ["shows_ratings"], "shows_ratings": True}
