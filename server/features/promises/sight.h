// Who may see a promise and who may act on it. Inner header.
#pragma once

#include <optional>

#include "features/accounts/permissions.h"
#include "features/cases/closure.h"
#include "features/promises/posts.h"
#include "features/promises/promise.h"
#include "ports/storage.h"

namespace minhu::promises {

// By the table; the unit that carries it out is its lead unit.
accounts::Decision decide(const cases::Context& context, const Promise& promise,
                          std::string_view permission);

// The case of a promise is behind the seal, or was entered in error: nobody learns of the promise.
bool is_behind_the_seal(const cases::CaseFile& file);

// One actor's sight within one reading.
class PromiseSight {
 public:
  PromiseSight(Reading& reading, const cases::Context& context)
      : reading_(reading), context_(context), cases_(reading, context) {}

  bool may_see(const Promise& promise);
  bool holds(const Promise& promise);  // the post that owns it

 private:
  Reading& reading_;
  const cases::Context& context_;
  cases::Sight cases_;
};

}  // namespace minhu::promises
