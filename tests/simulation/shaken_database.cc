#include "shaken_database.h"

namespace minhu::simulation {

namespace {

Fault undone() {
  return Fault(FaultCode::unavailable, "storage.unreachable");
}
Fault untold() {
  return Fault(FaultCode::unavailable, "storage.perhaps_kept");
}

}  // namespace

void ShakenDatabase::run_in_vain(const std::function<Outcome(Transaction&)>& job) {
  (void)inner_->write_job([&](Transaction& transaction) -> Outcome {
    (void)job(transaction);
    return tl::unexpected<Fault>(undone());
  });
}

Outcome ShakenDatabase::write_job(const std::function<Outcome(Transaction&)>& job) {
  switch (weather_.of_a_write()) {
    case Trouble::none:
      return inner_->write_job(job);
    case Trouble::refused:
      return tl::unexpected<Fault>(undone());
    case Trouble::undone:
      run_in_vain(job);
      return tl::unexpected<Fault>(undone());
    case Trouble::kept_untold: {
      const Outcome done = inner_->write_job(job);
      return done ? Outcome(tl::unexpected<Fault>(untold())) : done;
    }
    case Trouble::undone_untold:
      run_in_vain(job);
      return tl::unexpected<Fault>(untold());
    case Trouble::twice:
      run_in_vain(job);
      return inner_->write_job(job);
    case Trouble::full:
      return fail(FaultCode::out_of_storage, "storage.full");
    case Trouble::killed_before:
      run_in_vain(job);
      weather_.kill();
    case Trouble::killed_after:
      (void)inner_->write_job(job);
      weather_.kill();
  }
  return inner_->write_job(job);
}

void ShakenDatabase::read_job(const std::function<void(Reading&)>& job) {
  const Trouble trouble = weather_.of_a_read();
  if (trouble == Trouble::refused) throw StorageUnreachable("the weather");
  if (trouble == Trouble::killed_before) weather_.kill();
  inner_->read_job(job);
}

}  // namespace minhu::simulation
