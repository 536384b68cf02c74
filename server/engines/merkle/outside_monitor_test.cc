// Each way to damage a log that is served, and what a monitor says of it: by index or by file, in
// the very next look, and it keeps what it had found good.
#include "engines/merkle/outside_monitor.h"

#include <gtest/gtest.h>

#include "engines/merkle/test_served_log.h"

namespace minhu::merkle {
namespace {

struct MonitorsOutside : testing::Test {
  ServedLog log;
  std::map<std::string, Bytes> kept;
  bool is_reachable = true;
  LookOptions options;
  std::unique_ptr<OutsideMonitor> monitor = start();

  MonitorsOutside() {
    for (int i = 0; i < 30; ++i) log.grow(25);  // 750 leaves: two full tiles and a partial one
  }

  std::unique_ptr<OutsideMonitor> start() {
    return std::make_unique<OutsideMonitor>(
        log.county.policy(),
        [this](const std::string& path) -> Result<Bytes> {
          if (!is_reachable) return fail(FaultCode::unavailable, "record.unreachable");
          return log.read(path);
        },
        Mirror{[this](const std::string& path) -> Result<Bytes> {
                 const auto file = kept.find(path);
                 if (file == kept.end()) return fail(FaultCode::not_found, "test.no_file");
                 return file->second;
               },
               [this](const std::string& path, BytesView bytes) -> Outcome {
                 kept[path] = Bytes(bytes.begin(), bytes.end());
                 return {};
               }},
        sha256(as_bytes("drawn")));
  }
  Result<Look> look() {
    options.now_seconds = log.now + 30;
    return monitor->look(options);
  }
  std::vector<Fault> findings() { return look().value().findings; }
  // "key: detail" of the only finding.
  std::string finding(const char* detail) {
    const auto all = findings();
    if (all.size() != 1) return std::to_string(all.size()) + " findings";
    const auto found = all.front().details.find(detail);
    return all.front().key + ": " + (found == all.front().details.end() ? "?" : found->second);
  }
  Bytes& file(const std::string& path) { return log.tiles.files.at(path); }
};

TEST_F(MonitorsOutside, FindNothingInAnHonestLog) {
  const Look first = look().value();
  EXPECT_TRUE(first.findings.empty()) << first.findings.front().key;
  EXPECT_EQ(first.new_leaves, 750U);
  EXPECT_EQ(first.read_again, 0U);
  for (int i = 0; i < 3; ++i) {
    log.grow(7);
    const Look next = look().value();
    EXPECT_TRUE(next.findings.empty()) << next.findings.front().key;
    EXPECT_EQ(next.new_leaves, 7U);
    EXPECT_EQ(next.read_again, 750U + static_cast<std::uint64_t>(i) * 7);
  }
  EXPECT_EQ(look().value().new_leaves, 0U);
}

TEST_F(MonitorsOutside, GoOnWhereAnEarlierRunStood) {
  ASSERT_TRUE(findings().empty());
  monitor = start();
  log.grow(300);
  const Look next = look().value();
  EXPECT_TRUE(next.findings.empty()) << next.findings.front().key;
  EXPECT_EQ(next.new_leaves, 300U);
}

TEST_F(MonitorsOutside, ReadTheOldPartByTurnsWhenItIsLong) {
  ASSERT_TRUE(findings().empty());
  options.most_read_again = 1;
  EXPECT_EQ(look().value().read_again, 256U);
  file("tile/entries/001")[80] ^= 1U;
  EXPECT_EQ(finding("index"), "merkle.entry_forged: 257");
}

TEST_F(MonitorsOutside, SayNothingOfALogThatTheyCannotReach) {
  ASSERT_TRUE(findings().empty());
  is_reachable = false;
  EXPECT_EQ(look().error().key, "record.unreachable");
  is_reachable = true;
  EXPECT_TRUE(findings().empty());
}

TEST_F(MonitorsOutside, NameAnAlteredEntry) {
  ASSERT_TRUE(findings().empty());
  const auto mirror = kept;
  file("tile/entries/000")[2 + 66 * 100 + 20] ^= 1U;
  EXPECT_EQ(finding("index"), "merkle.entry_forged: 100");
  EXPECT_EQ(kept, mirror);
  file("tile/entries/000")[2 + 66 * 100 + 20] ^= 1U;
  EXPECT_TRUE(findings().empty());
}

// An entry with a tile that fits it: what a reader that skips one tile would take (CVE-2026-56865).
TEST_F(MonitorsOutside, NameTheTileOfAForgedPair) {
  const Bytes forged = bytes_of(numbered_leaf(4000, log.now));
  std::copy(forged.begin(), forged.end(), file("tile/entries/001").begin() + 2 + 66 * 3);
  const Hash hash = leaf_hash(forged);
  std::copy(hash.begin(), hash.end(), file("tile/0/001").begin() + 32 * 3);
  EXPECT_EQ(finding("tile"), "merkle.tile_forged: tile/0/001");
  EXPECT_TRUE(kept.find("checkpoint") == kept.end());
}

TEST_F(MonitorsOutside, NameEveryFileThatIsDamagedOrGone) {
  file("tile/entries/000").pop_back();
  log.tiles.files.erase("tile/entries/001");
  std::vector<std::string> named;
  for (const Fault& fault : findings()) named.push_back(fault.key + " " + fault.details.at("file"));
  EXPECT_EQ(named, (std::vector<std::string>{"merkle.file_broken tile/entries/000",
                                             "merkle.file_missing tile/entries/001"}));
}

TEST_F(MonitorsOutside, NameADamagedTileOfEachLevel) {
  ASSERT_TRUE(findings().empty());
  for (const auto& [path, bytes] : std::map(log.tiles.files)) {
    const TileId id = parse_tile_path(path).value();
    const bool is_of_the_head = width_in_tree(id.level, id.index, 750) == id.width;
    if (id.kind != TileKind::hashes || !is_of_the_head) continue;
    file(path).front() ^= 1U;
    const auto all = findings();
    ASSERT_FALSE(all.empty()) << path;
    EXPECT_EQ(all.front().key, "merkle.tile_forged") << path;
    // The partial tiles are checked together against the root; the lowest of them is named.
    EXPECT_EQ(all.front().details.at("tile"), id.width == tile_width ? path : "tile/0/002.p/238");
    file(path) = bytes;
  }
  EXPECT_TRUE(findings().empty());
}

TEST_F(MonitorsOutside, SeeALogThatHasBecomeShorter) {
  ASSERT_TRUE(findings().empty());
  log.texts["checkpoint"] = format_note(log.county.note(
      {700,
       [&] {
         const Fetch fetch = [&](const TileId& id) { return log.read(path_of(id)); };
         TileReader reader(log.builder.head(), fetch);
         return root_at(reader, 700).value();
       }()},
      2, log.now));
  const auto all = findings();
  ASSERT_FALSE(all.empty());
  EXPECT_EQ(all.front().key, "merkle.older_is_larger");
}

// The whole log written anew with one leaf changed, every tile right, signed by log and witnesses:
// only who has seen it before can tell, and says which leaf.
TEST_F(MonitorsOutside, NameTheLeafThatARewrittenLogChanged) {
  ASSERT_TRUE(findings().empty());
  ServedLog rewritten;
  for (int i = 0; i < 30; ++i) {
    rewritten.now += minute;
    std::vector<Bytes> batch;
    for (int j = 0; j < 25; ++j) {
      const std::uint64_t index = rewritten.leaves++;
      batch.push_back(bytes_of(numbered_leaf(index == 617 ? 5000 : index, rewritten.now - 20)));
    }
    rewritten.grow(batch);
  }
  log.tiles.files = rewritten.tiles.files;
  log.texts = rewritten.texts;
  std::map<std::string, std::string> named;
  for (const Fault& fault : findings()) {
    named[fault.key] = fault.details.empty() ? "" : fault.details.begin()->second;
  }
  EXPECT_TRUE(named.contains("merkle.split_view"));
  EXPECT_EQ(named["merkle.entry_changed"], "617");
}

TEST_F(MonitorsOutside, SeeATagTwice) {
  log.now += minute;
  log.grow(std::vector<Bytes>{bytes_of(numbered_leaf(100, log.now))});
  const auto all = findings();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].key, "merkle.tag_twice");
  EXPECT_EQ(all[0].details.at("index"), "750");
  EXPECT_EQ(all[0].details.at("other"), "100");
}

