#include "app/backup_rows.h"

#include "adapters/backup_files/row_stream.h"
#include "app/contents.h"

namespace minhu::app {

namespace {

using backup_files::ArchiveWriter;

std::vector<BackupManifest::Step> steps_of(Reading& reading) {
  return reading.all("SELECT number, name, checksum FROM schema_step ORDER BY number", {},
                     [](const Row& row) {
                       return BackupManifest::Step{row.integer(0), std::string(row.text(1)),
                                                   std::string(row.text(2))};
                     });
}

}  // namespace

void put_database(ArchiveWriter& out, const WholeDatabase& database, BackupManifest& manifest) {
  manifest.engine = database.engine;
  manifest.steps = steps_of(database.reading);
  out.put_whole(std::string(member_begin), as_bytes(to_json(manifest)));
  for (const TableShape& table : database.tables) {
    out.begin(std::string(members_of_rows) + table.name);
    backup_files::RowWriter rows(out, table);
    Contents contents;
    database.read_rows(table, [&](const Row& row) {
      rows.add(row);
      contents.add(table, row);
    });
    rows.end();
    out.end();
    manifest.tables[table.name] = {contents.rows(), contents.digest()};
  }
}

void finish_backup(ArchiveWriter& out, BackupManifest& manifest, const Key& installation) {
  manifest.members = out.members();
  const std::string text = to_json(manifest);
  out.put_whole(std::string(member_manifest), as_bytes(text));
  out.put_whole(std::string(member_seal), seal_of(text, installation));
  out.keep();
}

}  // namespace minhu::app
