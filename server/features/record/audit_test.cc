// What somebody changes behind the program is found and named.
#include "features/record/audit.h"

#include <gtest/gtest.h>

#include <fstream>

#include "features/record/files.h"
#include "features/record/test_record.h"
#include "features/record/watching.h"

namespace minhu::record {
namespace {

namespace fs = std::filesystem;
using cases::EventKind;

struct Auditing : RecordWorld {
  Auditing() {
    first_ = says(1);
    second_ = says(2);
    answer(first_);
    sequencer()->run_once();
  }

  std::vector<Fault> findings() {
    std::vector<Fault> found;
    const merkle::VerifierKey key = keys_.log.verifier();
    last_ = audit({*database_, county_.region, keyring_, files_, {}, &key},
                  [&](const Fault& finding) { found.push_back(finding); });
    return found;
  }
  bool finds(const std::string& key) {
    for (const Fault& finding : findings()) {
      if (finding.key == key) return true;
    }
    return false;
  }
  // The detail of the first finding of that key.
  std::string named(const std::string& key, const std::string& detail) {
    for (const Fault& finding : findings()) {
      if (finding.key == key) return finding.details.at(detail);
    }
    return "not found";
  }
  void change(std::string_view sql) {
    write([&](Transaction& t) { t.execute(sql, {param(county_.region), param(first_)}); });
  }