TEST_F(MonitorsOutside, SeeALeafDatedBackByAnHour) {
  log.now += minute;
  log.grow(std::vector<Bytes>{bytes_of(numbered_leaf(4001, log.now - 3600))});
  std::vector<std::string> named;
  for (const Fault& fault : findings())
    named.push_back(fault.key + " " + fault.details.at("index"));
  EXPECT_EQ(named,
            (std::vector<std::string>{"merkle.time_back_at 750", "merkle.leaf_time_outside 750"}));
}

TEST_F(MonitorsOutside, SeeALeafDatedForward) {
  log.now += minute;
  log.grow(std::vector<Bytes>{bytes_of(numbered_leaf(4001, log.now + 3600))});
  EXPECT_EQ(finding("index"), "merkle.leaf_time_outside: 750");
}

TEST_F(MonitorsOutside, SeeWhatIsNoLeaf) {
  log.now += minute;
  log.grow(std::vector<Bytes>{to_bytes("a name in the clear")});
  EXPECT_EQ(finding("index"), "merkle.no_leaf_at: 750");
}

TEST_F(MonitorsOutside, SeeAChangedHistory) {
  ASSERT_TRUE(findings().empty());
  const std::string path = history_path(day_of(log.now));
  const std::string whole = log.texts[path];
  log.texts[path].erase(0, whole.find("\n\n"));
  EXPECT_EQ(finding("file"), "merkle.history_changed: " + path);
  log.texts.erase(path);
  EXPECT_EQ(finding("file"), "merkle.file_missing: " + path);
  log.texts[path] = whole;
  EXPECT_TRUE(findings().empty());
}

