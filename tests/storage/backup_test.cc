// A backup of either engine is restored on either engine, row for row; one that does not agree with
// itself, or with this program, is refused.
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "adapters/backup_files/backup_failure.h"
#include "adapters/storage_sqlite/sqlite_database.h"
#include "adapters/test_storage/test_database.h"
#include "app/backup_rows.h"
#include "app/contents.h"
#include "app/cursor_rows.h"
#include "app/restoring.h"

namespace minhu::app {
namespace {

namespace fs = std::filesystem;
using backup_files::ArchiveWriter;
using test_storage::Engine;
using test_storage::TestDatabase;

const std::vector<Migration> steps{
    {1, "0001_letter",
     "CREATE TABLE letter (region_id BIGINT NOT NULL, letter_id BLOB NOT NULL, seq BIGINT NOT "
     "NULL, words TEXT, sealed BLOB, PRIMARY KEY (region_id, letter_id)); CREATE INDEX "
     "letter_by_seq ON letter(region_id, seq)"},
    {2, "0002_note",
     "CREATE TABLE note (number BIGINT NOT NULL, words TEXT NOT NULL, PRIMARY KEY (number)); "
     "INSERT INTO note(number, words) VALUES (1, 'of the step itself')"}};
const std::vector<Migration> later_steps{
    steps[0], steps[1], {3, "0003_more", "ALTER TABLE note ADD COLUMN more BIGINT"}};
constexpr std::int64_t letters = 7'003;  // more than a cursor fetches at once

void write_letters(Database& database) {
  ASSERT_TRUE(database.write_job([](Transaction& t) -> Outcome {
    Bytes sealed(300);
    for (std::int64_t i = 0; i < letters; ++i) {
      const Digest id = sha256(as_bytes(std::to_string(i)));
      const std::string words = "第 " + std::to_string(i) + " 封 \t\\N\n'";
      sealed[static_cast<std::size_t>(i) % sealed.size()] = static_cast<std::uint8_t>(i);
      t.execute(
          "INSERT INTO letter(region_id, letter_id, seq, words, sealed) VALUES (?1, ?2, ?3, ?4, "
          "?5)",
          {i % 3, BytesView(id), i, i % 7 == 0 ? Parameter{} : Parameter{std::string_view(words)},
           i % 5 == 0 ? Parameter{} : Parameter{BytesView(sealed)}});
    }
    t.execute("UPDATE note SET words = 'changed since' WHERE number = 1", {});
    return {};
  }));
}

class Backup : public ::testing::Test {
 protected:
  void SetUp() override {
    start_crypto();
    std::string pattern = (fs::temp_directory_path() / "minhu-backup-test-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    keys_.secret.fill(9);
    keys_ = backup_files::key_pair_of(keys_.secret);
  }
  void TearDown() override { fs::remove_all(folder_); }

  // `spoil` has the manifest before it is written.
  BackupManifest back_up(TestDatabase& database,
                         const std::function<void(BackupManifest&)>& spoil = {}) {
    BackupManifest manifest;
    manifest.region = 339901;
    ArchiveWriter out(file(), keys_.public_part);
    const auto put = [&](const WholeDatabase& whole) { put_database(out, whole, manifest); };
    if (database.place().starts_with("postgresql://")) {
      read_whole_server(database.place(), put);
    } else {
      read_whole_file(database.place(), put);
    }
    if (spoil) spoil(manifest);
    finish_backup(out, manifest, Key{});
    return manifest;
  }

  Restored restore(std::span<const Migration> ours = steps, BackupKind kind = BackupKind::data) {
    fs::remove_all(folder_ / "new");
    fs::create_directories(folder_ / "new");
    return restore_from(file(), keys_, kind, {folder_ / "new", restored_file(), "", ours}, {});
  }
  std::string why_not(std::span<const Migration> ours = steps, BackupKind kind = BackupKind::data) {
    try {
      restore(ours, kind);
      return "restored";
    } catch (const backup_files::BackupFailure& failure) {
      return failure.fault().key;
    }
  }
  static void expect_equal(const WholeDatabase& whole, const BackupManifest& manifest) {
    ASSERT_EQ(whole.tables.size(), manifest.tables.size());
    for (const TableShape& table : whole.tables) {
      Contents contents;
      whole.read_rows(table, [&](const Row& row) { contents.add(table, row); });
      EXPECT_EQ(contents.rows(), manifest.tables.at(table.name).rows) << table.name;
      EXPECT_EQ(contents.digest(), manifest.tables.at(table.name).digest) << table.name;
    }
  }
  fs::path file() const { return folder_ / "one.data"; }
  fs::path restored_file() const { return folder_ / "new" / "minhu.db"; }

  fs::path folder_;
  backup_files::KeyPair keys_{};
};

TEST_F(Backup, OfAFileThatIsBeingWrittenToIsRestoredRowForRow) {
  TestDatabase from({steps}, Engine::sqlite);  // and stays open, as under a server
  write_letters(*from);
  const BackupManifest made = back_up(from);
  EXPECT_EQ(made.tables.at("letter").rows, letters);
  const Restored restored = restore();
  EXPECT_EQ(restored.seal, seal_of(restored.manifest_text, Key{}));
  read_whole_file(restored_file(), [&](const WholeDatabase& whole) { expect_equal(whole, made); });
  EXPECT_FALSE(fs::exists(restored_file().string() + "-journal")) << "SQLite would roll back";
  storage_sqlite::Options options;
  options.file = restored_file();
  storage_sqlite::SqliteDatabase database(options);
  database.read_job([](Reading& reading) {
    const auto one = [&](const char* sql) {
      return reading.first(sql, {}, [](const Row& row) { return std::string(row.text(0)); });
    };
    EXPECT_EQ(one("PRAGMA integrity_check"), "ok");
    EXPECT_EQ(one("SELECT name FROM sqlite_schema WHERE name = 'letter_by_seq'"), "letter_by_seq");
    EXPECT_EQ(one("SELECT words FROM note"), "changed since");
  });
}

TEST_F(Backup, OfAServerIsRestoredIntoAFileAndBack) {
  if (!test_storage::address_of_server()) {
    GTEST_SKIP() << "MINHU_TEST_SERVER names no PostgreSQL server";
  }
  BackupManifest made;
  {
    TestDatabase from({steps}, Engine::postgresql);
    write_letters(*from);
    made = back_up(from);
  }
  EXPECT_EQ(made.engine, "postgresql");
  restore();
  read_whole_file(restored_file(), [&](const WholeDatabase& whole) { expect_equal(whole, made); });
  TestDatabase to({}, Engine::postgresql);
  to.close();
  restore_from(file(), keys_, BackupKind::data, {folder_, {}, to.place(), steps}, {});
  read_whole_server(to.place(), [&](const WholeDatabase& whole) { expect_equal(whole, made); });
  // And never over what is there.
  try {
    restore_from(file(), keys_, BackupKind::data, {folder_, {}, to.place(), steps}, {});
    FAIL() << "restored over a database that was not empty";
  } catch (const backup_files::BackupFailure& failure) {
    EXPECT_EQ(failure.fault().key, "app.server_has_data");
  }
  // The schema of no steps is lent to the next test, too.
  to.reopen();
  EXPECT_TRUE(to->write_job([](Transaction& t) -> Outcome {
    t.execute("DROP TABLE letter", {});
    t.execute("DROP TABLE note", {});
    t.execute("DELETE FROM schema_step", {});
    return {};
  }));
}

TEST(RowsToAskFor, AreManyWhereTheyAreSmallAndFewWhereOneHoldsAPieceOfAPhotograph) {
  constexpr std::size_t small = 200;
  constexpr std::size_t piece = std::size_t{256} << 10U;
  EXPECT_EQ(rows_to_ask_for(10, small), 100);
  EXPECT_EQ(rows_to_ask_for(1000, small), 5000);
  EXPECT_EQ(rows_to_ask_for(5000, small), 5000);
  EXPECT_EQ(rows_to_ask_for(10, piece), 100);
  EXPECT_EQ(rows_to_ask_for(1000, piece), 100);
  EXPECT_EQ(rows_to_ask_for(1000, 100 * piece), 10);
}

// Bytes: "VmHWM", the most that this process held since the peak was begun anew; "VmRSS", now.
std::size_t memory(const char* which) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(which)) return std::stoull(line.substr(line.find(':') + 1)) << 10U;
  }
  return 0;
}

