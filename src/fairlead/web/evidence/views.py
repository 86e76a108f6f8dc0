"""The list of evidence, one piece of it, entering it by hand, its proofs."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fairlead.web.audit.chain import record
from fairlead.web.evidence import by_hand
from fairlead.web.evidence.evidence_list import EVIDENCE_LIST, OPEN_EVIDENCE_LIST
from fairlead.web.evidence.forms import EvidenceForm, ProofForm, WithdrawForm
from fairlead.web.evidence.models import Evidence, Proof
from fairlead.web.files.too_large import left_out
from fairlead.web.files.views import as_attachment
from fairlead.web.lists.views import show_list
from fairlead.web.organisations.access import MemberRequest, needs
from fairlead.web.organisations.capabilities import Capability
from fairlead.web.parties.models import Party, RecordState
from fairlead.web.records.undo import offer_undo


def _visible(request: MemberRequest) -> QuerySet[Evidence]:
    """Return the evidence that the person may see, also what is withdrawn."""
    rows = Evidence.objects.filter(
        organisation=request.organisation, state__in=(RecordState.LIVE, RecordState.WITHDRAWN)
    ).select_related("party", "organisation", "recorded_by")
    return rows if request.membership.may(Capability.RESTRICTED) else rows.exclude(visibility="restricted")


@needs(Capability.SEE)
def evidence_list(request: MemberRequest) -> HttpResponse:
    """Show all evidence."""
    may = request.membership.may(Capability.RESTRICTED)
    return show_list(request, EVIDENCE_LIST if may else OPEN_EVIDENCE_LIST, page="evidence/list.html")


@needs(Capability.EDIT)
def add_evidence(request: MemberRequest, uid: str) -> HttpResponse:
    """Enter a piece of evidence on a party by hand."""
    party = get_object_or_404(Party.live.select_related("organisation"), organisation=request.organisation, uid=uid)
    form = EvidenceForm(request.POST or None, request.FILES or None)
    refused = left_out(request)
    if refused and form.is_bound:
        form.add_error("proof", refused)
    if request.method == "POST" and form.is_valid():
        uploads = [form.cleaned_data["proof"]] if form.cleaned_data.get("proof") else []
        try:
            evidence, added = by_hand.add_evidence(party, request.user, form.values(), uploads)
        except ValidationError as error:
            form.add_error("proof", error)
        else:
            if added:
                messages.success(request, _("The evidence was added."))
            else:
                messages.info(request, _("This piece of evidence is there already; it counts once."))
            return redirect("evidence:evidence", slug=request.organisation.slug, uid=evidence.uid)
    return render(request, "evidence/add.html", {"form": form, "party": party})


@needs(Capability.SEE)
def evidence_page(request: MemberRequest, uid: str) -> HttpResponse:
    """Show one piece of evidence with its source and its proofs."""
    evidence = get_object_or_404(_visible(request), uid=uid)
    context = {
        "evidence": evidence,
        "proofs": evidence.proofs.select_related("file", "file__added_by").order_by("pk"),
        "proof_form": ProofForm(),
        "withdraw_form": WithdrawForm(),
        "today": timezone.localdate(),
        "history": evidence.history.select_related("history_user").order_by("-history_id")[:20],
    }
    return render(request, "evidence/evidence.html", context)


@require_POST
@needs(Capability.EDIT)
def withdraw_evidence(request: MemberRequest, uid: str) -> HttpResponse:
    """Take a piece of evidence out of use, with the reason."""
    evidence = get_object_or_404(_visible(request), uid=uid, state=RecordState.LIVE)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        by_hand.withdraw(evidence, request.user, form.cleaned_data["why"])
        address = reverse("evidence:take_back", kwargs={"slug": request.organisation.slug, "uid": uid})
        offer_undo(request, _("The evidence no longer counts; it stays in the history."), address)
    else:
        messages.error(request, _("Say why it no longer counts."))
    return redirect("evidence:evidence", slug=request.organisation.slug, uid=uid)


@require_POST
@needs(Capability.EDIT)
def take_back_evidence(request: MemberRequest, uid: str) -> HttpResponse:
    """Let a withdrawn piece of evidence count again."""
    evidence = get_object_or_404(_visible(request), uid=uid, state=RecordState.WITHDRAWN)
    by_hand.take_back(evidence, request.user)
    messages.success(request, _("It counts again."))
    return redirect("evidence:evidence", slug=request.organisation.slug, uid=uid)


@require_POST
@needs(Capability.EDIT)
def attach_proof(request: MemberRequest, uid: str) -> HttpResponse:
    """Attach a file that shows what a piece of evidence says."""
    evidence = get_object_or_404(_visible(request), uid=uid, state=RecordState.LIVE)
    form = ProofForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            by_hand.attach(evidence, request.user, form.cleaned_data["proof"])
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The file is attached."))
    else:
        messages.error(request, left_out(request) or _("Choose a file that is not empty."))
    return redirect("evidence:evidence", slug=request.organisation.slug, uid=uid)


@needs(Capability.SEE)
def proof_file(request: MemberRequest, number: int) -> HttpResponse | FileResponse:
    """Give a proof back, to be saved."""
    proofs = Proof.objects.select_related("file", "evidence")
    proof = get_object_or_404(proofs, pk=number, evidence__in=_visible(request).order_by())
    record("evidence.proof_taken", organisation=request.organisation, actor=request.user, subject=proof.evidence.uid)
    return as_attachment(proof.file)
