#include "features/visits/telling.h"

#include <algorithm>

#include "features/cases/content.h"
#include "features/messages/message.h"
#include "features/visits/contacts.h"
#include "features/visits/store.h"
#include "kernel/enum_names.h"

namespace minhu::visits {

MINHU_ENUM_NAMES(Occasion, moved_up, "moved", "substitute", "cancelled", "moved_up")
MINHU_ENUM_NAMES(Telling, not_reached, "waiting", "told", "not_reached")

namespace {

constexpr std::int64_t most_at_once = 100;

using NoticeId = Id<struct VisitNoticeTag>;  // goes out with the message, the same at every try

struct Notice {
  VisitId visit;
  GroupId group;
  NoticeId id;
  Occasion occasion = Occasion::moved;
  std::int64_t tries = 0;
};

bool is_still_to_come(const Group& group) {
  return group.state == GroupState::listed || group.state == GroupState::waiting;
}

std::vector<Notice> due_notices(Reading& reading, RegionId region, Instant now) {
  return reading.all(
      "SELECT visit_id, group_id, notice_id, occasion, tries FROM visit_notice "
      "WHERE region_id = ?1 AND next_try_at IS NOT NULL AND next_try_at <= ?2 "
      "ORDER BY next_try_at, notice_id LIMIT ?3",
      {param(region), param(now), most_at_once}, [](const Row& row) {
        return Notice{row.id<VisitId>(0), row.id<GroupId>(1), row.id<NoticeId>(2),
                      Occasion_names.named(row.text(3)).value_or(Occasion::moved), row.integer(4)};
      });
}

// What was put off while a clock was ahead would wait for as long as it was (messages/message.h).
bool any_put_off_too_far(Reading& reading, RegionId region, Instant now) {
  return reading
      .first(
          "SELECT 1 FROM visit_notice WHERE region_id = ?1 AND next_try_at IS NOT NULL "
          "AND next_try_at > ?2 LIMIT 1",
          {param(region), now.unix_ms + messages::longest_wait_ms}, [](const Row&) { return true; })
      .has_value();
}

void bring_back_put_off_too_far(Transaction& transaction, RegionId region, Instant now) {
  transaction.execute(
      "UPDATE visit_notice SET next_try_at = ?3 WHERE region_id = ?1 AND next_try_at IS NOT NULL "
      "AND next_try_at > ?2",
      {param(region), now.unix_ms + messages::longest_wait_ms, param(now)});
}

// A later change has other notices: one that is under way meanwhile touches none of theirs.
void put_off(Transaction& transaction, RegionId region, const Notice& notice, Instant next,
             std::int64_t tries) {
  transaction.execute(
      "UPDATE visit_notice SET next_try_at = ?5, tries = ?6 "
      "WHERE region_id = ?1 AND visit_id = ?2 AND group_id = ?3 AND notice_id = ?4",
      {param(region), param(notice.visit), param(notice.group), param(notice.id), param(next),
       tries});
}

void end(Transaction& transaction, RegionId region, const Notice& notice,
         std::string_view outcome) {
  transaction.execute(
      "UPDATE visit_notice SET next_try_at = NULL, outcome = ?5 "
      "WHERE region_id = ?1 AND visit_id = ?2 AND group_id = ?3 AND notice_id = ?4",
      {param(region), param(notice.visit), param(notice.group), param(notice.id), outcome});
}

// The time as it is said: "2026-03-20 09:20".
std::string time_of(const Visit& visit, const Group& group, FixedZone zone) {
  constexpr std::size_t up_to_the_minute = std::string_view("2026-03-20T09:20").size();
  const Instant at = group.told.unix_ms != 0 ? group.told : visit.begins;
  std::string text = format_instant(at, zone).substr(0, up_to_the_minute);
  std::replace(text.begin(), text.end(), 'T', ' ');
  return text;
}

std::string sentence(const catalogue::Catalogue& say, const Notice& notice, const Visit& visit,
                     const Group& group, FixedZone zone) {
  switch (notice.occasion) {
    case Occasion::moved:
      return say.say("outbound.visit_moved", {{"time", time_of(visit, group, zone)}});
    case Occasion::substitute:
      return say.say("outbound.visit_substitute", {{"time", time_of(visit, group, zone)}});
    case Occasion::cancelled:
      return say.say("outbound.visit_cancelled");
    case Occasion::moved_up:
      return say.say("outbound.visit_place", {{"time", time_of(visit, group, zone)}});
  }
  return {};
}

void remember_notice(Transaction& transaction, const cases::Context& context, const Visit& visit,
                     const Group& group, Occasion occasion) {
  if (!is_still_to_come(group) || group.contact.empty()) return;
  transaction.execute(
      "INSERT INTO visit_notice(region_id, visit_id, group_id, notice_id, occasion, next_try_at, "
      "tries, outcome) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, 'waiting')",
      {param(context.county.region), param(visit.id), param(group.id),
       param(context.entropy.id<NoticeId>(context.now)), name(occasion), param(context.now)});
}

class Teller {
 public:
  Teller(const cases::Installation& installation, const catalogue::Catalogues& sentences,
         Outbound& outbound, ToldUnrecorded& told_unrecorded)
      : installation_(installation),
        sentences_(sentences),
        outbound_(outbound),
        told_unrecorded_(told_unrecorded),
        now_(installation.clock.now()) {}

