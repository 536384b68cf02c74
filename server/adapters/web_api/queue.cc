// What waits for a unit and what it has handled.
#include <algorithm>
#include <cstring>

#include "adapters/web_api/cursor.h"
#include "adapters/web_api/desk.h"
#include "adapters/web_api/queue_query.h"
#include "adapters/web_api/show.h"
#include "adapters/web_api/show_lists.h"
#include "features/cases/closure.h"
#include "features/cases/queue_summaries.h"
#include "features/cases/reading.h"
#include "features/cases/store.h"
#include "kernel/crypto.h"

namespace minhu::web_api {

namespace {

namespace bj = boost::json;

constexpr std::size_t most_at_once = 50;

bj::value next_cursor(const std::optional<ListCursor>& cursor) {
  return cursor ? bj::value(cursor_text(*cursor)) : bj::value(nullptr);
}

// The key of one case within a request for several: the same request again is the same steps.
cases::ClientToken token_for(const cases::ClientToken& of_all, cases::CaseId id) {
  Bytes bytes(of_all.begin(), of_all.end());
  bytes.insert(bytes.end(), id.bytes().begin(), id.bytes().end());
  const Digest digest = sha256(bytes);
  cases::ClientToken token{};
  std::copy_n(digest.begin(), token.size(), token.begin());
  return token;
}

struct Asked {
  std::string id;
  std::optional<std::int64_t> expected_seq;
};
Result<std::vector<Asked>> asked_cases(const Members& given) {
  const bj::value* list = given.object().if_contains("cases");
  if (list == nullptr || !list->is_array() || list->get_array().empty() ||
      list->get_array().size() > most_at_once) {
    return fail(FaultCode::invalid_input, "api.bad_list", "cases",
                std::map<std::string, std::string>{{"most", std::to_string(most_at_once)}});
  }
  std::vector<Asked> asked;
  for (const bj::value& each : list->get_array()) {
    if (!each.is_object()) {
      return fail(FaultCode::invalid_input, "api.wrong_type", "cases",
                  std::map<std::string, std::string>{{"field", "cases"}, {"type", "object"}});
    }
    const Members members(each.get_object(), "cases.");
    MINHU_CHECK_OK(members.only({"id", "expected_seq"}));
    Asked one;
    MINHU_TRY(one.id, members.text("id", Presence::required));
    MINHU_TRY(one.expected_seq, members.number("expected_seq"));
    asked.push_back(std::move(one));
  }
  return asked;
}

bj::object done(const std::string& id, const cases::Event& event, const cases::CaseFile& file) {
  return {{"id", id},
          {"done", true},
          {"seq", event.seq},
          {"state", std::string(cases::name(file.state))},
          {"problem", nullptr}};
}
bj::object not_done(const std::string& id, bj::object problem) {
  return {{"id", id},
          {"done", false},
          {"seq", nullptr},
          {"state", nullptr},
          {"problem", std::move(problem)}};
}

}  // namespace

std::string cursor_text(const ListCursor& cursor) {
  Bytes bytes(sizeof cursor.at);
  std::memcpy(bytes.data(), &cursor.at, sizeof cursor.at);
  bytes.insert(bytes.end(), cursor.id.bytes().begin(), cursor.id.bytes().end());
  return to_base64url(bytes);
}

Result<std::optional<ListCursor>> cursor_of(const http::Request& request) {
  const std::string_view text = request.query_value("cursor");
  if (text.empty()) return std::optional<ListCursor>();
  const auto bytes = from_base64url(text);
  ListCursor cursor;
  if (!bytes || bytes->size() != sizeof cursor.at + Uuid().size()) {
    return fail(FaultCode::invalid_input, "api.bad_cursor", "cursor");
  }
  std::memcpy(&cursor.at, bytes->data(), sizeof cursor.at);
  cursor.id = cases::CaseId::from_bytes(BytesView(*bytes).subspan(sizeof cursor.at));
  return std::optional(cursor);
}

Answer show_queues(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "queue:read"));
  MINHU_CHECK_OK(only_parameters(request, {}));
  const cases::Context context = api.installation.as(account.principal);
  return api.installation.database.read([&](Reading& reading) {
    bj::array counts;
    for (const cases::QueueSummary& each : cases::queue_summaries(reading, context)) {
      counts.push_back(bj::object{{"part", std::string(cases::name(each.part))},
                                  {"waiting", each.waiting},
                                  {"overdue", each.overdue},
                                  {"three_days", each.three_days},
                                  {"returned", each.returned},
                                  {"redo", each.redo}});
    }
    return json({{"queues", std::move(counts)}});
  });
}

