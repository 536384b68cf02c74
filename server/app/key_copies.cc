#include "app/key_copies.h"

#include <spdlog/spdlog.h>

#include "features/cases/key_tending.h"
#include "kernel/civil_time.h"

namespace minhu::app {

namespace {

constexpr std::string_view prefix = "keys-";
constexpr std::string_view suffix = ".db";

}  // namespace

void copy_keys(const DataFolder& folder, const storage_sqlite::SqliteDatabase* keys, Instant now) {
  namespace fs = std::filesystem;
  const Date today = to_date(now);
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder.key_copies(), error)) {
    const std::string file = entry.path().filename().string();
    if (!file.starts_with(prefix)) continue;
    const auto day = parse_date(std::string_view(file).substr(prefix.size(), 10));
    // What has no day in its name was never finished.
    if (day && file.ends_with(suffix) && cases::may_stay(*day, today)) continue;
    fs::remove(entry.path(), error);
  }
  if (keys == nullptr) return;
  try {
    keys->copy_to(key_copy_of(folder, now));
  } catch (const StorageFailure& failure) {
    spdlog::error("no copy of the keys was made: {}", failure.what());
  }
}

std::filesystem::path key_copy_of(const DataFolder& folder, Instant day) {
  return folder.key_copies() /
         (std::string(prefix) + format_date(to_date(day)) + std::string(suffix));
}

}  // namespace minhu::app
