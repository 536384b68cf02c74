// `minhu relay audit`: is something missing from a handing over? Read from the rows alone, and each
// thing from two sides: what an event says that was frozen, and what lies in the list; what a post
// owed by the events of promises, cases and classes, and what was handed over.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "features/promises/relay.h"
#include "ports/storage.h"

namespace minhu::promises {

enum class Missing : std::uint8_t {
  item_gone,             // frozen, and no longer in the list
  item_altered,          // in the list, and not as it was frozen
  item_added,            // in the list, and was not frozen
  list_altered,          // the digests are not those of the digest of the list
  left_out,              // owed by the post when it was frozen, and not in the list
  not_answered,          // signed, or frozen for 30 days, without an answer to the item
  signature_altered,     // what stands there is not what was signed
  not_taken_over,        // signed by both, and the promise does not know of it
  relay_gone,            // a promise or a post came through a relay that there is not
  holder_without_relay,  // a post has another holder, and nobody handed it over
  unreadable,            // its events do not follow one another: somebody changed them
  not_by_another,        // signed in absence by one of the two, or by whoever froze the list
};
std::string_view name(Missing) noexcept;

struct Finding {
  Missing what = Missing::item_gone;
  RelayId relay;
  std::int64_t item = 0;  // 0: of the whole relay
  std::string subject;    // the id of the promise, case, class or post; may be empty
  bool operator==(const Finding&) const = default;
};
// A signature that an office gave in the place of somebody who could give none: no finding, but
// whoever audits is told of each.
struct InAbsence {
  RelayId relay;
  Side side = Side::outgoing;
  std::string office;
  Instant at;
  bool operator==(const InAbsence&) const = default;
};
struct Audited {
  std::int64_t relays = 0;
  std::int64_t items = 0;
  std::vector<Finding> findings;
  std::vector<InAbsence> in_absence;
};

inline constexpr std::int64_t days_to_answer = 30;

Audited audit_relays(Reading& reading, RegionId region, Instant now);
// As a sentence: promises.audit_<what>, with relay, item and subject in its details.
Fault as_fault(const Finding& finding);

// Whether each promise has an owner (a post that somebody holds) and a day, and can be read.
struct PromisesAudited {
  std::int64_t promises = 0;
  std::vector<Fault> findings;  // promises.audit_promise_*, with the promise in their details
};
PromisesAudited audit_promises(Reading& reading, RegionId region);

}  // namespace minhu::promises
