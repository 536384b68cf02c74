#include "features/cases/key_tending.h"

#include <algorithm>

#include "features/cases/content.h"
#include "features/cases/intake_key.h"
#include "features/cases/key_store.h"

namespace minhu::cases {

namespace {

constexpr std::int64_t keys_a_step = 512;
constexpr int steps_a_run = 200;
constexpr std::int64_t day_ms = std::int64_t{24} * 3'600'000;
// A day before it must be over, for the wrapping itself and for a server that stood still.
constexpr std::int64_t epoch_ms = (days_of_an_epoch - 1) * day_ms;

// A key of the large database on its way: wrapped, or (wrapped is empty) to be destroyed.
struct Waiting {
  CaseId id;
  Bytes wrapped;
};

std::vector<CaseId> to_be_destroyed(Reading& reading, RegionId region) {
  return reading.all(
      "SELECT case_id FROM erased_key WHERE region_id = ?1 ORDER BY case_id LIMIT ?2",
      {param(region), keys_a_step}, [](const Row& row) { return row.id<CaseId>(0); });
}

std::vector<Waiting> waiting(Reading& reading, RegionId region, const Uuid& after) {
  return reading.all(
      "SELECT case_id, wrapped FROM case_key WHERE region_id = ?1 AND case_id > ?2 "
      "ORDER BY case_id LIMIT ?3",
      {param(region), BytesView(after), keys_a_step}, [](const Row& row) {
        return Waiting{row.id<CaseId>(0), Bytes(row.bytes(1).begin(), row.bytes(1).end())};
      });
}

class Tending {
 public:
  Tending(const Installation& installation, const std::function<bool()>& stop)
      : database_(installation.database),
        store_(*installation.keyring.store),
        keyring_(installation.keyring),
        region_(installation.county.region),
        now_(installation.clock.now()),
        stop_(stop) {}

  Result<Tended> run() {
    MINHU_CHECK_OK(bind());
    MINHU_CHECK_OK(destroy_erased());
    MINHU_CHECK_OK(renew_old_intake_key());
    renew_epoch();
    MINHU_CHECK_OK(move_in());
    MINHU_CHECK_OK(end_intake_keys());
    MINHU_CHECK_OK(wrap_anew());
    return done_;
  }

 private:
  bool next_step() {
    if (steps_ < steps_a_run && !stop_()) {
      ++steps_;
      return true;
    }
    done_.whole = false;
    return false;
  }

  // The large database remembers its key store before the first key goes there.
  Outcome bind() {
    const Uuid id = store_.identity(region_);
    return database_.write_job([&](Transaction& transaction) -> Outcome {
      transaction.execute(
          "INSERT INTO key_store_of(region_id, store_id) VALUES (?1, ?2) "
          "ON CONFLICT (region_id) DO NOTHING",
          {param(region_), BytesView(id)});
      return {};
    });
  }

  // First there, then the row that says it is to be done.
  Outcome destroy_erased() {
    while (next_step()) {
      const auto ids =
          database_.read([&](Reading& reading) { return to_be_destroyed(reading, region_); });
      if (ids.empty()) return {};
      MINHU_CHECK_OK(store_.destroy(region_, ids));
      // What the large database or a copy of it still holds of them lies under keys of the intake
      // that come to an end with this run. Before the rows go: a run that is killed does it again.
      MINHU_CHECK_OK(renew_intake_key());
      MINHU_CHECK_OK(database_.write_job([&](Transaction& transaction) -> Outcome {
        for (const CaseId id : ids) {
          transaction.execute("DELETE FROM erased_key WHERE region_id = ?1 AND case_id = ?2",
                              {param(region_), param(id)});
        }
        return {};
      }));
      done_.destroyed += static_cast<std::int64_t>(ids.size());
    }
    return {};
  }

  // Durable in the store before the large database names it. Killed between the two, or overtaken
  // by another server, there is one more key that nothing ever lies under.
  Outcome renew_intake_key() {
    const auto before = in_use();
    const WrappingKeyId made = store_.renew(region_, WrappingUse::intake, now_).id;
    return database_.write_job([&](Transaction& transaction) -> Outcome {
      replace_intake_key(transaction, region_, before, made);
      return {};
    });
  }

  Outcome renew_old_intake_key() {
    const auto named = in_use();
    for (const auto& made : store_.made(region_, WrappingUse::intake)) {
      if (made.id == named && !is_over(made.at, day_ms)) return {};
    }
    return renew_intake_key();
  }

  // Also one that was made while a clock was ahead: its time would come in as many years.
  bool is_over(Instant made, std::int64_t lasts_ms) const {
    return made.unix_ms + lasts_ms <= now_.unix_ms || made.unix_ms > now_.unix_ms + day_ms;
  }

  std::optional<WrappingKeyId> in_use() {
    return database_.read([&](Reading& reading) { return intake_key_in_use(reading, region_); });
  }

