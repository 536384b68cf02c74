#include "app/backup_manifest.h"

#include <boost/json.hpp>
#include <cstring>

namespace minhu::app {

namespace {

namespace json = boost::json;

constexpr std::string_view format = "minhu-backup/1";

std::string text_of(const json::object& object, std::string_view key) {
  return json::value_to<std::string>(object.at(key));
}
std::int64_t number_of(const json::object& object, std::string_view key) {
  return json::value_to<std::int64_t>(object.at(key));
}

BackupManifest read(const json::object& root) {
  if (text_of(root, "format") != format) throw std::invalid_argument("another format");
  BackupManifest manifest;
  const std::string kind = text_of(root, "kind");
  manifest.kind = kind == name(BackupKind::keys) ? BackupKind::keys : BackupKind::data;
  manifest.program = text_of(root, "program");
  manifest.engine = text_of(root, "engine");
  manifest.region = number_of(root, "region");
  manifest.taken_at = {number_of(root, "taken_at")};
  for (const json::value& one : root.at("steps").as_array()) {
    const json::object& step = one.as_object();
    manifest.steps.push_back(
        {number_of(step, "number"), text_of(step, "name"), text_of(step, "checksum")});
  }
  if (root.contains("record")) {
    const json::object& record = root.at("record").as_object();
    manifest.record = BackupManifest::Record{text_of(record, "origin"),
                                             static_cast<std::uint64_t>(number_of(record, "size")),
                                             text_of(record, "root")};
  }
  for (const auto& [table, value] : root.at("tables").as_object()) {
    const json::object& one = value.as_object();
    manifest.tables[std::string(table)] =
        BackupManifest::Table{number_of(one, "rows"), text_of(one, "digest")};
  }
  for (const json::value& value : root.at("members").as_array()) {
    const json::object& one = value.as_object();
    backup_files::Member member{
        text_of(one, "name"), static_cast<std::uint64_t>(number_of(one, "bytes")), {}};
    const auto digest = from_hex(text_of(one, "sha256"));
    if (!digest || digest->size() != member.sha256.size()) throw std::invalid_argument("digest");
    std::memcpy(member.sha256.data(), digest->data(), digest->size());
    manifest.members.push_back(std::move(member));
  }
  return manifest;
}

}  // namespace

std::string_view name(BackupKind kind) noexcept {
  return kind == BackupKind::keys ? "keys" : "data";
}

std::int64_t BackupManifest::rows() const {
  std::int64_t all = 0;
  for (const auto& [table, contents] : tables) all += contents.rows;
  return all;
}

std::string to_json(const BackupManifest& manifest) {
  json::object root{{"format", format},
                    {"kind", name(manifest.kind)},
                    {"program", manifest.program},
                    {"engine", manifest.engine},
                    {"region", manifest.region},
                    {"taken_at", manifest.taken_at.unix_ms}};
  json::array steps;
  for (const auto& step : manifest.steps) {
    steps.push_back(
        json::object{{"number", step.number}, {"name", step.name}, {"checksum", step.checksum}});
  }
  root["steps"] = std::move(steps);
  if (manifest.record) {
    root["record"] = json::object{{"origin", manifest.record->origin},
                                  {"size", manifest.record->size},
                                  {"root", manifest.record->root}};
  }
  json::object tables;
  for (const auto& [table, contents] : manifest.tables) {
    tables[table] = json::object{{"rows", contents.rows}, {"digest", contents.digest}};
  }
  root["tables"] = std::move(tables);
  json::array members;
  for (const auto& member : manifest.members) {
    members.push_back(json::object{
        {"name", member.name}, {"bytes", member.bytes}, {"sha256", to_hex(member.sha256)}});
  }
  root["members"] = std::move(members);
  return json::serialize(root);
}

Result<BackupManifest> parse_manifest(std::string_view text) {
  try {
    return read(json::parse(text).as_object());
  } catch (const std::exception&) {
    return fail(FaultCode::invalid_input, "backup.not_understood");
  }
}

Digest seal_of(std::string_view manifest, const Key& installation) {
  Key key = keyed_hash(installation, {as_bytes("minhu/backup/seal/v1")});
  const Digest seal = keyed_hash(key, {as_bytes(manifest)});
  wipe(key);
  return seal;
}

}  // namespace minhu::app
