#include "features/cases/lost_receipt.h"

#include "features/cases/access.h"
#include "features/cases/content.h"
#include "features/cases/said.h"
#include "features/cases/store.h"
#include "features/cases/telephone.h"

namespace minhu::cases {

namespace {

constexpr std::int64_t day_ms = std::int64_t{24} * 3'600'000;

Sealed<std::string> code_of(const Keyring& keyring, CodeRequestId request, CaseId id) {
  const Digest hash =
      keyed_hash(keyring.once, {as_bytes("minhu/once-code/v1"), request.bytes(), id.bytes()});
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 8; ++i) value = value << 8U | hash[i];
  std::string digits = std::to_string(value % 100'000'000);
  return Sealed(std::string(8 - digits.size(), '0') + digits);
}

// The contact of a case that has a second way in.
std::optional<Contact> contact_in(Reading& reading, const Context& context, CaseId id) {
  const RegionId region = context.county.region;
  const auto file = load_file(reading, region, id);
  const bool closed = !file || file->erased || file->contact.empty() ||
                      file->track == Track::accusation || file->state == State::held;
  if (closed) return std::nullopt;
  const auto key = load_case_key(reading, region, id, context.keyring);
  if (!key) return std::nullopt;
  const auto plain = read_content(reading, region, *key, file->contact);
  if (!plain) return std::nullopt;
  return contact_of(to_text(*plain));
}

std::int64_t asked_today(Reading& reading, const Context& context, CaseId id) {
  return reading
      .first(
          "SELECT count(*) FROM code_request WHERE region_id = ?1 AND case_id = ?2 "
          "AND asked_at > ?3",
          {param(context.county.region), param(id), context.now.unix_ms - day_ms},
          [](const Row& row) { return row.integer(0); })
      .value_or(0);
}

bool fits(Reading& reading, const Context& context, CaseId id, const Sealed<std::string>& digits) {
  const auto contact = contact_in(reading, context, id);
  if (!contact || contact->phone.empty()) return false;
  // A clerk writes a number down as it was said: with blanks, dashes, the country's number.
  const std::string left = digits_of_telephone(contact->phone);
  const std::string& typed = digits.reveal_because("compared with the one that was left");
  if (left.empty() || !equal_in_constant_time(as_bytes(left), as_bytes(typed))) return false;
  return asked_today(reading, context, id) < once_codes_a_day;
}

}  // namespace

void ask_for_code_once(Transaction& transaction, const Context& context, std::string_view number,
                       const Sealed<std::string>& digits) {
  const RegionId region = context.county.region;
  transaction.execute("DELETE FROM code_request WHERE region_id = ?1 AND asked_at < ?2",
                      {param(region), context.now.unix_ms - day_ms});
  std::optional<CaseId> id;
  if (const auto parsed = parse_number(number)) id = find_by_number(transaction, context, *parsed);
  if (id && !fits(transaction, context, *id, digits)) id.reset();
  const auto request = context.entropy.id<CodeRequestId>(context.now);
  transaction.execute(
      "INSERT INTO code_request(region_id, request_id, case_id, asked_at, sent, tries) "
      "VALUES (?1, ?2, ?3, ?4, 0, 0)",
      {param(region), param(request), id ? param(*id) : Parameter(), param(context.now)});
}

std::vector<CodeToSend> codes_to_send(Reading& reading, const Context& context) {
  MINHU_ASSERT(context.actor.role == accounts::Role::system);
  struct Asked {
    CodeRequestId request;
    CaseId id;
  };
  const auto all = reading.all(
      "SELECT request_id, case_id FROM code_request WHERE region_id = ?1 AND asked_at > ?2 "
      "AND sent = 0 AND case_id IS NOT NULL ORDER BY request_id",
      {param(context.county.region), context.now.unix_ms - once_code_lives_ms},
      [](const Row& row) { return Asked{row.id<CodeRequestId>(0), row.id<CaseId>(1)}; });
  std::vector<CodeToSend> codes;
  for (const Asked& asked : all) {
    auto contact = contact_in(reading, context, asked.id);
    if (!contact) continue;
    codes.push_back({asked.request, Sealed(digits_of_telephone(contact->phone)),
                     code_of(context.keyring, asked.request, asked.id), contact->language});
  }
  return codes;
}

void code_was_sent(Transaction& transaction, RegionId region, CodeRequestId id) {
  transaction.execute("UPDATE code_request SET sent = 1 WHERE region_id = ?1 AND request_id = ?2",
                      {param(region), param(id)});
}

std::optional<Sealed<std::string>> exchange_code_once(Transaction& transaction,
                                                      const Context& context,
                                                      std::string_view number,
                                                      const Sealed<std::string>& code,
                                                      const ClientToken& token) {
  const RegionId region = context.county.region;
  const auto parsed = parse_number(number);
  const auto id = parsed ? find_by_number(transaction, context, *parsed) : std::nullopt;
  if (!id) return std::nullopt;
  struct Open {
    CodeRequestId request;
    std::int64_t tries;
  };
  const auto open = transaction.first(
      "SELECT request_id, tries FROM code_request WHERE region_id = ?1 AND case_id = ?2 "
      "AND asked_at > ?3 ORDER BY request_id DESC LIMIT 1",
      {param(region), param(*id), context.now.unix_ms - once_code_lives_ms},
      [](const Row& row) { return Open{row.id<CodeRequestId>(0), row.integer(1)}; });
  if (!open || open->tries >= once_code_tries) return std::nullopt;
  const auto expected = code_of(context.keyring, open->request, *id);
  constexpr const char* why = "compared with the one that was sent";
  if (!equal_in_constant_time(as_bytes(expected.reveal_because(why)),
                              as_bytes(code.reveal_because(why)))) {
    transaction.execute(
        "UPDATE code_request SET tries = tries + 1 WHERE region_id = ?1 AND request_id = ?2",
        {param(region), param(open->request)});
    return std::nullopt;
  }
  // Used; what was asked for before it is over with it, and still counts for the day.
  transaction.execute("UPDATE code_request SET tries = ?3 WHERE region_id = ?1 AND case_id = ?2",
                      {param(region), param(*id), once_code_tries});
  const Context speaker{context.county,
                        context.keyring,
                        context.entropy,
                        context.now,
                        {accounts::Role::speaker, {}, {}}};
  auto fresh = replace_code(transaction, speaker, *id, token);
  if (!fresh) return std::nullopt;
  return std::move(*fresh);
}

}  // namespace minhu::cases
