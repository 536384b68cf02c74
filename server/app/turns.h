// Which server does what must be done once. Where the data or the keys are in a file there is only
// this one, and it does everything; where several may share both, two leases say (features/leases):
// one of the database of the data for all jobs, one of the database of the keys for their tending.
#pragma once

#include <memory>

#include "app/foundation.h"

namespace minhu::app {

class Turns {
 public:
  // Both outlive it. Nothing is ours before the first tend(), where there may be others.
  Turns(Foundation& foundation, const cases::Installation& installation);
  ~Turns();

  bool are_shared() const { return shared_ != nullptr; }

  // Whether to begin; what is written is looked at again, exactly, by the databases below.
  bool is_ours() const;
  bool keys_are_ours() const;

  // What a job is given: it keeps and reads nothing once another server has had the turn since the
  // call of begin (leases/fenced_database.h). One for the thread of jobs, one for that of the keys,
  // whose store is fenced, too, and one for the record.
  void begin_jobs();
  const cases::Installation& once() const;
  void begin_keys();
  const cases::Installation& keys_once() const;
  void begin_record();
  const cases::Installation& record_once() const;
  bool record_goes_on() const;

  // Every leases::beat_every, on a thread that nothing holds up.
  void tend();
  // At the end, so that the others need not wait.
  void give_up();

 private:
  struct Shared;
  const cases::Installation& installation_;
  std::unique_ptr<Shared> shared_;
};

}  // namespace minhu::app
