"""The Arrow tables that pass between rooms, column by column.

Money is decimal128 beside an ISO 4217 code, a country is ISO 3166-1 alpha-3, a good an HS 2022 code of
two to six digits, a sector an ISIC revision 4 code, a procurement category a CPV code. A value that is
not known is null; null never means zero.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa

from fairlead.model.message_type import MESSAGE_TYPE

MONEY_TYPE: Final = pa.decimal128(38, 4)

IDENTIFIER_TYPE: Final = pa.struct(
    [
        pa.field("scheme", pa.string()),  # such as KZ-BIN, LEI, RU-INN, OSID, CID
        pa.field("value", pa.string()),  # in the scheme's compact spelling
        pa.field("valid", pa.bool_()),  # null where the scheme has no check
    ]
)

#: A share of 0 to 1, exact. A share that is only known to be above (below) a value is the value plus (minus) one step.
SHARE_TYPE: Final = pa.decimal128(13, 12)

#: An owner that a cell names, and what it says of its share; both ends are null where it says nothing.
OWNER_TYPE: Final = pa.struct(
    [
        pa.field("name", pa.string()),
        pa.field("share_low", SHARE_TYPE),
        pa.field("share_high", SHARE_TYPE),
    ]
)

#: One usable row of a supplier list, as it goes into the results.
ROW: Final = pa.schema(
    [
        ("row_id", pa.string()),
        ("file", pa.string()),  # the name of the file, without its folder
        ("sheet", pa.string()),  # empty for text files
        ("row", pa.int32()),  # the row as a spreadsheet numbers it, from 1
        ("name", pa.string()),
        ("other_names", pa.list_(pa.string())),
        ("kind", pa.string()),  # PartyKind, null where the list does not say
        ("address", pa.string()),
        ("city", pa.string()),
        ("region", pa.string()),
        ("country", pa.string()),
        ("latitude", pa.float64()),
        ("longitude", pa.float64()),
        ("identifiers", pa.list_(IDENTIFIER_TYPE)),
        ("product", pa.string()),  # goods or services in the list's own words
        ("hs", pa.string()),
        ("cpv", pa.string()),
        ("isic", pa.string()),
        ("spend", MONEY_TYPE),
        ("currency", pa.string()),
        ("tier", pa.int8()),  # 1 supplies the organisation itself
        ("parent", pa.string()),  # the company that owns this one; of several the first
        ("owners", pa.list_(OWNER_TYPE)),  # all that own it, with their shares
        ("controller", pa.string()),  # who controls it, where that is no share
        ("operator", pa.string()),  # who runs it
        ("subcontracts_for", pa.string()),  # the contractor whose subcontractor it is
        ("customer", pa.string()),  # the company in the chain that this one supplies
        ("workers", pa.int32()),
        ("workforce", pa.list_(pa.string())),  # Workforce
        ("labour_provider", pa.string()),  # its name
        ("uses_labour_provider", pa.bool_()),  # what the list says where it gives no name
        ("site", pa.string()),
        ("list_id", pa.string()),  # the list's own number of the row, as written; names the row and is never compared
        ("postcode", pa.string()),  # as written; stands in the address too
    ]
)

#: What a row says of a person besides. It serves to tell persons apart and stands in no result.
PARTICULARS: Final = pa.schema(
    [
        ("given_name", pa.string()),
        ("surname", pa.string()),
        ("birth_date", pa.string()),  # ISO 8601, as precise as it is known; as written where it is no date
        ("birth_place", pa.string()),
        ("gender", pa.string()),  # in the list's own words, as the next
        ("occupation", pa.string()),
        ("phone", pa.string()),
        ("email", pa.string()),
        ("personal_number", pa.string()),  # such as a social security number
    ]
)

#: A usable row with the particulars of persons, as `read` gives it and `resolve` takes it.
FULL_ROW: Final = pa.schema([*ROW, *PARTICULARS])

#: A row, or a value of a row, that could not be used, and why; the cells as they stood.
REJECTED: Final = pa.schema(
    [
        ("file", pa.string()),
        ("sheet", pa.string()),
        ("row", pa.int32()),
        ("column", pa.string()),  # the heading in the file
        ("reason", MESSAGE_TYPE),
        ("cells", pa.list_(pa.string())),
    ]
)

#: What each row's good or service is, in codes.
CLASSIFICATION: Final = pa.schema(
    [
        ("row_id", pa.string()),
        ("good", pa.string()),  # key in reference/goods.csv
        ("hs", pa.string()),
        ("sector", pa.string()),  # key in reference/sectors.csv
        ("isic", pa.string()),
        ("basis", pa.string()),  # code (hs, cpv, isic given), text (the product's words), name (the supplier's name)
        ("matched", pa.string()),  # the code or words that decided
        ("confidence", pa.float64()),  # 0 to 1
    ]
)

PARTY: Final = pa.schema(
    [
        ("party_id", pa.string()),
        ("kind", pa.string()),  # PartyKind
        ("name", pa.string()),
        ("names", pa.list_(pa.string())),
        ("folded", pa.string()),  # the script-folded key: lower-case Latin without legal form
        ("legal_form", pa.string()),
        ("country", pa.string()),
        ("identifiers", pa.list_(IDENTIFIER_TYPE)),
        ("workforce", pa.list_(pa.string())),
        ("row_ids", pa.list_(pa.string())),
    ]
)

SITE: Final = pa.schema(
    [
        ("site_id", pa.string()),
        ("party_id", pa.string()),
        ("kind", pa.string()),  # SiteKind
        ("name", pa.string()),
        ("address", pa.string()),
        ("city", pa.string()),
        ("region", pa.string()),
        ("country", pa.string()),
        ("latitude", pa.float64()),
        ("longitude", pa.float64()),
        ("workers", pa.int32()),
        ("row_ids", pa.list_(pa.string())),
    ]
)

LINK: Final = pa.schema(
    [
        ("link_id", pa.string()),
        ("from_id", pa.string()),
        ("to_id", pa.string()),
        ("kind", pa.string()),  # LinkKind
        ("good", pa.string()),
        ("product", pa.string()),  # HS
        ("sector", pa.string()),  # key in reference/sectors.csv
        ("isic", pa.string()),
        ("tier", pa.int8()),
        ("share", pa.float64()),
        ("spend", MONEY_TYPE),
        ("currency", pa.string()),
        ("from_date", pa.string()),
        ("to_date", pa.string()),
        ("row_ids", pa.list_(pa.string())),
        ("locators", pa.list_(pa.string())),  # where it stands in files that are no lists
        ("evidence_id", pa.string()),
    ]
)

#: What one source says of who owns, controls or operates whom; the ends are ids of parties, in a file its own.
HOLDING: Final = pa.schema(
    [
        ("from_id", pa.string()),  # the one who owns, controls or operates
        ("to_id", pa.string()),
        ("kind", pa.string()),  # LinkKind: owns, controls, operates
        ("interest", pa.string()),  # the source's own word, such as shareholding, votingRights, parent
        ("share_low", SHARE_TYPE),  # of ownership or votes, both ends null where nothing is said of it
        ("share_high", SHARE_TYPE),
        ("reach", pa.string()),  # Reach
        ("certain", pa.bool_()),  # whether the source says so of a kind that is what `kind` says, not only may be
        ("from_date", pa.string()),
        ("to_date", pa.string()),  # the day since which it is no longer so
        ("source_id", pa.string()),  # the SHA-256 of the user's file
        ("edition", pa.string()),
        ("locator", pa.string()),
    ]
)

#: One party as ownership data describe it; of a person only the names and the country are kept.
OWNER: Final = pa.schema(
    [
        ("owner_id", pa.string()),  # as the holdings name it
        ("kind", pa.string()),  # PartyKind
        ("name", pa.string()),  # null where the data give none
        ("names", pa.list_(pa.string())),
        ("country", pa.string()),
        ("identifiers", pa.list_(IDENTIFIER_TYPE)),
        ("source_id", pa.string()),  # the SHA-256 of the user's file
        ("edition", pa.string()),
        ("locator", pa.string()),
    ]
)

#: A party of whom a source says that an owner is not known or not named, and why.
UNKNOWN_OWNER: Final = pa.schema(
    [
        ("owned_id", pa.string()),
        ("reason", pa.string()),  # a sentence of read/tables/unknown_owners.yaml
        ("code", pa.string()),  # the source's own word for it
        ("from_date", pa.string()),
        ("to_date", pa.string()),
        ("source_id", pa.string()),
        ("edition", pa.string()),
        ("locator", pa.string()),
    ]
)

EVIDENCE: Final = pa.schema(
    [
        ("evidence_id", pa.string()),
        ("subject_kind", pa.string()),  # SubjectKind
        ("subject_id", pa.string()),
        ("finding", pa.string()),  # key of an evidence card
        ("indicator", pa.string()),  # Indicator, or null
        ("polarity", pa.string()),  # Polarity
        ("value", pa.string()),
        ("unit", pa.string()),
        ("source_id", pa.string()),  # key in reference/sources.csv, or the SHA-256 of the user's file
        ("edition", pa.string()),
        ("source_sha256", pa.string()),  # of the list as it was read; null where the edition alone says which it was
        ("locator", pa.string()),  # page, cell, line or address in the source
        ("asserted_by", pa.string()),  # AssertedBy
        ("verified_by", pa.string()),  # AssertedBy, or null
        ("event_date", pa.string()),  # ISO 8601, as precise as it is known: 2021, 2021-06, 2021-06-24
        ("confidence", pa.float64()),  # 0 to 1: that the row is about this subject and says this
        ("cluster_key", pa.string()),  # evidence that shares an origin shares this
        ("visibility", pa.string()),  # Visibility
        ("text", MESSAGE_TYPE),
    ]
)

TERM_TYPE: Final = pa.struct(
    [
        pa.field("name", pa.string()),  # such as prior, country, good, sector, workforce, or an evidence card's key
        pa.field("nats", pa.float64()),
        pa.field("sd", pa.float64()),
        pa.field("evidence_ids", pa.list_(pa.string())),
        pa.field("source", pa.string()),
        pa.field("edition", pa.string()),
        pa.field("text", MESSAGE_TYPE),
    ]
)

RATING: Final = pa.schema(
    [
        ("subject_id", pa.string()),
        ("as_of", pa.string()),
        ("p", pa.float64()),
        ("p_low", pa.float64()),
        ("p_high", pa.float64()),
        ("band", pa.string()),  # Band, null without data
        ("find_out", pa.bool_()),  # the 90% interval spans two bands
        ("data", pa.string()),  # DataState
        ("missing", pa.list_(pa.string())),  # fields whose absence widened the interval or prevented a rating
        ("terms", pa.list_(TERM_TYPE)),  # nats add up exactly to logit(p)
        ("model_version", pa.string()),
        ("reference_editions", pa.map_(pa.string(), pa.string())),
    ]
)

ACTION: Final = pa.schema(
    [
        ("action_id", pa.string()),
        ("subject_id", pa.string()),
        ("finding", pa.string()),
        ("kind", pa.string()),  # document, question, presence, step, avoid
        ("step", MESSAGE_TYPE),
        ("owner", pa.string()),
        ("due_days", pa.int16()),  # days from the date of the assessment
        ("proof_needed", MESSAGE_TYPE),
        ("cost_bearer", pa.string()),
        ("state", pa.string()),  # ActionState
    ]
)

#: Two records that may be the same party; a person decides.
REVIEW: Final = pa.schema(
    [
        ("left_party_id", pa.string()),
        ("right_party_id", pa.string()),
        ("left_row_id", pa.string()),
        ("right_row_id", pa.string()),
        ("left_key", pa.string()),  # of what the row says of its identity, the same in every export of the list
        ("right_key", pa.string()),
        ("left_name", pa.string()),
        ("right_name", pa.string()),
        ("probability", pa.float64()),
        ("reason", MESSAGE_TYPE),
        ("measures", pa.map_(pa.string(), pa.string())),  # the level of each comparison, and measures of the pair
        ("judged", MESSAGE_TYPE),  # what a person has said of the pair although it is still open
    ]
)

#: How sure it is that a row belongs to its party.
MEMBER: Final = pa.schema(
    [
        ("row_id", pa.string()),
        ("party_id", pa.string()),
        ("probability", pa.float64()),  # the highest of a pair with another of its rows; 1 for a row alone
    ]
)

#: What has become of a party id that an earlier run, or a run without judgements, gave.
MERGED_ID: Final = pa.schema(
    [
        ("old_party_id", pa.string()),
        ("party_id", pa.string()),  # the party that has its rows now; one row for each where there are several
        ("judgement_ids", pa.list_(pa.string())),  # the judgements and undos by which it came so, in their order
    ]
)

#: What a party of a new list is to the parties that are known already: one row, or one for each that it may be.
KNOWN_MATCH: Final = pa.schema(
    [
        ("new_party_id", pa.string()),  # the id that it has, or would have if it were new
        ("name", pa.string()),  # as the new list has it
        ("state", pa.string()),  # MatchState
        ("known_party_id", pa.string()),  # null where it is new
        ("probability", pa.float64()),  # that both are one; null where it is new
        ("reason", MESSAGE_TYPE),
    ]
)
