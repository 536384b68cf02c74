#include "app/chronicles.h"

#include <array>

#include "features/classes/chronicle.h"
#include "features/promises/chronicle.h"
#include "features/receptions/chronicle.h"
#include "features/visit_plans/chronicles.h"
#include "features/visits/chronicle.h"

namespace minhu::app {

record::Chronicles chronicles() {
  static const std::array<const state_machine::Chronicle*, 10> all{
      &classes::chronicle(),          &visits::chronicle(),
      &receptions::chronicle(),       &promises::chronicle(),
      &promises::relay_chronicle(),   &visit_plans::month_chronicle(),
      &visit_plans::lot_chronicle(),  &visit_plans::wish_chronicle(),
      &visit_plans::plan_chronicle(), &visit_plans::investigation_chronicle()};
  return all;
}

}  // namespace minhu::app
