// An official's own views of the queue: a title and the filters behind it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "features/cases/context.h"
#include "ports/storage.h"

namespace minhu::desk {

using ViewId = Id<struct ViewTag>;

struct View {
  ViewId id;
  std::string title;
  std::string query;  // as the caller wrote it, already checked to hold filters and nothing else
};

inline constexpr std::size_t longest_view_title = 40;
inline constexpr std::size_t most_views = 30;

// Those of the actor's account, in the order in which they were saved.
std::vector<View> views_of(Reading& reading, const cases::Context& context);
// A title that the account has already gets the new filters. Faults: invalid_input
// desk.title_missing, kernel.…; conflict desk.too_many_views.
Result<View> save_view(Transaction& transaction, const cases::Context& context,
                       std::string_view title, std::string_view query);
// Fault not_found desk.no_such_view, also for another account's.
Outcome delete_view(Transaction& transaction, const cases::Context& context, ViewId id);

}  // namespace minhu::desk