  Result<TellingRound> run() {
    const bool is_any_too_far = installation_.database.read(
        [&](Reading& reading) { return any_put_off_too_far(reading, region(), now_); });
    if (is_any_too_far) {
      MINHU_CHECK_OK(change([&](Transaction& transaction) {
        bring_back_put_off_too_far(transaction, region(), now_);
      }));
    }
    const auto due = installation_.database.read(
        [&](Reading& reading) { return due_notices(reading, installation_.county.region, now_); });
    for (const Notice& notice : due) {
      // Other work waits for the same thread, and what is left is due in the next round.
      if (installation_.clock.now().unix_ms - now_.unix_ms >= messages::longest_round_ms) break;
      MINHU_CHECK_OK(try_one(notice));
    }
    return round_;
  }

 private:
  Outcome try_one(const Notice& notice) {
    if (told_unrecorded_.contains(notice.id.uuid())) return keep_told(notice);
    const auto message =
        installation_.database.read([&](Reading& reading) { return message_of(reading, notice); });
    // Given back, heard or destroyed since, or without a telephone.
    if (!message) return keep(notice, "nobody");
    const Instant decent = messages::decent_time(message->way, now_);
    if (decent > now_) {
      return change([&](Transaction& transaction) {
        put_off(transaction, region(), notice, decent, notice.tries);
      });
    }
    if (is_over(notice)) {
      ++round_.given_up;
      return keep(notice, name(Telling::not_reached));
    }
    if (is_down_) return {};
    const Outcome sent = outbound_.send(*message);
    if (sent) {
      ++round_.told;
      return keep_told(notice);
    }
    if (sent.error().key == way_left_alone) {
      is_down_ = true;
      return {};
    }
    const bool for_ever = sent.error().code == FaultCode::invalid_input;
    const auto wait = messages::wait_after(notice.tries + 1);
    if (for_ever || !wait) {
      ++round_.given_up;
      return keep(notice, name(Telling::not_reached));
    }
    is_down_ = true;
    return change([&](Transaction& transaction) {
      put_off(transaction, region(), notice, Instant{now_.unix_ms + *wait}, notice.tries + 1);
    });
  }

  // Where the gateway was away until then: nobody is told to come on a day that has passed.
  bool is_over(const Notice& notice) const {
    const auto row = installation_.database.read(
        [&](Reading& reading) { return load_row(reading, region(), notice.visit); });
    return row && row->ends <= now_;
  }

