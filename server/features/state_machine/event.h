// What happened to one subject, append-only. An event holds facts: codes, ids, dates, counts, and
// what an office says in public. What a person wrote or said is never one of them; that lies in the
// content store, and the event keeps its id and commitment.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "features/accounts/principal.h"
#include "kernel/civil_time.h"

namespace minhu::state_machine {

using Facts = std::map<std::string, std::string, std::less<>>;

template <class SubjectId, class Kind>
struct EventOf {
  SubjectId subject;
  std::int64_t seq = 0;  // from 0, without gaps: the order of commit
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

// The stored form of facts: JSON with sorted keys, the same bytes for the same facts.
std::string payload_of(const Facts& facts);
// StorageFailure when it is not what payload_of writes; `of` says whose event it is ("a visit").
Facts facts_in(std::string_view payload, std::string_view of);

}  // namespace minhu::state_machine
