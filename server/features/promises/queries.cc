#include <algorithm>

#include "features/promises/promises.h"
#include "features/promises/sight.h"
#include "features/promises/store.h"

namespace minhu::promises {

std::optional<Promise> view(Reading& reading, const cases::Context& context, PromiseId id) {
  auto promise = load_promise(reading, context.county.region, id);
  if (!promise || !PromiseSight(reading, context).may_see(*promise)) return std::nullopt;
  return promise;
}

std::vector<Promise> list(Reading& reading, const cases::Context& context, const Wanted& wanted) {
  const RegionId region = context.county.region;
  const std::string today = format_date(to_date(context.now, context.county.rules.zone));
  PromiseSight sight(reading, context);
  std::vector<Promise> found;
  for (const PromiseRow& row : all_rows(reading, region)) {
    if (wanted.post && row.post != *wanted.post) continue;
    if ((wanted.open || wanted.overdue) && !row.is_open) continue;
    if (wanted.overdue && row.due >= today) continue;
    auto promise = load_promise(reading, region, row.id);
    if (!promise || !sight.may_see(*promise)) continue;
    if (wanted.mine && !sight.holds(*promise)) continue;
    found.push_back(std::move(*promise));
  }
  return found;
}

std::vector<Promise> of_case(Reading& reading, RegionId region, cases::CaseId id) {
  std::vector<Promise> found;
  for (const PromiseId promise : promises_of_case(reading, region, id)) {
    auto loaded = load_promise(reading, region, promise);
    if (loaded) found.push_back(std::move(*loaded));
  }
  std::sort(found.begin(), found.end(), [](const Promise& a, const Promise& b) {
    return std::tie(a.promised_on, a.id) < std::tie(b.promised_on, b.id);
  });
  return found;
}

}  // namespace minhu::promises
