#include "app/schema.h"

#include <algorithm>
#include <initializer_list>
#include <span>

#include "features/accounts/accounts.h"
#include "features/accusations/accusations.h"
#include "features/administration/migrations.h"
#include "features/cases/migrations.h"
#include "features/classes/migrations.h"
#include "features/desk/migrations.h"
#include "features/drafts/migrations.h"
#include "features/insight/migrations.h"
#include "features/knowledge/migrations.h"
#include "features/leases/migrations.h"
#include "features/matters/migrations.h"
#include "features/messages/migrations.h"
#include "features/places_and_units/places_and_units.h"
#include "features/promises/migrations.h"
#include "features/receptions/migrations.h"
#include "features/rechecks/rechecks.h"
#include "features/record/migrations.h"
#include "features/visit_plans/migrations.h"
#include "features/visits/migrations.h"

namespace minhu::app {

std::vector<Migration> schema() {
  std::vector<Migration> steps;
  for (const std::span<const Migration> feature :
       {places_and_units::migrations(), accounts::migrations(), cases::migrations(),
        drafts::migrations(), messages::migrations(), matters::migrations(), desk::migrations(),
        knowledge::migrations(), administration::migrations(), insight::migrations(),
        accusations::migrations(), rechecks::migrations(), classes::migrations(),
        record::migrations(), visits::migrations(), visit_plans::migrations(),
        receptions::migrations(), promises::migrations(), leases::migrations()}) {
    steps.insert(steps.end(), feature.begin(), feature.end());
  }
  std::sort(steps.begin(), steps.end(),
            [](const Migration& a, const Migration& b) { return a.number < b.number; });
  return steps;
}

}  // namespace minhu::app
