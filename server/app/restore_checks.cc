#include "app/restore_checks.h"

#include "adapters/backup_files/backup_failure.h"
#include "adapters/backup_files/whole_file.h"
#include "adapters/record_files/record_files.h"
#include "app/contents.h"
#include "app/files.h"
#include "app/record_setup.h"
#include "app/sentences.h"
#include "app/storage.h"
#include "app/whole_database.h"
#include "features/cases/content.h"
#include "features/record/restore.h"
#include "features/record/rows.h"

namespace minhu::app {

namespace {

using backup_files::BackupFailure;

[[noreturn]] void differs(std::string what) {
  throw BackupFailure(
      Fault(FaultCode::conflict, "backup.read_back_differs", "", {{"what", std::move(what)}}));
}

void look_through(Reading& reading) {
  reading.query("PRAGMA integrity_check", {}, [](const Row& row) {
    if (row.text(0) != "ok") differs(std::string(row.text(0)));
  });
  reading.query("PRAGMA foreign_key_check", {},
                [](const Row& row) { differs(std::string(row.text(0))); });
}

}  // namespace

void check_rows(const DataFolder& folder, const std::string& storage, BackupKind kind,
                const BackupManifest& manifest) {
  const auto compare = [&](const WholeDatabase& database) {
    if (database.engine == "sqlite") look_through(database.reading);
    if (database.tables.size() != manifest.tables.size()) differs("tables");
    for (const TableShape& table : database.tables) {
      Contents contents;
      database.read_rows(table, [&](const Row& row) { contents.add(table, row); });
      const auto expected = manifest.tables.find(table.name);
      if (expected == manifest.tables.end() || expected->second.rows != contents.rows() ||
          expected->second.digest != contents.digest()) {
        differs(table.name);
      }
    }
  };
  if (kind == BackupKind::keys) return read_whole_file(folder.keys(), compare);
  if (storage.empty()) return read_whole_file(folder.database(), compare);
  read_whole_server(storage, compare);
}

Outcome bring_back_record(const DataFolder& folder, const std::string& storage,
                          const BackupManifest& manifest) {
  if (!manifest.record) return {};
  MINHU_TRY(const OpenStorage opened, open_storage(folder, storage, 1, false));
  const RegionId region{manifest.region};
  const auto head =
      opened.database->read([&](Reading& reading) { return record::find_head(reading, region); });
  if (!head || head->origin != manifest.record->origin ||
      head->tree.size != manifest.record->size ||
      to_hex(head->tree.root) != manifest.record->root) {
    differs("record_head");
  }
  record_files::FolderFiles files(record_files_folder(folder));
  MINHU_TRY([[maybe_unused]] const std::int64_t written,
            record::restore_files(*opened.database, region, head->tree, files));
  return {};
}

Result<bool> hold_unwitnessed_record(const DataFolder& folder, const BackupManifest& manifest) {
  if (!manifest.record || manifest.record->size == 0) return false;
  if (!std::filesystem::exists(record_policy_file(folder))) return false;
  MINHU_TRY(const std::string text, contents_of(record_policy_file(folder)));
  MINHU_TRY(const merkle::TrustPolicy policy, merkle::parse_policy(text));
  if (policy.quorum != "none") return false;
  backup_files::WholeFile file(record_restored_file(folder));
  const catalogue::Details details{{"size", std::to_string(manifest.record->size)},
                                   {"file", record_restored_file(folder).filename().string()}};
  file.put(as_bytes(terminal_language().say("backup.next_unwitnessed", details) + "\n"));
  file.keep();
  return true;
}

Opened open_cases(Database& database, RegionId region, const cases::Keyring& keyring) {
  constexpr std::int64_t words_read = 1000;
  return database.read([&](Reading& reading) {
    const auto ids =
        reading.all("SELECT DISTINCT case_id FROM content WHERE region_id = ?1", {param(region)},
                    [](const Row& row) { return row.id<cases::CaseId>(0); });
    Opened found;
    found.cases = static_cast<std::int64_t>(ids.size());
    for (const cases::CaseId id : ids) {
      const auto key = cases::load_case_key(reading, region, id, keyring);
      if (!key) {
        ++found.closed;
        continue;
      }
      if (++found.opened > words_read) continue;
      for (const auto& content : cases::list_content(reading, region, id)) {
        const auto words = cases::read_content(reading, region, *key, content.id);
        if (!words) differs("content");
      }
    }
    return found;
  });
}

}  // namespace minhu::app
