#include "app/restoring.h"

#include <algorithm>
#include <array>
#include <memory>

#include "adapters/backup_files/backup_failure.h"
#include "adapters/backup_files/row_stream.h"
#include "adapters/storage_postgres/filling.h"
#include "adapters/storage_postgres/postgres_database.h"
#include "adapters/storage_sqlite/filling.h"
#include "adapters/storage_sqlite/sqlite_database.h"
#include "app/contents.h"
#include "app/whole_database.h"
#include "ports/migrate.h"

namespace minhu::app {

namespace {

namespace fs = std::filesystem;
using backup_files::BackupFailure;

constexpr std::size_t largest_manifest = 256'000'000;

[[noreturn]] void refused(const char* key, std::string what = {},
                          FaultCode code = FaultCode::invalid_input) {
  throw BackupFailure(Fault(code, key, "", {{"what", std::move(what)}}));
}

// The backup was sealed to a public key, which anybody may have: a name in it leads nowhere else.
fs::path place_of(const fs::path& folder, std::string_view name) {
  const fs::path relative(name);
  const bool is_ours = name == "record.policy" || name == "record.alarm" ||
                       name.starts_with("record/") || name.starts_with("outbox/");
  const bool is_plain = std::none_of(relative.begin(), relative.end(), [](const fs::path& part) {
    return part == ".." || part == "." || part.is_absolute();
  });
  if (!is_ours || !is_plain) refused("backup.does_not_fit", std::string(name));
  return folder / relative;
}

void write_file(backup_files::ArchiveReader& archive, const fs::path& path) {
  fs::create_directories(path.parent_path());
  backup_files::WholeFile file(path);
  std::array<std::uint8_t, 64 * 1024> part;
  while (const std::size_t got = archive.read(part)) file.put(std::span(part).first(got));
  file.keep();
}

BackupManifest manifest_in(backup_files::ArchiveReader& archive, std::string& text) {
  text = to_text(archive.rest(largest_manifest));
  auto manifest = parse_manifest(text);
  if (!manifest) throw BackupFailure(manifest.error());
  return std::move(*manifest);
}

// Those steps of ours that the backup had: what came later is done at the first start.
std::vector<Migration> steps_then(std::span<const Migration> ours,
                                  const std::vector<BackupManifest::Step>& theirs) {
  std::vector<Migration> steps;
  for (const BackupManifest::Step& step : theirs) {
    const auto found = std::find_if(
        ours.begin(), ours.end(), [&](const Migration& one) { return one.number == step.number; });
    if (found == ours.end()) refused("backup.newer", step.name);
    if (to_hex(sha256(as_bytes(found->sql))) != step.checksum) {
      refused("backup.other_steps", step.name);
    }
    steps.push_back(*found);
  }
  return steps;
}

bool same_shape(const TableShape& a, const TableShape& b) {
  return a.name == b.name &&
         std::equal(a.columns.begin(), a.columns.end(), b.columns.begin(), b.columns.end(),
                    [](const Column& one, const Column& other) {
                      return one.name == other.name && one.kind == other.kind;
                    });
}

class Restoring {
 public:
  Restoring(const RestoreInto& into, Instant now) : into_(into), now_(now) {}

  void begin(BackupManifest manifest, BackupKind kind) {
    if (filling_) refused("backup.does_not_fit", std::string(member_begin));
    if (manifest.kind != kind) refused("backup.other_kind", std::string(name(manifest.kind)));
    begin_ = std::move(manifest);
    const auto steps = steps_then(into_.steps, begin_.steps);
    const auto remember = [&](const WholeDatabase& database) { tables_ = database.tables; };
    if (into_.server.empty()) {
      {
        storage_sqlite::Options options;
        options.file = into_.file;
        storage_sqlite::SqliteDatabase database(options);
        minhu::migrate(database, steps, now_);
      }
      read_whole_file(into_.file, remember);
      filling_ = std::make_unique<storage_sqlite::Filling>(into_.file);
    } else {
      read_whole_server(into_.server, remember);
      if (!tables_.empty()) {
        throw BackupFailure(Fault(FaultCode::conflict, "app.server_has_data", "",
                                  {{"table", tables_.front().name}}));
      }
      {
        storage_postgres::Options options;
        options.address = into_.server;
        storage_postgres::PostgresDatabase database(options);
        database.bring_up_to_date(steps, now_);
      }
      read_whole_server(into_.server, remember);
      filling_ = std::make_unique<storage_postgres::Filling>(into_.server);
    }
  }

