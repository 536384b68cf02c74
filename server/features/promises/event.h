// What happened to a promise or to a relay, append-only. An event holds codes, ids, dates and what
// an office says in public about the promise; what was said (the promise itself, a report, a
// verdict) lies in the content store, and the event keeps its id and commitment.
#pragma once

#include <map>
#include <string>

#include "features/accounts/principal.h"
#include "features/promises/kinds.h"

namespace minhu::promises {

using Facts = std::map<std::string, std::string, std::less<>>;

template <class SubjectId, class Kind>
struct EventOf {
  SubjectId subject;
  std::int64_t seq = 0;  // from 0, without gaps
  Kind kind{};
  Instant recorded_at;  // never decreases along seq
  accounts::Principal actor;
  Facts facts;
  bool operator==(const EventOf&) const = default;

  std::string_view fact(std::string_view fact_name) const {
    const auto found = facts.find(fact_name);
    return found == facts.end() ? std::string_view() : std::string_view(found->second);
  }
};
using Event = EventOf<PromiseId, EventKind>;
using RelayEvent = EventOf<RelayId, RelayEventKind>;

// The stored form of the facts: JSON with sorted keys, the same bytes for the same facts.
std::string payload_of(const Facts& facts);
// StorageFailure when it is not what payload_of writes.
Facts facts_in(std::string_view payload);

}  // namespace minhu::promises
