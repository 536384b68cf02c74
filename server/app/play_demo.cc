#include <fmt/core.h>

#include "adapters/system/system.h"
#include "app/commands.h"
#include "app/library.h"
#include "app/record_setup.h"
#include "app/terminal.h"
#include "features/cases/rebuild.h"
#include "features/demo/bulk.h"
#include "features/demo/demo.h"
#include "features/demo/receptions.h"

namespace minhu::app {

int play_demo(const FoundationOptions& foundation_options, const DemoOptions& options) {
  auto opened = Foundation::open(foundation_options, WhenMissing::create);
  if (!opened) return refuse(opened.error());
  Foundation& foundation = **opened;
  // A database that people have used is never played into.
  const auto before = foundation.profile();
  if (before && before->profile != places_and_units::Profile::demo) {
    return refuse(Fault(FaultCode::conflict, "app.not_a_demo"));
  }
  if (const Outcome built = demo::build_county(*foundation.database); !built) {
    return refuse(built.error());
  }
  const auto county = foundation.county();
  if (!county) return refuse(county.error());
  const auto setup = open_record(foundation.folder, *foundation.database, county->region,
                                 foundation.entropy, "minhu.demo/record");
  if (setup.why) return refuse(*setup.why);

  if (const Outcome put = put_first_texts(foundation, county->region); !put) {
    return refuse(put.error());
  }
  if (const Outcome put = demo::put_articles(*foundation.database, *county, foundation.keyring,
                                             foundation.entropy, foundation.clock.now());
      !put) {
    return refuse(put.error());
  }

  demo::Options order;
  order.seed = options.seed;
  order.months = options.months;
  order.cases = options.cases;
  order.until = to_date(foundation.clock.now());
  // Everything repeats for a seed but the keys: those are this installation's own.
  system::SeededEntropy entropy(options.seed);
  const auto start = std::chrono::steady_clock::now();
  const auto played =
      demo::simulate(*foundation.database, *county, foundation.keyring, entropy, order,
                     [](const demo::Progress& now) {
                       progress(fmt::format("{}: {} cases, {} events", format_date(now.day),
                                            now.cases, now.events));
                     });
  progress("");
  if (!played) return refuse(played.error());
  if (const Outcome put = demo::put_officials(*foundation.database, foundation.clock.now()); !put) {
    return refuse(put.error());
  }
  if (const Outcome put =
          demo::put_visits(*foundation.database, *county, foundation.keyring, entropy, order.until);
      !put) {
    return refuse(put.error());
  }
  if (const Outcome put = demo::put_receptions(*foundation.database, *county, foundation.keyring,
                                               entropy, order.until);
      !put) {
    return refuse(put.error());
  }
  if (const Outcome put = demo::put_promises(*foundation.database, *county, foundation.keyring,
                                             entropy, order.until);
      !put) {
    return refuse(put.error());
  }
  if (const Outcome put = demo::put_villages(*foundation.database); !put) {
    return refuse(put.error());
  }
  progress("planning a month of visits");
  if (const Outcome drawn = demo::put_drawn_lot(*foundation.database, *county, foundation.keyring,
                                                entropy, start_of_day(order.until));
      !drawn) {
    return refuse(drawn.error());
  }
  if (const Outcome planned = demo::plan_a_month(*foundation.database, *county, foundation.keyring,
                                                 entropy, start_of_day(order.until));
      !planned) {
    return refuse(planned.error());
  }
  progress("");
  if (!options.truth.empty()) {
    if (const Outcome kept = demo::write_truth(played->truth, options.truth); !kept) {
      return refuse(kept.error());
    }
  }
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const demo::Summary& summary = played->summary;
  return finish(fmt::format("demo {} cases, {} events, {} open, {} overdue, {:.0f} events/s",
                            summary.cases, summary.events, summary.open, summary.overdue,
                            static_cast<double>(summary.events) / seconds));
}

}  // namespace minhu::app
