"""What was learned about a party, a site or a link: from lists, answers, audits, people; each with its source."""
