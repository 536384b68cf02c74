// The residents' pages: filing, the receipt, following a case, rating it. HTML from the server that
// works with JavaScript off; one style sheet, one small script, a service worker.
#pragma once

#include <functional>
#include <vector>

#include "adapters/pages/public_cache.h"
#include "engines/catalogue/catalogue.h"
#include "features/accounts/guesses.h"
#include "features/accusations/accusations.h"
#include "features/cases/installation.h"
#include "features/cases/receive.h"
#include "features/places_and_units/county.h"
#include "features/record/record.h"
#include "ports/http.h"

namespace minhu::pages {

// Makes an uploaded file presentable, or says why it is not taken (features/attachments).
using TakeUpload = std::function<Result<cases::NewAttachment>(const http::Part&)>;

// Whether there is room for what somebody leaves now. Fault too_many "http.too_often"
// (adapters/floods); the page then shows again what was typed.
using Admit = std::function<Outcome(const http::Request&)>;

// What these pages offer of the county's record (features/record).
struct RecordOffered {
  // Whose signatures it asks to be believed, as /record/policy serves it (C2SP tlog-policy); empty
  // while there is no record.
  std::function<std::string()> policy;
  // As record::Record::receipt_of.
  std::function<Result<record::Receipt>(Reading&, const cases::Context&, cases::CaseId,
                                        std::int64_t seq)>
      receipt_of;
  // As record::Record::public_receipt_of.
  std::function<Result<record::Receipt>(Reading&, const state_machine::Chronicle&,
                                        const Uuid& subject, std::int64_t seq)>
      public_receipt_of;
};

// What is passed by reference outlives the routes. Fault invalid_input templates.bad_file: a page
// names a sentence that a catalogue does not have.
Result<std::vector<http::Route>> routes(const cases::Installation& installation,
                                        const catalogue::Catalogues& catalogues,
                                        const places_and_units::CountyProfile& county,
                                        TakeUpload take_upload, Admit admit,
                                        accounts::Guesses& guesses, PublicCache& cache,
                                        RecordOffered record,
                                        const accusations::Ground& accusations);

// How the server tells a person that it refuses (404, 413, 503, …): a page with a sentence, the way
// home and a phone number.
Result<http::Refusal> refusal_page(const catalogue::Catalogues& catalogues,
                                   const places_and_units::CountyProfile& county);

}  // namespace minhu::pages
