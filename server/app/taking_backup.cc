#include "app/taking_backup.h"

#include <fmt/core.h>

#include <algorithm>
#include <fstream>

#include "adapters/backup_files/backup_failure.h"
#include "app/backup_rows.h"
#include "app/record_setup.h"
#include "engines/merkle/history.h"
#include "features/cases/key_tending.h"
#include "features/places_and_units/county.h"
#include "features/record/rows.h"
#include "kernel/civil_time.h"

namespace minhu::app {

namespace {

namespace fs = std::filesystem;
using backup_files::ArchiveWriter;
using backup_files::BackupFailure;

constexpr std::string_view keys_suffix = ".keys";
constexpr std::string_view prefix = "minhu-";

Fault unreadable(const fs::path& path) {
  return Fault(FaultCode::unavailable, "backup.cannot_read", "", {{"file", path.string()}});
}

Bytes bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in.is_open()) throw BackupFailure(unreadable(path));
  Bytes bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (in.bad()) throw BackupFailure(unreadable(path));
  return bytes;
}

// The files below `folder` in the order of their names, without those below `but_not`.
std::vector<fs::path> files_in(const fs::path& folder, const fs::path& but_not = {}) {
  std::vector<fs::path> files;
  std::error_code error;
  for (auto entry = fs::recursive_directory_iterator(folder, error);
       entry != fs::recursive_directory_iterator(); ++entry) {
    if (entry->path() == but_not) entry.disable_recursion_pending();
    // One whose name begins with a dot is being written.
    const bool is_whole = !entry->path().filename().string().starts_with(".");
    if (entry->is_regular_file() && is_whole) files.push_back(entry->path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

void put_file(ArchiveWriter& out, const DataFolder& folder, const fs::path& file) {
  const std::string name = fs::relative(file, folder.root).generic_string();
  Bytes bytes = bytes_of(file);
  // A note that is being appended at this moment comes with the next backup.
  if (name.starts_with("record/history/")) {
    bytes.resize(merkle::parse_history(to_text(bytes)).whole);
  }
  out.put_whole(std::string(members_of_files) + name, bytes);
}

// Before the database: what was published then is in it. Tiles and entries are made of its batches.
void put_record(ArchiveWriter& out, const DataFolder& folder) {
  for (const fs::path& file : {record_policy_file(folder), record_alarm_file(folder)}) {
    if (fs::exists(file)) put_file(out, folder, file);
  }
  const fs::path files = record_files_folder(folder);
  for (const fs::path& file : files_in(files, files / "tile")) put_file(out, folder, file);
}

void note_what_it_is_of(Reading& reading, BackupManifest& manifest) {
  const auto profile = places_and_units::find_county_profile(reading);
  if (!profile) throw BackupFailure(Fault(FaultCode::not_found, "app.not_set_up"));
  manifest.region = profile->region.value;
  if (const auto head = record::find_head(reading, profile->region)) {
    manifest.record =
        BackupManifest::Record{head->origin, head->tree.size, to_hex(head->tree.root)};
  }
}

}  // namespace

BackupManifest take_data(const DataFolder& folder, const std::string& storage, Instant now,
                         const BackupInto& into) {
  BackupManifest manifest;
  manifest.kind = BackupKind::data;
  manifest.program = MINHU_VERSION;
  manifest.taken_at = now;
  ArchiveWriter out(into.file, into.public_key);
  put_record(out, folder);
  const auto put = [&](const WholeDatabase& database) {
    note_what_it_is_of(database.reading, manifest);
    put_database(out, database, manifest);
  };
  if (storage.empty()) {
    read_whole_file(folder.database(), put);
  } else {
    read_whole_server(storage, put);
  }
  finish_backup(out, manifest, into.installation);
  return manifest;
}

BackupManifest take_keys(const DataFolder& folder, const std::string& key_storage,
                         std::int64_t region, Instant now, const BackupInto& into) {
  BackupManifest manifest;
  manifest.kind = BackupKind::keys;
  manifest.program = MINHU_VERSION;
  manifest.taken_at = now;
  manifest.region = region;
  ArchiveWriter out(into.file, into.public_key);
  for (const fs::path& message : files_in(folder.outbox())) {
    // One that was carried away meanwhile has no need of us.
    if (fs::exists(message)) put_file(out, folder, message);
  }
  const auto put = [&](const WholeDatabase& database) { put_database(out, database, manifest); };
  if (key_storage.empty()) {
    read_whole_file(folder.keys(), put);
  } else {
    read_whole_server(key_storage, put);
  }
  finish_backup(out, manifest, into.installation);
  return manifest;
}

std::string name_of_backup(std::int64_t region, Instant taken_at, BackupKind kind) {
  constexpr FixedZone utc{std::chrono::minutes(0)};
  const CivilTime at = to_civil(taken_at, utc);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(at.since_midnight));
  return fmt::format("{}{}-{}T{:02}{:02}{:02}Z.{}", prefix, region, format_date(at.date),
                     time.hours().count(), time.minutes().count(), time.seconds().count(),
                     name(kind));
}

void forget_unfinished(const fs::path& folder) {
  backup_files::remove_unfinished(folder, prefix);
}

int forget_old_keys(const fs::path& folder, Instant now) {
  constexpr FixedZone utc{std::chrono::minutes(0)};
  constexpr std::size_t date_size = 10;
  int forgotten = 0;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string file = entry.path().filename().string();
    if (!file.starts_with(prefix) || !file.ends_with(keys_suffix)) continue;
    const auto after_region = file.find('-', prefix.size());
    if (after_region == std::string::npos) continue;
    const auto day = parse_date(std::string_view(file).substr(after_region + 1, date_size));
    if (!day || cases::may_stay(*day, to_date(now, utc))) continue;
    forgotten += fs::remove(entry.path(), error) ? 1 : 0;
  }
  return forgotten;
}

}  // namespace minhu::app
