#include "features/places_and_units/county.h"

namespace minhu::places_and_units {

void put_county_profile(Transaction& transaction, const CountyProfile& profile) {
  transaction.execute(
      "INSERT INTO county_profile(region_id, name, organiser, phone, petition_office, "
      "hotline_body, default_track, is_demo, upper_body) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) "
      "ON CONFLICT (region_id) DO UPDATE SET name = excluded.name, "
      "organiser = excluded.organiser, phone = excluded.phone, "
      "petition_office = excluded.petition_office, hotline_body = excluded.hotline_body, "
      "default_track = excluded.default_track, is_demo = excluded.is_demo, "
      "upper_body = excluded.upper_body",
      {param(profile.region), std::string_view(profile.name), std::string_view(profile.organiser),
       std::string_view(profile.phone), std::string_view(profile.petition_office),
       std::string_view(profile.hotline_body), std::string_view(profile.default_track),
       std::int64_t{profile.profile == Profile::demo}, std::string_view(profile.upper_body)});
}

std::optional<CountyProfile> find_county_profile(Reading& reading) {
  return reading.first(
      "SELECT region_id, name, organiser, phone, petition_office, hotline_body, default_track, "
      "is_demo, upper_body FROM county_profile ORDER BY region_id LIMIT 1",
      {}, [](const Row& row) {
        return CountyProfile{
            RegionId{row.integer(0)}, std::string(row.text(1)),
            std::string(row.text(2)), std::string(row.text(3)),
            std::string(row.text(4)), std::string(row.text(5)),
            std::string(row.text(6)), row.integer(7) != 0 ? Profile::demo : Profile::production,
            std::string(row.text(8))};
      });
}

}  // namespace minhu::places_and_units