Answer show_queue(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "queue:read"));
  MINHU_CHECK_OK(only_parameters(
      request, {"part", "due", "state", "track", "channel", "category", "place", "returned",
                "reopened", "redo", "urged", "joint_conference", "cursor", "limit"}));
  MINHU_TRY(const auto after, cursor_of(request));
  MINHU_TRY(const std::int64_t limit, limit_of(request, 50, 200));
  const cases::Context context = api.installation.as(account.principal);
  return api.installation.database.read([&](Reading& reading) -> Answer {
    MINHU_TRY(const cases::QueueQuery query,
              queue_query_of(reading, context.county.region,
                             [&](std::string_view filter) { return request.query_value(filter); }));
    const auto from = after ? std::optional(cases::QueueCursor{after->at, after->id})
                            : std::optional<cases::QueueCursor>();
    MINHU_TRY(const auto page, cases::queue_of(reading, context, query, from, limit));
    const auto next = page.next ? std::optional(ListCursor{page.next->due, page.next->case_id})
                                : std::optional<ListCursor>();
    return json({{"part", std::string(cases::name(query.part))},
                 {"lines", queue_lines(reading, context, page.lines)},
                 {"next_cursor", next_cursor(next)}});
  });
}

Answer show_handled(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "queue:read"));
  MINHU_CHECK_OK(only_parameters(request, {"state", "cursor", "limit"}));
  MINHU_TRY(const auto after, cursor_of(request));
  MINHU_TRY(const std::int64_t limit, limit_of(request, 50, 200));
  const std::string_view wanted = request.query_value("state");
  const auto state = cases::named<cases::State>(wanted);
  if (!wanted.empty() && !state) {
    return fail(
        FaultCode::invalid_input, "api.not_a_choice", "state",
        std::map<std::string, std::string>{{"field", "state"}, {"choices", "openapi.yaml"}});
  }
  const cases::Context context = api.installation.as(account.principal);
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const auto from = after ? std::optional(cases::HandledCursor{Instant{after->at}, after->id})
                            : std::optional<cases::HandledCursor>();
    MINHU_TRY(const auto page, cases::handled_by(reading, context, state, from, limit));
    const auto next =
        page.next ? std::optional(ListCursor{page.next->changed_at.unix_ms, page.next->case_id})
                  : std::optional<ListCursor>();
    return json(
        {{"lines", queue_lines(reading, context, page.lines)}, {"next_cursor", next_cursor(next)}});
  });
}

Answer find_case(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "case:read"));
  MINHU_CHECK_OK(only_parameters(request, {"number"}));
  MINHU_TRY(const std::string number, cases::parse_number(request.query_value("number")));
  const cases::Context context = api.installation.as(account.principal);
  return api.installation.database.read([&](Reading& reading) -> Answer {
    // The same answer for a number that there is not and a case that is not theirs.
    const auto file = cases::Sight(reading, context).find(number);
    if (!file) return fail(FaultCode::not_found, "cases.not_found");
    return json({{"id", file->id.text()}, {"number", cases::show_number(file->number)}});
  });
}

Answer take_step_in_bulk(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "case:sign_in"));
  MINHU_TRY(const cases::ClientToken token, token_of(request));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"step", "cases"}));
  MINHU_TRY(const std::string_view kind, given.text("step", Presence::required));
  // Only what needs no field and can be seen to be right from the list.
  if (kind != cases::name(cases::EventKind::signed_in)) {
    return fail(FaultCode::invalid_input, "api.not_a_choice", "step",
                std::map<std::string, std::string>{{"field", "step"}, {"choices", "signed_in"}});
  }
  MINHU_TRY(const std::vector<Asked> asked, asked_cases(given));
  const cases::Context context = api.installation.as(account.principal);
  bj::array results;
  for (const Asked& each : asked) {
    const auto id = cases::CaseId::parse(each.id);
    // A write of its own for each: what one case refuses stops no other.
    const auto taken =
        api.installation.database.write([&](Transaction& transaction) -> Result<bj::object> {
          if (!id) return fail(FaultCode::not_found, "cases.not_found");
          cases::Step step;
          step.kind = cases::EventKind::signed_in;
          step.expected_seq = each.expected_seq;
          step.token = token_for(token, *id);
          MINHU_TRY(const cases::Event event, cases::take_step(transaction, context, *id, step));
          desk::forget_draft_of(transaction, context, *id, step.kind);
          const auto file = cases::load_file(transaction, context.county.region, *id);
          return done(id->text(), event, *file);
        });
    if (taken) {
      results.push_back(*taken);
    } else {
      results.push_back(not_done(id ? id->text() : "",
                                 problem_body(api.language(request), request,
                                              http::status_of(taken.error().code), taken.error())));
    }
  }
  return json({{"results", std::move(results)}});
}

}  // namespace minhu::web_api
