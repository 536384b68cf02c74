// A database that keeps its contract (ports/storage.h) to the letter, and nothing beyond it: it
// fails in each of the ways that the contract allows, as the weather has it.
#pragma once

#include <memory>

#include "ports/storage.h"
#include "weather.h"

namespace minhu::simulation {

class ShakenDatabase final : public Database {
 public:
  // `weather` outlives it.
  ShakenDatabase(std::unique_ptr<Database> inner, Weather& weather)
      : inner_(std::move(inner)), weather_(weather) {}

  WriterFigures figures() const override { return inner_->figures(); }
  Outcome write_job(const std::function<Outcome(Transaction&)>& job) override;
  void read_job(const std::function<void(Reading&)>& job) override;

 private:
  // Runs the job and undoes what it did; its exceptions pass.
  void run_in_vain(const std::function<Outcome(Transaction&)>& job);

  std::unique_ptr<Database> inner_;
  Weather& weather_;
};

}  // namespace minhu::simulation
