#include "features/visit_plans/villages.h"

#include <charconv>
#include <cmath>
#include <optional>

#include "features/places_and_units/places_and_units.h"
#include "features/visit_plans/reason.h"
#include "kernel/csv.h"

namespace minhu::visit_plans {

namespace {

using Details = std::map<std::string, std::string>;

std::string text_of(const std::vector<tours::Hours>& hours) {
  std::vector<std::string> words;
  for (const tours::Hours& one : hours) {
    words.push_back(format_day_time(one.from) + "-" + format_day_time(one.to));
  }
  return joined(words);
}

std::optional<std::vector<tours::Hours>> hours_in(std::string_view text) {
  std::vector<tours::Hours> hours;
  for (const std::string& word : words_of(text)) {
    const auto dash = word.find('-');
    const auto from = parse_day_time(std::string_view(word).substr(0, dash));
    const auto to = dash == std::string::npos
                        ? std::nullopt
                        : parse_day_time(std::string_view(word).substr(dash + 1));
    if (!from || !to || *from >= *to) return std::nullopt;
    hours.push_back({*from, *to});
  }
  return hours;
}

Village village_of(const Row& row) {
  Village village;
  village.code = row.text(0);
  village.name = row.text(1);
  village.town = row.text(2);
  village.latitude_e7 = row.integer(3);
  village.longitude_e7 = row.integer(4);
  village.people = row.integer(5);
  village.signal = row.integer(6);
  village.languages = words_of(row.text(7));
  village.hours = hours_in(row.text(8)).value_or(std::vector<tours::Hours>());
  village.minutes = row.integer(9);
  return village;
}

#define MINHU_VILLAGE_COLUMNS                                                                   \
  "v.place, p.name, p.parent, v.latitude_e7, v.longitude_e7, v.people, v.signal, v.languages, " \
  "v.hours, v.minutes FROM plan_village v JOIN place p ON p.region_id = v.region_id AND "       \
  "p.code = v.place "

tl::unexpected<Fault> bad(const Village& village, const char* what) {
  return fail(FaultCode::invalid_input, "plans.bad_village", what,
              Details{{"place", village.code}, {"what", what}});
}

// Numbers of a file: whole ones, and degrees.
std::optional<std::int64_t> whole(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::int64_t> degrees_e7(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool good =
      error == std::errc() && end == text.data() + text.size() && std::abs(number) <= 180;
  return good ? std::optional(static_cast<std::int64_t>(std::llround(number * 1e7))) : std::nullopt;
}

}  // namespace

Outcome put_village(Transaction& transaction, RegionId region, const Village& village) {
  constexpr std::int64_t degree = 10'000'000;
  if (!places_and_units::find_place(transaction, region, village.code)) return bad(village, "code");
  if (std::abs(village.latitude_e7) > 90 * degree) return bad(village, "lat");
  if (std::abs(village.longitude_e7) > 180 * degree) return bad(village, "lon");
  if (village.people < 0 || village.people > 10'000'000) return bad(village, "people");
  if (village.signal < 0 || village.signal > 100) return bad(village, "signal");
  if (village.minutes < 0 || village.minutes > 600) return bad(village, "minutes");
  const std::string languages = joined(village.languages);
  const std::string hours = text_of(village.hours);
  transaction.execute(
      "INSERT INTO plan_village(region_id, place, latitude_e7, longitude_e7, people, signal, "
      "languages, hours, minutes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) "
      "ON CONFLICT (region_id, place) DO UPDATE SET latitude_e7 = excluded.latitude_e7, "
      "longitude_e7 = excluded.longitude_e7, people = excluded.people, signal = excluded.signal, "
      "languages = excluded.languages, hours = excluded.hours, minutes = excluded.minutes",
      {param(region), std::string_view(village.code), village.latitude_e7, village.longitude_e7,
       village.people, village.signal, std::string_view(languages), std::string_view(hours),
       village.minutes});
  return {};
}

std::vector<Village> all_villages(Reading& reading, RegionId region) {
  return reading.all("SELECT " MINHU_VILLAGE_COLUMNS
                     "WHERE v.region_id = ?1 AND p.region_id = ?1 AND p.parent <> '' "
                     "ORDER BY v.place",
                     {param(region)}, village_of);
}

std::optional<Village> hall(Reading& reading, RegionId region) {
  const std::string root = std::to_string(region.value);
  return reading.first("SELECT " MINHU_VILLAGE_COLUMNS
                       "WHERE v.region_id = ?1 AND p.region_id = ?1 AND v.place = ?2",
                       {param(region), std::string_view(root)}, village_of);
}

Result<ImportedVillages> import_villages(Transaction& transaction, RegionId region,
                                         std::istream& csv) {
  CsvReader reader(csv);
  CsvRow row;
  MINHU_TRY(const bool any, reader.next(row));
  if (!any) row.fields.clear();
  MINHU_TRY(const std::size_t code, column_of(row, "code"));
  MINHU_TRY(const std::size_t longitude, column_of(row, "lon"));
  MINHU_TRY(const std::size_t latitude, column_of(row, "lat"));
  MINHU_TRY(const std::size_t people, column_of(row, "people"));
  const CsvRow header = row;
  const auto column = [&](const char* name) { return column_of(header, name); };
  const auto signal = column("signal");
  const auto languages = column("languages");
  const auto hours = column("hours");
  const auto minutes = column("minutes");
  ImportedVillages imported;
  const auto leave_out = [&](std::size_t line, const std::string& why) {
    imported.faults.push_back("line " + std::to_string(line) + ": " + why);
  };
  for (;;) {
    const auto more = reader.next(row);
    if (!more) {
      if (more.error().code == FaultCode::unavailable) return tl::unexpected<Fault>(more.error());
      imported.faults.push_back("line " + more.error().details.at("line") + ": " +
                                more.error().key);
      continue;
    }
    if (!*more) break;
    if (row.fields.size() != header.fields.size()) {
      leave_out(row.line, "not as many columns as the first line");
      continue;
    }
    Village village;
    village.code = row.fields[code];
    const auto east = degrees_e7(row.fields[longitude]);
    const auto north = degrees_e7(row.fields[latitude]);
    const auto count = whole(row.fields[people]);
    const auto bars = signal ? whole(row.fields[*signal]) : std::optional<std::int64_t>(100);
    const auto length = minutes ? whole(row.fields[*minutes]) : std::optional<std::int64_t>(0);
    const auto open = hours ? hours_in(row.fields[*hours]) : std::vector<tours::Hours>();
    if (!east || !north || !count || !bars || !length || !open) {
      leave_out(row.line, "a number or the hours cannot be read");
      continue;
    }
    village.longitude_e7 = *east;
    village.latitude_e7 = *north;
    village.people = *count;
    village.signal = *bars;
    village.minutes = *length;
    village.hours = *open;
    if (languages) village.languages = words_of(row.fields[*languages]);
    if (const Outcome put = put_village(transaction, region, village); !put) {
      leave_out(row.line, "no such place, or a number out of range: " + put.error().field);
      continue;
    }
    ++imported.kept;
  }
  return imported;
}

}  // namespace minhu::visit_plans
