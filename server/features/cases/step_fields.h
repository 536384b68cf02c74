// What a step brought, checked against the fields of its edge: facts that go into the event, words
// that go into the store.
#pragma once

#include <vector>

#include "features/cases/context.h"
#include "features/cases/edges.h"
#include "features/cases/event.h"
#include "features/cases/steps.h"

namespace minhu::cases {

struct CheckedFields {
  Facts facts;
  struct Words {
    std::string field;
    ContentRole role;
    std::string text;
  };
  std::vector<Words> words;
};

// Faults: invalid_input cases.field_missing, cases.field_unknown, cases.field_wrong, each with
// `field`.
Result<CheckedFields> check_fields(Reading& reading, const Context& context, const Edge& edge,
                                   const Step& step);

}  // namespace minhu::cases
