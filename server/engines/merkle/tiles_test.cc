#include <gtest/gtest.h>

#include "engines/merkle/test_log.h"
#include "engines/merkle/tile_reader.h"
#include "kernel/test_dice.h"

namespace minhu::merkle {
namespace {

std::string key_of(const auto& result) {
  return result ? "" : result.error().key;
}

TEST(Tiles, PathsAreInGroupsOfThreeDigits) {
  EXPECT_EQ(path_of({TileKind::hashes, 0, 1'234'067, 256}), "tile/0/x001/x234/067");
  EXPECT_EQ(path_of({TileKind::entries, 0, 0, 5}), "tile/entries/000.p/5");
  EXPECT_EQ(path_of({TileKind::hashes, 2, 999, 1}), "tile/2/999.p/1");
  EXPECT_EQ(path_of({TileKind::hashes, 2, 1000, 256}), "tile/2/x001/000");
}

TEST(Tiles, EveryPathIsReadBackAndNoOther) {
  for (const std::uint64_t index : {0ULL, 7ULL, 999ULL, 1000ULL, 1'234'067ULL, 999'999'999ULL}) {
    for (const TileKind kind : {TileKind::hashes, TileKind::entries}) {
      const TileId id{kind, kind == TileKind::hashes ? 3U : 0U, index, 17};
      EXPECT_EQ(parse_tile_path(path_of(id)).value(), id);
    }
  }
  for (const char* wrong : {"",
                            "tile",
                            "tile/",
                            "tile/0",
                            "tile/0/",
                            "tile/0/1",
                            "tile/0/0000",
                            "tile/00/000",
                            "tile/64/000",
                            "tile/-1/000",
                            "tile/0/x000/001",
                            "tile/0/x001",
                            "tile/0/001/002",
                            "tile/0/000.p/0",
                            "tile/0/000.p/256",
                            "tile/0/000.p/01",
                            "tile/0/000.p/",
                            "tile/0/000/",
                            "tile/0/000.p/1.p/1",
                            "/tile/0/000",
                            "tile/8/0/000",
                            "tile/entries/../0",
                            "tile/0/xx01/000",
                            "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
                            "tile/data/000"}) {
    EXPECT_EQ(key_of(parse_tile_path(wrong)), "merkle.not_a_tile_path") << wrong;
  }
}

TEST(Tiles, ATreeOfSeventyThousandHasTheFilesOfTheSpecification) {
  const TestLog log(70'000);
  std::map<std::string, int> files;
  for (const auto& [path, bytes] : log.files) {
    const TileId id = parse_tile_path(path).value();
    if (id.kind == TileKind::entries) continue;
    EXPECT_EQ(bytes.size(), id.width * 32U);
    ++files[std::to_string(id.level) + (id.width < 256 ? " partial" : " full")];
  }
  EXPECT_EQ(
      files,
      (std::map<std::string, int>{
          {"0 full", 273}, {"0 partial", 1}, {"1 full", 1}, {"1 partial", 1}, {"2 partial", 1}}));
  EXPECT_TRUE(log.files.contains("tile/0/273.p/112"));
  EXPECT_TRUE(log.files.contains("tile/1/001.p/17"));
  EXPECT_TRUE(log.files.contains("tile/2/000.p/1"));
  EXPECT_EQ(width_in_tree(0, 273, 70'000), 112U);
  EXPECT_EQ(width_in_tree(0, 274, 70'000), 0U);
  EXPECT_EQ(width_in_tree(9, 0, 70'000), 0U);
  EXPECT_EQ(width_in_tree(1, 0, 256), 1U);
}

// testdata of Sunlight (cmd/skylight/testdata, the mirror): 300 entries "record 0" … "record 299".
TEST(Tiles, TheTreeOfSunlightsMirrorHasItsRoot) {
  const TestLog log(300);
  EXPECT_EQ(to_base64(log.head().root), "gw31yQrqZZCcEOPrzX+bpy3nJ6QgngTKn8G1m0i62uU=");
  EXPECT_TRUE(log.files.contains("tile/0/000"));
  EXPECT_TRUE(log.files.contains("tile/0/001.p/44"));
  EXPECT_TRUE(log.files.contains("tile/1/000.p/1"));
}

TEST(Tiles, HoldTheBytesTheyMust) {
  EXPECT_EQ(key_of(parse_tile(Bytes(63), 2)), "merkle.tile_length");
  EXPECT_EQ(key_of(parse_tile(Bytes(96), 2)), "merkle.tile_length");
  EXPECT_EQ(parse_tile(Bytes(64), 2).value().size(), 2U);
}

TEST(Bundles, HoldEntriesAfterTheirLength) {
  const std::vector<Bytes> entries{to_bytes("a"), {}, Bytes(300, 0x55)};
  const Bytes bundle = encode_bundle(entries).value();
  EXPECT_EQ(to_hex(BytesView(bundle).first(7)),
            "00016100000"
            "12c");
  EXPECT_EQ(parse_bundle(bundle, 3).value(), entries);
  EXPECT_EQ(key_of(parse_bundle(bundle, 2)), "merkle.bundle_broken");
  EXPECT_EQ(key_of(parse_bundle(bundle, 4)), "merkle.bundle_broken");
  for (std::size_t size = 0; size < bundle.size(); ++size) {
    EXPECT_EQ(key_of(parse_bundle(BytesView(bundle).first(size), 3)), "merkle.bundle_broken");
  }
}

TEST(Bundles, TakeNoEntryThatIsTooLong) {
  const std::vector<Bytes> longest{Bytes(longest_entry)};
  EXPECT_EQ(parse_bundle(encode_bundle(longest).value(), 1).value(), longest);
  TestLog log(3);
  const TreeHead before = log.head();
  const std::vector<Bytes> too_long{to_bytes("fits"), Bytes(longest_entry + 1)};
  EXPECT_EQ(key_of(encode_bundle(too_long)), "merkle.entry_too_long");
  EXPECT_EQ(key_of(log.builder.append(too_long)), "merkle.entry_too_long");
  EXPECT_EQ(log.head(), before);
}

TEST(TreeBuilder, GivesTheSameFilesHoweverTheEntriesComeInBatches) {
  const TestLog at_once(1000);
  Dice dice(seed_of_this_run());
  TestLog in_batches;
  for (std::uint64_t size = 0; size < 1000;) {
    const auto next =
        std::min<std::uint64_t>(1000, size + static_cast<std::uint64_t>(dice.between(0, 300)));
    in_batches.grow(numbered_entries(size, next));
    size = next;
  }
  EXPECT_EQ(in_batches.head(), at_once.head());
  for (const auto& [path, bytes] : at_once.files) EXPECT_EQ(in_batches.files[path], bytes) << path;
}

TEST(TreeBuilder, StoresNothingBeforeWhatItStandsFor) {
  TreeBuilder builder;
  const auto files = builder.append(numbered_entries(0, 70'000)).value();
  std::size_t highest = 0;
  bool tiles_have_begun = false;
  for (const LogFile& file : files) {
    if (file.id.kind == TileKind::entries) {
      EXPECT_FALSE(tiles_have_begun);
      continue;
    }
    tiles_have_begun = true;
    EXPECT_GE(file.id.level, highest);
    highest = file.id.level;
  }
  EXPECT_EQ(highest, 2U);
}

TEST(TreeBuilder, ResumesAtAnySize) {
  TestLog log;
  for (const std::uint64_t size : {0U, 1U, 5U, 255U, 256U, 257U, 511U, 512U, 65'536U, 66'000U}) {
    log.grow(numbered_entries(log.head().size, size));
    TreeBuilder resumed = TreeBuilder::resume(log.head(), log.fetch).value();
    TreeBuilder straight = log.builder;
    const std::vector<Bytes> more = numbered_entries(size, size + 700);
    const auto one = resumed.append(more).value();
    const auto two = straight.append(more).value();
    ASSERT_EQ(one.size(), two.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
      EXPECT_EQ(one[i].id, two[i].id);
      EXPECT_EQ(one[i].bytes, two[i].bytes);
    }
    EXPECT_EQ(resumed.head(), straight.head());
  }
}

TEST(TreeBuilder, DoesNotResumeOnWhatWasChanged) {
  TestLog log(300);
  EXPECT_EQ(key_of(TreeBuilder::resume({300, Hash{}}, log.fetch)), "merkle.tile_forged");
  EXPECT_FALSE(TreeBuilder::resume({0, Hash{}}, log.fetch));
  log.files["tile/entries/001.p/44"][2] ^= 1;
  EXPECT_EQ(key_of(TreeBuilder::resume(log.head(), log.fetch)), "merkle.entry_forged");
}

// ---- what a log may try -------------------------------------------------------------------------

TEST(TileReader, GivesEachEntryAndItsTile) {
  const TestLog log(1000);
  TileReader reader(log.head(), log.fetch);
  for (const std::uint64_t index : {0U, 255U, 256U, 700U, 999U}) {
    EXPECT_EQ(reader.entry(index).value(), numbered_entry(index));
    EXPECT_EQ(reader.tile(0, index / 256).value()[index % 256], leaf_hash(numbered_entry(index)));
  }
  EXPECT_EQ(key_of(reader.entry(1000)), "merkle.index_beyond_tree");
  EXPECT_EQ(key_of(reader.tile(0, 4)), "merkle.no_such_tile");
  EXPECT_EQ(key_of(reader.entries(4)), "merkle.no_such_tile");
}

// golang/go#80744: the entry fits its tile, and the tile fits nothing.
TEST(TileReader, RefusesAForgedEntryWithATileThatFitsIt) {
  for (const std::uint64_t size : {200U, 256U, 1000U, 66'000U}) {
    for (const std::uint64_t index : {std::uint64_t{0}, size / 2, size - 1}) {
      TestLog log(size);
      const std::uint64_t tile = index / 256;
      const unsigned width = width_in_tree(0, tile, size);
      std::vector<Bytes> entries = numbered_entries(tile * 256, tile * 256 + width);
      entries[index % 256] = to_bytes("what nobody said");
      std::vector<Hash> hashes;
      for (const Bytes& entry : entries) hashes.push_back(leaf_hash(entry));
      log.files[path_of({TileKind::entries, 0, tile, width})] = encode_bundle(entries).value();
      log.files[path_of({TileKind::hashes, 0, tile, width})] = encode_tile(hashes);
      TileReader reader(log.head(), log.fetch);
      EXPECT_EQ(key_of(reader.entry(index)), "merkle.tile_forged") << index << " of " << size;
      EXPECT_EQ(key_of(make_inclusion_proof(reader, index == 0 ? 1 : index - 1, size)),
                "merkle.tile_forged");
    }
  }
}

TEST(TileReader, RefusesAnyChangedHashOfAnyTile) {
  const std::uint64_t size = 66'000;
  TestLog log(size);
  Dice dice(seed_of_this_run());
  for (const auto& path : {"tile/0/000", "tile/0/200", "tile/0/257.p/208", "tile/1/000",
                           "tile/1/001.p/1", "tile/2/000.p/1"}) {
    const TileId id = parse_tile_path(path).value();
    for (int i = 0; i < 20; ++i) {
      Bytes& bytes = log.files.at(path);
      const auto at =
          static_cast<std::size_t>(dice.between(0, static_cast<std::int64_t>(bytes.size()) - 1));
      bytes[at] ^= 0x40;
      TileReader reader(log.head(), log.fetch);
      EXPECT_EQ(key_of(reader.tile(id.level, id.index)), "merkle.tile_forged") << path << " " << at;
      bytes[at] ^= 0x40;
    }
    TileReader reader(log.head(), log.fetch);
    EXPECT_EQ(key_of(reader.tile(id.level, id.index)), "") << path;
  }
}

TEST(TileReader, RefusesTilesThatChangedPlaces) {
  TestLog log(1000);
  std::swap(log.files.at("tile/0/000"), log.files.at("tile/0/001"));
  TileReader reader(log.head(), log.fetch);
  EXPECT_EQ(key_of(reader.tile(0, 0)), "merkle.tile_forged");
  EXPECT_EQ(key_of(reader.tile(0, 2)), "");
}

TEST(TileReader, RefusesThePartialTileOfAnotherTree) {
  TestLog log(300);
  TestLog other;
  other.grow(numbered_entries(1000, 1300));
  log.files["tile/0/001.p/44"] = other.files.at("tile/0/001.p/44");
  TileReader swapped(log.head(), log.fetch);
  EXPECT_EQ(key_of(swapped.tile(0, 0)), "merkle.tile_forged");

  log.grow(numbered_entries(300, 310));
  log.files["tile/0/001.p/54"] = log.files.at("tile/0/001.p/44");
  TileReader shorter(log.head(), log.fetch);
  EXPECT_EQ(key_of(shorter.tile(0, 1)), "merkle.tile_length");
}

TEST(TileReader, ReadsTheFullFileWhereThePartialOneIsGone) {
  TestLog log(300);
  const TreeHead early = log.head();
  log.grow(numbered_entries(300, 600));
  log.files.erase("tile/0/001.p/44");
  log.files.erase("tile/entries/001.p/44");
  TileReader reader(early, log.fetch);
  EXPECT_EQ(reader.entry(299).value(), numbered_entry(299));
  EXPECT_EQ(key_of(reader.entry(300)), "merkle.index_beyond_tree");
}

TEST(TileReader, PassesOnThatAFileIsMissing) {
  TestLog log(1000);
  log.files.erase("tile/0/001");
  TileReader reader(log.head(), log.fetch);
  EXPECT_EQ(key_of(reader.entry(300)), "test.no_file");
  EXPECT_EQ(reader.entry(0).value(), numbered_entry(0));
}

}  // namespace
}  // namespace minhu::merkle
