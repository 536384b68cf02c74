#include "features/visits/hindrances.h"

#include <algorithm>
#include <array>
#include <set>

#include "features/cases/store.h"
#include "features/visits/edges.h"
#include "features/visits/posting_photos.h"
#include "features/visits/sending.h"
#include "features/visits/store.h"

namespace minhu::visits {

namespace {

constexpr std::int64_t longest_day_ms = std::int64_t{14} * 3'600'000;

tl::unexpected<Fault> in_the_way(const char* key, std::map<std::string, std::string> details = {},
                                 std::string field = {}) {
  return fail(FaultCode::conflict, key, std::move(field), std::move(details));
}
tl::unexpected<Fault> wrong(const char* key, std::string field,
                            std::map<std::string, std::string> details = {}) {
  return fail(FaultCode::invalid_input, key, std::move(field), std::move(details));
}

Date day_of(const cases::Context& context, Instant instant) {
  return to_date(instant, context.county.rules.zone);
}

Outcome check_times(const cases::Context& context, const Visit& visit) {
  const bool one_day = day_of(context, visit.begins) == day_of(context, visit.ends);
  if (visit.ends <= visit.begins || !one_day ||
      visit.ends.unix_ms - visit.begins.unix_ms > longest_day_ms) {
    return wrong("visits.times_wrong", "ends");
  }
  return {};
}

Outcome check_places(const Visit& visit) {
  if (visit.capacity < 1) return wrong("visits.places_wrong", "capacity");
  if (visit.walk_in_quota >= visit.capacity) return wrong("visits.places_wrong", "walk_in_quota");
  if (visit.slot_minutes < 5) return wrong("visits.places_wrong", "slot_minutes");
  return {};
}

Outcome in_time_to_be_known(const cases::Context& context, const Visit& visit,
                            const char* field = "") {
  const Notice notice = notice_of(context);
  if (day_of(context, visit.begins) >= notice.first_day) return {};
  return in_the_way(
      "visits.too_late",
      {{"days", std::to_string(notice.days)}, {"first_day", format_date(notice.first_day)}}, field);
}

Outcome may_be_published(const cases::Context& context, const Visit& visit) {
  const std::pair<const char*, bool> parts[] = {
      {"leader_name", !visit.leader.name.empty()},
      {"leader_post", !visit.leader.post.empty()},
      {"leader_portfolio", !visit.leader.portfolio.empty()},
      {"place", !visit.place.empty()},
      {"place_words", !visit.place_words.empty()},
      {"begins", visit.begins.unix_ms != 0},
      {"ends", visit.ends.unix_ms != 0},
      {"capacity", visit.capacity > 0},
      {"accessibility", !visit.accessibility.empty()},
  };
  for (const auto& [field, there] : parts) {
    if (!there) return in_the_way("visits.incomplete", {{"field", field}});
  }
  MINHU_CHECK_OK(check_times(context, visit));
  MINHU_CHECK_OK(check_places(visit));
  return in_time_to_be_known(context, visit);
}

bool was_heard(const Group& group) {
  return group.state == GroupState::done || !group.case_id.empty();
}

// Everybody who was heard has a case with its number; nobody is still standing there.
Outcome may_end(const Visit& visit) {
  for (const Group& group : visit.groups) {
    if (group.state == GroupState::called || group.state == GroupState::speaking) {
      return in_the_way("visits.not_heard", {{"number", std::to_string(group.number)}});
    }
  }
  for (const Group& group : visit.groups) {
    if (was_heard(group) && group.case_id.empty()) {
      return in_the_way("visits.without_case", {{"number", std::to_string(group.number)}});
    }
  }
  return {};
}

// A case that nobody has sorted yet has no unit. What is held is not counted: nobody may learn
// from here that there is such a case.
Outcome all_sorted(Reading& reading, const cases::Context& context, const Visit& visit) {
  std::int64_t waiting = 0;
  for (const Group& group : visit.groups) {
    if (group.case_id.empty()) continue;
    const auto file = cases::load_file(reading, context.county.region, group.case_id);
    if (file && (file->state == cases::State::registered || file->state == cases::State::triaged)) {
      ++waiting;
    }
  }
  if (waiting == 0) return {};
  return in_the_way("visits.cases_waiting", {{"cases", std::to_string(waiting)}});
}

std::set<std::string> channels_of(const std::vector<Posting>& postings) {
  std::set<std::string> found;
  for (const Posting& posting : postings) found.insert(posting.channel);
  return found;
}

Outcome enough_channels(const std::vector<Posting>& postings) {
  const auto posted = channels_of(postings);
  if (posted.size() < fewest_channels) {
    return wrong("visits.too_few_channels", "postings",
                 {{"fewest", std::to_string(fewest_channels)}});
  }
  const bool offline =
      std::any_of(channels().begin(), channels().end(), [&](const Channel& channel) {
        return channel.offline && posted.contains(std::string(channel.code));
      });
  if (!offline) return wrong("visits.no_offline_channel", "postings");
  return {};
}

// Whoever heard of it in one way must be able to hear in the same way that it is otherwise.
Outcome same_channels(const Visit& before, const std::vector<Posting>& postings) {
  const auto posted = channels_of(postings);
  std::string missing;
  for (const std::string& channel : channels_of(before.postings)) {
    if (!posted.contains(channel)) missing += (missing.empty() ? "" : " ") + channel;
  }
  if (missing.empty()) return {};
  return wrong("visits.channels_missing", "postings", {{"channels", missing}});
}

// Everybody hears of another day as long before it as of the first one: who knew of the first
// stands before a closed door on it, and does not know of the other.
Outcome another_day(const cases::Context& context, const Visit& after) {
  MINHU_CHECK_OK(check_times(context, after));
  return in_time_to_be_known(context, after, "begins");
}

constexpr std::array parts_of_a_leader{"leader_name", "leader_post", "leader_portfolio",
                                       "leader_rank"};

// Whoever comes in the place of another is announced as fully as the first one was: what that one
// answers for must not stand beside another's name. And has no lower rank, whether the day stays or
// changes, too.
Outcome somebody_else(const Visit& before, const Facts& facts, const Visit& after) {
  const bool whole = std::all_of(parts_of_a_leader.begin(), parts_of_a_leader.end(),
                                 [&](const char* part) { return facts.contains(part); });
  if (!whole) return wrong("visits.no_substitute", "leader_name");
  if (after.leader.rank < before.leader.rank) {
    return wrong("visits.substitute_rank", "leader_rank");
  }
  return {};
}

Outcome something_instead(const cases::Context& context, const Visit& before, const Facts& facts,
                          const Visit& after) {
  const bool names_somebody = std::any_of(parts_of_a_leader.begin(), parts_of_a_leader.end(),
                                          [&](const char* part) { return facts.contains(part); });
  if (facts.at("instead") == "substitute" || names_somebody) {
    MINHU_CHECK_OK(somebody_else(before, facts, after));
  }
  if (facts.at("instead") == "new_date") {
    const bool moved = facts.contains("begins") && facts.contains("ends");
    if (!moved || day_of(context, after.begins) <= day_of(context, context.now)) {
      return wrong("visits.no_other_day", "begins");
    }
    return another_day(context, after);
  }
  // Who comes instead may come at another hour of that day.
  const bool same_day = day_of(context, after.begins) == day_of(context, before.begins);
  return same_day ? check_times(context, after) : another_day(context, after);
}

// The visit with what takes its place, whatever the step does with it.
Visit with_instead(const Visit& before, const Facts& facts) {
  Visit after = before;
  const auto time = [&](const char* fact, Instant& instant) {
    const auto found = facts.find(fact);
    if (found != facts.end()) instant.unix_ms = std::stoll(found->second);
  };
  time("begins", after.begins);
  time("ends", after.ends);
  const auto rank = facts.find("leader_rank");
  if (rank != facts.end()) after.leader.rank = named<Rank>(rank->second).value_or(Rank{});
  return after;
}

}  // namespace

Notice notice_of(const cases::Context& context) {
  const Date today = day_of(context, context.now);
  Notice notice;
  notice.first_day = today + std::chrono::days(notice.days);
  const auto rules = context.county.rules.started_by(
      "visit", "published", today, [](std::string_view) { return std::string_view(); });
  for (const auto& found : rules) {
    const deadlines::Due due = deadlines::compute(*found.rule, context.county.rules.calendar,
                                                  context.now, context.county.rules.zone);
    notice.days = found.rule->amount;
    notice.first_day = due.last_day;
    notice.citation = found.rule->citation;
  }
  return notice;
}

Outcome hindrance(Reading& reading, const cases::Context& context, const Visit& visit,
                  EventKind kind) {
  switch (kind) {
    case EventKind::published:
      MINHU_CHECK_OK(may_be_published(context, visit));
      return check_leader(reading, context, visit);
    case EventKind::opened:
      if (day_of(context, context.now) != day_of(context, visit.begins)) {
        return in_the_way("visits.not_today",
                          {{"day", format_date(day_of(context, visit.begins))}});
      }
      return {};
    case EventKind::instructed:
      return may_end(visit);
    case EventKind::assigned:
      return all_sorted(reading, context, visit);
    default:
      return {};
  }
}

Outcome hindrance_of_step(const cases::Context& context, const Visit& before, const Visit& after,
                          EventKind kind, const Facts& facts,
                          const std::vector<Posting>& postings) {
  switch (kind) {
    case EventKind::revised:
      if (after.begins.unix_ms != 0 && after.ends.unix_ms != 0) {
        MINHU_CHECK_OK(check_times(context, after));
      }
      return check_places(after);
    case EventKind::published:
      return enough_channels(postings);
    case EventKind::rescheduled:
      MINHU_CHECK_OK(something_instead(context, before, facts, with_instead(before, facts)));
      return same_channels(before, postings);
    case EventKind::cancelled:
      if (!before.published_at) return {};
      MINHU_CHECK_OK(something_instead(context, before, facts, with_instead(before, facts)));
      return same_channels(before, postings);
    case EventKind::photo_replaced:
      if (posting_of(before, facts.at("photo")) != nullptr) return {};
      return wrong("visits.field_wrong", "photo", {{"field", "photo"}});
    default:
      return {};
  }
}

}  // namespace minhu::visits
