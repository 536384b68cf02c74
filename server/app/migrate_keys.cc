// `minhu migrate-keys`: the keys of cases out of the file into a database of a server.
#include <fmt/core.h>

#include "app/commands.h"
#include "app/foundation.h"
#include "app/key_copies.h"
#include "app/moving.h"
#include "app/record_setup.h"
#include "app/terminal.h"

namespace minhu::app {

namespace {

// The file becomes the copy of this day, which the program removes after seven: no copy of a key
// may lie about for longer.
Outcome put_aside(const DataFolder& folder, Instant now) {
  std::error_code error;
  std::filesystem::rename(folder.keys(), key_copy_of(folder, now), error);
  if (!error) return {};
  return fail(FaultCode::unavailable, "app.cannot_make_folder", std::string(),
              std::map<std::string, std::string>{{"folder", folder.keys().string()},
                                                 {"reason", error.message()}});
}

Result<Moved> move_keys(const FoundationOptions& options, const std::string& address,
                        DataFolder& folder) {
  FoundationOptions as_it_is = options;
  as_it_is.key_storage.clear();
  MINHU_TRY(const std::string storage, chosen_storage(options.data, options.storage));
  MINHU_TRY(auto foundation, Foundation::open(as_it_is, WhenMissing::refuse));
  if (foundation->key_file() == nullptr) return fail(FaultCode::conflict, "app.keys_not_in_a_file");
  MINHU_CHECK_OK(check_keys_apart(address, storage));
  folder = foundation->folder;
  // While this is the only server: those that share the keys make none, they copy them from here.
  if (const auto profile = foundation->profile()) {
    const auto record =
        open_record(folder, *foundation->database, profile->region, foundation->entropy);
    if (record.why) return tl::unexpected<Fault>(*record.why);
  }
  return move_to_server(*foundation->keys, address, key_schema(), foundation->clock.now());
}

}  // namespace

int migrate_keys(const FoundationOptions& options) {
  if (options.key_storage.empty()) {
    return refuse(Fault(FaultCode::invalid_input, "app.no_key_storage_named", "key-storage"));
  }
  const auto address = chosen_storage(options.data, options.key_storage, Kept::keys);
  if (!address) return refuse(address.error());
  DataFolder folder;
  const auto moved = move_keys(options, *address, folder);
  if (!moved) return refuse(moved.error());
  // In this order: between the two every command refuses, and none begins without its keys.
  if (const Outcome kept = remember_storage(folder, *address, Kept::keys); !kept) {
    return refuse(kept.error());
  }
  const Instant now = system::SystemClock().now();
  if (const Outcome put = put_aside(folder, now); !put) return refuse(put.error());
  return finish(
      fmt::format("moved {} rows of keys, each compared; the file is now {}, for seven days",
                  moved->rows, key_copy_of(folder, now).string()));
}

}  // namespace minhu::app
