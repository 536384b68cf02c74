#include "features/promises/inventory.h"

#include <algorithm>
#include <set>

#include "features/cases/store.h"
#include "features/classes/edges.h"
#include "features/classes/store.h"
#include "features/promises/sight.h"
#include "features/promises/store.h"

namespace minhu::promises {

namespace {

template <class Event>
std::vector<Event> known_by(std::vector<Event> events, const AsOf& as_of) {
  std::erase_if(events, [&](const Event& event) { return !as_of.has(event.recorded_at); });
  return events;
}

std::optional<cases::CaseFile> case_then(Reading& reading, RegionId region, cases::CaseId id,
                                         const AsOf& as_of) {
  const auto events = known_by(cases::load_events(reading, region, id), as_of);
  if (events.empty()) return std::nullopt;
  cases::CaseFile file;
  for (const cases::Event& event : events) cases::apply(file, event);
  return file;
}

// Facts in the order of their names, so that the same facts are the same bytes. No word of anybody:
// what was promised stands in it as its commitment.
RelayItem item_of(const Promise& promise) {
  return {0, ItemKind::promise, promise.id.uuid(),
          payload_of({{"commitment", promise.words.commitment},
                      {"due", promise.due},
                      {"promised_on", promise.promised_on},
                      {"seq", std::to_string(promise.seq)},
                      {"state", std::string(name(promise.state))}})};
}

RelayItem item_of(const cases::CaseFile& file) {
  return {0, ItemKind::sponsored_case, file.id.uuid(),
          payload_of({{"number", file.number}, {"state", std::string(cases::name(file.state))}})};
}

RelayItem item_of(const classes::ClassFile& file) {
  return {0, ItemKind::matter_class, file.id.uuid(),
          payload_of({{"number", file.number}, {"state", std::string(classes::name(file.state))}})};
}

void add_promises(Reading& reading, RegionId region, PostId post, const AsOf& as_of,
                  std::vector<RelayItem>& items) {
  std::set<cases::CaseId> taken_on;
  std::vector<RelayItem> of_cases;
  for (const PromiseId id : every_promise(reading, region)) {
    const auto events = known_by(load_events(reading, region, id), as_of);
    if (events.empty()) continue;
    const Promise promise = promise_from(events);
    if (promise.post != post) continue;
    const auto file =
        promise.case_id.empty() ? std::nullopt : case_then(reading, region, promise.case_id, as_of);
    // What came under seal is nobody's to hand over: a line with its number and "held" would tell
    // both leaders that there is a report.
    if (file && is_behind_the_seal(*file)) continue;
    if (promise.open()) items.push_back(item_of(promise));
    // Taking a case on ends with the case, not with what was promised in it.
    if (!promise.sponsored || promise.state == State::given_up) continue;
    if (!taken_on.insert(promise.case_id).second) continue;
    if (file && !file->erased && !cases::ended_states.has(file->state)) {
      of_cases.push_back(item_of(*file));
    }
  }
  items.insert(items.end(), of_cases.begin(), of_cases.end());
}

void add_classes(Reading& reading, RegionId region, std::string_view title, const AsOf& as_of,
                 std::vector<RelayItem>& items) {
  constexpr classes::States owed =
      classes::under_way_states |
      classes::States{classes::State::verified, classes::State::institutionalised};
  for (const classes::ClassRow& row : classes::all_rows(reading, region)) {
    const auto events = known_by(classes::load_events(reading, region, row.id), as_of);
    if (events.empty()) continue;
    const classes::ClassFile file = classes::file_from(events);
    if (file.sponsor == title && owed.has(file.state)) items.push_back(item_of(file));
  }
}

}  // namespace

std::vector<RelayItem> inventory_of(Reading& reading, RegionId region, PostId post,
                                    std::string_view title, const AsOf& as_of) {
  std::vector<RelayItem> items;
  add_promises(reading, region, post, as_of, items);
  add_classes(reading, region, title, as_of, items);
  std::sort(items.begin(), items.end(), [](const RelayItem& a, const RelayItem& b) {
    return std::tie(a.kind, a.subject) < std::tie(b.kind, b.subject);
  });
  for (std::size_t i = 0; i < items.size(); ++i) items[i].item = static_cast<std::int64_t>(i) + 1;
  return items;
}

}  // namespace minhu::promises