  cases::CaseId first_, second_;
  Audited last_;
};

TEST_F(Auditing, a_record_that_nobody_touched_is_clean) {
  EXPECT_TRUE(findings().empty());
  EXPECT_EQ(last_.cases, 2);
  EXPECT_EQ(last_.events, file(first_).seq + 2);
  EXPECT_EQ(last_.leaves, last_.events);
  EXPECT_EQ(last_.entries, 8);
  EXPECT_EQ(last_.files, 2);
  EXPECT_EQ(last_.checkpoints, 3);
}

TEST_F(Auditing, an_event_that_was_dated_back_is_named_with_its_place_in_the_tree) {
  change(
      "UPDATE case_event SET happened_at = happened_at - 3600000 "
      "WHERE region_id = ?1 AND case_id = ?2 AND seq = 1");
  EXPECT_EQ(named("record.audit_event_changed", "case"), first_.text());
  EXPECT_EQ(named("record.audit_event_changed", "seq"), "1");
  const std::string index = named("record.audit_event_changed", "index");
  const merkle::Fetch fetch = fetch_from(files_);
  merkle::TileReader reader(signed_head()->tree, fetch);
  EXPECT_EQ(*reader.entry(std::stoull(index)), database_->read([&](Reading& reading) {
    return leaf_of_event(reading, county_.region, first_.uuid(), 1)->entry;
  }));
}

TEST_F(Auditing, who_did_a_step_cannot_be_changed) {
  write([&](Transaction& t) {
    t.execute(
        "UPDATE case_event SET unit_id = ?3 WHERE region_id = ?1 AND case_id = ?2 AND seq = 4",
        {param(county_.region), param(first_), param(water_)});
  });
  EXPECT_EQ(named("record.audit_event_changed", "seq"), "4");
}

TEST_F(Auditing, a_date_that_was_promised_cannot_be_changed) {
  auto events = database_->read(
      [&](Reading& reading) { return cases::load_events(reading, county_.region, first_); });
  ASSERT_FALSE(events[0].clocks.empty());
  events[0].clocks[0].due.unix_ms -= 24 * 3'600'000;
  write([&](Transaction& t) {
    t.execute(
        "UPDATE case_event SET payload = ?3 WHERE region_id = ?1 AND case_id = ?2 AND seq = 0",
        {param(county_.region), param(first_), std::string_view(cases::payload_of(events[0]))});
  });
  EXPECT_EQ(named("record.audit_event_changed", "seq"), "0");
  change("UPDATE case_event SET payload = '{' WHERE region_id = ?1 AND case_id = ?2 AND seq = 2");
  EXPECT_TRUE(finds("record.audit_event_unreadable"));
}

TEST_F(Auditing, a_step_that_was_taken_away_or_put_in_is_found) {
  change("DELETE FROM case_event WHERE region_id = ?1 AND case_id = ?2 AND seq = 4");
  EXPECT_EQ(named("record.audit_event_gone", "seq"), "4");
  change(
      "INSERT INTO case_event(region_id, case_id, seq, kind, happened_at, recorded_at, role, "
      "unit_id, account_id, payload) SELECT region_id, case_id, 5, kind, happened_at, recorded_at, "
      "role, unit_id, account_id, payload FROM case_event "
      "WHERE region_id = ?1 AND case_id = ?2 AND seq = 3");
  EXPECT_EQ(named("record.audit_no_leaf", "seq"), "5");
}

// Not only what is put in where the next step would stand.
TEST_F(Auditing, a_step_of_a_number_that_no_step_has_is_found_and_stops_nobody) {
  for (const std::string& seq : {std::string("-1"), std::string("4000000000000000000")}) {
    change(
        "INSERT INTO case_event(region_id, case_id, seq, kind, happened_at, recorded_at, role, "
        "unit_id, account_id, payload) SELECT region_id, case_id, " +
        seq +
        ", kind, happened_at, recorded_at, role, unit_id, account_id, payload FROM case_event "
        "WHERE region_id = ?1 AND case_id = ?2 AND seq = 0");
    EXPECT_EQ(named("record.audit_no_leaf", "seq"), seq);
    change("DELETE FROM case_event WHERE region_id = ?1 AND case_id = ?2 AND seq = " + seq);
    ASSERT_TRUE(findings().empty());
    change(
        "INSERT INTO record_leaf(region_id, about, case_id, seq, position, entry) SELECT "
        "region_id, "
        "about, case_id, " +
        seq + ", 100, entry FROM record_leaf WHERE region_id = ?1 AND case_id = ?2 AND seq = 0");
    EXPECT_EQ(named("record.audit_event_gone", "seq"), seq);
    change("DELETE FROM record_leaf WHERE region_id = ?1 AND case_id = ?2 AND seq = " + seq);
  }
}

TEST_F(Auditing, a_case_that_was_taken_away_as_a_whole_is_found) {
  for (const std::string_view sql :
       {std::string_view("DELETE FROM case_event WHERE region_id = ?1 AND case_id = ?2"),
        std::string_view("DELETE FROM case_file WHERE region_id = ?1 AND case_id = ?2")}) {
    change(sql);
  }
  EXPECT_EQ(named("record.audit_event_gone", "case"), first_.text());
  change("DELETE FROM record_leaf WHERE region_id = ?1 AND case_id = ?2");
  EXPECT_TRUE(finds("record.audit_leaf_gone"));
  EXPECT_TRUE(finds("record.audit_batch"));
}

TEST_F(Auditing, a_row_of_today_that_does_not_follow_from_the_events_is_found) {
  change("UPDATE case_file SET urged = 7 WHERE region_id = ?1 AND case_id = ?2");
  EXPECT_EQ(named("record.audit_row_of_today", "case"), first_.text());
}

TEST_F(Auditing, a_leaf_that_was_made_anew_for_a_changed_event_is_in_no_batch) {
  change(
      "UPDATE case_event SET happened_at = happened_at - 3600000 "
      "WHERE region_id = ?1 AND case_id = ?2 AND seq = 0");
  // Somebody with all the keys of the program writes a leaf that fits.
  write([&](Transaction& t) {
    const auto events = cases::load_events(t, county_.region, first_);
    const auto leaf = *leaf_of_event(t, county_.region, first_.uuid(), 0);
    const auto entry = merkle::encode_leaf(leaf_of(opening_of(
        t, county_.region, keyring_, events[0], {}, merkle::parse_leaf(leaf.entry)->seconds)));
    t.execute("UPDATE record_leaf SET entry = ?3 WHERE region_id = ?1 AND case_id = ?2 AND seq = 0",
              {param(county_.region), param(first_), BytesView(entry)});
  });
  EXPECT_TRUE(finds("record.audit_leaf_not_in_batch"));
}

// With all the keys of the program a step can be put in that its leaf fits. Where the leaf is kept
// out of the tree nobody outside could ever see it.
struct PuttingIn : Auditing {
  // The next event of the first case, a copy of its last, and the leaf that it would have.
  void put_in_a_step_with_its_leaf(std::int64_t position) {
    change(
        "INSERT INTO case_event(region_id, case_id, seq, kind, happened_at, recorded_at, role, "
        "unit_id, account_id, payload) SELECT region_id, case_id, seq + 1, kind, happened_at, "
        "recorded_at, role, unit_id, account_id, payload FROM case_event "
        "WHERE region_id = ?1 AND case_id = ?2 ORDER BY seq DESC LIMIT 1");
    write([&](Transaction& t) {
      const cases::Event event = cases::load_events(t, county_.region, first_).back();
      const auto before = *last_leaf_of(t, county_.region, first_.uuid());
      const auto seconds = merkle::parse_leaf(last_leaf(t, county_.region)->entry)->seconds;
      const auto entry = merkle::encode_leaf(
          leaf_of(opening_of(t, county_.region, keyring_, event, before.entry, seconds)));
      insert_leaf(t, county_.region,
                  {std::string(about_cases),
                   first_.uuid(),
                   event.seq,
                   position,
                   {entry.begin(), entry.end()}});
    });
    ASSERT_FALSE(finds("record.audit_no_leaf"));
    ASSERT_FALSE(finds("record.audit_event_changed"));
  }
};

TEST_F(PuttingIn, a_leaf_before_the_first_position_is_found) {
  put_in_a_step_with_its_leaf(-5);
  EXPECT_EQ(named("record.audit_leaf_broken", "position"), "-5");
}

TEST_F(PuttingIn, a_leaf_that_the_batches_pass_over_is_found) {
  const std::int64_t next = signed_head()->next_position;
  put_in_a_step_with_its_leaf(next);
  EXPECT_FALSE(finds("record.audit_passed_over"));  // it waits for its batch
  write([&](Transaction& t) {
    t.execute("UPDATE record_head SET next_position = next_position + 1 WHERE region_id = ?1",
              {param(county_.region)});
  });
  EXPECT_EQ(named("record.audit_passed_over", "position"), std::to_string(next + 1));
  EXPECT_EQ(named("record.audit_passed_over", "expected"), std::to_string(next));
  says(7);
  sequencer()->run_once();
  EXPECT_EQ(named("record.audit_passed_over", "index"), "8");
}

TEST_F(Auditing, a_head_that_was_taken_away_is_found_by_what_was_published) {
  write([&](Transaction& t) {
    t.execute("DELETE FROM record_head WHERE region_id = ?1", {param(county_.region)});
  });
  EXPECT_EQ(named("record.audit_other_tree", "size"), "8");
}

TEST_F(Auditing, a_batch_that_was_changed_no_longer_gives_the_signed_tree) {
  write([&](Transaction& t) {
    const auto batch = *batch_at(t, county_.region, 0);
    Bytes bytes;
    for (const Bytes& entry : batch.entries) bytes.insert(bytes.end(), entry.begin(), entry.end());
    bytes.back() ^= 1;
    bytes[20] ^= 1;
    t.execute("UPDATE record_batch SET entries = ?2 WHERE region_id = ?1",
              {param(county_.region), BytesView(bytes)});
  });
  EXPECT_TRUE(finds("record.audit_head"));
  EXPECT_TRUE(finds("record.audit_other_tree"));
}

TEST_F(Auditing, a_batch_that_says_it_took_in_another_number_is_found_whatever_the_number) {
  for (const std::int64_t leaves : {std::int64_t{-1}, std::int64_t{4'000'000'000'000'000'000}}) {
    write([&](Transaction& t) {
      t.execute("UPDATE record_batch SET leaves = ?2 WHERE region_id = ?1",
                {param(county_.region), leaves});
    });
    EXPECT_EQ(named("record.audit_batch", "index"), "0");
  }
}

TEST_F(Auditing, a_file_that_was_changed_or_taken_away_is_named_with_the_entry) {
  const std::string tile = "tile/0/000.p/8";
  Bytes bytes = *files_.get(tile);
  bytes[5 * 32] ^= 1;
  ASSERT_TRUE(files_.put(tile, bytes));
  EXPECT_EQ(named("record.audit_file", "file"), tile);
  EXPECT_EQ(named("record.audit_file", "index"), "5");
  fs::remove(folder_.path() / "tile/entries/000.p/8");
  EXPECT_EQ(named("record.audit_file_gone", "file"), "tile/entries/000.p/8");
}

TEST_F(Auditing, a_checkpoint_of_another_tree_or_another_key_is_found) {
  const merkle::Note other = keys_.note({8, Key{1}}, 0);
  ASSERT_TRUE(files_.put(checkpoint_path, as_bytes(merkle::format_note(other))));
  EXPECT_EQ(named("record.audit_other_tree", "file"), "checkpoint");
  ASSERT_TRUE(files_.put(checkpoint_path, as_bytes("nothing\n")));
  EXPECT_EQ(named("record.audit_checkpoint", "file"), "checkpoint");
}

TEST_F(Auditing, a_checkpoint_that_was_published_days_after_its_leaves_is_looked_at) {
  const auto running = sequencer();
  running->run_once();
  says(9);
  witnesses_.away = {"http://congress.example/", "http://audit.example/"};
  running->run_once();
  ASSERT_EQ(running->standing().signed_size, 16U);
  pass_seconds(5 * 86'400);
  witnesses_.away = {};
  running->run_once();
  ASSERT_EQ(running->standing().going, Going::well);
  ASSERT_TRUE(findings().empty());
  const std::string path = history_path(now_);
  const merkle::Note other = keys_.note({16, Key{1}}, 0);
  ASSERT_TRUE(files_.put(path, as_bytes(merkle::format_note(other))));
  EXPECT_EQ(named("record.audit_other_tree", "file"), path);
}

TEST_F(Auditing, the_inner_watch_finds_what_was_changed_and_tells_it_once) {
  InnerWatch watch(installation_, {});
  std::vector<std::string> told;
  const OnFinding tell = [&](const Fault& finding) { told.push_back(finding.key); };
  EXPECT_TRUE(watch.look(1000, tell).went_round);
  EXPECT_TRUE(told.empty());
  change("UPDATE case_file SET urged = 7 WHERE region_id = ?1 AND case_id = ?2");
  watch.look(1000, tell);
  watch.look(1000, tell);
  EXPECT_EQ(told, std::vector<std::string>{"record.audit_row_of_today"});
  EXPECT_EQ(watch.findings(), 1);
  // Even when there is time for nothing but what was written last.
  change("DELETE FROM case_event WHERE region_id = ?1 AND case_id = ?2 AND seq = 4");
  watch.look(0, tell);
  EXPECT_NE(std::find(told.begin(), told.end(), "record.audit_event_gone"), told.end());
}

}  // namespace
}  // namespace minhu::record
