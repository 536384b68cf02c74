#include "features/record/published.h"

namespace minhu::record {

namespace {

constexpr std::int64_t kept_ms = days_of_published_notes * 24 * 3'600'000;

}  // namespace

void insert_published(Transaction& transaction, RegionId region, const PublishedNote& note) {
  transaction.execute(
      "INSERT INTO record_published(region_id, size, published_at, note) VALUES (?1, ?2, ?3, ?4) "
      "ON CONFLICT (region_id, size) DO NOTHING",
      {param(region), static_cast<std::int64_t>(note.size), param(note.at),
       std::string_view(note.note)});
  // Two for one that comes, so that what is too old becomes less and nobody waits for it.
  transaction.execute(
      "DELETE FROM record_published WHERE region_id = ?1 AND published_at < ?2 AND size IN "
      "(SELECT size FROM record_published WHERE region_id = ?1 ORDER BY size LIMIT 2)",
      {param(region), note.at.unix_ms - kept_ms});
}

std::vector<PublishedNote> published_after(Reading& reading, RegionId region, std::uint64_t size,
                                           std::int64_t most) {
  return reading.all(
      "SELECT size, published_at, note FROM record_published WHERE region_id = ?1 AND size > ?2 "
      "ORDER BY size LIMIT ?3",
      {param(region), static_cast<std::int64_t>(size), most}, [](const Row& row) {
        return PublishedNote{static_cast<std::uint64_t>(row.integer(0)), row.instant(1),
                             std::string(row.text(2))};
      });
}

}  // namespace minhu::record
