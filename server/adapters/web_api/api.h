// What the handlers of /api/v1 share, and the handlers by area. Inner header.
#pragma once

#include "adapters/web_api/body.h"
#include "adapters/web_api/problem.h"
#include "adapters/web_api/web_api.h"
#include "features/cases/steps.h"

namespace minhu::web_api {

struct Api : Services {
  const catalogue::Catalogue& language(const http::Request& request) const {
    return language_of(catalogues, request);
  }
  deadlines::Language spoken(const http::Request& request) const {
    return language(request).language() == "en" ? deadlines::Language::english
                                                : deadlines::Language::chinese;
  }
  http::Response refuse(const http::Request& request, const Fault& fault) const {
    return problem(language(request), request, http::status_of(fault.code), fault);
  }
};

using Answer = Result<http::Response>;

// ---- words in (words_in.cc)
Answer receive_words(const Api& api, const http::Request& request);
Answer receive_words_with_files(const Api& api, const http::Request& request);
Answer receive_at_the_counter(const Api& api, const http::Request& request);
Answer receive_at_the_counter_with_files(const Api& api, const http::Request& request);

// ---- the speaker, with number and code (receipts.cc)
Answer show_receipt(const Api& api, const http::Request& request);
Answer show_proof(const Api& api, const http::Request& request);
Answer show_receipt_attachment(const Api& api, const http::Request& request);
Answer take_own_step(const Api& api, const http::Request& request, cases::EventKind kind);
Answer replace_code(const Api& api, const http::Request& request);
Answer activate_receipt(const Api& api, const http::Request& request);

// ---- and what they may ask about what is kept (receipt_rights.cc)
Answer show_rights(const Api& api, const http::Request& request);
Answer take_copy(const Api& api, const http::Request& request);
Answer correct_contact(const Api& api, const http::Request& request);
Answer stop_calls(const Api& api, const http::Request& request);
Answer allow_publication(const Api& api, const http::Request& request);
Answer refuse_publication(const Api& api, const http::Request& request);
Answer erase_case(const Api& api, const http::Request& request);

// ---- signing in (session.cc)
Answer sign_in(const Api& api, const http::Request& request);
Answer show_ways_in(const Api& api, const http::Request& request);
Answer show_session(const Api& api, const http::Request& request);
Answer begin_enrolment(const Api& api, const http::Request& request);
Answer present_code(const Api& api, const http::Request& request);
Answer sit_in_post(const Api& api, const http::Request& request);
Answer sign_out(const Api& api, const http::Request& request);

// ---- an office and its cases (office.cc)
Answer show_case(const Api& api, const http::Request& request);
Answer show_attachment(const Api& api, const http::Request& request);
Answer show_steps(const Api& api, const http::Request& request);
Answer take_office_step(const Api& api, const http::Request& request);
Answer reveal_phone(const Api& api, const http::Request& request);

// ---- looking things up (lookups.cc)
Answer search_places(const Api& api, const http::Request& request);
Answer list_units(const Api& api, const http::Request& request);
Answer list_categories(const Api& api, const http::Request& request);
Answer suggest_dispatch(const Api& api, const http::Request& request);
Answer show_contract(const Api& api, const http::Request& request);
Answer show_problems(const Api& api, const http::Request& request);

// ---- parts of a request that many of them read (request.cc)

// The header Idempotency-Key: a UUID or 32 hex digits, with or without quotation marks. Faults
// invalid_input api.idempotency_key_missing, api.bad_idempotency_key.
Result<cases::ClientToken> token_of(const http::Request& request);
// Query parameters other than these are Fault invalid_input api.unknown_parameter.
Outcome only_parameters(const http::Request& request,
                        std::initializer_list<std::string_view> names);
// Between 1 and `most`; absent: `otherwise`. Fault invalid_input api.bad_limit.
Result<std::int64_t> limit_of(const http::Request& request, std::int64_t otherwise,
                              std::int64_t most);
// Who is asking, and the case of the path. An id that is none is a case that is not there: the same
// answer as for one that is not yours. Faults of accounts::Gate, not_found cases.not_found.
struct Admitted {
  cases::Context context;
  cases::CaseId id;
};
Result<Admitted> admit(const Api& api, const http::Request& request, std::string_view permission);
// The texts of the object "fields", by names that are ours. Faults invalid_input api.unknown_field,
// api.wrong_type.
using FieldTexts = std::map<std::string, std::string, std::less<>>;
Result<FieldTexts> field_texts(const Members& given);
// {"fields": {…}, "expected_seq": 3, "happened_at": "…"} with the token of the request.
Result<cases::Step> step_of(const http::Request& request, cases::EventKind kind);

}  // namespace minhu::web_api