TEST_F(Backup, OfAServerWithManyLargeRowsHoldsFewOfThemAtATime) {
  if (!test_storage::address_of_server()) {
    GTEST_SKIP() << "MINHU_TEST_SERVER names no PostgreSQL server";
  }
  constexpr std::int64_t pieces = 800;
  const Bytes piece(std::size_t{256} << 10U, 7);
  TestDatabase from({steps}, Engine::postgresql);
  for (std::int64_t i = 0; i < pieces; ++i) {
    ASSERT_TRUE(from->write_job([&](Transaction& t) -> Outcome {
      const Digest id = sha256(as_bytes(std::to_string(i)));
      t.execute(
          "INSERT INTO letter(region_id, letter_id, seq, words, sealed) VALUES (1, ?1, ?2, NULL, "
          "?3)",
          {BytesView(id), i, BytesView(piece)});
      return {};
    }));
  }
  std::ofstream("/proc/self/clear_refs") << 5;  // the peak begins anew
  const std::size_t before = memory("VmRSS");
  const BackupManifest made = back_up(from);
  EXPECT_EQ(made.tables.at("letter").rows, pieces);
  EXPECT_LT(memory("VmHWM"), before + 2 * most_bytes_at_once);
}

TEST_F(Backup, OfAnOlderSchemaIsRestoredByANewerProgramAndNotTheOtherWayRound) {
  {
    TestDatabase from({steps}, Engine::sqlite);
    write_letters(*from);
    back_up(from);
  }
  const Restored restored = restore(later_steps);
  EXPECT_EQ(restored.manifest.steps.size(), 2U);
  fs::remove(file());
  TestDatabase newer({later_steps}, Engine::sqlite);
  back_up(newer);
  EXPECT_EQ(why_not(steps), "backup.newer");
}

