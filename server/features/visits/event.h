// What happened to a visit, append-only. An event holds codes, ids, dates, counts, and what the
// office says in public about the visit; never who booked: that is sealed (contacts.h) and
// destroyed after it.
#pragma once

#include <map>
#include <string>

#include "features/accounts/principal.h"
#include "features/visits/kinds.h"

namespace minhu::visits {

using Facts = std::map<std::string, std::string, std::less<>>;

struct Event {
  VisitId visit;
  std::int64_t seq = 0;  // from 0, without gaps: the order of commit, and so of the queue
  EventKind kind = EventKind::planned;
  Instant recorded_at;  // never decreases along seq
  accounts::Principal actor;
  Facts facts;
  bool operator==(const Event&) const = default;

  std::string_view fact(std::string_view fact_name) const {
    const auto found = facts.find(fact_name);
    return found == facts.end() ? std::string_view() : std::string_view(found->second);
  }
};

// It moves one group, not the visit.
bool is_about_a_group(EventKind kind) noexcept;

// The stored form of the facts: JSON with sorted keys, the same bytes for the same facts.
std::string payload_of(const Event& event);
// StorageFailure when it is not what payload_of writes.
Facts facts_in(std::string_view payload);

}  // namespace minhu::visits
