"""The words of imports: fields of a list, what was noticed of a file, what becomes of a value, what later work is."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

FIELDS: Final = {
    "ignored": _("not used"),
    "name": _("name"),
    "other_names": _("other name"),
    "kind": _("kind of party"),
    "identifiers": _("number in a register"),
    "address": _("address"),
    "city": _("city"),
    "region": _("region"),
    "country": _("country"),
    "postcode": _("postcode"),
    "latitude": _("latitude"),
    "longitude": _("longitude"),
    "site": _("site"),
    "product": _("good or service"),
    "hs": _("HS code"),
    "cpv": _("CPV code"),
    "isic": _("ISIC code"),
    "spend": _("spend"),
    "currency": _("currency"),
    "tier": _("tier"),
    "parent": _("owner"),
    "parent_share": _("share of the owner"),
    "controller": _("who controls it"),
    "operator": _("who runs it"),
    "subcontracts_for": _("subcontractor of"),
    "customer": _("customer in the chain"),
    "workers": _("number of workers"),
    "workforce": _("workforce"),
    "labour_provider": _("labour provider"),
    "list_id": _("number in this list"),
    "given_name": _("person: given name"),
    "surname": _("person: surname"),
    "birth_date": _("person: date of birth"),
    "birth_place": _("person: place of birth"),
    "gender": _("person: gender"),
    "occupation": _("person: occupation"),
    "phone": _("person: telephone"),
    "email": _("person: e-mail address"),
    "personal_number": _("person: personal number"),
}

WORKFORCE: Final = {
    "migrant": _("migrant workers"),
    "agency": _("agency workers"),
    "seconded": _("seconded workers"),
    "seasonal": _("seasonal workers"),
    "tied_visa": _("tied visas"),
    "artisanal": _("artisanal work"),
    "smallholder": _("smallholders"),
    "large_scale": _("large scale"),
    "mechanised": _("mechanised"),
    "state_scheme": _("State labour scheme"),
    "prison": _("prison labour"),
    "on_site_housing": _("housing on site"),
}

FILE_NOTES: Final = {
    "macros": _("The workbook carries macros. Only its cells were read; nothing in it was run."),
    "is_text": _("The name says otherwise, but this is a plain text table, and it is read as one."),
    "is_xlsx": _("The name says otherwise, but this is an XLSX workbook, and it is read as one."),
    "is_xls": _("The name says otherwise, but this is an XLS workbook, and it is read as one."),
    "is_ods": _("The name says otherwise, but this is an ODS workbook, and it is read as one."),
    "is_parquet": _("The name says otherwise, but this is a Parquet table, and it is read as one."),
}

#: Fields of parties, sites and links, as `fairlead.resolve.import_changes` names them.
CHANGED_FIELDS: Final = {
    "names": _("name"),
    "kind": _("kind"),
    "country": _("country"),
    "legal_form": _("legal form"),
    "identifiers": _("number"),
    "workforce": _("workforce"),
    "site": _("site"),
    "link": _("link"),
    "site.name": _("name of a site"),
    "site.address": _("address of a site"),
    "site.city": _("city of a site"),
    "site.region": _("region of a site"),
    "site.country": _("country of a site"),
    "site.latitude": _("latitude of a site"),
    "site.longitude": _("longitude of a site"),
    "site.workers": _("workers of a site"),
    "link.spend": _("spend"),
}

HOW: Final = {
    "added": _("added"),
    "filled": _("filled in"),
    "replaced": _("replaced"),
    "contradicts": _("contradicts; what is known stays"),
}

#: Later work that rests on a party, by the name of the model that speaks of it.
LATER_WORK: Final = {
    "changed": _("corrected by hand"),
    "merged": _("another party was merged into it"),
    "party": _("another party was merged into it"),
    "evidence": _("evidence entered by hand"),
    "link": _("links from other lists or people"),
    "site": _("sites from other lists or people"),
    "sourcerow": _("rows of a later list"),
    "membership": _("an account of the supplier"),
    "invitation": _("an invitation to the supplier"),
    "labelling": _("labels"),
    "duplicatepair": _("a decision on a doubtful pair"),
    "regrouping": _("a merge or split"),
}
OTHER_WORK: Final = _("other work that rests on it")

UNDERSTOOD: Final = {
    "corrected": _("as corrected here"),
    "kept": _("as corrected for an earlier list with these headings"),
    "recognised": _("recognised by headings and values"),
    "none": _("not understood"),
}

DECISIONS: Final = {"same": _("the same"), "different": _("different"), "unsure": _("unsure")}
