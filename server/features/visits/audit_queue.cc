#include "features/visits/audit_queue.h"

#include <array>
#include <charconv>
#include <map>

#include "features/visits/store.h"

namespace minhu::visits {

namespace {

constexpr std::array<std::string_view, 10> finding_names{
    "gap",      "earlier",           "number_out_of_turn", "passed_by",          "turned_away",
    "too_many", "moved_out_of_turn", "left_empty",         "called_out_of_turn", "unknown_group"};

std::int64_t number_of(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

class Audit {
 public:
  std::vector<Found> run(const std::vector<Event>& events) {
    for (const Event& event : events) {
      look_at_order(event);
      look_at(event);
      now_ = event;
    }
    // What fell free with the last event must have been taken by then.
    if (owed_seq_ >= 0) found(owed_seq_, Finding::left_empty, 0);
    return std::move(found_);
  }

 private:
  enum class Stands { listed, waiting, elsewhere, gone };
  struct Member {
    Stands stands = Stands::waiting;
    bool walk_in = false;
    bool has_place = false;
  };

  void found(std::int64_t seq, Finding finding, std::int64_t number) {
    found_.push_back({seq, finding, number});
  }

  void look_at_order(const Event& event) {
    const std::int64_t expected = now_ ? now_->seq + 1 : 0;
    if (event.seq != expected) found(event.seq, Finding::gap, 0);
    if (now_ && event.recorded_at < now_->recorded_at) found(event.seq, Finding::earlier, 0);
  }

  std::int64_t placed(bool walk_ins) const {
    std::int64_t count = 0;
    for (const auto& [number, member] : members_) {
      if (member.has_place && member.walk_in == walk_ins) ++count;
    }
    return count;
  }
  std::int64_t free_to_book() const { return capacity_ - quota_ - placed(false); }
  // The smallest number that stands so; 0 for nobody.
  std::int64_t first(Stands stands, bool bookings_only) const {
    for (const auto& [number, member] : members_) {
      if (member.stands == stands && !(bookings_only && member.walk_in)) return number;
    }
    return 0;
  }

  void look_at(const Event& event) {
    using enum EventKind;
    const bool moves_up = event.kind == moved_up;
    if (owed_seq_ >= 0 && !moves_up) {
      found(owed_seq_, Finding::left_empty, 0);
      owed_seq_ = -1;
    }
    if (event.facts.contains("capacity")) capacity_ = number_of(event.fact("capacity"));
    if (event.facts.contains("walk_in_quota")) quota_ = number_of(event.fact("walk_in_quota"));
    if (!is_about_a_group(event.kind)) return;
    if (event.kind == booked || event.kind == listed || event.kind == walked_in) {
      return join(event);
    }
    const auto known = numbers_.find(event.fact("group"));
    if (known == numbers_.end()) return found(event.seq, Finding::unknown_group, 0);
    const std::int64_t number = known->second;
    Member& member = members_[number];
    if (moves_up) {
      move_up(event, number, member);
    } else if (event.kind == withdrawn) {
      const bool frees = member.has_place && !member.walk_in;
      member.stands = Stands::gone;
      member.has_place = false;
      if (frees) owe(event);
    } else if (event.kind == called) {
      call(event, number, member);
    } else if (event.kind == came_back) {
      member.stands = Stands::waiting;
    } else if (event.kind != recorded) {
      member.stands = event.kind == left ? Stands::gone : Stands::elsewhere;
    }
  }

  void join(const Event& event) {
    const std::int64_t number = number_of(event.fact("number"));
    if (number != static_cast<std::int64_t>(members_.size()) + 1) {
      found(event.seq, Finding::number_out_of_turn, number);
    }
    Member member;
    member.walk_in = event.fact("way") == name(Way::walk_in);
    const bool quota_left = member.walk_in && placed(true) < quota_;
    if (event.kind == EventKind::listed) {
      member.stands = Stands::listed;
      if (quota_left || free_to_book() > 0) found(event.seq, Finding::turned_away, number);
    } else {
      if (!quota_left) {
        if (free_to_book() <= 0) {
          found(event.seq, Finding::too_many, number);
        } else if (first(Stands::listed, true) != 0) {
          found(event.seq, Finding::passed_by, number);
        }
      }
      member.has_place = true;
    }
    numbers_.emplace(event.fact("group"), number);
    members_[number] = member;
  }

  void move_up(const Event& event, std::int64_t number, Member& member) {
    if (number != first(Stands::listed, true)) {
      found(event.seq, Finding::moved_out_of_turn, number);
    }
    if (free_to_book() <= 0) found(event.seq, Finding::too_many, number);
    member.stands = Stands::waiting;
    member.has_place = true;
    owed_seq_ = -1;
    owe(event);
  }

  void call(const Event& event, std::int64_t number, Member& member) {
    const std::int64_t waiting = first(Stands::waiting, false);
    const std::int64_t next = waiting != 0 ? waiting : first(Stands::listed, false);
    if (number != next) found(event.seq, Finding::called_out_of_turn, number);
    if (member.stands == Stands::listed) member.has_place = true;
    member.stands = Stands::elsewhere;
  }

  void owe(const Event& event) {
    if (free_to_book() > 0 && first(Stands::listed, true) != 0) owed_seq_ = event.seq;
  }

  std::vector<Found> found_;
  std::map<std::int64_t, Member> members_;
  std::map<std::string, std::int64_t, std::less<>> numbers_;
  std::optional<Event> now_;
  std::int64_t capacity_ = 0;
  std::int64_t quota_ = 0;
  std::int64_t owed_seq_ = -1;
};

}  // namespace

std::string_view name(Finding finding) noexcept {
  return finding_names[static_cast<std::size_t>(finding)];
}

std::vector<Found> audit_queue(const std::vector<Event>& events) {
  return Audit().run(events);
}

std::vector<QueueAudit> audit_queues(Reading& reading, RegionId region) {
  std::vector<QueueAudit> audits;
  for (const VisitId id : every_visit(reading, region)) {
    auto found = audit_queue(load_events(reading, region, id));
    if (!found.empty()) audits.push_back({id, std::move(found)});
  }
  return audits;
}

}  // namespace minhu::visits
