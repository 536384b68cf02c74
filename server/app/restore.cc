// `minhu restore`: an installation out of its backups, or a trial that is thrown away.
#include <fmt/core.h>

#include <cstdio>

#include "adapters/backup_files/backup_failure.h"
#include "app/backup_keys.h"
#include "app/backup_outcome.h"
#include "app/commands.h"
#include "app/key_file.h"
#include "app/record_setup.h"
#include "app/record_sm2.h"
#include "app/removed_on_signal.h"
#include "app/restore_checks.h"
#include "app/restoring.h"
#include "app/schema.h"
#include "app/sentences.h"
#include "app/terminal.h"
#include "app/work_folder.h"
#include "kernel/civil_time.h"

namespace minhu::app {

namespace {

namespace fs = std::filesystem;
using catalogue::Details;

void tell(const char* key, const Details& details = {}) {
  std::fprintf(stderr, "minhu: %s\n", terminal_language().say(key, details).c_str());
}

Result<std::string> checked_storage(const RestoreOptions& options) {
  if (options.storage.empty()) return std::string();
  return chosen_storage(options.data, options.storage);
}

// Said before anything is begun: a full disk half way says less.
Outcome check_room(const fs::path& folder, const fs::path& backup) {
  constexpr std::uintmax_t times = 3;  // with its indexes, and a log while they are made
  std::error_code error;
  const auto needed = fs::file_size(backup, error) * times;
  if (error) return {};  // whoever opens it says why
  const auto room = fs::space(folder, error).available;
  if (error || room >= needed) return {};
  return fail(FaultCode::out_of_storage, "backup.too_little_room", "",
              std::map<std::string, std::string>{{"folder", folder.string()},
                                                 {"needed", std::to_string(needed / 1'000'000 + 1)},
                                                 {"room", std::to_string(room / 1'000'000)}});
}

// One after the other, each file of a key that is there; of minhu.key there must be one.
Outcome bring_secrets(const fs::path& from, const DataFolder& folder) {
  for (const fs::path& to : {folder.key(), record_key_file(folder), record_sm2_file(folder.root)}) {
    const fs::path file = from / to.filename();
    if (!fs::exists(file) && to != folder.key()) continue;
    MINHU_TRY(const Key key, read_key_file(file));
    MINHU_CHECK_OK(make_key_file(to, key));
  }
  return {};
}

class Restore {
 public:
  Restore(const RestoreOptions& options, backup_files::KeyPair keys, std::string storage,
          const fs::path& folder, Instant now)
      : options_(options), keys_(keys), storage_(std::move(storage)), folder_{folder}, now_(now) {}

  Outcome run() {
    data_ = restore_from(options_.from, keys_, BackupKind::data,
                         {folder_.root, folder_.database(), storage_, schema()}, now_);
    tell_found(data_.manifest);
    if (!options_.keys.empty()) {
      MINHU_CHECK_OK(restore_keys());
    }
    if (!options_.secrets.empty()) {
      MINHU_CHECK_OK(bring_secrets(options_.secrets, folder_));
      MINHU_CHECK_OK(check_seals());
    }
    if (options_.verify) check_everything();
    MINHU_CHECK_OK(bring_back_record(folder_, storage_, data_.manifest));
    if (!storage_.empty()) MINHU_CHECK_OK(remember_storage(folder_, storage_));
    if (options_.verify) MINHU_CHECK_OK(look_inside());
    MINHU_TRY(is_held_, hold_unwitnessed_record(folder_, data_.manifest));
    return {};
  }

  bool has_findings() const { return findings_; }

  // What the operator has to do, in the order of doing it.
  void tell_next(const fs::path& where) const {
    const Details details{
        {"folder", where.string()},
        {"size", std::to_string(data_.manifest.record ? data_.manifest.record->size : 0)},
        {"file", record_restored_file({where}).string()}};
    if (options_.secrets.empty()) tell("backup.next_secrets", details);
    if (options_.keys.empty()) tell("backup.next_keys", details);
    if (is_held_) tell("backup.next_unwitnessed", details);
    if (!is_held_ && data_.manifest.record) tell("backup.next_witnessed", details);
  }

  std::string line(const fs::path& where) const {
    std::string text = fmt::format("{} {} rows of {} tables", where.empty() ? "tried" : "restored",
                                   data_.manifest.rows(), data_.manifest.tables.size());
    if (key_rows_) text += fmt::format(" and {} rows of keys", *key_rows_);
    if (data_.manifest.record) text += fmt::format(", record at {}", data_.manifest.record->size);
    return text + (where.empty() ? ", nothing kept" : ", to " + where.string());
  }

