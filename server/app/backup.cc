// `minhu backup` and `minhu backup-key`.
#include <fmt/core.h>

#include <cstdio>

#include "adapters/system/system.h"
#include "app/backup_keys.h"
#include "app/backup_outcome.h"
#include "app/commands.h"
#include "app/key_file.h"
#include "app/sentences.h"
#include "app/taking_backup.h"
#include "app/terminal.h"
#include "features/places_and_units/county.h"

namespace minhu::app {

namespace {

namespace fs = std::filesystem;

struct Places {
  fs::path data;
  fs::path keys;  // empty: not asked for
};

Result<Places> places_of(const BackupOptions& options, std::int64_t region, Instant now) {
  Places places;
  places.data = fs::is_directory(options.to)
                    ? options.to / name_of_backup(region, now, BackupKind::data)
                    : options.to;
  if (options.keys_to.empty()) return places;
  if (!fs::is_directory(options.keys_to)) {
    return fail(FaultCode::not_found, "backup.no_folder", "keys-to",
                std::map<std::string, std::string>{{"folder", options.keys_to.string()}});
  }
  // Whoever takes the folder must not have both.
  std::error_code error;
  if (fs::equivalent(options.keys_to, fs::absolute(places.data).parent_path(), error)) {
    return fail(FaultCode::invalid_input, "backup.same_place", "keys-to",
                std::map<std::string, std::string>{{"folder", options.keys_to.string()}});
  }
  places.keys = options.keys_to / name_of_backup(region, now, BackupKind::keys);
  return places;
}

Result<std::int64_t> region_of(const DataFolder& folder, const std::string& storage) {
  std::int64_t region = 0;
  const auto ask = [&](const WholeDatabase& database) {
    const auto profile = places_and_units::find_county_profile(database.reading);
    if (profile) region = profile->region.value;
  };
  if (storage.empty()) {
    read_whole_file(folder.database(), ask);
  } else {
    read_whole_server(storage, ask);
  }
  if (region == 0) return fail(FaultCode::not_found, "app.not_set_up");
  return region;
}

Outcome back_up(const FoundationOptions& foundation, const BackupOptions& options) {
  MINHU_TRY(const std::string storage, chosen_storage(foundation.data, foundation.storage));
  MINHU_TRY(const std::string key_storage,
            chosen_storage(foundation.data, foundation.key_storage, Kept::keys));
  MINHU_TRY(const DataFolder folder,
            open_data_folder(foundation.data, WhenMissing::refuse, !storage.empty()));
  MINHU_TRY(const Key public_key, read_public_key(options.key_file));
  MINHU_TRY(const Key installation, read_key_file(folder.key()));
  const system::SystemClock clock;
  const Instant now = clock.now();
  MINHU_TRY(const std::int64_t region, region_of(folder, storage));
  MINHU_TRY(const Places places, places_of(options, region, now));
  forget_unfinished(fs::absolute(places.data).parent_path());
  const BackupManifest data =
      take_data(folder, storage, now, {places.data, public_key, installation});
  std::string line =
      fmt::format("backed up {} rows of {} tables to {} ({} bytes)", data.rows(),
                  data.tables.size(), places.data.string(), fs::file_size(places.data));
  if (data.record) line += fmt::format(", record at {}", data.record->size);
  if (places.keys.empty()) {
    std::fprintf(stderr, "minhu: %s\n", terminal_language().say("backup.without_keys").c_str());
    finish(line);
    return {};
  }
  // After the data and never before: the key of every case in it is among them.
  forget_unfinished(options.keys_to);
  const BackupManifest keys =
      take_keys(folder, key_storage, region, clock.now(), {places.keys, public_key, installation});
  line += fmt::format("; {} rows of keys to {}", keys.rows(), places.keys.string());
  if (const int forgotten = forget_old_keys(options.keys_to, now); forgotten > 0) {
    line += fmt::format("; {} older than seven days removed there", forgotten);
  }
  finish(line);
  return {};
}

}  // namespace

int make_backup_key(const std::filesystem::path& file) {
  if (const Outcome made = make_backup_keys(file); !made) return refuse(made.error());
  const catalogue::Details details{{"file", file.string()}, {"public", file.string() + ".pub"}};
  std::fprintf(stderr, "minhu: %s\n", terminal_language().say("backup.key_made", details).c_str());
  return finish(fmt::format("made {} and {}.pub", file.string(), file.string()));
}

int backup(const FoundationOptions& foundation, const BackupOptions& options) {
  return told_of_backup([&] { return back_up(foundation, options); });
}

}  // namespace minhu::app
