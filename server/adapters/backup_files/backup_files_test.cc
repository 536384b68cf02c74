// A backup file is whole or refused: cut off anywhere, altered anywhere, opened with another key,
// written beside another.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "adapters/backup_files/backup_failure.h"
#include "adapters/backup_files/row_stream.h"

namespace minhu::backup_files {
namespace {

namespace fs = std::filesystem;

Key key_of(std::uint8_t seed) {
  Key key{};
  key.fill(seed);
  return key;
}

Bytes many(std::size_t size) {
  Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>((i * 7919) >> 3);
  return bytes;
}

class BackupFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    start_crypto();
    std::string pattern = (fs::temp_directory_path() / "minhu-backup-test-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    file_ = folder_ / "one.data";
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::vector<std::pair<std::string, Bytes>>& members) const {
    ArchiveWriter out(file_, keys_.public_part);
    for (const auto& [name, bytes] : members) out.put_whole(name, bytes);
    out.keep();
  }
  // Everything in it, or the key of what stands against it.
  std::string read(const KeyPair& keys) const {
    try {
      ArchiveReader in(file_, keys);
      std::string all;
      while (const auto name = in.next()) all += *name + '=' + to_text(in.rest(10'000'000)) + ';';
      return all;
    } catch (const BackupFailure& failure) {
      return failure.fault().key;
    }
  }
  Bytes bytes() const {
    std::ifstream in(file_, std::ios::binary);
    return Bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  }
  void replace(const Bytes& bytes) const {
    std::ofstream(file_, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
  }
  std::string why_not_written() const {
    try {
      write({});
      return "written";
    } catch (const BackupFailure& failure) {
      return failure.fault().key;
    }
  }

  fs::path folder_;
  fs::path file_;
  KeyPair keys_ = key_pair_of(key_of(1));
};

TEST_F(BackupFiles, WhatIsPutInComesOut) {
  const Bytes large = many(700'000);  // several pieces, many chunks
  write({{"empty", {}}, {"large", large}, {"small", to_bytes("村口的灯")}});
  ArchiveReader in(file_, keys_);
  ASSERT_EQ(in.next(), "empty");
  EXPECT_TRUE(in.rest(10).empty());
  ASSERT_EQ(in.next(), "large");
  EXPECT_EQ(in.rest(1'000'000), large);
  ASSERT_EQ(in.next(), "small");
  EXPECT_EQ(to_text(in.rest(100)), "村口的灯");
  EXPECT_EQ(in.next(), std::nullopt);
  ASSERT_EQ(in.members().size(), 3U);
  EXPECT_EQ(in.members()[1].bytes, large.size());
  EXPECT_EQ(in.members()[1].sha256, sha256(large));
}

TEST_F(BackupFiles, AMemberMayBePassedOver) {
  write({{"large", many(300'000)}, {"small", to_bytes("x")}});
  ArchiveReader in(file_, keys_);
  ASSERT_EQ(in.next(), "large");
  ASSERT_EQ(in.next(), "small");
  EXPECT_EQ(in.members()[0].sha256, sha256(many(300'000)));
}

TEST_F(BackupFiles, AnyChunkThatEndsTheFileAtItsBorderIsTheLast) {
  // Sizes about a chunk, with the frame of a member around them.
  for (const std::size_t size : {65'516U, 65'517U, 65'518U, 65'519U, 65'520U, 65'536U, 131'072U}) {
    fs::remove(file_);
    write({{"m", many(size)}});
    EXPECT_EQ(read(keys_), "m=" + to_text(many(size)) + ";") << size;
  }
}

TEST_F(BackupFiles, AnotherKeyOpensNothing) {
  write({{"m", to_bytes("words")}});
  EXPECT_EQ(read(key_pair_of(key_of(2))), "backup.another_key");
  EXPECT_EQ(to_text(bytes()).find("words"), std::string::npos);
}

TEST_F(BackupFiles, AChangedByteIsNoticedWhereverItIs) {
  write({{"m", many(150'000)}});
  const Bytes whole = bytes();
  for (std::size_t place = 0; place < whole.size(); place += place < 300 ? 1 : 997) {
    Bytes altered = whole;
    altered[place] ^= 0x10;
    replace(altered);
    const std::string said = read(keys_);
    EXPECT_TRUE(said == "backup.altered" || said == "backup.not_a_backup" ||
                said == "backup.another_key")
        << place << ' ' << said.substr(0, 40);
  }
}

TEST_F(BackupFiles, AFileThatWasCutOffIsNoticedWhereverItWas) {
  write({{"m", many(150'000)}});
  const Bytes whole = bytes();
  for (std::size_t size = 0; size < whole.size(); size += size < 300 ? 1 : 1009) {
    replace(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)));
    EXPECT_TRUE(read(keys_).starts_with("backup.")) << size;
  }
  // At the border of a chunk everything before it is good.
  constexpr std::ptrdiff_t first_chunk_ends = 15 + 80 + 24 + 65'536 + 17;
  replace(Bytes(whole.begin(), whole.begin() + first_chunk_ends));
  EXPECT_EQ(read(keys_), "backup.cut_off");
  Bytes longer = whole;
  longer.push_back(0);
  replace(longer);
  EXPECT_EQ(read(keys_), "backup.altered");
}

TEST_F(BackupFiles, ChunksThatChangePlacesAreNoticed) {
  write({{"m", many(300'000)}});
  Bytes swapped = bytes();
  constexpr std::ptrdiff_t head = 15 + 80 + 24;
  constexpr std::ptrdiff_t chunk = 65'536 + 17;
  std::swap_ranges(swapped.begin() + head, swapped.begin() + head + chunk,
                   swapped.begin() + head + chunk);
  replace(swapped);
  EXPECT_EQ(read(keys_), "backup.altered");
}

TEST_F(BackupFiles, ABackupNeverTakesThePlaceOfAnother) {
  write({{"m", to_bytes("first")}});
  EXPECT_EQ(why_not_written(), "backup.is_there");
  EXPECT_EQ(read(keys_), "m=first;");
}

TEST_F(BackupFiles, WhatWasNotKeptIsNotThere) {
  {
    ArchiveWriter out(file_, keys_.public_part);
    out.put_whole("m", many(200'000));
    EXPECT_FALSE(fs::exists(file_));
    EXPECT_EQ(why_not_written(), "backup.is_being_written");
  }
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(BackupFiles, WhatAKilledProcessLeftIsBegunAgain) {
  const fs::path left = file_.string() + ".unfinished";
  std::ofstream(left) << std::string(1'000'000, 'x');
  write({{"m", to_bytes("whole")}});
  EXPECT_EQ(read(keys_), "m=whole;");
  EXPECT_FALSE(fs::exists(left));
}

TEST_F(BackupFiles, WhatKilledProcessesLeftUnderOtherNamesGoesButNotWhatIsBeingWritten) {
  const fs::path left = folder_ / "one.old.unfinished";
  const fs::path of_others = folder_ / "letter.unfinished";
  std::ofstream(left) << 'x';
  std::ofstream(of_others) << 'x';
  ArchiveWriter out(file_, keys_.public_part);
  remove_unfinished(folder_, "one");
  EXPECT_FALSE(fs::exists(left));
  EXPECT_TRUE(fs::exists(of_others));
  out.keep();
  EXPECT_EQ(read(keys_), "");
}

TEST_F(BackupFiles, AFullDiskIsSaidAndLeavesNothing) {
  // A device that takes nothing stands for the disk; its name cannot be taken, so neither is ours.
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full";
  fs::create_symlink("/dev/full", file_.string() + ".unfinished");
  try {
    WholeFile file(file_);
    file.put(many(10));
    FAIL() << "the full disk took it";
  } catch (const BackupFailure& failure) {
    // /dev/full cannot be cut to nothing, or takes no byte: both end here, before any name.
    EXPECT_TRUE(failure.fault().key == "backup.disk_full" ||
                failure.fault().key == "backup.cannot_write");
  }
  EXPECT_FALSE(fs::exists(file_));
}

// ---- rows

class OneRow final : public Row {
 public:
  explicit OneRow(std::int64_t number) : number_(number), text_("第 " + std::to_string(number)) {}
  bool is_null(int column) const override { return column == 2 && number_ % 2 == 0; }
  std::int64_t integer(int) const override { return number_; }
  std::string_view text(int) const override { return text_; }
  BytesView bytes(int) const override { return as_bytes(text_); }

 private:
  std::int64_t number_;
  std::string text_;
};

TEST_F(BackupFiles, RowsComeBackWithTheirTable) {
  const TableShape table{
      "letter",
      {{"seq", ColumnKind::integer}, {"words", ColumnKind::text}, {"sealed", ColumnKind::bytes}}};
  {
    ArchiveWriter out(file_, keys_.public_part);
    out.begin("rows/letter");
    RowWriter rows(out, table);
    for (std::int64_t i = -10'000; i < 10'000; ++i) rows.add(OneRow(i * 1'000'000'007));
    rows.end();
    out.end();
    out.put_whole("after", to_bytes("x"));
    out.keep();
  }
  ArchiveReader in(file_, keys_);
  ASSERT_EQ(in.next(), "rows/letter");
  RowReader rows(in, "letter");
  ASSERT_EQ(rows.table().columns.size(), 3U);
  EXPECT_EQ(rows.table().columns[1].name, "words");
  EXPECT_EQ(rows.table().columns[2].kind, ColumnKind::bytes);
  std::int64_t expected = -10'000;
  while (const Row* row = rows.next()) {
    const OneRow was(expected++ * 1'000'000'007);
    ASSERT_EQ(row->integer(0), was.integer(0));
    ASSERT_EQ(row->text(1), was.text(1));
    ASSERT_EQ(row->is_null(2), was.is_null(2));
    if (!row->is_null(2)) {
      ASSERT_EQ(to_text(row->bytes(2)), was.text(1));
    }
  }
  EXPECT_EQ(expected, 10'000);
  EXPECT_EQ(in.next(), "after");
}

TEST_F(BackupFiles, RowsThatEndBeforeTheirEndAreRefused) {
  write({{"rows/letter", Bytes{1, 0, 0, 0, 1, 0, 0, 0, 'a', 0, 1, 1, 5}}});
  ArchiveReader in(file_, keys_);
  in.next();
  RowReader rows(in, "letter");
  EXPECT_THROW(rows.next(), BackupFailure);
}

}  // namespace
}  // namespace minhu::backup_files
