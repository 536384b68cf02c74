// What a person may ask of us about their own case: to see, copy, put right, withdraw, erase. The
// actor is the speaker, who has proved the code; everybody else is Fault not_found cases.not_found.
#pragma once

#include <optional>
#include <string>

#include "features/cases/reading.h"
#include "features/cases/receive.h"
#include "features/rights/publication.h"
#include "kernel/sealed.h"

namespace minhu::rights {

// Everything that is stored of one case and may be read by its speaker.
struct Stored {
  cases::CaseView view;
  std::optional<Sealed<cases::Contact>> contact;  // nothing when there is none, or it was erased
  std::string notice;  // version of the privacy notice; empty for words that came on another way
  // A look at the speaker's name or telephone (event identity_revealed).
  struct Look {
    Instant at;
    accounts::Principal by;
    std::string why;  // in the words of whoever looked; empty when erased
  };
  std::vector<Look> looks;  // oldest first
  Publication publication;
};
Result<Stored> everything(Reading& reading, const cases::Context& context, cases::CaseId id);

// "minhu-copy/v1": a copy that another program can read. Names of offices and places in plain words
// beside their codes; attachments are listed with their ids, to be fetched one by one.
std::string as_json(Reading& reading, const cases::County& county, const Stored& stored);

// Puts right how the speaker can be reached: a telephone number takes the place of the one that was
// left, anything else that of the address, and the other of the two stays. Faults: gone
// cases.erased; conflict rights.no_contact (none was left: there is nothing to put right);
// invalid_input rights.contact_empty, and where news could not reach them by it
// rights.contact_phone, rights.contact_mobile, rights.contact_mail, rights.contact_address.
Result<cases::Event> correct_contact(Transaction& transaction, const cases::Context& context,
                                     cases::CaseId id, const Sealed<std::string>& reach);
// No more calls about the answer. Fault conflict rights.no_calls_wished: they had not asked for
// any.
Result<cases::Event> stop_calls(Transaction& transaction, const cases::Context& context,
                                cases::CaseId id);

// Whether it could be erased now. Faults: gone cases.erased; conflict rights.still_open: an office
// still owes something and must be able to read what it answers.
Outcome may_erase(const cases::CaseFile& file);
Result<cases::Event> erase(Transaction& transaction, const cases::Context& context,
                           cases::CaseId id);

}  // namespace minhu::rights
