#include "features/cases/key_tending.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "features/cases/content.h"
#include "features/cases/derivation.h"
#include "features/cases/test_world.h"

namespace minhu::cases {
namespace {

// Kills this process at the nth commit of any database that shares the count: before it, or once it
// is durable and before anybody has heard of it.
struct Fate {
  int commits = 0;
  int dies_at = 0;  // 0: never
  bool after = false;
};

class MortalDatabase final : public Database {
 public:
  MortalDatabase(Database& database, Fate& fate) : database_(database), fate_(fate) {}
  Outcome write_job(const std::function<Outcome(Transaction&)>& job) override {
    const bool last = ++fate_.commits == fate_.dies_at;
    if (last && !fate_.after) ::kill(::getpid(), SIGKILL);
    Outcome outcome = database_.write_job(job);
    if (last) ::kill(::getpid(), SIGKILL);
    return outcome;
  }
  void read_job(const std::function<void(Reading&)>& job) override { database_.read_job(job); }

 private:
  Database& database_;
  Fate& fate_;
};

class KeyTending : public World {
 protected:
  KeyTending() { clock_.set(now_); }

  Installation installation() { return {*database_, county_, keyring_, entropy_, clock_}; }
  Tended tend() {
    clock_.set(now_);
    auto tended = tend_keys_to_the_end(installation());
    EXPECT_TRUE(tended);
    return tended.value_or(Tended{});
  }
  std::string words_of(CaseId id) {
    return database_->read([&](Reading& reading) -> std::string {
      const auto key = load_case_key(reading, county_.region, id, keyring_);
      if (!key) return key.error().key;
      const auto words = read_content(reading, county_.region, *key,
                                      load_file(reading, county_.region, id)->words);
      return words ? said_of(to_text(*words)).text : words.error().key;
    });
  }
  std::int64_t count(Database& database, std::string_view sql) {
    return database.read([&](Reading& reading) {
      return *reading.first(sql, {}, [](const Row& row) { return row.integer(0); });
    });
  }
  std::int64_t waiting() { return count(*database_, "SELECT count(*) FROM case_key"); }
  std::int64_t kept() { return count(*keys_.database(), "SELECT count(*) FROM kept_key"); }
  std::int64_t wrapping_keys() {
    return count(*keys_.database(), "SELECT count(*) FROM wrapping_key");
  }
  void erase_case(CaseId id) {
    write([&](Transaction& t) { ASSERT_TRUE(erase(t, as(Role::system), id, "PIPL 47")); });
  }