 private:
  static void tell_found(const BackupManifest& manifest) {
    tell(manifest.kind == BackupKind::data ? "backup.found_data" : "backup.found_keys",
         {{"time", format_instant(manifest.taken_at)},
          {"region", std::to_string(manifest.region)},
          {"program", manifest.program},
          {"engine", manifest.engine},
          {"rows", std::to_string(manifest.rows())},
          {"tables", std::to_string(manifest.tables.size())},
          {"members", std::to_string(manifest.members.size())}});
  }

  Outcome restore_keys() {
    key_backup_ = restore_from(options_.keys, keys_, BackupKind::keys,
                               {folder_.root, folder_.keys(), "", key_schema()}, now_);
    const BackupManifest& keys = key_backup_->manifest;
    tell_found(keys);
    key_rows_ = keys.rows();
    if (keys.region != data_.manifest.region) {
      return fail(FaultCode::conflict, "backup.keys_of_another");
    }
    if (keys.taken_at.unix_ms < data_.manifest.taken_at.unix_ms) tell("backup.keys_older");
    return {};
  }

  Outcome check_seals() const {
    MINHU_TRY(Key installation, read_key_file(folder_.key()));
    const auto is_ours = [&](const Restored& restored) {
      return equal_in_constant_time(seal_of(restored.manifest_text, installation), restored.seal);
    };
    const bool ours = is_ours(data_) && (!key_backup_ || is_ours(*key_backup_));
    wipe(installation);
    if (!ours) return fail(FaultCode::conflict, "backup.not_ours");
    tell("backup.is_ours");
    return {};
  }

  void check_everything() const {
    check_rows(folder_, storage_, BackupKind::data, data_.manifest);
    if (key_backup_) check_rows(folder_, {}, BackupKind::keys, key_backup_->manifest);
    tell("backup.read_back");
  }

  // As the commands of every day see it: with the keys, if they are here.
  Outcome look_inside() {
    if (!fs::exists(folder_.key()) || !fs::exists(folder_.keys())) {
      tell("backup.not_opened");
      return {};
    }
    FoundationOptions foundation;
    foundation.data = folder_.root;
    foundation.storage = storage_;
    {
      MINHU_TRY(const auto opened, Foundation::open(foundation, WhenMissing::refuse));
      MINHU_TRY(const auto profile, opened->profile());
      const Opened found = open_cases(*opened->database, profile.region, opened->keyring);
      tell("backup.cases_open", {{"cases", std::to_string(found.cases)},
                                 {"open", std::to_string(found.opened)},
                                 {"closed", std::to_string(found.closed)}});
      findings_ = findings_ || (found.cases > 0 && found.opened == 0);
    }
    if (!fs::exists(record_key_file(folder_))) {
      tell("backup.not_audited");
      return {};
    }
    findings_ = audit_record(foundation, {}) != done || findings_;
    return {};
  }

  const RestoreOptions& options_;
  backup_files::KeyPair keys_;
  std::string storage_;
  DataFolder folder_;
  Instant now_;
  Restored data_;
  std::optional<Restored> key_backup_;
  std::optional<std::int64_t> key_rows_;
  bool is_held_ = false;
  bool findings_ = false;
};

Outcome run_restore(const RestoreOptions& options, bool& findings) {
  if (options.data.empty() && !options.verify) {
    return fail(FaultCode::invalid_input, "backup.no_target", "data");
  }
  // What a trial brought onto a server would stay there.
  if (options.data.empty() && !options.storage.empty()) {
    return fail(FaultCode::invalid_input, "backup.trial_on_a_server", "storage");
  }
  MINHU_TRY(const auto keys, read_secret_key(options.key_file));
  MINHU_TRY(std::string storage, checked_storage(options));
  MINHU_TRY(WorkFolder work, WorkFolder::make(options.data));
  MINHU_CHECK_OK(check_room(work.path(), options.from));
  Restore restore(options, keys, std::move(storage), work.path(), system::SystemClock().now());
  {
    const RemovedOnSignal at_an_end(work.path());
    MINHU_CHECK_OK(restore.run());
  }
  // A folder that has none of these is none that a command would open.
  const DataFolder names{fs::path()};
  MINHU_CHECK_OK(work.keep({names.database().string(), names.settings().string()}));
  findings = restore.has_findings();
  if (!options.data.empty()) restore.tell_next(options.data);
  if (findings) tell("backup.has_findings");
  finish(restore.line(options.data));
  return {};
}

}  // namespace

int restore(const RestoreOptions& options) {
  bool findings = false;
  const int status = told_of_backup([&] { return run_restore(options, findings); });
  return findings ? not_done : status;
}

}  // namespace minhu::app