TEST_F(MonitorsOutside, SeeAPublishedRootThatTheLeavesDoNotGive) {
  const std::string path = history_path(day_of(log.now));
  log.texts[path] =
      format_note(log.county.note({25, sha256(as_bytes("another"))}, 2, morning + minute)) +
      log.texts[path];
  EXPECT_EQ(finding("size"), "merkle.published_otherwise: 25");
}

TEST_F(MonitorsOutside, SeeACheckpointThatIsNotInTheHistory) {
  log.now += 10 * minute;
  log.texts["checkpoint"] = format_note(log.county.note(log.builder.head(), 2, log.now));
  log.tiles.keep(
      log.builder.append(std::vector<Bytes>{bytes_of(numbered_leaf(log.leaves++, log.now))})
          .value());
  log.texts["checkpoint"] = format_note(log.county.note(log.builder.head(), 2, log.now));
  log.now += 10 * minute;
  EXPECT_EQ(finding("size"), "merkle.history_incomplete: 751");
}

// A checkpoint that this monitor was shown and that nobody else ever hears of.
TEST_F(MonitorsOutside, SeeThatWhatTheyWereShownWasNeverInTheHistory) {
  const std::string path = history_path(day_of(log.now + minute));
  const std::string before = log.texts[path];
  log.grow(25);
  log.texts[path] = before;
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(findings().empty());  // it may be on its way
    log.grow(25);
  }
  EXPECT_EQ(finding("size"), "merkle.history_incomplete: 775");
}

TEST_F(MonitorsOutside, SeeWhatHidesTheHistoryBehindIt) {
  ASSERT_TRUE(findings().empty());
  const Note larger = log.county.note({1'000'000, Hash{}}, 0);
  const std::string unsigned_note = format_note(
      {larger.text, {sign_text(signer_of("stranger.example", KeyKind::ed25519), larger.text)}});
  const std::string path = history_path(day_of(log.now + minute));
  log.texts[path] += unsigned_note;
  log.grow(25);
  EXPECT_EQ(finding("file"), "merkle.history_broken: " + path);
}

// The witnesses were away for days: what is published then is of leaves from before, and a monitor
// that starts again knows its history all the same.
TEST_F(MonitorsOutside, RememberTheHistoryOfADayLongAfterItsLeaves) {
  const std::uint64_t written = log.now;
  log.now += 4 * 24 * 3600;
  log.grow(std::vector<Bytes>{bytes_of(numbered_leaf(log.leaves++, written))});
  ASSERT_TRUE(findings().empty());
  monitor = start();
  ASSERT_TRUE(findings().empty());
  const std::string path = history_path(day_of(log.now));
  log.texts.erase(path);
  monitor = start();
  EXPECT_EQ(finding("file"), "merkle.file_missing: " + path);
}

TEST_F(MonitorsOutside, SeeAWrongKeyAndAMissingQuorum) {
  const std::string good = log.texts["checkpoint"];
  Note note = parse_note(good).value();
  note.signatures[0] =
      sign_text(signer_of(county_origin, KeyKind::ed25519, "another key"), note.text);
  log.texts["checkpoint"] = format_note(note);
  EXPECT_EQ(findings().front().key, "merkle.log_signature_missing");
  log.texts["checkpoint"] = format_note(log.county.note(log.builder.head(), 1, log.now));
  EXPECT_EQ(findings().front().key, "merkle.quorum_missing");
  log.texts["checkpoint"] = "half a ch";
  EXPECT_EQ(findings().front().key, "merkle.note_broken");
  log.texts.erase("checkpoint");
  EXPECT_EQ(finding("file"), "merkle.file_missing: checkpoint");
}

