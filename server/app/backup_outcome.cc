#include "app/backup_outcome.h"

#include <filesystem>

#include "adapters/backup_files/backup_failure.h"
#include "adapters/storage_sqlite/connection.h"
#include "app/terminal.h"

namespace minhu::app {

int told_of_backup(const std::function<Outcome()>& work) {
  const auto because = [](const char* key, const std::exception& failure) {
    return refuse(Fault(FaultCode::unavailable, key, std::string(), {{"reason", failure.what()}}));
  };
  try {
    const Outcome outcome = work();
    return outcome ? done : refuse(outcome.error());
  } catch (const backup_files::BackupFailure& failure) {
    return refuse(failure.fault());
  } catch (const storage_sqlite::DiskFull& failure) {
    return because("backup.disk_full_of_database", failure);
  } catch (const StorageUnreachable& failure) {
    return because("app.storage_unreachable", failure);
  } catch (const storage_sqlite::InputOutputFailure& failure) {
    return because("backup.database_broken", failure);
  } catch (const StorageFailure& failure) {
    return because("backup.database_broken", failure);
  } catch (const std::filesystem::filesystem_error& failure) {
    return because("backup.files_failed", failure);
  }
}

}  // namespace minhu::app