  const std::string said_ = "村口的污水管破了，味道很大。";
  system::ManualClock clock_{Instant{}};
};

TEST_F(KeyTending, AKeyIsReadBeforeWhileAndAfterItMoves) {
  const CaseId id = received().case_id;
  EXPECT_EQ(waiting(), 1);
  EXPECT_EQ(words_of(id), said_);
  EXPECT_EQ(tend().moved, 1);
  EXPECT_EQ(waiting(), 0);
  EXPECT_EQ(kept(), 1);
  EXPECT_EQ(words_of(id), said_);
  keys_.reopen();
  EXPECT_EQ(words_of(id), said_);
  EXPECT_EQ(tend().moved, 0);
}

TEST_F(KeyTending, KeysThatAVersionBeforeWrappedByTheRootMoveLikeAllOthers) {
  const CaseId id = received().case_id;
  write([&](Transaction& t) {
    const auto key = load_case_key(t, county_.region, id, keyring_);
    Bytes context = to_bytes("minhu/case-key/v1");
    context.insert(context.end(), id.bytes().begin(), id.bytes().end());
    const Bytes wrapped = seal(keyring_.wrapping, key->key, context, entropy_.bytes<24>());
    t.execute("UPDATE case_key SET wrapped = ?1, wrapping_id = NULL", {BytesView(wrapped)});
  });
  EXPECT_EQ(words_of(id), said_);
  EXPECT_EQ(tend().moved, 1);
  EXPECT_EQ(waiting(), 0);
  EXPECT_EQ(words_of(id), said_);
}

TEST_F(KeyTending, AKeyThatDoesNotOpenStaysForTheDayOnWhichTheStoreIsPutBack) {
  const CaseId id = received().case_id;
  write([&](Transaction& t) {
    t.execute("UPDATE case_key SET wrapping_id = ?1", {param(entropy_.id<WrappingKeyId>(now_))});
  });
  EXPECT_EQ(words_of(id), "cases.erased");
  EXPECT_EQ(tend().moved, 0);
  EXPECT_EQ(waiting(), 1);
}

TEST_F(KeyTending, TheKeyOfAnIntakeDayEndsOnceItsCasesHaveMoved) {
  (void)received(1);
  tend();
  const auto first = keyring_.store->current(county_.region, WrappingUse::intake).id;
  pass_days(1);
  const CaseId id = received(2).case_id;  // still under yesterday's
  tend();
  EXPECT_FALSE(keyring_.store->wrapping_key(county_.region, first));
  EXPECT_NE(keyring_.store->current(county_.region, WrappingUse::intake).id, first);
  EXPECT_EQ(words_of(id), said_);
  EXPECT_EQ(wrapping_keys(), 2);
}

TEST_F(KeyTending, WrappingKeysThatWereMadeWhileTheClockWasAheadEndAllTheSame) {
  const CaseId id = received(1).case_id;
  constexpr std::int64_t years_ahead = 5 * 366;
  pass_days(years_ahead);
  tend();
  const auto epoch = keyring_.store->current(county_.region, WrappingUse::epoch).id;
  const auto intake = keyring_.store->current(county_.region, WrappingUse::intake).id;
  pass_days(1 - years_ahead);
  EXPECT_EQ(tend().wrapped_anew, 1);
  EXPECT_FALSE(keyring_.store->wrapping_key(county_.region, epoch));
  EXPECT_FALSE(keyring_.store->wrapping_key(county_.region, intake));
  EXPECT_EQ(words_of(id), said_);
  const Tended again = tend();
  EXPECT_EQ(again.wrapped_anew + again.keys_destroyed, 0);
}

TEST_F(KeyTending, EachMonthEveryKeyIsWrappedAnewAndTheOldWrappingKeyIsGone) {
  std::vector<CaseId> ids;
  for (std::uint8_t token = 1; token <= 5; ++token) ids.push_back(received(token).case_id);
  tend();
  const auto first = keyring_.store->current(county_.region, WrappingUse::epoch).id;
  pass_days(days_of_an_epoch - 2);
  EXPECT_EQ(tend().wrapped_anew, 0);
  pass_days(1);
  EXPECT_EQ(tend().wrapped_anew, 5);
  EXPECT_FALSE(keyring_.store->wrapping_key(county_.region, first));
  EXPECT_EQ(wrapping_keys(), 2);
  keys_.reopen();
  for (const CaseId id : ids) EXPECT_EQ(words_of(id), said_);
}

TEST_F(KeyTending, AnErasedCaseIsGoneAtOnceAndItsKeyIsDestroyedInBothPlaces) {
  const CaseId moved = received(1).case_id;
  tend();
  const CaseId waits = received(2).case_id;
  const CaseId other = received(3).case_id;
  const auto intake = keyring_.store->current(county_.region, WrappingUse::intake).id;
  erase_case(moved);
  erase_case(waits);
  EXPECT_EQ(words_of(moved), "cases.erased");
  EXPECT_EQ(words_of(waits), "cases.erased");
  EXPECT_EQ(tend().destroyed, 2);
  EXPECT_EQ(kept(), 1);
  // What copies of the large database hold of it lay under this key.
  EXPECT_FALSE(keyring_.store->wrapping_key(county_.region, intake));
  EXPECT_EQ(words_of(other), said_);
  EXPECT_EQ(words_of(moved), "cases.erased");
}

TEST_F(KeyTending, TheEventErasedIsAppendedWhileTheKeyCanStillBeLoaded) {
  // As a feature that makes a leaf of each event does.
  struct NeedsTheKey final : Derivation {
    explicit NeedsTheKey(const Keyring& keyring) : keyring_(keyring) {}
    void derive(Transaction& transaction, const County& county, std::span<const Event> history,
                std::size_t known) const override {
      for (const Event& event : history.subspan(known)) {
        const auto key = load_case_key(transaction, county.region, event.case_id, keyring_);
        if (key) with_key.emplace_back(name(event.kind));
      }
    }
    const Keyring& keyring_;
    mutable std::vector<std::string> with_key;
  };
  const NeedsTheKey leaves(keyring_);
  county_.derivations = {&leaves};
  const CaseId id = received().case_id;
  tend();
  erase_case(id);
  EXPECT_EQ(leaves.with_key, (std::vector<std::string>{"received", "erased"}));
}

TEST_F(KeyTending, NobodyActsOnAnErasedCaseAndNobodyIsMadeToWait) {
  const CaseId lead = received(1).case_id;
  const CaseId member = received(2).case_id;
  must(dispatcher(), member, EventKind::merged, {{"into", lead.text()}});
  must(dispatcher(), lead, EventKind::transferred, to(housing_));
  erase_case(lead);
  EXPECT_EQ(refused(handler(), lead, EventKind::signed_in), "cases.erased");
  EXPECT_TRUE(waiting_for(file(lead)).empty());
  EXPECT_EQ(next_due(file(lead)), nullptr);
  // The one that waited for its answer is a case of its own again.
  EXPECT_NE(file(member).state, State::merged);
  const Rebuilt rebuilt = rebuild(*database_, county_.region, OnDifference::report);
  EXPECT_TRUE(rebuilt.different.empty());
  EXPECT_EQ(rebuilt.stray_queue_entries, 0);
}

TEST_F(KeyTending, AnAnswerReachesTheOthersWhenOneThatWasMergedIsErased) {
  const CaseId lead = received(1).case_id;
  const CaseId member = received(2).case_id;
  const CaseId gone = received(3).case_id;
  for (const CaseId each : {member, gone}) {
    must(dispatcher(), each, EventKind::merged, {{"into", lead.text()}});
  }
  erase_case(gone);
  answer(lead);
  EXPECT_EQ(file(member).state, State::answered);
  EXPECT_TRUE(file(gone).erased);
}

TEST_F(KeyTending, AnotherKeyStoreIsNoticedBeforeItPassesForErasure) {
  const CaseId id = received().case_id;
  tend();
  EXPECT_TRUE(check_key_store(installation()));
  TestKeys other;
  const Installation with_other{*database_, county_, *other, entropy_, clock_};
  EXPECT_EQ(check_key_store(with_other).error().key, "seal.another_key_store");
  EXPECT_EQ(words_of(id), said_);
}

TEST_F(KeyTending, AnOlderCopyOfTheDatabaseOpensWithTheStoreOfTodayAndErasedStaysErased) {
  const CaseId kept_case = received(1).case_id;
  const CaseId erased_case = received(2).case_id;
  database_.keep_copy();
  tend();
  pass_days(2);
  erase_case(erased_case);
  tend();
  database_.go_back();
  EXPECT_EQ(words_of(kept_case), said_);
  EXPECT_EQ(words_of(erased_case), "cases.erased");
}

// ---- killed at every commit

class KilledTending : public KeyTending {
 protected:
  // One run in a process of its own that dies at that commit; whether it came to it.
  bool killed_at(int commit, bool after) {
    const std::string main = database_.place();
    const std::string keys = keys_.database().file().string();
    database_.close();
    keys_.close();
    const pid_t child = ::fork();
    if (child == 0) {
      Fate fate{0, commit, after};
      const auto main_database = test_storage::TestDatabase::open(main);
      storage_sqlite::Options options;
      options.readers = 1;
      options.file = keys;
      options.fold_log_at_once = true;
      storage_sqlite::SqliteDatabase keys_database(options);
      MortalDatabase mortal_main(*main_database, fate);
      MortalDatabase mortal_keys(keys_database, fate);
      system::SystemEntropy entropy;
      Keyring keyring = *keys_;
      KeyStore store(mortal_keys, keyring, entropy);
      keyring.store = &store;
      clock_.set(now_);
      (void)tend_keys_to_the_end({mortal_main, county_, keyring, entropy, clock_});
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    database_.reopen();
    keys_.reopen();
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
  }
};

TEST_F(KilledTending, AtEveryCommitNoKeyIsLostAndNoErasedOneComesBack) {
  int kills = 0;
  std::uint8_t token = 0;
  for (int commit = 1;; ++commit) {
    bool came_to_it = false;
    for (const bool after : {false, true}) {
      // Everything there is to do in one run: moving, destroying, both kinds of wrapping keys.
      const CaseId moved = received(++token).case_id;
      const CaseId erased_case = received(++token).case_id;
      tend();
      pass_days(days_of_an_epoch);
      const CaseId waits = received(++token).case_id;
      const CaseId erased_waiting = received(++token).case_id;
      erase_case(erased_case);
      erase_case(erased_waiting);
      const bool killed = killed_at(commit, after);
      came_to_it = came_to_it || killed;
      kills += killed ? 1 : 0;
      for (int round = 0; round < 2; ++round) {
        EXPECT_EQ(words_of(moved), said_) << commit;
        EXPECT_EQ(words_of(waits), said_) << commit;
        EXPECT_EQ(words_of(erased_case), "cases.erased") << commit;
        EXPECT_EQ(words_of(erased_waiting), "cases.erased") << commit;
        tend();
      }
      EXPECT_EQ(waiting(), 0);
      EXPECT_EQ(wrapping_keys(), 2) << commit;
    }
    if (!came_to_it) break;
  }
  EXPECT_GE(kills, 20);
}

}  // namespace
}  // namespace minhu::cases