  Outcome move_in() {
    Uuid after{};
    while (next_step()) {
      const auto rows =
          database_.read([&](Reading& reading) { return waiting(reading, region_, after); });
      if (rows.empty()) return {};
      after = rows.back().id.uuid();
      MINHU_CHECK_OK(move_in(rows));
    }
    return {};
  }

  Outcome move_in(const std::vector<Waiting>& rows) {
    std::vector<CaseKey> keys;
    std::vector<const Waiting*> moved;
    database_.read_job([&](Reading& reading) {
      for (const Waiting& row : rows) {
        // One that does not open stays where it is: its wrapping key may be in a copy of the store
        // that somebody still puts back.
        auto key = load_case_key(reading, region_, row.id, keyring_);
        if (!key) continue;
        keys.push_back(*key);
        moved.push_back(&row);
      }
    });
    MINHU_CHECK_OK(store_.keep(region_, keys));
    for (CaseKey& key : keys) wipe(key.key);
    MINHU_CHECK_OK(database_.write_job([&](Transaction& transaction) -> Outcome {
      for (const Waiting* row : moved) {
        transaction.execute(
            "DELETE FROM case_key WHERE region_id = ?1 AND case_id = ?2 AND wrapped = ?3",
            {param(region_), param(row->id), BytesView(row->wrapped)});
      }
      return {};
    }));
    done_.moved += static_cast<std::int64_t>(moved.size());
    return {};
  }

  // Those made before the one in use, once nothing lies under them. New cases cannot come under one
  // of them: which is in use is read inside the transaction that stores them, and what was stored
  // before the change is seen here, for writers come one after the other. A newer one stays:
  // another server may be about to use it.
  Outcome end_intake_keys() {
    if (!done_.whole) return {};
    auto made = store_.made(region_, WrappingUse::intake);
    const auto named = in_use();
    const auto current =
        std::find_if(made.begin(), made.end(), [&](const auto& each) { return each.id == named; });
    if (current == made.end()) return {};
    made.erase(current, made.end());
    for (const auto& old : made) {
      const auto used = database_.write([&](Transaction& transaction) -> Result<bool> {
        return transaction
            .first("SELECT 1 FROM case_key WHERE region_id = ?1 AND wrapping_id = ?2 LIMIT 1",
                   {param(region_), param(old.id)}, [](const Row&) { return true; })
            .has_value();
      });
      if (!used) return tl::unexpected<Fault>(used.error());
      if (*used) continue;
      MINHU_CHECK_OK(store_.destroy_wrapping_key(region_, old.id));
      ++done_.keys_destroyed;
    }
    return {};
  }

  void renew_epoch() {
    const auto made = store_.made(region_, WrappingUse::epoch);
    if (made.empty() || is_over(made.back().at, epoch_ms)) {
      store_.renew(region_, WrappingUse::epoch, now_);
    }
  }

  Outcome wrap_anew() {
    auto made = store_.made(region_, WrappingUse::epoch);
    made.pop_back();
    while (!made.empty() && next_step()) {
      MINHU_TRY(const std::int64_t some, store_.wrap_anew(region_, keys_a_step));
      done_.wrapped_anew += some;
      if (some == keys_a_step) continue;
      for (const auto& old : made) {
        MINHU_CHECK_OK(store_.destroy_wrapping_key(region_, old.id));
        ++done_.keys_destroyed;
      }
      return {};
    }
    return {};
  }

  Database& database_;
  KeyStore& store_;
  const Keyring& keyring_;
  RegionId region_;
  Instant now_;
  const std::function<bool()>& stop_;
  Tended done_;
  int steps_ = 0;
};

}  // namespace

bool may_stay(Date day, Date today) {
  const auto age = (today - day).count();
  return age >= -1 && age < days_of_key_copies;
}

Result<Tended> tend_keys(const Installation& installation, const std::function<bool()>& stop) {
  return Tending(installation, stop).run();
}

Result<Tended> tend_keys_to_the_end(const Installation& installation) {
  Tended all;
  for (;;) {
    MINHU_TRY(const Tended some, tend_keys(installation));
    all.moved += some.moved;
    all.destroyed += some.destroyed;
    all.wrapped_anew += some.wrapped_anew;
    all.keys_destroyed += some.keys_destroyed;
    if (some.whole) return all;
  }
}

Outcome check_key_store(const Installation& installation) {
  const RegionId region = installation.county.region;
  const auto known = installation.database.read([&](Reading& reading) {
    return reading.first("SELECT store_id FROM key_store_of WHERE region_id = ?1", {param(region)},
                         [](const Row& row) { return row.id<WrappingKeyId>(0).uuid(); });
  });
  if (known && *known != installation.keyring.store->identity(region)) {
    return fail(FaultCode::conflict, "seal.another_key_store");
  }
  return {};
}

}  // namespace minhu::cases
