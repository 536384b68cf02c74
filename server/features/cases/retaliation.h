// Who spoke is made to pay for it (打击报复, INV-08). One page away from every receipt: a record of
// its own, linked to the case it is about, that goes to the level above and to nobody who had that
// case or whom it accuses. docs/adr/0013 says why it is a petition and not a held accusation.
#pragma once

#include <string>
#include <vector>

#include "features/cases/receive.h"
#include "ports/storage.h"

namespace minhu::cases {

// Keeps the words as a new case with a receipt of its own. `speaker` has proved that the case is
// theirs. Accused from its first moment are whoever the case accuses and every unit that ever had
// it, so that nothing of the report reaches their closure; nothing of it stands in the case either.
// Faults: as receive; conflict cases.nobody_above (every body above is in the closure: the sentence
// names the roads outside this house), not_found cases.not_found.
Result<Receipt> report_retaliation(Transaction& transaction, const Context& speaker, CaseId about,
                                   const PreparedWords& words);

// For the speaker of the case, on their own page: what became of it.
struct RetaliationReport {
  std::string number;
  State state = State::registered;
  UnitId has_it;
  Instant received_at;
};
std::vector<RetaliationReport> retaliation_reports(Reading& reading, const Context& speaker,
                                                   CaseId about);

}  // namespace minhu::cases
