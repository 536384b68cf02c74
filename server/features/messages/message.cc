#include "features/messages/message.h"

#include <array>

namespace minhu::messages {

namespace {

constexpr std::int64_t minute = 60'000;
constexpr std::array<std::int64_t, most_tries - 1> waits{1 * minute,   2 * minute,   5 * minute,
                                                         15 * minute,  30 * minute,  60 * minute,
                                                         120 * minute, 240 * minute, 360 * minute};

constexpr std::chrono::hours morning{8};
constexpr std::chrono::hours evening{20};

constexpr std::array<std::string_view, 4> way_names{"sms", "mail", "voice", "paper"};
constexpr std::array<std::string_view, 2> reasons{"tries", "address"};

}  // namespace

std::optional<std::int64_t> wait_after(std::int64_t tries) noexcept {
  if (tries < 1 || tries >= most_tries) return std::nullopt;
  return waits[static_cast<std::size_t>(tries - 1)];
}

Instant decent_time(OutboundWay way, Instant now) {
  if (way != OutboundWay::sms && way != OutboundWay::voice) return now;
  const CivilTime civil = to_civil(now);
  if (civil.since_midnight < morning) return to_instant({civil.date, morning});
  if (civil.since_midnight < evening) return now;
  return to_instant({civil.date + std::chrono::days(1), morning});
}

OutboundWay way_to(const Sealed<std::string>& phone) {
  constexpr std::size_t digits_of_a_mobile = 11;
  const std::string& digits = phone.reveal_because("whether it takes text messages");
  const bool mobile = digits.size() == digits_of_a_mobile && digits.starts_with('1');
  return mobile ? OutboundWay::sms : OutboundWay::voice;
}

std::optional<OutboundWay> way_named(std::string_view text) noexcept {
  for (std::size_t i = 0; i < way_names.size(); ++i) {
    if (way_names[i] == text) return static_cast<OutboundWay>(i);
  }
  return std::nullopt;
}

std::string_view name(GivenUpBecause because) noexcept {
  return reasons[static_cast<std::size_t>(because)];
}

void insert_message(Transaction& transaction, RegionId region, const Message& message) {
  transaction.execute(
      "INSERT INTO waiting_message(region_id, next_try_at, notice_id, case_id, occasion, made_at, "
      "tries) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
      {param(region), param(message.next_try_at), param(message.id), param(message.case_id),
       name(message.occasion), param(message.made_at), message.tries});
}

void remove_message(Transaction& transaction, RegionId region, const Message& message) {
  transaction.execute(
      "DELETE FROM waiting_message WHERE region_id = ?1 AND next_try_at = ?2 AND notice_id = ?3",
      {param(region), param(message.next_try_at), param(message.id)});
}

void give_up(Transaction& transaction, RegionId region, const Message& message,
             GivenUpBecause because, Instant now) {
  remove_message(transaction, region, message);
  transaction.execute(
      "INSERT INTO given_up_message(region_id, notice_id, case_id, occasion, made_at, given_up_at, "
      "because) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
      {param(region), param(message.id), param(message.case_id), name(message.occasion),
       param(message.made_at), param(now), name(because)});
}

bool any_put_off_too_far(Reading& reading, RegionId region, Instant now) {
  return reading
      .first("SELECT 1 FROM waiting_message WHERE region_id = ?1 AND next_try_at > ?2 LIMIT 1",
             {param(region), now.unix_ms + longest_wait_ms}, [](const Row&) { return true; })
      .has_value();
}

void bring_back_put_off_too_far(Transaction& transaction, RegionId region, Instant now) {
  transaction.execute(
      "UPDATE waiting_message SET next_try_at = ?3 WHERE region_id = ?1 AND next_try_at > ?2",
      {param(region), now.unix_ms + longest_wait_ms, param(now)});
}

std::vector<Message> due_messages(Reading& reading, RegionId region, Instant now,
                                  const DueCursor& after, std::int64_t most) {
  const Uuid& id = after.id.uuid();
  return reading.all(
      "SELECT notice_id, case_id, occasion, made_at, next_try_at, tries FROM waiting_message "
      "WHERE region_id = ?1 AND next_try_at <= ?2 AND (next_try_at, notice_id) > (?3, ?4) "
      "ORDER BY next_try_at, notice_id LIMIT ?5",
      {param(region), param(now), param(after.next_try_at), BytesView(id), most},
      [](const Row& row) {
        return Message{row.id<cases::NoticeId>(0),
                       row.id<cases::CaseId>(1),
                       cases::occasion_named(row.text(2)).value_or(cases::Occasion::news),
                       row.instant(3),
                       row.instant(4),
                       row.integer(5)};
      });
}

}  // namespace minhu::messages