TEST_F(MonitorsOutside, SeeARecordThatStandsStill) {
  ASSERT_TRUE(findings().empty());
  log.now += 8 * 24 * 3600;
  EXPECT_EQ(finding("size"), "merkle.checkpoint_stale: 750");
}

// The log shows us one history and a witness another.
TEST_F(MonitorsOutside, SeeWhatAWitnessWasShownOtherwise) {
  options.elsewhere = {
      {"audit", format_note(log.county.note({500, sha256(as_bytes("other"))}, 1))}};
  EXPECT_EQ(finding("where"), "merkle.shown_otherwise: audit");
  // What the log did not sign proves nothing against it.
  Note note = log.county.note({500, sha256(as_bytes("other"))}, 1);
  note.signatures.erase(note.signatures.begin());
  options.elsewhere = {{"audit", format_note(note)}, {"congress", "no note"}};
  EXPECT_TRUE(findings().empty());
  // Nor does it count as having been compared.
  EXPECT_EQ(look().value().compared, 0U);
  options.elsewhere.push_back({"university", log.texts["checkpoint"]});
  EXPECT_EQ(look().value().compared, 1U);
}

TEST_F(MonitorsOutside, SeeThatAWitnessWasShownMore) {
  const Hash root = sha256(as_bytes("not shown to us"));
  options.elsewhere = {{"audit", format_note(log.county.note({900, root}, 1, log.now))}};
  EXPECT_TRUE(findings().empty());  // it may be on its way
  log.now += 15 * minute;
  EXPECT_EQ(finding("size"), "merkle.shown_less: 900");
}

// The county had no witnesses at first, and another quorum later.
TEST_F(MonitorsOutside, FollowALogWhosePolicyChanged) {
  ServedLog other;
  for (int i = 0; i < 10; ++i) other.grow(25);
  for (auto& [path, text] : other.texts) {
    std::string alone;
    for (const std::string& note : parse_history(text).notes) {
      Note of_the_log = parse_note(note).value();
      of_the_log.signatures.resize(1);
      alone += format_note(of_the_log);
    }
    text = alone;
  }
  for (int i = 0; i < 20; ++i) other.grow(25);
  log.tiles.files = other.tiles.files;
  log.texts = other.texts;
  const Look first = look().value();
  EXPECT_TRUE(first.findings.empty()) << first.findings.front().key;
  // Times are bound by the checkpoints that were witnessed, with whatever stands between them.
  log.now += minute;
  log.grow(std::vector<Bytes>{bytes_of(numbered_leaf(4001, log.now + 3600))});
  EXPECT_EQ(finding("index"), "merkle.leaf_time_outside: 750");
}

TEST_F(MonitorsOutside, DoNotBelieveAMirrorThatWasChanged) {
  ASSERT_TRUE(findings().empty());
  kept.at("tile/entries/000")[40] ^= 1U;
  monitor = start();
  EXPECT_EQ(look().error().key, "merkle.mirror_broken");
}

TEST_F(MonitorsOutside, LookAtAnEmptyLog) {
  ServedLog empty;
  log.tiles.files.clear();
  log.texts = {{"checkpoint", format_note(empty.county.note(empty_tree_head(), 2, log.now))}};
  EXPECT_TRUE(findings().empty());
}

TEST(Histories, AreReadToTheirLastWholeNote) {
  const TestCounty county;
  const std::string one = format_note(county.note(empty_tree_head()));
  const std::string two = format_note(county.note({1, Hash{}}, 1));
  EXPECT_EQ(parse_history("").notes.size(), 0U);
  const HistoryDay both = parse_history(one + two);
  EXPECT_EQ(both.notes, (std::vector<std::string>{one, two}));
  EXPECT_EQ(both.whole, one.size() + two.size());
  for (std::size_t cut = 1; cut < two.size(); ++cut) {
    const HistoryDay half = parse_history(one + two.substr(0, two.size() - cut));
    ASSERT_GE(half.notes.size(), 1U);
    EXPECT_EQ(half.notes[0], one);
    EXPECT_LE(half.whole, one.size() + two.size() - cut);
  }
  EXPECT_EQ(history_path(day_of(1'764'028'800)), "history/2025/11/25");
  EXPECT_EQ(history_path(day_of(1'764'028'799)), "history/2025/11/24");
}

}  // namespace
}  // namespace minhu::merkle
