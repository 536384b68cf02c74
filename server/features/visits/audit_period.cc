#include "features/visits/audit_period.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "features/visits/audit_photos.h"
#include "features/visits/audit_queue.h"
#include "features/visits/edges.h"
#include "features/visits/figures.h"
#include "features/visits/hindrances.h"
#include "features/visits/postings.h"
#include "features/visits/store.h"

namespace minhu::visits {

namespace {

using Details = std::map<std::string, std::string>;

// One day that stood in the calendar.
struct Day {
  Instant begins;
  Instant ends;
  std::optional<Instant> announced;  // when everybody was told of this day
  std::vector<Posting> postings;
  bool opened = false;
  bool given_up = false;  // moved or cancelled
  std::string reason;
};

struct Heard {
  std::int64_t number = 0;
  bool is_done = false;
  bool has_case = false;
  bool before_leaving = false;
};

// What the events of one visit say, day by day.
struct Course {
  VisitId id;
  bool unannounced = false;
  std::vector<Day> days;
  std::map<std::string, Heard, std::less<>> groups;  // of the last day
};

void take_time(const Event& event, std::string_view fact, Instant& instant) {
  const std::string_view text = event.fact(fact);
  std::from_chars(text.data(), text.data() + text.size(), instant.unix_ms);
}

void add_postings(const Event& event, Day& day) {
  for (Posting& posting : postings_in(event.fact("postings"))) {
    day.postings.push_back(std::move(posting));
  }
}

class Reader {
 public:
  explicit Reader(FixedZone zone) : zone_(zone) {}

  Course course_of(const std::vector<Event>& events) const {
    Course course;
    course.days.emplace_back();
    for (const Event& event : events) {
      course.id = event.subject;
      read(event, course);
    }
    return course;
  }

 private:
  void read(const Event& event, Course& course) const {
    using enum EventKind;
    Day& day = course.days.back();
    if (event.facts.contains("form")) course.unannounced = event.fact("form") == name(Form::field);
    if (is_about_a_group(event.kind)) return read_group(event, course);
    switch (event.kind) {
      case EventKind::planned:
      case revised:
        take_time(event, "begins", day.begins);
        take_time(event, "ends", day.ends);
        return;
      case published:
        day.announced = event.recorded_at;
        add_postings(event, day);
        return;
      case posted:
        return add_postings(event, day);
      case rescheduled:
        return reschedule(event, course);
      case cancelled:
        day.given_up = true;
        day.reason = event.fact("reason");
        return;
      case opened:
        day.opened = true;
        return;
      default:
        return;
    }
  }

  // A substitute on the same day keeps the day.
  void reschedule(const Event& event, Course& course) const {
    Day next;
    next.begins = course.days.back().begins;
    next.ends = course.days.back().ends;
    take_time(event, "begins", next.begins);
    take_time(event, "ends", next.ends);
    Day& day = course.days.back();
    const bool same_day = to_date(next.begins, zone_) == to_date(day.begins, zone_);
    if (event.fact("instead") == "substitute" && same_day) {
      day.begins = next.begins;
      day.ends = next.ends;
      return;
    }
    day.given_up = true;
    day.reason = event.fact("reason");
    next.announced = event.recorded_at;
    add_postings(event, next);
    course.days.push_back(std::move(next));
  }

  static void read_group(const Event& event, Course& course) {
    Heard& group = course.groups[std::string(event.fact("group"))];
    if (event.facts.contains("number")) {
      const std::string_view text = event.fact("number");
      std::from_chars(text.data(), text.data() + text.size(), group.number);
    }
    if (event.kind == EventKind::done) group.is_done = true;
    if (event.kind != EventKind::recorded) return;
    group.has_case = !event.fact("case").empty();
    group.before_leaving = event.fact("receipt") == "before_leaving";
  }

  FixedZone zone_;
};

class Auditor {
 public:
  Auditor(Reading& reading, const cases::Context& context, Date from, Date to)
      : reading_(reading),
        context_(context),
        from_(from),
        to_(to),
        fewest_days_(notice_of(context).days) {}

  PeriodAudit run() {
    const RegionId region = context_.county.region;
    const Reader reader(context_.county.rules.zone);
    for (const VisitId id : every_visit(reading_, region)) {
      try {
        const auto events = load_events(reading_, region, id);
        look_at(reader.course_of(events), events);
      } catch (const StorageFailure&) {
        find("visits.audit_unreadable", id, {});
      }
    }
    const std::int64_t sum = audit_.held + audit_.moved + audit_.not_held + audit_.open;
    if (sum != audit_.planned) {
      find("visits.audit_sum", VisitId(),
           {{"planned", std::to_string(audit_.planned)}, {"sum", std::to_string(sum)}});
    }
    compare_figures();
    return std::move(audit_);
  }

 private:
  Date day_of(Instant instant) const { return to_date(instant, context_.county.rules.zone); }
  bool within(const Day& day) const {
    return day_of(day.begins) >= from_ && day_of(day.begins) < to_;
  }

