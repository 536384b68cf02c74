// Two servers on one database, each with files of its own: what one publishes the other has, byte
// for byte, and one that slept while the other took over changes nothing any more.
#include "features/record/following.h"

#include <gtest/gtest.h>

#include "features/leases/fenced_database.h"
#include "features/leases/migrations.h"
#include "features/record/audit.h"
#include "features/record/files.h"
#include "features/record/published.h"
#include "features/record/restore.h"
#include "features/record/test_record.h"

namespace minhu::record {
namespace {

namespace fs = std::filesystem;

std::span<const Migration> record_and_leases() {
  static const std::vector<Migration> all = [] {
    std::vector<Migration> steps(migrations().begin(), migrations().end());
    steps.insert(steps.end(), leases::migrations().begin(), leases::migrations().end());
    return steps;
  }();
  return all;
}

// Falls asleep before one of its writes: `meanwhile` is what happens until it wakes up.
class SleepingDatabase final : public Database {
 public:
  SleepingDatabase(Database& inner, int before_write, std::function<void()> meanwhile)
      : inner_(inner), left_(before_write), meanwhile_(std::move(meanwhile)) {}
  Outcome write_job(const std::function<Outcome(Transaction&)>& job) override {
    if (--left_ == 0) meanwhile_();
    return inner_.write_job(job);
  }
  void read_job(const std::function<void(Reading&)>& job) override { inner_.read_job(job); }
  bool has_slept() const { return left_ <= 0; }

 private:
  Database& inner_;
  int left_;
  std::function<void()> meanwhile_;
};

// The files of a server whose power fails, or whose disk is full, at one of the writes that make
// a checkpoint public; a file that grows may be left with half of what was to come.
class CutOffFiles final : public LogFiles {
 public:
  CutOffFiles(LogFiles& inner, int at_write) : inner_(inner), left_(at_write) {}
  Outcome put(std::string_view path, BytesView bytes) override {
    if (--left_ == 0) return fail(FaultCode::out_of_storage, "record.no_space");
    return inner_.put(path, bytes);
  }
  Outcome append(std::string_view path, BytesView bytes) override {
    if (--left_ != 0) return inner_.append(path, bytes);
    EXPECT_TRUE(inner_.append(path, bytes.first(bytes.size() / 2)));
    return fail(FaultCode::out_of_storage, "record.no_space");
  }
  Outcome put_all(std::span<const NamedBytes> files) override { return inner_.put_all(files); }
  Result<Bytes> get(std::string_view path) const override { return inner_.get(path); }
  bool has(std::string_view path) const override { return inner_.has(path); }
  void remove(std::string_view path) override { inner_.remove(path); }
  bool was_cut_off() const { return left_ <= 0; }

 private:
  LogFiles& inner_;
  int left_;
};

struct Following : RecordWorld {
  Following() : RecordWorld(record_and_leases()) { clock_.set(now_); }

  void people_say(int count) {
    for (int i = 0; i < count; ++i) {
      cases::Words words = some_words(0);
      ++serial_;
      words.token = {static_cast<std::uint8_t>(serial_), static_cast<std::uint8_t>(serial_ >> 8),
                     1};
      EXPECT_TRUE(receive_words(as(Role::anyone), std::move(words)));
    }
  }
  std::unique_ptr<Sequencer> leader(Database& database, LogFiles& files) {
    return std::make_unique<Sequencer>(SequencerParts{database, county_.region, files, witnesses_,
                                                      keys_.log, policy_, entropy_, clock_, nullptr,
                                                      true});
  }
  Follower follower(LogFiles& files) { return {*database_, county_.region, files}; }

  // Path → bytes; without partial tiles, of which each keeps those of the sizes it has seen.
  static std::map<std::string, Bytes> files_in(const TestFolder& folder, const LogFiles& files) {
    std::map<std::string, Bytes> all;
    for (const auto& entry : fs::recursive_directory_iterator(folder.path())) {
      const std::string path = fs::relative(entry.path(), folder.path()).generic_string();
      if (!entry.is_regular_file() || path.find(".p/") != std::string::npos) continue;
      all[path] = files.get(path).value();
    }
    return all;
  }
  std::int64_t findings(const LogFiles& files) {
    const merkle::VerifierKey log = keys_.log.verifier();
    return audit({*database_, county_.region, keyring_, files, {}, &log},
                 [](const Fault& fault) { ADD_FAILURE() << fault.key; })
        .findings;
  }

