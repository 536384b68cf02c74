#include "features/receptions/devices.h"

#include "kernel/utf8.h"

namespace minhu::receptions {

namespace {

struct Stored {
  DeviceId id;
  UnitId unit;
  std::string label;
  Instant added_at;
  std::optional<Instant> revoked_at;
};

Stored stored_in(const Row& row) {
  return {row.id<DeviceId>(0), row.id<UnitId>(1), std::string(row.text(2)), row.instant(3),
          row.maybe_instant(4)};
}

std::optional<Stored> find(Reading& reading, RegionId region, DeviceId id) {
  return reading.first(
      "SELECT device_id, unit_id, marking, added_at, revoked_at FROM reception_device "
      "WHERE region_id = ?1 AND device_id = ?2",
      {param(region), param(id)}, stored_in);
}

tl::unexpected<Fault> no_such_device() {
  return fail(FaultCode::not_found, "receptions.no_such_device", "device");
}

// Another unit's tablet is one that there is not.
Result<Stored> own(Reading& reading, const cases::Context& context, DeviceId id) {
  auto stored = find(reading, context.county.region, id);
  if (!stored || stored->unit != context.actor.unit) return no_such_device();
  return std::move(*stored);
}

std::vector<Block> blocks_of(Reading& reading, const cases::Context& context, DeviceId id) {
  auto blocks = reading.all(
      "SELECT block_id, visit_id, given_at FROM reception_block "
      "WHERE region_id = ?1 AND device_id = ?2 ORDER BY given_at DESC, block_id DESC",
      {param(context.county.region), param(id)}, [](const Row& row) {
        return Block{row.id<cases::BlockId>(0), row.id<visits::VisitId>(1), row.instant(2), 0, {}};
      });
  for (Block& block : blocks) {
    auto standing = cases::standing_of(reading, context, block.id);
    MINHU_ASSERT(standing.has_value());
    block.given = standing->given;
    block.waiting = std::move(standing->waiting);
  }
  return blocks;
}

Device shown(Reading& reading, const cases::Context& context, Stored stored) {
  return {stored.id, std::move(stored.label), stored.added_at, stored.revoked_at,
          blocks_of(reading, context, stored.id)};
}

Outcome set_up(Transaction& transaction, const cases::Context& context, DeviceId id,
               const std::string& given_label) {
  MINHU_TRY(const std::string label, clean_text(given_label));
  if (label.empty() || code_points(label) > longest_label) {
    return fail(FaultCode::invalid_input, "receptions.label", "label",
                std::map<std::string, std::string>{{"most", std::to_string(longest_label)}});
  }
  transaction.execute(
      "INSERT INTO reception_device(region_id, device_id, unit_id, marking, added_at) "
      "VALUES (?1, ?2, ?3, ?4, ?5)",
      {param(context.county.region), param(id), param(context.actor.unit), param(label),
       param(context.now)});
  return {};
}

std::size_t count_blocks(Reading& reading, RegionId region, DeviceId id) {
  return static_cast<std::size_t>(
      reading
          .first("SELECT count(*) FROM reception_block WHERE region_id = ?1 AND device_id = ?2",
                 {param(region), param(id)}, [](const Row& row) { return row.integer(0); })
          .value_or(0));
}

}  // namespace

Result<cases::GivenBlock> allot(Transaction& transaction, const cases::Context& context,
                                DeviceId id, const Allotment& allotment,
                                const cases::ClientToken& token) {
  const RegionId region = context.county.region;
  const auto known = find(transaction, region, id);
  if (known && known->unit != context.actor.unit) return no_such_device();
  if (known && known->revoked_at) {
    return fail(FaultCode::conflict, "receptions.device_revoked", "device");
  }
  if (!allotment.visit.empty() && !visits::visit(transaction, region, allotment.visit)) {
    return fail(FaultCode::not_found, "visits.no_such_visit", "visit");
  }
  if (!known) MINHU_CHECK_OK(set_up(transaction, context, id, allotment.label));
  MINHU_TRY(cases::GivenBlock given, cases::give_out(transaction, context, allotment.count, token));
  if (given.repeated) return given;
  if (count_blocks(transaction, region, id) >= most_blocks) {
    return fail(FaultCode::conflict, "receptions.too_many_blocks", "device");
  }
  transaction.execute(
      "INSERT INTO reception_block(region_id, device_id, given_at, block_id, visit_id) "
      "VALUES (?1, ?2, ?3, ?4, ?5)",
      {param(region), param(id), param(given.given_at), param(given.id), param(allotment.visit)});
  return given;
}

Outcome take_out_of_use(Transaction& transaction, const cases::Context& context, DeviceId id) {
  MINHU_TRY(const Stored stored, own(transaction, context, id));
  for (const Block& block : blocks_of(transaction, context, stored.id)) {
    cases::revoke(transaction, context, block.id);
  }
  transaction.execute(
      "UPDATE reception_device SET revoked_at = ?3 "
      "WHERE region_id = ?1 AND device_id = ?2 AND revoked_at IS NULL",
      {param(context.county.region), param(id), param(context.now)});
  return {};
}

std::vector<Device> devices(Reading& reading, const cases::Context& context) {
  const auto all = reading.all(
      "SELECT device_id, unit_id, marking, added_at, revoked_at FROM reception_device "
      "WHERE region_id = ?1 AND unit_id = ?2 ORDER BY added_at DESC, device_id DESC",
      {param(context.county.region), param(context.actor.unit)}, stored_in);
  std::vector<Device> found;
  for (const Stored& stored : all) found.push_back(shown(reading, context, stored));
  return found;
}

Result<Device> device(Reading& reading, const cases::Context& context, DeviceId id) {
  MINHU_TRY(Stored stored, own(reading, context, id));
  return shown(reading, context, std::move(stored));
}

}  // namespace minhu::receptions
