#include "app/turns.h"

#include <spdlog/spdlog.h>

#include "features/leases/fenced_database.h"

namespace minhu::app {

struct Turns::Shared {
  Shared(Foundation& foundation, const cases::Installation& all)
      : me(foundation.entropy.bytes<16>()),
        jobs(*foundation.database, all.county.region, "jobs", me),
        data(*foundation.database, jobs),
        once{data, all.county, all.keyring, all.entropy, all.clock},
        record_data(*foundation.database, jobs),
        record_once{record_data, all.county, all.keyring, all.entropy, all.clock},
        tending(*foundation.keys, all.county.region, "keys", me),
        data_of_keys(*foundation.database, jobs),
        keys(*foundation.keys, tending),
        keyring(all.keyring),
        store(keys, keyring, all.entropy),
        keys_once{data_of_keys, all.county, keyring, all.entropy, all.clock} {
    keyring.store = &store;
  }

  const Uuid me;
  leases::Lease jobs;
  leases::FencedDatabase data;
  const cases::Installation once;
  leases::FencedDatabase record_data;
  const cases::Installation record_once;
  leases::Lease tending;
  leases::FencedDatabase data_of_keys;
  leases::FencedDatabase keys;
  cases::Keyring keyring;
  cases::KeyStore store;
  const cases::Installation keys_once;
};

Turns::Turns(Foundation& foundation, const cases::Installation& installation)
    : installation_(installation) {
  if (foundation.is_shared()) shared_ = std::make_unique<Shared>(foundation, installation);
}
Turns::~Turns() = default;

bool Turns::is_ours() const {
  return !shared_ || shared_->jobs.is_held();
}

// Both: tending moves keys from one database into the other.
bool Turns::keys_are_ours() const {
  return !shared_ || (shared_->jobs.is_held() && shared_->tending.is_held());
}

void Turns::begin_jobs() {
  if (shared_) shared_->data.begin();
}

const cases::Installation& Turns::once() const {
  return shared_ ? shared_->once : installation_;
}

void Turns::begin_keys() {
  if (!shared_) return;
  shared_->data_of_keys.begin();
  shared_->keys.begin();
}

const cases::Installation& Turns::keys_once() const {
  return shared_ ? shared_->keys_once : installation_;
}

void Turns::begin_record() {
  if (shared_) shared_->record_data.begin();
}

const cases::Installation& Turns::record_once() const {
  return shared_ ? shared_->record_once : installation_;
}

bool Turns::record_goes_on() const {
  return !shared_ || shared_->record_data.goes_on();
}

void Turns::tend() {
  if (!shared_) return;
  const bool before = is_ours();
  const auto now = std::chrono::duration_cast<leases::SteadyTime>(
      std::chrono::steady_clock::now().time_since_epoch());
  shared_->jobs.tend(now);
  // The second goes with the first: each with another server, nobody would tend the keys.
  if (shared_->jobs.is_held()) {
    shared_->tending.tend(now);
  } else if (shared_->tending.is_held()) {
    shared_->tending.give_up();
  }
  if (before == is_ours()) return;
  spdlog::info(before ? "another server does the jobs now" : "this server does the jobs now");
}

void Turns::give_up() {
  if (!shared_) return;
  shared_->jobs.give_up();
  shared_->tending.give_up();
}

}  // namespace minhu::app
