// `minhu migrate-storage`: everything of an installation out of its file onto a PostgreSQL server.
#include <fmt/core.h>

#include "app/commands.h"
#include "app/foundation.h"
#include "app/moving.h"
#include "app/schema.h"
#include "app/terminal.h"

namespace minhu::app {

namespace {

// The file stays, under a name that no command opens.
Outcome put_aside(const DataFolder& folder) {
  std::error_code error;
  std::filesystem::rename(folder.database(), folder.database().string() + ".moved", error);
  if (!error) return {};
  return fail(FaultCode::unavailable, "app.cannot_make_folder", std::string(),
              std::map<std::string, std::string>{{"folder", folder.database().string()},
                                                 {"reason", error.message()}});
}

}  // namespace

int migrate_storage(const FoundationOptions& options) {
  if (options.storage.empty()) {
    return refuse(Fault(FaultCode::invalid_input, "app.no_storage_named", "storage"));
  }
  const auto address = chosen_storage(options.data, options.storage);
  if (!address) return refuse(address.error());
  FoundationOptions of_the_file = options;
  of_the_file.storage.clear();
  DataFolder folder;
  Moved done;
  {
    auto foundation = Foundation::open(of_the_file, WhenMissing::refuse);
    if (!foundation) return refuse(foundation.error());
    folder = (*foundation)->folder;
    if (!std::filesystem::exists(folder.database())) {
      return refuse(Fault(FaultCode::conflict, "app.not_in_a_file"));
    }
    const auto profile = (*foundation)->profile();
    if (!profile) return refuse(profile.error());
    const auto moved =
        move_to_server(*(*foundation)->database, *address, schema(), (*foundation)->clock.now());
    if (!moved) return refuse(moved.error());
    done = *moved;
  }
  // In this order: between the two every command refuses, and none begins an empty county.
  if (const Outcome kept = remember_storage(folder, *address); !kept) return refuse(kept.error());
  if (const Outcome put = put_aside(folder); !put) return refuse(put.error());
  return finish(fmt::format("moved {} rows of {} tables, each compared; the file is now {}.moved",
                            done.rows, done.tables, folder.database().string()));
}

}  // namespace minhu::app
