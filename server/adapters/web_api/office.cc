#include "adapters/web_api/api.h"
#include "adapters/web_api/show.h"
#include "features/cases/guard.h"
#include "features/cases/store.h"
#include "features/desk/office_drafts.h"

namespace minhu::web_api {

<<<<<<< HEAD
namespace {

constexpr cases::Part parts[] = {
    cases::Part::dispatch,  cases::Part::lead,      cases::Part::co,
    cases::Part::call_back, cases::Part::close,     cases::Part::asked,
    cases::Part::review,    cases::Part::ask_again, cases::Part::reopen};

Result<cases::Part> part_of(const http::Request& request) {
  const std::string_view text = request.query_value("part");
  std::string choices;
  for (const cases::Part part : parts) {
    if (cases::name(part) == text) return part;
    if (!choices.empty()) choices += ", ";
    choices += cases::name(part);
  }
  return fail(FaultCode::invalid_input, "api.not_a_choice", "part",
              std::map<std::string, std::string>{{"field", "part"}, {"choices", choices}});
}

// Where the next page begins: the due date and the id of the last line. It opens nothing: whoever
// changes it sees another part of their own queue.
std::string cursor_text(const cases::QueueCursor& cursor) {
  Bytes bytes(sizeof cursor.due);
  std::memcpy(bytes.data(), &cursor.due, sizeof cursor.due);
  bytes.insert(bytes.end(), cursor.case_id.bytes().begin(), cursor.case_id.bytes().end());
  return to_base64url(bytes);
}

Result<std::optional<cases::QueueCursor>> cursor_of(const http::Request& request) {
  const std::string_view text = request.query_value("cursor");
  if (text.empty()) return std::optional<cases::QueueCursor>();
  const auto bytes = from_base64url(text);
  cases::QueueCursor cursor;
  if (!bytes || bytes->size() != sizeof cursor.due + Uuid().size()) {
    return fail(FaultCode::invalid_input, "api.bad_cursor", "cursor");
  }
  std::memcpy(&cursor.due, bytes->data(), sizeof cursor.due);
  cursor.case_id = cases::CaseId::from_bytes(BytesView(*bytes).subspan(sizeof cursor.due));
  return std::optional(cursor);
}

// An id that is none is a case that is not there: the same answer as for one that is not yours.
Result<cases::CaseId> case_of(const http::Request& request) {
  const auto id = cases::CaseId::parse(request.captures.at(0));
  if (!id) return fail(FaultCode::not_found, "cases.not_found");
  return *id;
}

struct Admitted {
  cases::Context context;
  cases::CaseId id;
};
Result<Admitted> admit(const Api& api, const http::Request& request, std::string_view permission) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, permission));
  MINHU_TRY(const cases::CaseId id, case_of(request));
  return Admitted{api.installation.as(account.principal), id};
}

deadlines::Language spoken(const Api& api, const http::Request& request) {
  return api.language(request).language() == "en" ? deadlines::Language::english
                                                  : deadlines::Language::chinese;
}

}  // namespace

Answer show_queues(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "queue:read"));
  MINHU_CHECK_OK(only_parameters(request, {}));
  const cases::Context context = api.installation.as(account.principal);
  return api.installation.database.read([&](Reading& reading) {
    boost::json::array counts;
    for (const cases::QueueCount& count : cases::queue_counts(reading, context)) {
      counts.push_back(boost::json::object{{"part", std::string(cases::name(count.part))},
                                           {"waiting", count.waiting}});
    }
    return json({{"queues", std::move(counts)}});
  });
}

Answer show_queue(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "queue:read"));
  MINHU_CHECK_OK(only_parameters(request, {"part", "cursor", "limit"}));
  MINHU_TRY(const cases::Part part, part_of(request));
  MINHU_TRY(const auto after, cursor_of(request));
  MINHU_TRY(const std::int64_t limit, limit_of(request, 50, 200));
  const cases::Context context = api.installation.as(account.principal);
  return api.installation.database.read([&](Reading& reading) -> Answer {
    MINHU_TRY(const auto lines, cases::queue_of(reading, context, part, after, limit));
    boost::json::array shown;
    for (const cases::QueueLine& line : lines) shown.push_back(queue_line(line));
    const bool more = static_cast<std::int64_t>(lines.size()) == limit;
    return json({{"part", std::string(cases::name(part))},
                 {"lines", std::move(shown)},
                 {"next_cursor", more ? boost::json::value(cursor_text(lines.back().cursor))
                                      : boost::json::value(nullptr)}});
  });
}

=======
>>>>>>> main
Answer show_case(const Api& api, const http::Request& request) {
  MINHU_TRY(const Admitted admitted, admit(api, request, "case:read"));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    MINHU_TRY(const auto view, cases::view_case(reading, admitted.context, admitted.id));
    return json(office_case({reading, admitted.context, api.spoken(request)}, view));
  });
}

Answer show_attachment(const Api& api, const http::Request& request) {
  MINHU_TRY(const Admitted admitted, admit(api, request, "case:read"));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const auto content = cases::ContentId::parse(request.captures.at(1));
    if (!content) return fail(FaultCode::not_found, "cases.no_content");
    MINHU_TRY(cases::Attachment file,
              cases::view_attachment(reading, admitted.context, admitted.id, *content));
    return attachment(std::move(file), *content);
  });
}

Answer show_steps(const Api& api, const http::Request& request) {
  MINHU_TRY(const Admitted admitted, admit(api, request, "case:read"));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    MINHU_TRY(const auto view, cases::view_case(reading, admitted.context, admitted.id));
    return json(shown_steps(admitted.context, view.file));
  });
}

Answer take_office_step(const Api& api, const http::Request& request) {
  // Which step it is decides what it needs (cases/edges.cc); whoever may take any may also read.
  MINHU_TRY(const Admitted admitted, admit(api, request, "case:read"));
  const auto kind = cases::named<cases::EventKind>(request.captures.at(1));
  if (!kind) return fail(FaultCode::not_found, "api.unknown_step");
  MINHU_TRY(const cases::Step step, step_of(request, *kind));
  return api.installation.database.write([&](Transaction& transaction) -> Answer {
    MINHU_TRY(const cases::Event event,
              cases::take_step(transaction, admitted.context, admitted.id, step));
    // What was typed has become the step.
    desk::forget_draft_of(transaction, admitted.context, admitted.id, step.kind);
    const auto file = cases::load_file(transaction, admitted.context.county.region, admitted.id);
    return json(taken_step(event, *file));
  });
}

Answer reveal_phone(const Api& api, const http::Request& request) {
  MINHU_TRY(const Admitted admitted, admit(api, request, "case:reveal_phone"));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  MINHU_CHECK_OK(body.members().only({"reason"}));
  MINHU_TRY(const auto reason, body.members().short_text("reason", 500, Presence::required));
  MINHU_TRY(const cases::Identity identity,
            api.installation.database.write([&](Transaction& transaction) {
              return cases::reveal(transaction, admitted.context, admitted.id, reason);
            }));
  return json({{"phone", identity.phone.reveal_because("the speaker asked to be phoned")}});
}

}  // namespace minhu::web_api
