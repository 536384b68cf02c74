// Problems of the planner: whatever is accepted gets a plan in which every stop has its reason.
#include "engines/tours/plan_oracle.h"
#include "kernel/assert.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace minhu;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto problem = tours::read_problem(text);
  if (!problem || problem->stops.size() > 50 || problem->days.size() > 20) return 0;
  tours::Work work;
  work.iterations = 20;
  const tours::Plan plan = tours::make_plan(*problem, work);
  MINHU_ASSERT(tours::check_plan(*problem, plan).empty());
  MINHU_ASSERT(!tours::write_plan(*problem, plan, [](const auto& why) { return why.key; }).empty());
  return 0;
}
