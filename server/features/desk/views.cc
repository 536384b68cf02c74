#include "features/desk/views.h"

#include <algorithm>

#include "kernel/utf8.h"

namespace minhu::desk {

std::vector<View> views_of(Reading& reading, const cases::Context& context) {
  // The ids hold the time at which they were made, so their order is that of saving.
  return reading.all(
      "SELECT view_id, title, query FROM desk_view WHERE region_id = ?1 AND account_id = ?2 "
      "ORDER BY view_id",
      {param(context.county.region), param(context.actor.account)}, [](const Row& row) {
        return View{row.id<ViewId>(0), std::string(row.text(1)), std::string(row.text(2))};
      });
}

Result<View> save_view(Transaction& transaction, const cases::Context& context,
                       std::string_view title, std::string_view query) {
  MINHU_TRY(std::string clean, clean_text(title));
  if (clean.empty()) return fail(FaultCode::invalid_input, "desk.title_missing", "title");
  const auto views = views_of(transaction, context);
  const auto same = std::find_if(views.begin(), views.end(),
                                 [&](const View& view) { return view.title == clean; });
  if (same == views.end() && views.size() >= most_views) {
    return fail(FaultCode::conflict, "desk.too_many_views", "title",
                std::map<std::string, std::string>{{"most", std::to_string(most_views)}});
  }
  View view{same == views.end() ? context.entropy.id<ViewId>(context.now) : same->id,
            std::move(clean), std::string(query)};
  transaction.execute(
      "INSERT INTO desk_view(region_id, account_id, view_id, title, query) "
      "VALUES (?1, ?2, ?3, ?4, ?5) "
      "ON CONFLICT (region_id, account_id, view_id) DO UPDATE SET query = excluded.query",
      {param(context.county.region), param(context.actor.account), param(view.id),
       std::string_view(view.title), std::string_view(view.query)});
  return view;
}

Outcome delete_view(Transaction& transaction, const cases::Context& context, ViewId id) {
  const auto gone = transaction.execute(
      "DELETE FROM desk_view WHERE region_id = ?1 AND account_id = ?2 AND view_id = ?3",
      {param(context.county.region), param(context.actor.account), param(id)});
  if (gone == 0) return fail(FaultCode::not_found, "desk.no_such_view");
  return {};
}

}  // namespace minhu::desk
