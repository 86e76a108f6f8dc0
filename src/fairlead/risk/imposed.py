"""What lowers an estimate cannot lower the part of it that a State imposes.

An employer who passes an audit does not decide whether workers may refuse, where a State sends them; and auditors
cannot ask them freely. So where labour imposed by a State is in force for a party:

- an audit, or anything else that its card does not allow to undo findings, counts nothing;
- what workers or unions verified (repayment, interviews off-site, a channel that is used) can undo what was found
  at the supplier, and no more than that: M' = -min(|M|, sum of what raises the estimate at the supplier itself).

So the rating never falls below what place, good, sector and State-imposed labour make it without mitigation.
"""

from __future__ import annotations

import numpy as np

from fairlead.risk.arrays import Floats
from fairlead.risk.cards import Cards, Group, Knowledge
from fairlead.risk.combine import totals
from fairlead.risk.weigh import Weighed


def mitigation_factor(weighed: Weighed, nats: Floats, cards: Cards) -> Floats:
    """Return the factor (0 to 1) by which each row's `nats` are held back under the rule; 1 where it does not apply.

    The rule applies to the rows of the group mitigation of parties whose estimate a row raises that its card, or the
    card's level, marks `imposed_by_state`.
    """
    factor = np.ones(len(nats))
    listed = list(cards.values())
    imposed = weighed.imposed & (nats > 0)
    if not imposed.any():
        return factor
    parties = int(weighed.subject.max()) + 1
    concerned = totals(weighed.subject, imposed.astype(np.float64), parties)[weighed.subject] > 0
    mitigates = np.array([card.group is Group.MITIGATION for card in listed], dtype=bool)[weighed.card]
    undoes = np.array([card.undoes_findings for card in listed], dtype=bool)[weighed.card]
    factor[concerned & mitigates & ~undoes] = 0.0
    held = concerned & mitigates & undoes & (nats < 0)
    supplier = np.array([card.knowledge is Knowledge.SUPPLIER for card in listed], dtype=bool)[weighed.card]
    found = totals(weighed.subject, np.where(supplier & ~imposed & (nats > 0), nats, 0.0), parties)
    lowered = totals(weighed.subject, np.where(held, -nats, 0.0), parties)
    left = np.divide(np.minimum(found, lowered), lowered, out=np.ones(parties), where=lowered > 0)
    factor[held] = left[weighed.subject[held]]
    return factor
