// What happened to a class, append-only. An event holds codes, ids, dates, counts, and what
// officials wrote about the class: the office's words, never a person's (office_words.h refuses
// telephone numbers and the like in them).
#pragma once

#include <map>
#include <string>

#include "features/accounts/principal.h"
#include "features/classes/kinds.h"

namespace minhu::classes {

using Facts = std::map<std::string, std::string, std::less<>>;

struct Event {
  ClassId class_id;
  std::int64_t seq = 0;  // from 0, without gaps
  EventKind kind = EventKind::detected;
  Instant recorded_at;  // never decreases along seq
  accounts::Principal actor;
  Facts facts;
  bool operator==(const Event&) const = default;

  std::string_view fact(std::string_view fact_name) const {
    const auto found = facts.find(fact_name);
    return found == facts.end() ? std::string_view() : std::string_view(found->second);
  }
};

// Links and their like: they change who is in the class, not what is known of it.
bool is_about_a_case(EventKind kind) noexcept;

// The stored form of the facts: JSON with sorted keys, the same bytes for the same facts.
std::string payload_of(const Event& event);
// StorageFailure when it is not what payload_of writes.
Facts facts_in(std::string_view payload);

}  // namespace minhu::classes
