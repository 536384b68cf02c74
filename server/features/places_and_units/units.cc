#include <algorithm>
#include <array>

#include "features/places_and_units/unit_names.h"
#include "ports/in_groups.h"

namespace minhu::places_and_units {

namespace {

constexpr std::array<std::string_view, 6> kind_names{"petition_office",   "hotline_body",
                                                     "department",        "town_government",
                                                     "village_committee", "inspection"};
constexpr std::array<std::string_view, 3> level_names{"county", "town", "village"};

template <class Enum, std::size_t N>
Enum value_of(const std::array<std::string_view, N>& names, std::string_view text) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == text) return static_cast<Enum>(i);
  }
  throw StorageFailure("a unit row says \"" + std::string(text) + "\"");
}

// As many as one answer usually names.
constexpr std::size_t units_at_once = 8;

#define MINHU_UNIT_COLUMNS \
  "unit_id, code, name, kind, level, parent_id, place, leader_post, phone, active"

Unit unit_of(const Row& row) {
  return {row.id<UnitId>(0),
          std::string(row.text(1)),
          std::string(row.text(2)),
          value_of<UnitKind>(kind_names, row.text(3)),
          value_of<UnitLevel>(level_names, row.text(4)),
          row.id<UnitId>(5),
          std::string(row.text(6)),
          std::string(row.text(7)),
          std::string(row.text(8)),
          row.integer(9) != 0};
}

}  // namespace

std::string_view name(UnitKind kind) noexcept {
  return kind_names[static_cast<std::size_t>(kind)];
}
std::string_view name(UnitLevel level) noexcept {
  return level_names[static_cast<std::size_t>(level)];
}

void put_unit(Transaction& transaction, RegionId region, const Unit& unit) {
  transaction.execute(
      "INSERT INTO unit(region_id, " MINHU_UNIT_COLUMNS
      ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) "
      "ON CONFLICT (region_id, unit_id) DO UPDATE SET code = excluded.code, name = excluded.name, "
      "kind = excluded.kind, level = excluded.level, parent_id = excluded.parent_id, "
      "place = excluded.place, leader_post = excluded.leader_post, phone = excluded.phone, "
      "active = excluded.active",
      {param(region), param(unit.id), std::string_view(unit.code), std::string_view(unit.name),
       name(unit.kind), name(unit.level), param(unit.parent), std::string_view(unit.place),
       std::string_view(unit.leader_post), std::string_view(unit.phone),
       std::int64_t{unit.active}});
}

std::optional<Unit> find_unit(Reading& reading, RegionId region, UnitId id) {
  return reading.first("SELECT " MINHU_UNIT_COLUMNS
                       " FROM unit WHERE region_id = ?1 AND unit_id = ?2",
                       {param(region), param(id)}, unit_of);
}

UnitId parent_of(Reading& reading, RegionId region, UnitId id) {
  return reading
      .first("SELECT parent_id FROM unit WHERE region_id = ?1 AND unit_id = ?2",
             {param(region), param(id)}, [](const Row& row) { return row.id<UnitId>(0); })
      .value_or(UnitId());
}

std::optional<Unit> find_unit_by_code(Reading& reading, RegionId region, std::string_view code) {
  return reading.first("SELECT " MINHU_UNIT_COLUMNS " FROM unit WHERE region_id = ?1 AND code = ?2",
                       {param(region), code}, unit_of);
}

std::map<UnitId, std::string> unit_names(Reading& reading, RegionId region,
                                         std::span<const UnitId> ids) {
  std::map<UnitId, std::string> names;
  in_groups<units_at_once>(ids, {param(region)}, [&](const Parameters& these) {
    reading.query(
        "SELECT unit_id, name FROM unit WHERE region_id = ?1 "
        "AND unit_id IN (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        these, [&](const Row& row) { names.emplace(row.id<UnitId>(0), row.text(1)); });
  });
  return names;
}

std::vector<Unit> all_units(Reading& reading, RegionId region) {
  return reading.all("SELECT " MINHU_UNIT_COLUMNS " FROM unit WHERE region_id = ?1 ORDER BY code",
                     {param(region)}, unit_of);
}

}  // namespace minhu::places_and_units