TEST_F(Backup, WhoseStepsWereAlteredIsRefused) {
  TestDatabase from({steps}, Engine::sqlite);
  back_up(from);
  auto altered = steps;
  altered[1].sql = "CREATE TABLE note (number BIGINT NOT NULL, PRIMARY KEY (number))";
  EXPECT_EQ(why_not(altered), "backup.other_steps");
}

TEST_F(Backup, ThatLacksWhatItsManifestCountsIsRefused) {
  TestDatabase from({steps}, Engine::sqlite);
  write_letters(*from);
  const std::vector<std::function<void(BackupManifest&)>> spoilers{
      [](BackupManifest& m) { ++m.tables["letter"].rows; },
      [](BackupManifest& m) { m.tables["letter"].digest[0] ^= 1; },
      [](BackupManifest& m) { m.tables.erase("note"); },
      [](BackupManifest& m) { m.region = 1; },
      [](BackupManifest& m) { m.record = BackupManifest::Record{"origin", 5, "00"}; },
  };
  for (std::size_t i = 0; i < spoilers.size(); ++i) {
    fs::remove(file());
    back_up(from, spoilers[i]);
    EXPECT_EQ(why_not(), "backup.does_not_fit") << i;
  }
}

TEST_F(Backup, OfKeysIsNotTakenForOneOfData) {
  TestDatabase from({steps}, Engine::sqlite);
  back_up(from);
  EXPECT_EQ(why_not(steps, BackupKind::keys), "backup.other_kind");
}

TEST_F(Backup, WhoseMembersWouldLeaveTheFolderIsRefused) {
  for (const std::string name :
       {"../minhu.key", "record/../../x", "/etc/passwd", "minhu.key", "record/./x", "keys.db"}) {
    fs::remove(file());
    {
      ArchiveWriter out(file(), keys_.public_part);
      out.put_whole("file/" + name, to_bytes("x"));
      out.keep();
    }
    EXPECT_EQ(why_not(), "backup.does_not_fit") << name;
    EXPECT_TRUE(fs::is_empty(folder_ / "new")) << name;
  }
}

TEST_F(Backup, WithoutAnythingInItIsRefused) {
  {
    ArchiveWriter out(file(), keys_.public_part);
    out.keep();
  }
  EXPECT_EQ(why_not(), "backup.does_not_fit");
}

}  // namespace
}  // namespace minhu::app
