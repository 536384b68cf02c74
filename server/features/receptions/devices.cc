#include "features/receptions/devices.h"

#include "features/receptions/tablet_store.h"
#include "kernel/utf8.h"

namespace minhu::receptions {

namespace {

DeviceRow stored_in(const Row& row) {
  return {row.id<DeviceId>(0), row.id<UnitId>(1), std::string(row.text(2)), row.instant(3),
          row.maybe_instant(4)};
}

tl::unexpected<Fault> no_such_device() {
  return fail(FaultCode::not_found, "receptions.no_such_device", "device");
}

// Another unit's tablet is one that there is not.
Result<DeviceRow> own(Reading& reading, const cases::Context& context, DeviceId id) {
  auto stored = find_device(reading, context.county.region, id);
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

Device shown(Reading& reading, const cases::Context& context, DeviceRow stored) {
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
  append(transaction, context, id, EventKind::set_up,
         facts_of(DeviceRow{id, context.actor.unit, label, context.now, {}}));
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
  const auto known = find_device(transaction, region, id);
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
  append(transaction, context, id, EventKind::numbers_given,
         facts_of(BlockRow{given.id, allotment.visit, given.given_at}));
  return given;
}

Outcome take_out_of_use(Transaction& transaction, const cases::Context& context, DeviceId id) {
  MINHU_TRY(const DeviceRow stored, own(transaction, context, id));
  for (const Block& block : blocks_of(transaction, context, stored.id)) {
    cases::revoke(transaction, context, block.id);
  }
  if (!stored.revoked_at) {
    append(transaction, context, id, EventKind::taken_out_of_use, facts_of_revocation(context.now));
  }
  return {};
}

std::vector<Device> devices(Reading& reading, const cases::Context& context) {
  const auto all = reading.all(
      "SELECT device_id, unit_id, marking, added_at, revoked_at FROM reception_device "
      "WHERE region_id = ?1 AND unit_id = ?2 ORDER BY added_at DESC, device_id DESC",
      {param(context.county.region), param(context.actor.unit)}, stored_in);
  std::vector<Device> found;
  for (const DeviceRow& stored : all) found.push_back(shown(reading, context, stored));
  return found;
}

Result<Device> device(Reading& reading, const cases::Context& context, DeviceId id) {
  MINHU_TRY(DeviceRow stored, own(reading, context, id));
  return shown(reading, context, std::move(stored));
}

}  // namespace minhu::receptions