  TestFolder other_folder_;
  record_files::FolderFiles other_files_{other_folder_.path()};
  std::uint32_t serial_ = 0;
};

TEST_F(Following, the_files_of_another_server_are_the_same_byte_for_byte) {
  const auto leads = leader(*database_, files_);
  Follower follows = follower(other_files_);
  for (int round = 0; round < 12; ++round) {
    people_say(50);
    leads->run_once();
    if (round % 3 == 0) {
      EXPECT_TRUE(follows.catch_up());
    }
    pass_seconds(round == 5 ? 86'400 : 1);
  }
  const auto size = follows.catch_up();
  ASSERT_TRUE(size);
  EXPECT_EQ(*size, leads->standing().published_size);
  EXPECT_GE(*size, 600U);
  EXPECT_EQ(files_in(other_folder_, other_files_), files_in(folder_, files_));
  EXPECT_TRUE(all_are_there(other_files_, *size));
  EXPECT_EQ(findings(other_files_), 0);
}

TEST_F(Following, a_server_whose_files_were_lost_or_touched_has_them_again) {
  const auto leads = leader(*database_, files_);
  people_say(300);
  leads->run_once();
  ASSERT_TRUE(follower(other_files_).catch_up());
  fs::remove_all(other_folder_.path() / "tile");
  people_say(10);
  leads->run_once();
  ASSERT_TRUE(follower(other_files_).catch_up());
  EXPECT_EQ(findings(other_files_), 0);
}

TEST_F(Following, a_server_that_is_cut_off_at_any_write_goes_on_with_the_same_history) {
  const auto leads = leader(*database_, files_);
  for (int round = 0; round < 4; ++round) {
    people_say(3);
    leads->run_once();
    pass_seconds(round == 1 ? 86'400 : 1);
  }
  ASSERT_EQ(leads->standing().going, Going::well);
  constexpr int writes = 5;  // four checkpoints into the history, and the last one as such
  for (int at_write = 1; at_write <= writes; ++at_write) {
    TestFolder folder;
    record_files::FolderFiles files(folder.path());
    CutOffFiles cut_off(files, at_write);
    EXPECT_FALSE(follower(cut_off).catch_up());
    ASSERT_TRUE(cut_off.was_cut_off());
    ASSERT_TRUE(follower(files).catch_up());
    EXPECT_EQ(files_in(folder, files), files_in(folder_, files_)) << at_write;
  }
}

TEST_F(Following, who_publishes_and_is_cut_off_has_the_history_that_the_others_have) {
  for (int at_write = 1; at_write <= 2; ++at_write) {
    people_say(3);
    CutOffFiles cut_off(files_, at_write);
    const auto leads = leader(*database_, cut_off);
    leads->run_once();
    ASSERT_TRUE(cut_off.was_cut_off());
    EXPECT_EQ(leads->standing().why.value().key, "record.no_space");
    people_say(3);
    pass_seconds(5);
    leads->run_once();
    ASSERT_EQ(leads->standing().going, Going::well);
    ASSERT_TRUE(follower(other_files_).catch_up());
    EXPECT_EQ(files_in(folder_, files_), files_in(other_folder_, other_files_)) << at_write;
  }
}

TEST_F(Following, a_checkpoint_that_the_batches_do_not_give_is_not_taken_over) {
  const auto leads = leader(*database_, files_);
  people_say(20);
  leads->run_once();
  write([&](Transaction& t) {
    t.execute("UPDATE record_published SET note = replace(note, 'A', 'B') WHERE size > 0", {});
  });
  const auto followed = follower(other_files_).catch_up();
  EXPECT_FALSE(followed);
  EXPECT_FALSE(other_files_.has(checkpoint_path));
}

TEST_F(Following, whoever_takes_over_goes_on_where_the_other_stood) {
  const auto first = leader(*database_, files_);
  people_say(30);
  first->run_once();
  Follower follows = follower(other_files_);
  ASSERT_TRUE(follows.catch_up());
  ASSERT_TRUE(follows.reach_head());
  const auto second = leader(*database_, other_files_);
  people_say(30);
  second->run_once();
  EXPECT_EQ(second->standing().going, Going::well);
  EXPECT_GT(second->standing().published_size, first->standing().published_size);
  ASSERT_TRUE(follower(files_).catch_up());
  EXPECT_EQ(files_in(other_folder_, other_files_), files_in(folder_, files_));
  EXPECT_EQ(findings(files_), 0);
}

TEST_F(Following, a_leader_that_sleeps_before_any_of_its_writes_and_loses_its_turn_keeps_nothing) {
  int slept = 0;
  for (int before_write = 1; before_write <= 4; ++before_write) {
    TestFolder first_folder;
    record_files::FolderFiles first_files(first_folder.path());
    TestFolder second_folder;
    record_files::FolderFiles second_files(second_folder.path());
    const std::string name = "jobs " + std::to_string(before_write);
    leases::Lease first_lease(*database_, county_.region, name, Uuid{1});
    leases::Lease second_lease(*database_, county_.region, name, Uuid{2});
    leases::FencedDatabase of_first(*database_, first_lease);
    leases::FencedDatabase of_second(*database_, second_lease);
    const leases::SteadyTime began{};
    first_lease.tend(began);
    second_lease.tend(began);
    ASSERT_TRUE(first_lease.is_held());
    of_first.begin();

    people_say(20);
    std::uint64_t published = 0;
    SleepingDatabase sleeping(of_first, before_write, [&] {
      second_lease.tend(began + leases::lasts);
      ASSERT_TRUE(second_lease.is_held());
      of_second.begin();
      Follower follows = follower(second_files);
      ASSERT_TRUE(follows.catch_up());
      ASSERT_TRUE(follows.reach_head());
      const auto second = leader(of_second, second_files);
      second->run_once();
      people_say(5);
      second->run_once();
      ASSERT_EQ(second->standing().going, Going::well) << before_write;
      published = second->standing().published_size;
    });
    ASSERT_TRUE(follower(first_files).catch_up());
    const auto first = leader(sleeping, first_files);
    try {
      first->run_once();
    } catch (const leases::Lost&) {
    }
    ASSERT_TRUE(sleeping.has_slept());
    ++slept;
    EXPECT_EQ(first->standing().published_size < published, true) << before_write;
    const auto in_first = first_files.get(checkpoint_path);
    const auto in_second = second_files.get(checkpoint_path);
    EXPECT_TRUE(!in_first || *in_first != *in_second);

    // Awake, it follows.
    const auto size = follower(first_files).catch_up();
    ASSERT_TRUE(size) << size.error().key;
    EXPECT_EQ(*size, published);
    EXPECT_EQ(files_in(first_folder, first_files), files_in(second_folder, second_files));
    EXPECT_EQ(findings(first_files), 0) << before_write;
    EXPECT_EQ(findings(second_files), 0) << before_write;
  }
  EXPECT_EQ(slept, 4);
}

TEST_F(Following, checkpoints_older_than_a_month_are_forgotten_as_new_ones_come) {
  const auto leads = leader(*database_, files_);
  people_say(1);
  leads->run_once();
  pass_seconds((days_of_published_notes + 1) * 86'400);
  witnesses_.seconds += static_cast<std::uint64_t>(days_of_published_notes + 1) * 86'400;
  people_say(1);
  leads->run_once();
  const auto kept = database_->read(
      [&](Reading& reading) { return published_after(reading, county_.region, 0, 100); });
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept.front().size, leads->standing().published_size);
}

TEST_F(Following, another_key_of_the_same_name_signs_nothing) {
  const auto leads = leader(*database_, files_);
  people_say(3);
  leads->run_once();
  const merkle::Signer impostor{keys_.log.name, merkle::KeyKind::ed25519,
                                merkle::Ed25519Key(Key{9})};
  Sequencer other(SequencerParts{*database_, county_.region, files_, witnesses_, impostor, policy_,
                                 entropy_, clock_, nullptr, true});
  people_say(3);
  other.run_once();
  EXPECT_EQ(other.standing().going, Going::stopped);
  EXPECT_EQ(other.standing().why.value().key, "record.another_key");
}

}  // namespace
}  // namespace minhu::record
