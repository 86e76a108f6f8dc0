"""The closed lists of words that the tables use; they are spelled here and nowhere else."""

from __future__ import annotations

from enum import StrEnum


class PartyKind(StrEnum):
    """What sort of actor a party is."""

    COMPANY = "company"
    PERSON = "person"
    PUBLIC_BODY = "public_body"
    LABOUR_PROVIDER = "labour_provider"
    VESSEL = "vessel"
    UNKNOWN = "unknown"


class PairKind(StrEnum):
    """What two texts that are compared name; an address is none of a party's kinds."""

    PERSON = "person"
    COMPANY = "company"
    VESSEL = "vessel"
    ADDRESS = "address"
    UNKNOWN = "unknown"


class SiteKind(StrEnum):
    """What sort of place a site is."""

    FACTORY = "factory"
    MINE = "mine"
    SMELTER = "smelter"
    FARM = "farm"
    CAMP = "camp"
    OFFICE = "office"
    SHIP = "ship"
    UNKNOWN = "unknown"


class LinkKind(StrEnum):
    """How one party stands to another; a link runs from the one who gives to the one who receives."""

    SUPPLIES = "supplies"
    SUBCONTRACTS = "subcontracts"
    RECRUITS_FOR = "recruits_for"
    SECONDS_TO = "seconds_to"
    OWNS = "owns"
    CONTROLS = "controls"
    OPERATES = "operates"
    HOUSES = "houses"


class Reach(StrEnum):
    """How directly an owner holds what it holds."""

    DIRECT = "direct"
    INDIRECT = "indirect"  # through others whom the source does not name
    SUMMARY = "summary"  # through others whom the source names with their own holdings


class SubjectKind(StrEnum):
    """What an evidence row or a rating is about."""

    PARTY = "party"
    SITE = "site"
    LINK = "link"


class Polarity(StrEnum):
    """Which way a piece of evidence points."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    MITIGATES = "mitigates"


class AssertedBy(StrEnum):
    """Who says so."""

    SELF = "self"
    BUYER = "buyer"
    AUDITOR = "auditor"
    UNION = "union"
    WORKER_SIGNAL = "worker_signal"
    PUBLIC_LIST = "public_list"
    PRESS = "press"
    STATE = "state"
    MODEL = "model"


class Visibility(StrEnum):
    """Who may see an evidence row."""

    PUBLIC = "public"
    ORGANISATION = "organisation"
    RESTRICTED = "restricted"


class Band(StrEnum):
    """The bands of a rating, from the highest to the lowest; having no data is not a band."""

    VERY_HIGH = "very_high"
    HIGH = "high"
    ELEVATED = "elevated"
    MODERATE = "moderate"
    LOW = "low"


class DataState(StrEnum):
    """Whether there was enough to assess a subject at all."""

    ASSESSED = "assessed"
    NO_DATA = "no_data"


class Verdict(StrEnum):
    """What a comparison of two names or records comes to."""

    MATCH = "match"
    REVIEW = "review"
    DIFFERENT = "different"


class Decision(StrEnum):
    """What a person says of two records that may be the same."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


class MatchState(StrEnum):
    """What a party of a new list is to the parties that are known already."""

    KNOWN = "known"  # it is one of them, as sure as two rows of one list are one party
    NEW = "new"
    MAY_BE = "may_be"  # it may be one of them; a person decides
    SEVERAL = "several"  # it fits more than one of them; a person decides


class ActionState(StrEnum):
    """How far a step has come."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    DONE = "done"
    VERIFIED = "verified"


class Indicator(StrEnum):
    """The ILO's eleven indicators of forced labour, under their own names (ILO, 2012)."""

    ABUSE_OF_VULNERABILITY = "abuse_of_vulnerability"
    DECEPTION = "deception"
    RESTRICTION_OF_MOVEMENT = "restriction_of_movement"
    ISOLATION = "isolation"
    PHYSICAL_AND_SEXUAL_VIOLENCE = "physical_and_sexual_violence"
    INTIMIDATION_AND_THREATS = "intimidation_and_threats"
    RETENTION_OF_IDENTITY_DOCUMENTS = "retention_of_identity_documents"
    WITHHOLDING_OF_WAGES = "withholding_of_wages"
    DEBT_BONDAGE = "debt_bondage"
    ABUSIVE_WORKING_AND_LIVING_CONDITIONS = "abusive_working_and_living_conditions"
    EXCESSIVE_OVERTIME = "excessive_overtime"


class Workforce(StrEnum):
    """What is known of how the workers came to the work and under what arrangement."""

    MIGRANT = "migrant"
    AGENCY = "agency"
    SECONDED = "seconded"
    SEASONAL = "seasonal"
    TIED_VISA = "tied_visa"
    ARTISANAL = "artisanal"
    SMALLHOLDER = "smallholder"
    LARGE_SCALE = "large_scale"
    MECHANISED = "mechanised"
    STATE_SCHEME = "state_scheme"
    PRISON = "prison"
    ON_SITE_HOUSING = "on_site_housing"
