// What a backup says of itself: before its rows, so that they can be read, and after them, so that
// nothing can be missing.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/backup_files/archive.h"
#include "ports/storage.h"

namespace minhu::app {

enum class BackupKind {
  data,  // what may be kept for years
  keys   // the keys of cases, and what waits to be carried: seven days and no longer
};
std::string_view name(BackupKind kind) noexcept;

struct BackupManifest {
  struct Step {
    std::int64_t number = 0;
    std::string name;
    std::string checksum;
    bool operator==(const Step&) const = default;
  };
  struct Table {
    std::int64_t rows = 0;
    std::string digest;  // Contents::digest
    bool operator==(const Table&) const = default;
  };
  struct Record {
    std::string origin;
    std::uint64_t size = 0;
    std::string root;  // hex
    bool operator==(const Record&) const = default;
  };

  BackupKind kind = BackupKind::data;
  std::string program;  // its version
  std::string engine;
  std::int64_t region = 0;
  Instant taken_at;
  std::vector<Step> steps;
  std::optional<Record> record;
  // Empty in the one before the rows.
  std::map<std::string, Table> tables;
  std::vector<backup_files::Member> members;

  std::int64_t rows() const;
};

std::string to_json(const BackupManifest& manifest);
// Fault invalid_input backup.not_understood.
Result<BackupManifest> parse_manifest(std::string_view text);

// Says that whoever made it has the key of the installation: for a backup anybody could seal to the
// public key.
Digest seal_of(std::string_view manifest, const Key& installation);

inline constexpr std::string_view member_begin = "begin";
inline constexpr std::string_view member_manifest = "manifest";
inline constexpr std::string_view member_seal = "seal";
inline constexpr std::string_view members_of_rows = "rows/";
inline constexpr std::string_view members_of_files = "file/";

}  // namespace minhu::app
