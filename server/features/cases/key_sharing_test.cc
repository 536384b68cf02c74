// Several servers on one database and one key store: each has its own memory, and sees what the
// others did; one that sleeps in the middle of tending the keys and loses its turn brings nothing
// back.
#include "features/cases/content.h"
#include "features/cases/intake_key.h"
#include "features/cases/key_tending.h"
#include "features/cases/test_world.h"
#include "features/leases/fenced_database.h"
#include "features/leases/migrations.h"
#include "ports/migrate.h"

namespace minhu::cases {
namespace {

// Another process: nothing in its memory, the same databases.
struct OtherServer {
  OtherServer(Database& keys, const Keyring& of_the_installation, Entropy& entropy)
      : keyring(of_the_installation), store(keys, of_the_installation, entropy) {
    keyring.store = &store;
  }
  OtherServer(const OtherServer&) = delete;
  Keyring keyring;
  KeyStore store;
};

// Counts the writes of both databases and sleeps before one of them.
struct Sleep {
  int left = 0;
  std::function<void()> meanwhile;
};
class SleepingDatabase final : public Database {
 public:
  SleepingDatabase(Database& inner, Sleep& sleep) : inner_(inner), sleep_(sleep) {}
  Outcome write_job(const std::function<Outcome(Transaction&)>& job) override {
    if (--sleep_.left == 0) sleep_.meanwhile();
    return inner_.write_job(job);
  }
  void read_job(const std::function<void(Reading&)>& job) override { inner_.read_job(job); }

 private:
  Database& inner_;
  Sleep& sleep_;
};

class KeySharing : public World {
 protected:
  KeySharing() : World(leases::migrations()) {
    std::vector<Migration> steps(key_store_migrations().begin(), key_store_migrations().end());
    steps.insert(steps.end(), leases::migrations().begin(), leases::migrations().end());
    migrate(*keys_.database(), steps, now_);
  }

  std::string words_at(const Keyring& keyring, CaseId id) {
    return database_->read([&](Reading& reading) -> std::string {
      const auto key = load_case_key(reading, county_.region, id, keyring);
      if (!key) return key.error().key;
      const auto words = read_content(reading, county_.region, *key,
                                      load_file(reading, county_.region, id)->words);
      return words ? said_of(to_text(*words)).text : words.error().key;
    });
  }
  void tend_at(Database& database, const Keyring& keyring) {
    clock_.set(now_);
    EXPECT_TRUE(tend_keys_to_the_end({database, county_, keyring, entropy_, clock_}));
  }
  void erase_case(CaseId id) {
    write([&](Transaction& t) { ASSERT_TRUE(erase(t, as(Role::system), id, "PIPL 47")); });
  }
  bool is_kept(CaseId id) {
    return keys_.database()->read([&](Reading& reading) {
      return reading
          .first("SELECT 1 FROM kept_key WHERE case_id = ?1", {param(id)},
                 [](const Row&) { return true; })
          .has_value();
    });
  }
  std::optional<WrappingKeyId> in_use() {
    return database_->read(
        [&](Reading& reading) { return intake_key_in_use(reading, county_.region); });
  }

