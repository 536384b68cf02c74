#include "lists.h"

#include <array>

#include "features/cases/test_lines.h"

namespace minhu::simulation {

std::string difference_in_queue(Program& program, const accounts::Account& official,
                                const std::string& part) {
  constexpr std::array parts{cases::Part::dispatch,  cases::Part::lead,  cases::Part::co,
                             cases::Part::call_back, cases::Part::close, cases::Part::asked,
                             cases::Part::review,    cases::Part::reopen};
  const Weather::Pause calm(program.weather());
  app::Foundation& foundation = program.foundation();
  cases::OtherMemory none(*foundation.keys, foundation.keyring, foundation.entropy, 0);
  for (const cases::Part asked : parts) {
    if (cases::name(asked) != part) continue;
    const auto page = [&](const cases::Keyring& keyring) {
      const cases::Context context{program.county(), keyring, foundation.entropy, program.now(),
                                   official.principal};
      return foundation.database->read([&](Reading& reading) {
        return cases::queue_of(reading, context, {asked}, std::nullopt, 50);
      });
    };
    if (cases::same_page(page(foundation.keyring), page(none.keyring))) return {};
    return "the queue " + part + " says something else from memory";
  }
  return "no part of a queue: " + part;
}

}  // namespace minhu::simulation
