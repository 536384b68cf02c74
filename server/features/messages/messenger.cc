#include "features/messages/messenger.h"

#include <algorithm>

namespace minhu::messages {

namespace {

constexpr std::int64_t taken_at_once = 200;
constexpr std::int64_t page = 100;

constexpr accounts::Principal the_program{accounts::Role::system, {}, {}};

std::string_view sentence_key(cases::Occasion occasion) {
  switch (occasion) {
    case cases::Occasion::answer:
      return "outbound.answer";
    case cases::Occasion::news:
      return "outbound.news";
    case cases::Occasion::question:
      return "outbound.question";
  }
  return "outbound.news";
}

}  // namespace

Standing standing(Reading& reading, RegionId region) {
  Standing found;
  reading.query("SELECT count(*), min(made_at) FROM waiting_message WHERE region_id = ?1",
                {param(region)}, [&](const Row& row) {
                  found.waiting = row.integer(0);
                  found.oldest = row.maybe_instant(1);
                });
  reading.query("SELECT count(*) FROM given_up_message WHERE region_id = ?1", {param(region)},
                [&](const Row& row) { found.given_up = row.integer(0); });
  return found;
}

std::int64_t try_given_up_again(Transaction& transaction, RegionId region, Instant now) {
  transaction.execute(
      "INSERT INTO waiting_message(region_id, next_try_at, notice_id, case_id, occasion, made_at, "
      "tries) SELECT region_id, ?2, notice_id, case_id, occasion, made_at, 0 "
      "FROM given_up_message WHERE region_id = ?1",
      {param(region), param(now)});
  return transaction.execute("DELETE FROM given_up_message WHERE region_id = ?1", {param(region)});
}

Traffic Messenger::traffic() const {
  return {sent_.load(), failed_tries_.load(), dropped_.load()};
}

void Messenger::run_once(Instant now, const std::function<bool()>& stopping) {
  take_over(now);
  bring_back(now);
  const RegionId region = installation_.county.region;
  // A gateway that did not answer is not asked again in this round: with a hundred messages
  // waiting, its timeouts would keep every other way waiting too.
  Round round{now, {}};
  DueCursor cursor;
  for (bool more = true; more;) {
    const auto due = installation_.database.read(
        [&](Reading& reading) { return due_messages(reading, region, now, cursor, page); });
    for (const Message& message : due) {
      if (round.handing_over_ms >= longest_round_ms || stopping()) return;
      cursor = {message.next_try_at, message.id};
      try_one(message, round);
    }
    more = due.size() == static_cast<std::size_t>(page);
  }
}

// From the outbox of the cases into our own rows, in one transaction: a notice is in exactly one of
// the two whenever the power goes.
void Messenger::take_over(Instant now) {
  const RegionId region = installation_.county.region;
  for (std::int64_t taken = taken_at_once; taken == taken_at_once;) {
    const bool any = installation_.database.read(
        [&](Reading& reading) { return !cases::pending_notices(reading, region, 1).empty(); });
    if (!any) return;
    const Outcome done = installation_.database.write_job([&](Transaction& transaction) -> Outcome {
      const auto pending = cases::pending_notices(transaction, region, taken_at_once);
      for (const cases::PendingNotice& notice : pending) {
        insert_message(transaction, region,
                       {notice.id, notice.case_id, notice.occasion, notice.made_at, now, 0});
        cases::remove_notice(transaction, region, notice.id);
      }
      taken = static_cast<std::int64_t>(pending.size());
      return {};
    });
    if (!done) return;  // the disk is full: they stay where they are
  }
}

void Messenger::bring_back(Instant now) {
  const RegionId region = installation_.county.region;
  const bool any = installation_.database.read(
      [&](Reading& reading) { return any_put_off_too_far(reading, region, now); });
  if (!any) return;
  // On a full disk the next round does it.
  (void)installation_.database.write_job([&](Transaction& transaction) -> Outcome {
    bring_back_put_off_too_far(transaction, region, now);
    return {};
  });
}

void Messenger::try_one(const Message& message, Round& round) {
  if (told_unrecorded_.contains(message.id)) return record_told(message);
  const cases::Context context{installation_.county, installation_.keyring, installation_.entropy,
                               round.now, the_program};
  const auto address = installation_.database.read([&](Reading& reading) {
    return cases::address_for_notice(reading, context, message.case_id);
  });
  const auto way = address ? way_named(address->way) : std::nullopt;
  if (!way) {
    // Erased, held since, or nothing that could be told: there is nobody to tell.
    ++dropped_;
    return record_told(message);
  }
  if (round.down.contains(*way)) return;
  if (const Instant later = decent_time(*way, round.now); later > round.now) {
    return postpone(message, later, message.tries);
  }

  const catalogue::Catalogue& sentences = sentences_.of(address->language);
  const Instant before = installation_.clock.now();
  const Outcome sent =
      outbound_.send({message.id.text(), *way, address->address, sentences.say("outbound.title"),
                      sentences.say(sentence_key(message.occasion))});
  const bool for_ever = !sent && sent.error().code == FaultCode::invalid_input;
  if (sent || for_ever) {
    // A clock that is set back meanwhile only makes the round longer.
    round.handing_over_ms +=
        std::max<std::int64_t>(0, installation_.clock.now().unix_ms - before.unix_ms);
  } else {
    round.down.insert(*way);
  }
  if (sent) {
    ++sent_;
    return record_told(message);
  }
  if (!for_ever && sent.error().key == way_left_alone) return;
  ++failed_tries_;
  failed(message, round.now, for_ever);
}

void Messenger::failed(const Message& message, Instant now, bool for_ever) {
  const auto wait = for_ever ? std::nullopt : wait_after(message.tries + 1);
  if (wait) return postpone(message, {now.unix_ms + *wait}, message.tries + 1);
  const GivenUpBecause because = for_ever ? GivenUpBecause::address : GivenUpBecause::tries;
  // On a full disk the row stays as it was, here and below, and the next round tries again.
  (void)installation_.database.write_job([&](Transaction& transaction) -> Outcome {
    give_up(transaction, installation_.county.region, message, because, now);
    return {};
  });
}

void Messenger::postpone(const Message& message, Instant next, std::int64_t tries) {
  const RegionId region = installation_.county.region;
  (void)installation_.database.write_job([&](Transaction& transaction) -> Outcome {
    Message later = message;
    later.next_try_at = next;
    later.tries = tries;
    remove_message(transaction, region, message);
    insert_message(transaction, region, later);
    return {};
  });
}

void Messenger::record_told(const Message& message) {
  told_unrecorded_.insert(message.id);
  const Outcome recorded =
      installation_.database.write_job([&](Transaction& transaction) -> Outcome {
        remove_message(transaction, installation_.county.region, message);
        return {};
      });
  if (recorded) told_unrecorded_.erase(message.id);
}

}  // namespace minhu::messages
