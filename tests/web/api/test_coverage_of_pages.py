"""Everything the pages do, programs can do: for every page's name its operation of the API, or why there is none.

A new page stands in no row, and fails here until somebody has said which operation does the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from fairlead.web.api.document import operations

#: Why a page has no operation.
FORM: Final = "no operation: "

ACCOUNT: Final = f"{FORM}passwords, keys and languages of an account belong to the person, and tokens never reach them"
MEMBERS: Final = f"{FORM}who is a member and may do what is decided by a person who is signed in, never by a token"
TOKENS: Final = f"{FORM}a token that could make tokens would outlive its own end"
SUPPLIER: Final = f"{FORM}a page of the supplier, who comes by a link of its own and has no token"
OPERATIONS_ITSELF: Final = f"{FORM}it is the API, or describes it"
PREVIEW: Final = f"{FORM}it shows what is already told by "

#: The name of a page's address → the operations that do what it does.
TABLE: Final[dict[str, str]] = {
    # the chain
    "chain:picture": "read_chain, list_links",
    "chain:map": "count_countries, list_parties, list_sites",
    "chain:links": "list_links",
    "chain:sites": "list_sites",
    # the overview
    "dashboards:overview": "read_overview, list_ratings, list_deadlines, list_audit",
    # actions
    "actions:list": "list_actions",
    "actions:calendar": "list_deadlines",
    "actions:calendar_file": "list_deadlines",
    "actions:add": "list_proposals, take_proposals, add_action",
    "actions:leaving": "read_leaving, weigh_leaving",
    "actions:action": "read_action, read_action_events",
    "actions:edit": "change_action",
    "actions:note": "note_action, attach_to_action",
    "actions:escalate": "escalate_action",
    "actions:file": "read_action_file",
    "actions:move": (
        "agree_action, begin_action, done_action, verify_action, refuse_action, cancel_action, reopen_action"
    ),
    # parties
    "parties:list": "list_parties",
    "parties:add": "add_party",
    "parties:find": "list_parties",
    "parties:labels": "list_labels, rename_label, remove_label",
    "parties:bulk_change": "change_parties",
    "parties:bulk_withdraw": "change_parties",
    "parties:bulk_merge": "merge_parties",
    "parties:bulk_done": "read_bulk_change",
    "parties:bulk_undo": "undo_bulk_change",
    "parties:merge": "merge_parties",
    "parties:undo_regrouping": "read_regrouping, undo_regrouping",
    "parties:duplicates": "list_duplicates, read_duplicate",
    "parties:search_duplicates": "search_duplicates",
    "parties:decide_pair": "decide_duplicate",
    "parties:reopen_pair": "reopen_duplicate",
    "parties:remove_identifier": "remove_party_identifier",
    "parties:identifier_back": "add_party_identifier",
    "parties:edit_site": "read_site, change_site",
    "parties:edit_link": "read_link, change_link",
    "parties:withdraw_part": "withdraw_site, withdraw_link",
    "parties:part_back": "take_back_site, take_back_link",
    "parties:restore": "restore_version",
    "parties:party": "read_party, list_party_identifiers, list_party_labels, read_party_rating, list_rows",
    "parties:evidence": "list_evidence",
    "parties:chain": "list_links, list_sites",
    "parties:work": "list_actions, list_challenges",
    "parties:history": "read_party_history",
    "parties:edit": "change_party",
    "parties:withdraw": "withdraw_party",
    "parties:take_back": "take_back_party",
    "parties:split": "split_party",
    "parties:add_identifier": "add_party_identifier",
    "parties:add_site": "add_site",
    "parties:add_link": "add_link",
    "parties:add_label": "label_party",
    "parties:remove_label": "unlabel_party",
    # evidence
    "evidence:list": "list_evidence",
    "evidence:add": "add_evidence, attach_proof",
    "evidence:proof": "read_proof",
    "evidence:evidence": "read_evidence, list_proofs",
    "evidence:withdraw": "withdraw_evidence",
    "evidence:take_back": "take_back_evidence",
    "evidence:attach": "attach_proof",
    # the standard
    "standards:read": "read_standard",
    "standards:versions": "list_standard_versions",
    "standards:version": "read_standard_version",
    "standards:export": "read_standard_file",
    "standards:compare": "compare_standard_versions",
    "standards:draft": "read_standard_draft",
    "standards:add": "change_standard_draft",
    "standards:keep": "keep_standard_draft",
    "standards:undo": "change_standard_draft",
    "standards:provision": "change_standard_draft",
    # assessments
    "assessments:list": "list_assessments",
    "assessments:begin": "list_own_lists, add_own_list, begin_assessment",
    "assessments:challenges": "list_challenges",
    "assessments:challenge": "read_challenge, reply_to_challenge",
    "assessments:proof": "read_challenge_proof",
    "assessments:add_challenge": "add_challenge",
    "assessments:comparison": "read_comparison, list_changes",
    "assessments:assessment": "read_assessment, list_ratings",
    "assessments:compare": "compare_assessments",
    "assessments:reports": "make_report",
    "assessments:report": "read_report",
    "assessments:rating": "read_rating",
    # imports
    "imports:list": "list_imports",
    "imports:add": "add_import",
    "imports:import": "read_import",
    "imports:columns": "read_import_columns, correct_import_columns",
    "imports:commit": "commit_import",
    "imports:undo": "undo_import",
    "imports:discard": "discard_import",
    "imports:again": "read_import_again",
    "imports:decide": "decide_import_pair",
    "imports:table": "read_import_table",
    # background work, views, the log
    "jobs:job": "read_job, list_jobs",
    "lists:save_view": "add_view",
    "lists:remove_view": "remove_view",
    "audit:list": "list_audit",
    # questionnaires
    "questionnaires:list": "list_questionnaires",
    "questionnaires:create": "make_questionnaires",
    "questionnaires:send_many": "send_questionnaire",
    "questionnaires:remind_many": "remind_questionnaire",
    "questionnaires:expiring": "list_expiring_answers",
    "questionnaires:shared": "list_shared_answers",
    "questionnaires:shared_one": "read_shared_answers, list_shared_contradictions",
    "questionnaires:accept_shared": "accept_shared_answers",
    "questionnaires:undo_shared": "undo_shared_acceptance",
    "questionnaires:many": f"{PREVIEW}list_questionnaires",
    "questionnaires:one": "read_questionnaire, read_questionnaire_answers, list_contradictions",
    "questionnaires:settings": "change_questionnaire",
    "questionnaires:questions": "change_questionnaire_questions",
    "questionnaires:send": "send_questionnaire",
    "questionnaires:remind": "remind_questionnaire",
    "questionnaires:new_link": "renew_questionnaire_link",
    "questionnaires:revoke_link": "revoke_questionnaire_link",
    "questionnaires:cancel": "cancel_questionnaire",
    "questionnaires:send_back": "return_questionnaire",
    "questionnaires:accept": "accept_questionnaire",
    "questionnaires:undo": "undo_questionnaire_acceptance",
    "questionnaires:invite": MEMBERS,
    "questionnaires:copy": "copy_questionnaire",
    "questionnaires:export": "read_questionnaire_file",
    "questionnaires:proof": "read_questionnaire_proof",
    "questionnaires:upload": "upload_answers",
    "questionnaires:file": "read_answers_file, map_answers_file, take_answers_file",
    # what no program does
    "tokens:list": TOKENS,
    "tokens:revoke": TOKENS,
    "organisations:front": f"{PREVIEW}list_organisations",
    "organisations:welcome": f"{FORM}the first start, when there is no account yet",
    "organisations:choose": "list_organisations",
    "organisations:add": MEMBERS,
    "organisations:join": ACCOUNT,
    "organisations:home": f"{PREVIEW}read_overview",
    "organisations:settings": "list_organisations, show_ratings_to_suppliers",  # its members stay with the page
    "organisations:invite": MEMBERS,
    "organisations:withdraw": MEMBERS,
    "organisations:member": MEMBERS,
    "organisations:unlock": MEMBERS,
    "organisations:leave": MEMBERS,
    "organisations:wipe": f"{FORM}the example is wiped by a person who types its name",
    "set_language": ACCOUNT,
    "api_docs": OPERATIONS_ITSELF,
    "openapi_json": OPERATIONS_ITSELF,
    "reconcile": f"{FORM}OpenRefine's own protocol, with tokens of its own",
}

#: Names that stand for all names of their kind.
KINDS: Final[dict[str, str]] = {
    "accounts:": ACCOUNT,
    "supplier:": SUPPLIER,
    "supplier_account:": SUPPLIER,
    "own_challenges:": SUPPLIER,
    "account_": ACCOUNT,
    "mfa_": ACCOUNT,
    "usersessions_": ACCOUNT,
    "api:": OPERATIONS_ITSELF,
}


def _names(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    """Yield the name of every address, with the names of what it belongs to before it."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            within = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _names(pattern.url_patterns, within)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield prefix + pattern.name


PAGES: Final = sorted(set(_names(get_resolver().url_patterns)))
OPERATIONS: Final = {operation["operationId"] for _path, _method, operation in operations()}


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_does_an_operation_does_or_it_is_said_why_not(page: str) -> None:
    told = TABLE.get(page) or next((why for kind, why in KINDS.items() if page.startswith(kind)), None)
    assert told, f"{page} is a new page: name the operation that does the same, or say why there is none"
    if not told.startswith(FORM):
        missing = [name for name in told.split(", ") if name not in OPERATIONS]
        assert not missing, f"{page} names operations that there are not: {missing}"


def test_the_table_names_no_page_that_there_is_not() -> None:
    assert sorted(set(TABLE) - set(PAGES)) == []
    assert [kind for kind in KINDS if not any(page.startswith(kind) for page in PAGES)] == []