  const std::string said_ = "村口的污水管破了，味道很大。";
  system::ManualClock clock_{Instant{}};
  OtherServer other_{*keys_.database(), *keys_, entropy_};
};

TEST_F(KeySharing, WhatOneServerTakesInTheOtherReadsBeforeAndAfterItMoves) {
  const CaseId id = received().case_id;
  EXPECT_EQ(words_at(other_.keyring, id), said_);
  tend_at(*database_, other_.keyring);
  EXPECT_TRUE(is_kept(id));
  EXPECT_EQ(words_at(keyring_, id), said_);
  EXPECT_EQ(words_at(other_.keyring, id), said_);
}

TEST_F(KeySharing, ACaseTakenInAfterAnotherServerChangedTheIntakeKeyLiesUnderTheNewOne) {
  (void)received(1);
  const auto first = in_use();
  tend_at(*database_, other_.keyring);
  pass_days(1);
  tend_at(*database_, other_.keyring);
  const auto second = in_use();
  EXPECT_NE(first, second);
  // This server has the first one in its memory still, and has heard nothing.
  const CaseId id = received(2).case_id;
  EXPECT_EQ(in_use(), second);
  EXPECT_EQ(words_at(other_.keyring, id), said_);
  tend_at(*database_, other_.keyring);
  EXPECT_TRUE(is_kept(id));
  EXPECT_EQ(words_at(keyring_, id), said_);
}

TEST_F(KeySharing, AWrappingKeyThatAnotherServerDestroyedIsForgottenHere) {
  (void)received(1);
  const auto first = in_use().value();
  tend_at(*database_, other_.keyring);
  pass_days(1);
  tend_at(*database_, other_.keyring);
  EXPECT_TRUE(keyring_.store->wrapping_key(county_.region, first));
  keyring_.store->forget_destroyed(county_.region);
  EXPECT_FALSE(keyring_.store->wrapping_key(county_.region, first));
  EXPECT_TRUE(keyring_.store->wrapping_key(county_.region, in_use().value()));
}

TEST_F(KeySharing, ADatabaseFromAnOldCopyWhoseIntakeKeyIsOverTakesCasesInUnderTheNewestOne) {
  (void)received(1);
  database_.keep_copy();
  tend_at(*database_, keyring_);
  pass_days(1);
  tend_at(*database_, keyring_);
  const auto newest = in_use();
  database_.go_back();
  EXPECT_NE(in_use(), newest);
  const CaseId id = received(2).case_id;
  EXPECT_EQ(in_use(), newest);
  tend_at(*database_, keyring_);
  EXPECT_EQ(words_at(keyring_, id), said_);
}

TEST_F(KeySharing, OneThatSleepsBeforeAnyOfItsWritesAndLosesItsTurnBringsNoErasedKeyBack) {
  std::uint8_t token = 0;
  int slept = 0;
  for (int before_write = 1;; ++before_write) {
    const CaseId stays = received(++token).case_id;
    const CaseId goes = received(++token).case_id;
    pass_days(days_of_an_epoch);  // everything is due
    const std::string name = "turn " + std::to_string(before_write);
    const leases::SteadyTime began{};
    leases::Lease first_jobs(*database_, county_.region, name, Uuid{1});
    leases::Lease first_keys(*keys_.database(), county_.region, name, Uuid{1});
    leases::Lease second_jobs(*database_, county_.region, name, Uuid{2});
    leases::Lease second_keys(*keys_.database(), county_.region, name, Uuid{2});
    for (leases::Lease* lease : {&first_jobs, &first_keys, &second_jobs, &second_keys}) {
      lease->tend(began);
    }
    leases::FencedDatabase second_data(*database_, second_jobs);
    leases::FencedDatabase second_key_data(*keys_.database(), second_keys);
    OtherServer second(second_key_data, *keys_, entropy_);

    Sleep sleep{before_write, [&] {
                  for (leases::Lease* lease : {&second_jobs, &second_keys}) {
                    lease->tend(began + leases::lasts);
                    ASSERT_TRUE(lease->is_held());
                  }
                  second_data.begin();
                  second_key_data.begin();
                  tend_at(second_data, second.keyring);
                  erase_case(goes);
                  tend_at(second_data, second.keyring);
                  ASSERT_FALSE(is_kept(goes));
                }};
    leases::FencedDatabase first_data(*database_, first_jobs);
    leases::FencedDatabase first_key_data(*keys_.database(), first_keys);
    first_data.begin();
    first_key_data.begin();
    SleepingDatabase sleeping_data(first_data, sleep);
    SleepingDatabase sleeping_keys(first_key_data, sleep);
    OtherServer first(sleeping_keys, *keys_, entropy_);
    clock_.set(now_);
    bool refused = false;
    try {
      refused = !tend_keys_to_the_end({sleeping_data, county_, first.keyring, entropy_, clock_});
    } catch (const leases::Lost&) {
      refused = true;
    } catch (const StorageUnreachable&) {
      refused = true;  // renew(): the key could not be kept
    }
    if (sleep.left > 0) break;  // it came to its end before
    ++slept;
    EXPECT_TRUE(refused) << before_write;
    EXPECT_FALSE(is_kept(goes)) << before_write;
    EXPECT_EQ(words_at(other_.keyring, goes), "cases.erased") << before_write;
    EXPECT_EQ(words_at(other_.keyring, stays), said_) << before_write;
    // The county goes on: what comes in now can be read and moved.
    const CaseId next = received(++token).case_id;
    tend_at(*database_, other_.keyring);
    EXPECT_TRUE(is_kept(next)) << before_write;
    EXPECT_EQ(words_at(keyring_, next), said_) << before_write;
  }
  EXPECT_GE(slept, 6);
}

}  // namespace
}  // namespace minhu::cases
