// The page of one case, plain or with the answer to something that was just tried on it.
#pragma once

#include "adapters/office_pages/page.h"
#include "adapters/office_pages/step_forms.h"

namespace minhu::office_pages {

// What a request has to add to the page.
struct Addition {
  std::optional<Attempt> attempt;            // a step that was not taken
  std::string token;                         // of the form that was sent; empty: a new one
  std::optional<std::int64_t> read_up_to;    // what its writer had read
  std::optional<Sealed<std::string>> phone;  // just revealed
  std::optional<Fault> reveal_refused;
  std::string reveal_reason;  // as typed
};

// The 404 page when the actor may not know of the case.
http::Response case_page(const Office& office, const http::Request& request,
                         const accounts::Account& who, cases::CaseId id, const Addition& addition);

// The id in the address. A word that is none is as unknown as any other case.
Result<cases::CaseId> case_in(const http::Request& request);

}  // namespace minhu::office_pages
