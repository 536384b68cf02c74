#include "features/cases/access.h"

#include <algorithm>

#include "features/cases/edges.h"
#include "features/cases/printed_numbers.h"
#include "features/cases/store.h"

namespace minhu::cases {

namespace {

using accounts::Relation;
using accounts::Role;

struct Stored {
  CaseId case_id;
  std::int64_t version = 0;
  Bytes code_hash;        // empty until the activation code has been exchanged
  Bytes activation_hash;  // kept after that, to tell its holder that it was used
};

bool among(const std::vector<UnitId>& units, UnitId unit) {
  return std::find(units.begin(), units.end(), unit) != units.end();
}

// The number as its serial: the key of the table.
std::int64_t key_of(const Context& context, std::string_view number) {
  return static_cast<std::int64_t>(serial_of(context.keyring, number));
}

std::optional<Stored> stored_receipt(Reading& reading, const Context& context,
                                     std::string_view number) {
  return reading.first(
      "SELECT case_id, version, code_hash, activation_hash FROM receipt "
      "WHERE region_id = ?1 AND serial = ?2",
      {param(context.county.region), key_of(context, number)}, [](const Row& row) {
        return Stored{row.id<CaseId>(0), row.integer(1),
                      Bytes(row.bytes(2).begin(), row.bytes(2).end()),
                      Bytes(row.bytes(3).begin(), row.bytes(3).end())};
      });
}

tl::unexpected<Fault> wrong() {
  return fail(FaultCode::unauthenticated, "cases.wrong_number_or_code");
}

// Puts a new version in force and writes the event that says so, without a word about the code.
Sealed<std::string> put_in_force(Transaction& transaction, const Context& context, CaseId id,
                                 std::string_view number, std::int64_t version,
                                 const ClientToken& token, EventKind kind) {
  const RegionId region = context.county.region;
  auto code = make_query_code(context.keyring, number, version, token);
  const Digest hash = hash_of_code(context.keyring, number, code);
  transaction.execute(
      "UPDATE receipt SET version = ?3, code_hash = ?4 "
      "WHERE region_id = ?1 AND serial = ?2",
      {param(region), key_of(context, number), version, BytesView(hash)});
  const auto before = load_file(transaction, region, id);
  MINHU_ASSERT(before.has_value());
  Event event;
  event.case_id = id;
  event.seq = before->seq + 1;
  event.kind = kind;
  event.happened_at = context.now;
  event.recorded_at = std::max(context.now, before->changed_at);
  event.actor = context.actor;
  CaseFile file = *before;
  apply(file, event);
  append_events(transaction, context.county, before, file, {&event, 1});
  return code;
}

}  // namespace

Relation relation_to(const Context& context, const CaseFile& file) {
  if (context.actor.role == Role::speaker) return Relation::own_receipt;
  Relation relation = Relation::none;
  const UnitId unit = context.actor.unit;
  if (unit.empty() || among(file.complained_of, unit)) return relation;
  if (unit == file.dispatching_unit) relation = relation | Relation::dispatching_body;
  if (unit == file.lead_unit) relation = relation | Relation::lead_unit;
  // An answer on the spot that was opened again is led by whoever took it in, to its end.
  constexpr States handled{State::accepted, State::in_hearing, State::in_mediation, State::parked};
  if (file.lead_unit.empty() && unit == file.dispatching_unit && handled.has(file.state)) {
    relation = relation | Relation::lead_unit;
  }
  if (unit == file.review_unit) relation = relation | Relation::review_unit;
  if (among(file.co_units, unit)) relation = relation | Relation::co_unit;
  if (among(file.supervised_units, unit) || among(file.recommended_units, unit)) {
    relation = relation | Relation::asked_unit;
  }
  return relation;
}

accounts::Decision decide(const Context& context, const CaseFile& file,
                          std::string_view permission) {
  const auto held = file.track == Track::accusation ? accounts::Held::yes : accounts::Held::no;
  return accounts::decide(context.actor, permission, relation_to(context, file), held);
}

std::optional<CaseId> find_by_number(Reading& reading, const Context& context,
                                     std::string_view number) {
  const auto stored = stored_receipt(reading, context, number);
  if (!stored) return std::nullopt;
  return stored->case_id;
}

std::optional<CaseId> case_at_or_before(Reading& reading, const Context& context,
                                        std::string_view number) {
  return reading.first(
      "SELECT case_id FROM receipt WHERE region_id = ?1 AND serial <= ?2 "
      "ORDER BY serial DESC LIMIT 1",
      {param(context.county.region), key_of(context, number)},
      [](const Row& row) { return row.id<CaseId>(0); });
}

Result<CaseId> open_with_code(Reading& reading, const Context& context, std::string_view number,
                              const Sealed<std::string>& code) {
  const auto stored = stored_receipt(reading, context, number);
  const Digest hash = hash_of_code(context.keyring, number, code);
  if (!stored) return tl::unexpected<Fault>(why_not_open(reading, context, number, hash));
  if (!equal_in_constant_time(stored->code_hash, hash)) return wrong();
  return stored->case_id;
}

Result<CaseId> open_with_token(Reading& reading, const Context& context, std::string_view number,
                               const ClientToken& token) {
  const auto stored = stored_receipt(reading, context, number);
  const auto code = make_query_code(context.keyring, number, stored ? stored->version : 0, token);
  const Digest hash = hash_of_code(context.keyring, number, code);
  if (!stored || !equal_in_constant_time(stored->code_hash, hash)) return wrong();
  return stored->case_id;
}

Result<Sealed<std::string>> activate(Transaction& transaction, const Context& context,
                                     std::string_view number,
                                     const Sealed<std::string>& activation_code,
                                     const ClientToken& token) {
  const auto stored = stored_receipt(transaction, context, number);
  const Digest given = hash_of_code(context.keyring, number, activation_code);
  if (!stored) return tl::unexpected<Fault>(why_not_open(transaction, context, number, given));
  const bool holds_activation_code = equal_in_constant_time(stored->activation_hash, given);
  if (!stored->code_hash.empty()) {
    // The answer to a lost response: the same token made the code that is in force.
    auto code = make_query_code(context.keyring, number, stored->version, token);
    if (equal_in_constant_time(stored->code_hash, hash_of_code(context.keyring, number, code))) {
      return code;
    }
    // Said to whoever holds the code that was used, and to nobody else: it says that there is such
    // a case.
    if (!holds_activation_code) return wrong();
    return fail(FaultCode::conflict, "cases.already_activated");
  }
  if (!holds_activation_code) return wrong();
  return put_in_force(transaction, context, stored->case_id, number, stored->version + 1, token,
                      EventKind::receipt_activated);
}

Result<Sealed<std::string>> replace_code(Transaction& transaction, const Context& context,
                                         CaseId id, const ClientToken& token) {
  const auto file = load_file(transaction, context.county.region, id);
  if (!file || !decide(context, *file, "receipt:revoke").allowed) {
    return fail(FaultCode::not_found, "cases.not_found");
  }
  const auto stored = stored_receipt(transaction, context, file->number);
  auto repeated = make_query_code(context.keyring, file->number, stored->version, token);
  if (equal_in_constant_time(stored->code_hash,
                             hash_of_code(context.keyring, file->number, repeated))) {
    return repeated;
  }
  return put_in_force(transaction, context, id, file->number, stored->version + 1, token,
                      EventKind::receipt_revoked);
}

}  // namespace minhu::cases
