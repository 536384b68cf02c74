// Policies: what is accepted has one quorum, made of names that it defines, and nobody is never
// enough unless it says so.
#include <algorithm>

#include "engines/merkle/policy.h"
#include "kernel/assert.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace minhu::merkle;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static_cast<void>(accept_checkpoint(TrustPolicy{}, text));
  const auto policy = parse_policy(text);
  if (!policy) return 0;
  MINHU_ASSERT(policy->is_quorum({}) == (policy->quorum == "none"));
  std::vector<std::string> everybody;
  for (const TrustPolicy::Witness& witness : policy->witnesses) everybody.push_back(witness.name);
  MINHU_ASSERT(policy->is_quorum(everybody));
  for (const TrustPolicy::Group& group : policy->groups) {
    MINHU_ASSERT(group.threshold >= 1 && group.threshold <= group.members.size());
  }
  return 0;
}
