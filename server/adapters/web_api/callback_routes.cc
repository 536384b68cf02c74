// The callback desk: whom to ask next, and what has been tried. What is recorded goes through the
// steps of the case, the number through /cases/{id}/phone.
#include <array>
#include <bit>

#include "adapters/web_api/areas.h"
#include "adapters/web_api/show.h"
#include "adapters/web_api/watch_cursor.h"
#include "features/cases/queue.h"

namespace minhu::web_api {

namespace {

constexpr std::int64_t day_ms = std::int64_t{24} * 3'600'000;
constexpr std::int64_t days_to_write = 7;
constexpr std::array<std::string_view, 3> parts_of_day{"morning", "afternoon", "evening"};

Result<cases::Part> callback_part(const http::Request& request) {
  const std::string_view text = request.query_value("part");
  if (text.empty() || text == "call_back") return cases::Part::call_back;
  if (text == "ask_again") return cases::Part::ask_again;
  return fail(
      FaultCode::invalid_input, "api.not_a_choice", "part",
      std::map<std::string, std::string>{{"field", "part"}, {"choices", "call_back, ask_again"}});
}

boost::json::value moment(const std::optional<Instant>& instant) {
  return instant ? boost::json::value(format_instant(*instant)) : boost::json::value(nullptr);
}

boost::json::object callback_line(const cases::QueueLine& line, const UnitNames& units) {
  const cases::CaseFile& file = line.file;
  const cases::RunningClock* due = cases::next_due(file);
  boost::json::array tried;
  boost::json::array missing;
  for (std::size_t i = 0; i < parts_of_day.size(); ++i) {
    const bool done = (file.attempt_parts_of_day >> i & 1) != 0;
    (done ? tried : missing).push_back(boost::json::value(std::string(parts_of_day[i])));
  }
  std::optional<Instant> in_writing_from;
  if (!file.may_be_called && file.answered_at) {
    in_writing_from = Instant{file.answered_at->unix_ms + days_to_write * day_ms};
  }
  return {{"id", file.id.text()},
          {"number", cases::show_number(file.number)},
          {"state", std::string(cases::name(file.state))},
          {"seq", file.seq},
          {"headline", line.headline},
          {"due", moment(due == nullptr ? std::nullopt : std::optional(due->due))},
          {"answered_at", moment(file.answered_at)},
          {"lead_unit", units.show(file.lead_unit)},
          {"may_be_called", file.may_be_called},
          {"day", file.question_day},
          {"asked_at", moment(file.question_at)},
          {"attempts", file.callback_attempts},
          {"unreachable_allowed", missing.empty()},
          {"tried", std::move(tried)},
          {"missing", std::move(missing)},
          {"in_writing_from", moment(in_writing_from)}};
}

// Of one case, or of no one in particular.
Result<cases::CaseId> case_asked_for(const http::Request& request) {
  const std::string_view text = request.query_value("case");
  if (text.empty()) return cases::CaseId();
  const auto id = cases::CaseId::parse(text);
  if (!id) return fail(FaultCode::invalid_input, "api.unknown_case", "case");
  return *id;
}

Result<cases::QueuePage> callbacks(Reading& reading, const cases::Context& context,
                                   cases::Part part, cases::CaseId only,
                                   std::optional<cases::QueueCursor> from, std::int64_t limit) {
  if (only.empty()) {
    cases::QueueQuery query;
    query.part = part;
    return cases::queue_of(reading, context, query, from, limit);
  }
  cases::QueuePage page;
  MINHU_TRY(auto line, cases::queue_line_of(reading, context, part, only));
  if (line) page.lines.push_back(std::move(*line));
  return page;
}

Answer show_callbacks(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "case:callback"));
  MINHU_CHECK_OK(only_parameters(request, {"part", "case", "cursor", "limit"}));
  MINHU_TRY(const cases::Part part, callback_part(request));
  MINHU_TRY(const cases::CaseId only, case_asked_for(request));
  MINHU_TRY(const auto after, read_watch_cursor(request));
  MINHU_TRY(const std::int64_t limit, limit_of(request, 50, 200));
  std::optional<cases::QueueCursor> from;
  if (after) from = cases::QueueCursor{after->at, after->case_id};
  const cases::Context context = api.installation.as(account.principal);
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const UnitNames units(reading, context.county.region);
    MINHU_TRY(const cases::QueuePage page, callbacks(reading, context, part, only, from, limit));
    boost::json::array shown;
    for (const cases::QueueLine& line : page.lines) shown.push_back(callback_line(line, units));
    return json({{"part", std::string(cases::name(part))},
                 {"lines", std::move(shown)},
                 {"next_cursor", page.next ? boost::json::value(write_watch_cursor(
                                                 {page.next->due, page.next->case_id, {}}))
                                           : boost::json::value(nullptr)}});
  });
}

}  // namespace

std::vector<http::Route> callback_routes(const SharedApi& api) {
  const On on{api};
  // clang-format off
  return {
      {Method::get,     "/api/v1/callbacks",                                  "case:callback",      Body::none, no_body,    on(show_callbacks)},
  };
  // clang-format on
}

}  // namespace minhu::web_api
