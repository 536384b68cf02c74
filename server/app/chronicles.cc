#include "app/chronicles.h"

#include <array>

#include "features/promises/chronicle.h"
#include "features/receptions/chronicle.h"
#include "features/visits/chronicle.h"

namespace minhu::app {

record::Chronicles chronicles() {
  static const std::array<const state_machine::Chronicle*, 4> all{
      &visits::chronicle(), &receptions::chronicle(), &promises::chronicle(),
      &promises::relay_chronicle()};
  return all;
}

}  // namespace minhu::app
