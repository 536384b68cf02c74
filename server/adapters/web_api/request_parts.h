// Parts of a request that the handlers of several areas read in the same way. Inner header.
#pragma once

#include <boost/json/array.hpp>
#include <string>
#include <vector>

#include "adapters/web_api/api.h"

namespace minhu::web_api {

// Who is asking. Faults of accounts::Gate.
Result<cases::Context> admit_official(const Api& api, const http::Request& request,
                                      std::string_view permission);

template <class SomeId>
struct Asked {
  cases::Context context;
  SomeId id;
};
// Who is asking, and the thing of the path. An id that is none is a thing that is not there: Fault
// not_found with `none` as its key, beside the faults of accounts::Gate.
template <class SomeId>
Result<Asked<SomeId>> admit_to(const Api& api, const http::Request& request,
                               std::string_view permission, const char* none) {
  MINHU_TRY(const cases::Context context, admit_official(api, request, permission));
  const auto id = SomeId::parse(request.captures.at(0));
  if (!id) return fail(FaultCode::not_found, none);
  return Asked<SomeId>{context, *id};
}

// Fault invalid_input api.not_a_choice at that field; `choices` are said in its sentence.
tl::unexpected<Fault> not_a_choice(std::string field, std::string choices);
// A filter of the query that is there ("yes") or not. Fault as above.
Result<bool> yes_in(const http::Request& request, const char* name);

// An id of one of our things; absent: the empty one. Fault invalid_input with `unknown` as its key.
template <class SomeId>
Result<SomeId> id_in(const Members& given, std::string_view name, const char* unknown) {
  MINHU_TRY(const std::string_view text, given.text(name));
  if (text.empty()) return SomeId();
  const auto id = SomeId::parse(text);
  if (!id) {
    const std::string field = given.name_of(name);
    return fail(FaultCode::invalid_input, unknown, field,
                std::map<std::string, std::string>{{"field", field}});
  }
  return *id;
}

// A list of at most so many; absent or null: nullptr. Faults invalid_input api.wrong_type,
// api.bad_list (details: most).
Result<const boost::json::array*> list_in(const Members& given, std::string_view name,
                                          std::size_t most);
// A list of texts; absent: none. Faults as above.
Result<std::vector<std::string>> texts_in(const Members& given, std::string_view name,
                                          std::size_t most);
// Of a list, one that is not what it should be: Fault invalid_input api.wrong_type.
tl::unexpected<Fault> wrong_in_list(const Members& given, std::string_view name, const char* type);

// A form of one part that is the JSON object, and parts `file`. Faults invalid_input
// api.missing_field, too_large api.case_part_too_large.
Result<std::string_view> json_part(const http::Request& request, const char* name);
// The parts `file` beside that one, made harmless. Faults invalid_input api.unknown_field,
// too_large cases.too_many_attachments, and those of Services::take_upload.
Result<std::vector<cases::NewAttachment>> files_beside(const Api& api, const http::Request& request,
                                                       std::string_view beside);

// A step of a life: {"fields": {…}, "expected_seq": 3} with the token of the request, the kind from
// the path. `members` are the names that may stand in it, `more` reads what else the life brings.
template <class Step, class Kind, class More>
Result<Step> step_in(const http::Request& request, std::string_view json,
                     const std::optional<Kind>& kind,
                     std::initializer_list<std::string_view> members, More&& more) {
  if (!kind) return fail(FaultCode::not_found, "api.unknown_step");
  Step step;
  step.kind = *kind;
  MINHU_TRY(step.token, token_of(request));
  RequestBody body;
  MINHU_CHECK_OK(body.read(json));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only(members));
  MINHU_TRY(step.fields, field_texts(given));
  MINHU_CHECK_OK(more(given, step));
  MINHU_TRY(step.expected_seq, given.number("expected_seq"));
  return step;
}
template <class Step, class Kind>
Result<Step> step_in(const http::Request& request, std::string_view json,
                     const std::optional<Kind>& kind) {
  return step_in<Step>(request, json, kind, {"fields", "expected_seq"},
                       [](const Members&, Step&) -> Outcome { return {}; });
}

}  // namespace minhu::web_api