  std::optional<OutboundMessage> message_of(Reading& reading, const Notice& notice) const {
    const auto visit = load_visit(reading, region(), notice.visit);
    const Group* group = visit ? visit->group(notice.group) : nullptr;
    if (group == nullptr || !is_still_to_come(*group)) return std::nullopt;
    const auto contact = contact_for_telling(
        reading, installation_.as({accounts::Role::system, {}, {}}), *visit, *group);
    if (!contact) return std::nullopt;
    const Contact& known = contact->reveal_because("they are told that their day has changed");
    if (known.phone.empty()) return std::nullopt;
    const Sealed<std::string> phone(known.phone);
    const catalogue::Catalogue& say = sentences_.of(known.language);
    return OutboundMessage{notice.id.text(), messages::way_to(phone), phone,
                           say.say("outbound.title"),
                           sentence(say, notice, *visit, *group, zone())};
  }

  template <class F>
  Outcome change(F work) {
    return installation_.database.write_job([&](Transaction& transaction) -> Outcome {
      work(transaction);
      return {};
    });
  }
  Outcome keep(const Notice& notice, std::string_view outcome) {
    return change([&](Transaction& transaction) { end(transaction, region(), notice, outcome); });
  }

  Outcome keep_told(const Notice& notice) {
    told_unrecorded_.insert(notice.id.uuid());
    MINHU_CHECK_OK(keep(notice, name(Telling::told)));
    told_unrecorded_.erase(notice.id.uuid());
    return {};
  }

  RegionId region() const { return installation_.county.region; }
  FixedZone zone() const { return installation_.county.rules.zone; }

  const cases::Installation& installation_;
  const catalogue::Catalogues& sentences_;
  Outbound& outbound_;
  ToldUnrecorded& told_unrecorded_;
  const Instant now_;
  bool is_down_ = false;
  TellingRound round_;
};

}  // namespace

void remember_to_tell(Transaction& transaction, const cases::Context& context, const Visit& visit,
                      Occasion occasion) {
  forget_to_tell(transaction, context.county.region, visit.id);
  for (const Group& group : visit.groups)
    remember_notice(transaction, context, visit, group, occasion);
}

void remember_to_tell_of_a_place(Transaction& transaction, const cases::Context& context,
                                 const Visit& visit, GroupId id) {
  transaction.execute(
      "DELETE FROM visit_notice WHERE region_id = ?1 AND visit_id = ?2 AND group_id = ?3",
      {param(context.county.region), param(visit.id), param(id)});
  const Group* group = visit.group(id);
  if (group == nullptr) return;
  remember_notice(transaction, context, visit, *group, Occasion::moved_up);
}

void forget_to_tell(Transaction& transaction, RegionId region, VisitId visit) {
  transaction.execute("DELETE FROM visit_notice WHERE region_id = ?1 AND visit_id = ?2",
                      {param(region), param(visit)});
}

Result<TellingRound> tell_who_booked(const cases::Installation& installation,
                                     const catalogue::Catalogues& sentences, Outbound& outbound,
                                     ToldUnrecorded& told_unrecorded) {
  return Teller(installation, sentences, outbound, told_unrecorded).run();
}

std::map<std::int64_t, Telling> telling_of(Reading& reading, RegionId region, const Visit& visit) {
  std::map<std::int64_t, Telling> telling;
  const auto rows = reading.all(
      "SELECT group_id, outcome FROM visit_notice WHERE region_id = ?1 AND visit_id = ?2 "
      "ORDER BY group_id",
      {param(region), param(visit.id)}, [](const Row& row) {
        return std::pair(row.id<GroupId>(0), Telling_names.named(row.text(1)));
      });
  for (const auto& [id, outcome] : rows) {
    const Group* group = visit.group(id);
    if (group != nullptr && outcome) telling.emplace(group->number, *outcome);
  }
  return telling;
}

}  // namespace minhu::visits
