// One visit as its events say it: what was planned, what everybody was told, and the queue. Pure:
// no storage, no clock.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/cases/kinds.h"
#include "features/visits/event.h"

namespace minhu::visits {

// An official person in office: who receives is public by law (信访工作条例 art. 18).
struct Leader {
  std::string name;
  std::string post;
  std::string portfolio;  // 分管: what they answer for
  Rank rank = Rank::town_head;
  bool operator==(const Leader&) const = default;
};

// A photo of a notice where it hangs (posting_photos.h); everybody may see it.
struct Photo {
  std::string sha256;  // of its bytes, 64 lower-case hex digits: its name
  cases::CaseId key;   // under which it lies sealed; of this photo alone
  cases::ContentId content;
  bool operator==(const Photo&) const = default;
};
// One that was taken away, because it showed a person or the wrong thing. Its bytes are destroyed.
struct ReplacedPhoto {
  std::string sha256;
  std::string reason;
  bool operator==(const ReplacedPhoto&) const = default;
};

// One place where it was made known. Its proof is words, a photo, or both.
struct Posting {
  std::string channel;    // of `channels` (edges.h): "board", "broadcast", "web", …
  std::string where;      // 竹源镇上溪村村口公告栏
  std::string proof;      // in words, or the address of a photo that lies elsewhere
  std::string posted_on;  // 2026-11-23
  std::optional<Photo> photo{};
  std::vector<ReplacedPhoto> replaced{};  // in order
  bool operator==(const Posting&) const = default;
};

// One booked or walk-in group. Who they are is not here (contacts.h).
struct Group {
  GroupId id;
  std::int64_t number = 0;  // 1, 2, 3 …: the order of commit over everybody who came or booked
  GroupState state = GroupState::waiting;
  Way way = Way::page;
  std::int64_t people = 1;
  bool placed = false;  // has one of the places; those on the list have none yet
  Instant since;        // when they got their number
  Instant state_since;
  Instant told;              // the time that they were told when they got their place
  cases::ContentId contact;  // sealed (contacts.h); gone after the visit
  cases::CaseId case_id;     // empty until it is recorded
  std::string receipt;       // "before_leaving", "later", or empty
  bool operator==(const Group&) const = default;

  // Nothing more happens to it.
  bool finished() const { return state >= GroupState::done; }
};

// What was heard and what came of it, in numbers (report.h makes it) and an office's words.
struct Report {
  std::int64_t heard = 0;
  std::int64_t solved_on_the_spot = 0;
  std::int64_t in_progress = 0;
  std::int64_t not_possible = 0;
  std::string why_not_possible;
  std::string words;
  bool operator==(const Report&) const = default;
};

// A day on which it was announced and did not take place so.
struct NotHeld {
  Instant announced;  // when it would have begun
  Instant said_at;
  std::string reason;
  std::string instead;  // "new_date", "substitute"
  bool operator==(const NotHeld&) const = default;
};

struct Visit {
  VisitId id;
  Form form = Form::reception;
  State state = State::planned;
  std::int64_t seq = -1;
  std::int64_t step_seq = -1;  // of the last event that is not about a group: what a form had read
  std::int64_t sequence = 0;   // of the calendar: goes up whenever what was announced changes
  Instant planned_at;
  Instant changed_at;  // of step_seq
  Instant last_at;     // of the last event
  std::string plan;    // of the month from which it came (another feature's), or empty

  UnitId unit;  // that holds it
  Leader leader;
  std::string place;        // code
  std::string place_words;  // 上溪村文化礼堂二楼
  Instant begins;
  Instant ends;
  std::int64_t slot_minutes = 20;
  std::int64_t capacity = 0;        // groups that can be heard
  std::int64_t walk_in_quota = 0;   // of them, kept for those who come without having booked
  std::int64_t waiting_places = 0;  // how long the waiting list may grow before the day
  std::string topics;               // what it is about, if anything: "用水、道路"
  std::string accessibility;        // how one gets in, and who helps
  std::string languages;            // "普通话、婺州话、手语"

  std::optional<Instant> published_at;
  std::vector<Posting> postings;
  std::vector<NotHeld> not_held;
  std::string public_reason;  // why it was moved or cancelled, the latest
  // Of one that was cancelled: "new_date" or "substitute", and which.
  std::string instead;
  Instant instead_begins;
  std::string instead_leader;
  std::optional<Instant> opened_at;
  std::optional<Report> report;
  // Under which the contacts of this visit are sealed; made when it is published, destroyed after.
  cases::CaseId contacts;
  bool contacts_destroyed = false;

  std::vector<Group> groups;  // by number

  bool operator==(const Visit&) const = default;

  const Group* group(GroupId id) const;
  Group* group(GroupId id);
  // Places that can be booked now; nobody on the waiting list is passed by.
  std::int64_t free_to_book() const;
  std::int64_t taken() const;  // groups with a place
  std::int64_t taken_by_booking() const;
  std::int64_t on_the_list() const;
  bool public_now() const { return published_at.has_value(); }
  bool bookable() const { return state == State::published; }
};

// Fails with StorageFailure when the event cannot follow.
void apply(Visit& visit, const Event& event);
Visit visit_from(const std::vector<Event>& events);

}  // namespace minhu::visits