  void find(const char* key, VisitId visit, Details details) {
    details["visit"] = visit.empty() ? "-" : visit.text();
    audit_.findings.emplace_back(FaultCode::conflict, key, std::string(), std::move(details));
  }
  void find_of_day(const char* key, VisitId visit, const Day& day, Details details = {}) {
    details["day"] = format_date(day_of(day.begins));
    find(key, visit, std::move(details));
  }

  void look_at(const Course& course, const std::vector<Event>& events) {
    bool any = false;
    for (const Day& day : course.days) {
      if (day.begins.unix_ms == 0 || !within(day)) continue;
      any = true;
      count(course, day);
      if (day.announced) look_at_notice(course.id, day);
    }
    if (!any) return;
    if (within(course.days.back())) look_at_groups(course);
    for (const Found& found : audit_queue(events)) {
      find("visits.audit_queue", course.id,
           {{"seq", std::to_string(found.seq)}, {"what", std::string(name(found.finding))}});
    }
    PhotosAudit photos = audit_photos(reading_, context_, events);
    audit_.photos += photos.unaltered;
    audit_.photos_replaced += photos.replaced;
    for (Fault& found : photos.findings) audit_.findings.push_back(std::move(found));
  }

  void count(const Course& course, const Day& day) {
    ++audit_.planned;
    if (day.given_up) {
      // Without a reason it is in none of the sums: they do not add up then.
      if (day.reason.empty()) return find_of_day("visits.audit_no_reason", course.id, day);
      ++audit_.moved;
      if (day.announced) ++told_and_not_held_;
    } else if (day.opened) {
      ++audit_.held;
      if (day.announced) ++told_and_held_;
    } else if (day.ends >= context_.now) {
      ++audit_.open;
    } else {
      ++audit_.not_held;
      if (day.announced) ++told_and_not_held_;
      find_of_day(day.announced ? "visits.audit_not_held" : "visits.audit_never_announced",
                  course.id, day);
    }
    if (day.opened && !day.announced && !course.unannounced) {
      find_of_day("visits.audit_held_unannounced", course.id, day);
    }
  }

  void look_at_notice(VisitId visit, const Day& day) {
    const std::int64_t days = (day_of(day.begins) - day_of(*day.announced)).count();
    if (days < fewest_days_) {
      find_of_day("visits.audit_short_notice", visit, day,
                  {{"days", std::to_string(days)}, {"fewest", std::to_string(fewest_days_)}});
    }
    std::set<std::string> posted;
    for (const Posting& posting : day.postings) {
      posted.insert(posting.channel);
      if (posting.proof.empty() && !posting.photo) {
        find_of_day("visits.audit_no_proof", visit, day, {{"channel", posting.channel}});
      }
    }
    if (posted.size() < fewest_channels) {
      find_of_day("visits.audit_few_channels", visit, day,
                  {{"channels", std::to_string(posted.size())},
                   {"fewest", std::to_string(fewest_channels)}});
    }
    const bool offline =
        std::any_of(channels().begin(), channels().end(), [&](const Channel& channel) {
          return channel.offline && posted.contains(std::string(channel.code));
        });
    if (!offline) find_of_day("visits.audit_no_offline_channel", visit, day);
  }

  void look_at_groups(const Course& course) {
    for (const auto& [id, group] : course.groups) {
      if (!group.is_done && !group.has_case) continue;
      ++audit_.heard;
      if (group.before_leaving) ++audit_.receipts;
      const Details number{{"number", std::to_string(group.number)}};
      if (!group.has_case) {
        find_of_day("visits.audit_no_case", course.id, course.days.back(), number);
      } else if (!group.before_leaving) {
        find_of_day("visits.audit_no_receipt", course.id, course.days.back(), number);
      }
    }
  }

  // What everybody is shown is counted another way (figures.h): it has to come out the same.
  void compare_figures() {
    Figures shown;
    try {
      shown = figures(reading_, context_, from_, to_, unseen_months_by_default);
    } catch (const StorageFailure&) {
      return;  // a visit is unreadable, which has been said
    }
    const std::int64_t held = shown.held + shown.held_by_substitute;
    if (held == told_and_held_ && shown.not_held == told_and_not_held_) return;
    find("visits.audit_figures", VisitId(),
         {{"held", std::to_string(told_and_held_)},
          {"not_held", std::to_string(told_and_not_held_)},
          {"shown_held", std::to_string(held)},
          {"shown_not_held", std::to_string(shown.not_held)}});
  }

  Reading& reading_;
  const cases::Context& context_;
  const Date from_;
  const Date to_;
  const std::int64_t fewest_days_;
  std::int64_t told_and_held_ = 0;
  std::int64_t told_and_not_held_ = 0;
  PeriodAudit audit_;
};

}  // namespace

PeriodAudit audit_period(Reading& reading, const cases::Context& context, Date from, Date to) {
  return Auditor(reading, context, from, to).run();
}

}  // namespace minhu::visits