  void fill(backup_files::ArchiveReader& archive, const std::string& table) {
    const auto shape = std::find_if(tables_.begin(), tables_.end(),
                                    [&](const TableShape& one) { return one.name == table; });
    if (!filling_ || shape == tables_.end() || filled_.contains(table)) {
      refused("backup.does_not_fit", table);
    }
    backup_files::RowReader rows(archive, table);
    if (!same_shape(rows.table(), *shape)) refused("backup.does_not_fit", table);
    Contents contents;
    filling_->begin(*shape);
    while (const Row* row = rows.next()) {
      contents.add(*shape, *row);
      filling_->add(*row);
    }
    if (filling_->end() != contents.rows()) refused("backup.does_not_fit", table);
    filled_[table] = {contents.rows(), contents.digest()};
  }

  // Everything that the manifest counts was read, and nothing else.
  void end(const BackupManifest& manifest, std::vector<backup_files::Member> members) {
    if (!filling_) refused("backup.does_not_fit", std::string(member_begin));
    if (manifest.kind != begin_.kind || manifest.region != begin_.region ||
        manifest.steps != begin_.steps || manifest.record != begin_.record) {
      refused("backup.does_not_fit", std::string(member_manifest));
    }
    std::erase_if(members, [](const backup_files::Member& member) {
      return member.name == member_manifest || member.name == member_seal;
    });
    for (std::size_t i = 0; i < std::max(members.size(), manifest.members.size()); ++i) {
      if (i >= members.size() || i >= manifest.members.size() ||
          members[i] != manifest.members[i]) {
        refused("backup.does_not_fit",
                i < members.size() ? members[i].name : manifest.members[i].name);
      }
    }
    if (filled_ != manifest.tables || filled_.size() != tables_.size()) {
      refused("backup.does_not_fit", "tables");
    }
    filling_->commit();
    filling_.reset();
  }

 private:
  const RestoreInto& into_;
  Instant now_;
  BackupManifest begin_;
  std::vector<TableShape> tables_;
  std::unique_ptr<Filling> filling_;
  std::map<std::string, BackupManifest::Table> filled_;
};

}  // namespace

Restored restore_from(const fs::path& backup, const backup_files::KeyPair& keys, BackupKind kind,
                      const RestoreInto& into, Instant now) {
  backup_files::ArchiveReader archive(backup, keys);
  Restoring restoring(into, now);
  Restored restored;
  std::string text;
  while (const auto member = archive.next()) {
    if (member->starts_with(members_of_files)) {
      write_file(archive, place_of(into.folder, member->substr(members_of_files.size())));
    } else if (member->starts_with(members_of_rows)) {
      restoring.fill(archive, member->substr(members_of_rows.size()));
    } else if (*member == member_begin) {
      restoring.begin(manifest_in(archive, text), kind);
    } else if (*member == member_manifest) {
      restored.manifest = manifest_in(archive, restored.manifest_text);
    } else if (*member == member_seal) {
      const Bytes seal = archive.rest(restored.seal.size());
      std::copy_n(seal.begin(), std::min(seal.size(), restored.seal.size()), restored.seal.begin());
    } else {
      refused("backup.does_not_fit", *member);
    }
  }
  restoring.end(restored.manifest, archive.members());
  return restored;
}

}  // namespace minhu::app
