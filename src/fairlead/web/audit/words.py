"""What the lines of the log say in words; exports and the API keep the short names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairlead.web.audit.models import AuditEntry
from fairlead.web.jobs.kinds import title_of

#: Short name of what was done -> what it is called on a page.
WORDS: Final[Mapping[str, Promise | str]] = {
    "account.address_changed": _("e-mail address of an account changed"),
    "account.factor_added": _("second factor added"),
    "account.factor_removed": _("second factor taken away"),
    "account.factor_renewed": _("recovery codes made anew"),
    "account.password_changed": _("password changed"),
    "account.unlocked": _("account unlocked"),
    "action.added": _("corrective action added"),
    "action.agree": _("corrective action agreed"),
    "action.begin": _("corrective action begun"),
    "action.cancel": _("corrective action cancelled"),
    "action.changed": _("corrective action changed"),
    "action.done": _("corrective action marked as done"),
    "action.escalated": _("corrective action escalated"),
    "action.note": _("note added to a corrective action"),
    "action.refuse": _("corrective action not verified"),
    "action.reopen": _("corrective action opened again"),
    "action.taken_over": _("steps of the plan taken over"),
    "action.verify": _("corrective action verified"),
    "answers.share_revoked": _("sharing of answers ended"),
    "answers.shared": _("answers shared"),
    "assessment.begun": _("assessment begun"),
    "assessment.done": _("assessment done"),
    "assessments.compared": _("assessments compared"),
    "chain.exported": _("picture of the chain exported"),
    "challenge.answered": _("challenge answered"),
    "challenge.entered": _("challenge entered"),
    "challenge.proof_opened": _("proof of a challenge opened"),
    "challenge.reminded": _("reminder of a challenge sent"),
    "disengagement.decided": _("leaving a supplier decided"),
    "disengagement.weighed": _("leaving a supplier weighed"),
    "evidence.added": _("evidence added"),
    "evidence.proof_attached": _("proof attached to evidence"),
    "evidence.proof_taken": _("proof of evidence opened"),
    "evidence.taken_back": _("withdrawal of evidence taken back"),
    "evidence.withdrawn": _("evidence withdrawn"),
    "identifier.added": _("number of a party added"),
    "identifier.removed": _("number of a party removed"),
    "import.committed": _("import committed"),
    "import.committing": _("import: commit begun"),
    "import.discarded": _("import discarded"),
    "import.exported": _("table of an import exported"),
    "import.pair_decided": _("doubtful pair of an import decided"),
    "import.reading": _("import: reading begun"),
    "import.undoing": _("import: undoing begun"),
    "import.undone": _("import undone"),
    "import.uploaded": _("lists uploaded"),
    "invitation.withdrawn": _("invitation taken back"),
    "job.done": _("background work done"),
    "job.failed": _("background work could not be done"),
    "label.dropped": _("label removed everywhere"),
    "label.given": _("label given"),
    "label.renamed": _("label renamed"),
    "label.taken": _("label taken away"),
    "link.added": _("link added"),
    "list.exported": _("list exported"),
    "list.uploaded": _("own list uploaded"),
    "member.changed": _("role of a member changed"),
    "member.invited": _("member invited"),
    "member.joined": _("member joined"),
    "member.left": _("member left"),
    "member.removed": _("membership ended"),
    "organisation.changed": _("settings of the organisation changed"),
    "organisation.made": _("organisation added"),
    "parties.changed_together": _("several parties changed"),
    "parties.changed_together.undone": _("change of several parties undone"),
    "party.added": _("party added"),
    "party.changed": _("party changed"),
    "party.merge.undone": _("merge undone"),
    "party.merged": _("parties merged"),
    "party.pair.judged": _("possible duplicates decided"),
    "party.pair.reopened": _("possible duplicates opened again"),
    "party.split": _("party split"),
    "party.split.undone": _("split undone"),
    "questionnaire.acceptance_undone": _("answers taken out of the evidence"),
    "questionnaire.accepted": _("answers accepted into the evidence"),
    "questionnaire.answered": _("questionnaire: an answer saved"),
    "questionnaire.answers_read": _("answers read by the supplier"),
    "questionnaire.answers_reused": _("earlier answers taken over"),
    "questionnaire.copied": _("questionnaire copied"),
    "questionnaire.exported": _("answers exported"),
    "questionnaire.file_mapped": _("columns of a file with answers corrected"),
    "questionnaire.file_uploaded": _("file with answers uploaded"),
    "questionnaire.link_renewed": _("new link of a questionnaire made"),
    "questionnaire.link_revoked": _("link of a questionnaire taken back"),
    "questionnaire.link_wanted": _("new link of a questionnaire asked for"),
    "questionnaire.made": _("questionnaire made"),
    "questionnaire.opened": _("questionnaire opened by the supplier"),
    "questionnaire.proof_attached": _("proof attached to an answer"),
    "questionnaire.proof_removed": _("proof removed from an answer"),
    "questionnaire.reminded": _("supplier reminded"),
    "questionnaire.reminder_not_sent": _("reminder of a questionnaire not sent"),
    "questionnaire.returned": _("answers sent back to the supplier"),
    "questionnaire.sent": _("questionnaire sent"),
    "questionnaire.submitted": _("answers sent in"),
    "questionnaires.many": _("questionnaires made or sent for several parties"),
    "report.asked": _("report asked for"),
    "report.taken": _("report saved"),
    "sandbox.wiped": _("sandbox wiped"),
    "shared_answers.acceptance_undone": _("shared answers taken out of the evidence"),
    "shared_answers.accepted": _("shared answers accepted into the evidence"),
    "site.added": _("site added"),
    "standard.draft_changed": _("draft of the standard changed"),
    "standard.exported": _("standard exported"),
    "standard.kept": _("version of the standard kept"),
    "token.made": _("token made"),
    "token.revoked": _("token revoked"),
}

#: By what somebody acted whose account is not known -> what it is called on a page.
_BY: Final[Mapping[str, Promise | str]] = {
    "background work": _("background work"),
    "supplier": _("supplier’s account"),
    "supplier link": _("supplier’s link"),
}

#: What a line of the log or of a history is about, where that has a number -> what it is called on a page.
_NUMBERED: Final[Mapping[str, Promise | str]] = {
    "assessment": _("assessment %(number)s"),
    "challenge": _("challenge %(number)s"),
    "consent": _("consent %(number)s"),
    "import": _("import %(number)s"),
    "list": _("list %(number)s"),
    "questionnaire": _("questionnaire %(number)s"),
    "sending": _("sending %(number)s"),
    "import undone": _("import %(number)s undone"),
}
_NUMBER: Final = re.compile(r"(\w+) (\d+)( undone)?")


def numbered(reference: str) -> str:
    """Return a reference such as “import 3” in the language of the reader; any other, such as an id, as it stands."""
    found = _NUMBER.fullmatch(reference)
    words = _NUMBERED.get(found[1] + (found[3] or "")) if found else None
    return str(words) % {"number": found[2]} if found and words else reference


def subject_of(entry: AuditEntry) -> str:
    """Return what a line of the log is about: of background work what was done, else its reference or id."""
    if entry.action.startswith("job."):
        return title_of(entry.detail["kind"])
    return numbered(entry.subject)


def who_of(entry: AuditEntry) -> str:
    """Return who acted, or by what, where that is known to no account."""
    return str(entry.actor or _BY.get(entry.by, entry.by))


def words_of(action: str) -> str:
    """Return what a line of the log says in words, and its short name where nothing better is known."""
    return str(WORDS.get(action, action))
