// P2, the public ledger: what was solved as a class, what is under way, and what was refused and
// why. The same for everybody.
#include <algorithm>
#include <array>

#include "adapters/pages/class_lines.h"
#include "adapters/pages/handlers.h"

namespace minhu::pages {

namespace {

using classes::PublicState;

struct Part {
  PublicState state;
  std::string_view name;
  bool hint;
};
constexpr std::array parts{
    Part{PublicState::solved, "solved", false}, Part{PublicState::came_back, "came_back", false},
    Part{PublicState::under_way, "under_way", false}, Part{PublicState::refused, "refused", true}};

}  // namespace

http::Response show_classes(const Site& site, const http::Request& request) {
  const auto lines = site.cache.ledger.of(site.installation);
  const auto& say = site.surface.sentences(request);
  const Date today = to_date(site.installation.clock.now(), site.installation.county.rules.zone);
  const double most = most_a_month(*lines);
  templates::Values values;
  values.show_if(lines->empty(), "EMPTY");
  for (const Part& part : parts) {
    templates::Values* shown = nullptr;
    for (const KeptLine& kept : *lines) {
      if (kept.line.published.state != part.state) continue;
      if (shown == nullptr) {
        shown = &values.add("PART");
        const std::string key = "residents.classes." + std::string(part.name);
        shown->set("NAME", say.say(key));
        if (part.hint) shown->add("HINT").set("TEXT", say.say(key + "_hint"));
      }
      show_class(say, today, most, kept, shown->add("CLASS"));
    }
  }
  return site.surface.page(request, "classes", values,
                           {say.say("residents.classes.title"), 200, Keep::five_minutes});
}

}  // namespace minhu::pages
