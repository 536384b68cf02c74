// An official's own views of the queue.
#include "features/desk/views.h"

#include <boost/json.hpp>

#include "adapters/web_api/desk.h"
#include "adapters/web_api/queue_query.h"
#include "adapters/web_api/show.h"

namespace minhu::web_api {

namespace {

namespace bj = boost::json;

bj::object shown(const desk::View& view) {
  return {{"id", view.id.text()}, {"title", view.title}, {"query", bj::parse(view.query)}};
}

}  // namespace

Answer list_views(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "queue:read"));
  const cases::Context context = api.installation.as(account.principal);
  return api.installation.database.read([&](Reading& reading) {
    bj::array views;
    for (const desk::View& view : desk::views_of(reading, context)) views.push_back(shown(view));
    return json({{"views", std::move(views)}});
  });
}

Answer save_view(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "queue:read"));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"title", "query"}));
  MINHU_TRY(const std::string_view title,
            given.short_text("title", desk::longest_view_title, Presence::required));
  MINHU_TRY(const auto filters, given.members("query"));
  if (!filters) {
    return fail(FaultCode::invalid_input, "api.missing_field", "query",
                std::map<std::string, std::string>{{"field", "query"}});
  }
  MINHU_CHECK_OK(filters->only({"part", "due", "state", "track", "channel", "category", "place",
                                "returned", "reopened", "redo", "urged", "joint_conference"}));
  // Only what was understood is kept, in one order.
  bj::object query;
  for (const std::string_view filter : queue_filters) {
    MINHU_TRY(const std::string_view value, filters->text(filter));
    if (!value.empty()) query[filter] = bj::string_view(value.data(), value.size());
  }
  const cases::Context context = api.installation.as(account.principal);
  return api.installation.database.write([&](Transaction& transaction) -> Answer {
    MINHU_CHECK_OK(queue_query_of(transaction, context.county.region, [&](std::string_view filter) {
      const bj::value* value = query.if_contains(filter);
      return value == nullptr ? std::string_view() : std::string_view(value->get_string());
    }));
    MINHU_TRY(const desk::View view,
              desk::save_view(transaction, context, title, bj::serialize(query)));
    return json(shown(view), 201);
  });
}

Answer delete_view(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "queue:read"));
  const auto id = desk::ViewId::parse(request.captures.at(0));
  if (!id) return fail(FaultCode::not_found, "desk.no_such_view");
  const cases::Context context = api.installation.as(account.principal);
  MINHU_CHECK_OK(api.installation.database.write(
      [&](Transaction& transaction) { return desk::delete_view(transaction, context, *id); }));
  return no_content();
}

}  // namespace minhu::web_api
