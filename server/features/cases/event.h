// The event table: what happened to a case, append-only. The contract on which the record, the
// classes, the figures and the visits stand.
//
//  * An event holds facts (codes, dates, numbers), ids and salted commitments — never a word a
//  person wrote or said.
//  * happened_at is when it took place in life (a letter of last year, a call that was typed in
//    later); recorded_at is when this program committed it. recorded_at never decreases along one
//    case's seq; happened_at lies anywhere between the case's own beginning and it.
//  * The clock that an event starts begins at the one of the two that its rule names.
//  * The row of today (case_file.h) is derived from the events and nothing else, in the same
//  transaction.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "features/accounts/principal.h"
#include "features/cases/content.h"
#include "features/cases/kinds.h"

namespace minhu::cases {

// Facts by name: short codes, ids, dates, counts. Their names and forms are the fields of the edge
// (edges.cc), and what guard_step adds.
using Facts = std::map<std::string, std::string, std::less<>>;

enum class ClockStep : std::uint8_t { start, meet, pause, resume, move, stop };

// What an event did to one clock. Everything the rule decided is kept, so that no later rule
// changes the past.
struct ClockChange {
  ClockStep step = ClockStep::start;
  std::string rule;          // "route-15", stable within its pack
  std::string pack;          // "cn-petition-2022@1"
  std::string calendar;      // "cn-2026@1", empty where the rule needs none
  Instant started;           // start and move
  Instant due;               // start, resume and move: the last instant that is in time
  bool provisional = false;  // the calendar does not reach that far yet
  bool citizen = false;      // a window of the speaker's, not a duty of ours
  UnitId unit;               // whose clock it is, where a rule gives each unit its own
  // In the rule's unit: how long a fact made the term (start), how much an extension gave (move),
  // how much a pause took (resume). 0 elsewhere.
  std::int64_t by = 0;
  bool operator==(const ClockChange&) const = default;
};

struct Event {
  CaseId case_id;
  std::int64_t seq = 0;  // from 0, without gaps
  EventKind kind = EventKind::received;
  Instant happened_at;
  Instant recorded_at;
  accounts::Principal actor;  // an official's role, unit and account; a speaker is nobody by name
  Facts facts;
  std::vector<ContentRef> contents;
  std::vector<ClockChange> clocks;
  bool operator==(const Event&) const = default;

  std::string_view fact(std::string_view fact_name) const {
    const auto found = facts.find(fact_name);
    return found == facts.end() ? std::string_view() : std::string_view(found->second);
  }
};

// A fact that holds several ids, separated by blanks.
std::vector<std::string_view> words_in(std::string_view fact);

// The stored form of facts, contents and clocks: JSON with sorted keys and no blanks, the same
// bytes for the same event.
std::string payload_of(const Event& event);
// StorageFailure when it is not what payload_of writes.
void read_payload(std::string_view payload, Event& event);

}  // namespace minhu::cases
