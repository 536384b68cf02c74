#include <algorithm>

#include "features/places_and_units/paths.h"
#include "features/places_and_units/places_and_units.h"
#include "kernel/csv.h"
#include "kernel/utf8.h"

namespace minhu::places_and_units {

namespace {

Place place_of(const Row& row) {
  return {std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2))};
}

// LIKE has two characters of its own; what people type is searched for as it is.
std::string escaped_for_like(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

void put_place(Transaction& transaction, RegionId region, const Place& place) {
  transaction.execute(
      "INSERT INTO place(region_id, code, parent, name) VALUES (?1, ?2, ?3, ?4) "
      "ON CONFLICT (region_id, code) DO UPDATE SET parent = excluded.parent, name = excluded.name",
      {param(region), std::string_view(place.code), std::string_view(place.parent),
       std::string_view(place.name)});
}

std::optional<Place> find_place(Reading& reading, RegionId region, std::string_view code) {
  return reading.first("SELECT code, parent, name FROM place WHERE region_id = ?1 AND code = ?2",
                       {param(region), code}, place_of);
}

std::string place_path(Reading& reading, RegionId region, std::string_view code) {
  return path_to(code, [&](const std::string& at) { return find_place(reading, region, at); });
}

std::vector<Place> search_places(Reading& reading, RegionId region, std::string_view text,
                                 std::int64_t limit) {
  const std::string pattern = '%' + escaped_for_like(text) + '%';
  return reading.all(
      "SELECT code, parent, name FROM place WHERE region_id = ?1 AND lower(name) LIKE lower(?2) "
      "ESCAPE '\\' "
      "ORDER BY length(code), code LIMIT ?3",
      {param(region), std::string_view(pattern), limit}, place_of);
}

std::vector<Place> places_under(Reading& reading, RegionId region, std::string_view parent) {
  return reading.all(
      "SELECT code, parent, name FROM place WHERE region_id = ?1 AND parent = ?2 ORDER BY code",
      {param(region), parent}, place_of);
}

Result<ImportedPlaces> import_places(Transaction& transaction, RegionId region, std::istream& csv) {
  csv.clear();
  csv.seekg(0);  // a job may run again
  CsvReader reader(csv);
  CsvRow row;
  MINHU_TRY(const bool any, reader.next(row));
  if (!any)
    return fail(FaultCode::invalid_input, "kernel.csv_no_column", "",
                std::map<std::string, std::string>{{"column", "code"}});
  MINHU_TRY(const std::size_t code, column_of(row, "code"));
  MINHU_TRY(const std::size_t name, column_of(row, "name"));
  std::optional<std::size_t> parent;
  for (const std::string_view candidate : {"parent", "streetCode", "areaCode", "cityCode"}) {
    if (const auto found = column_of(row, candidate); found && !parent) parent = *found;
  }
  const std::size_t columns = row.fields.size();
  ImportedPlaces imported;
  for (;;) {
    const auto more = reader.next(row);
    if (!more) {
      if (more.error().code == FaultCode::unavailable) return tl::unexpected<Fault>(more.error());
      imported.faults.push_back("line " + more.error().details.at("line") + ": " +
                                more.error().key);
      continue;
    }
    if (!*more) break;
    const bool whole = row.fields.size() == columns && !row.fields[code].empty() &&
                       row.fields[code].find_first_not_of("0123456789") == std::string::npos &&
                       !row.fields[name].empty() && is_valid_utf8(row.fields[name]);
    if (!whole) {
      imported.faults.push_back("line " + std::to_string(row.line) + ": not a code and a name");
      continue;
    }
    put_place(transaction, region,
              {row.fields[code], parent ? row.fields[*parent] : std::string(), row.fields[name]});
    ++imported.kept;
  }
  return imported;
}

}  // namespace minhu::places_and_units
