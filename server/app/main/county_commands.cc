// Commands that bring in what a county is made of and say who goes where: import, units, tours,
// visits.
#include "app/commands.h"
#include "app/main/call.h"

namespace minhu::app {

namespace {

void limit_tours(CLI::App& sub, ToursWork& work) {
  sub.add_option("--seconds", work.seconds, "how long to search")->capture_default_str();
  sub.add_option("--iterations", work.iterations,
                 "in place of seconds: the same result on every machine under any load");
  sub.add_option("--seed", work.seed)->capture_default_str();
  sub.add_option("--threads", work.threads, "default: one a processor");
}

}  // namespace

void add_county(CLI::App& cli, Call& call) {
  auto& file = call.keep<std::filesystem::path>();
  auto& scheme = call.keep<std::string>("minhu");
  auto* imports = cli.add_subcommand("import", "bring files in")->require_subcommand(1);
  auto& petitions = call.keep<app::ImportPetitionsOptions>();
  auto* petitions_command =
      command(*imports, call, "petitions", "petitions out of a CSV file; safe to run twice",
              [&call, &petitions] { return app::import_petitions(call.foundation, petitions); });
  petitions_command->add_option("FILE", petitions.file)->required();
  petitions_command->add_option("--map", petitions.maps, "column=field, as often as needed");
  petitions_command->add_option("--track", petitions.track)->capture_default_str();
  petitions_command->add_option("--source", petitions.source, "name of the source");
  petitions_command->add_option(
      "--rejects", petitions.rejects,
      "where rows that cannot be taken are written; default: beside FILE");
  command(*imports, call, "places", "the administrative tree",
          [&call, &file] { return app::import_places(call.foundation, file); })
      ->add_option("FILE", file)
      ->required();
  command(*imports, call, "units", "units (code,name,kind,level,parent,place,leader_post,phone)",
          [&call, &file] { return app::import_units(call.foundation, file); })
      ->add_option("FILE", file)
      ->required();
  command(*imports, call, "rules", "dispatch rules (code,category,area,unit,source)",
          [&call, &file] { return app::import_dispatch_rules(call.foundation, file); })
      ->add_option("FILE", file)
      ->required();
  auto* categories = command(
      *imports, call, "categories", "a category tree of three levels",
      [&call, &file, &scheme] { return app::import_categories(call.foundation, file, scheme); });
  categories->add_option("FILE", file)->required();
  categories->add_option("--scheme", scheme)->capture_default_str();

  auto& text = call.keep<std::string>();
  auto& place = call.keep<std::string>();
  auto& category = call.keep<std::string>();
  auto* units = cli.add_subcommand("units", "who is there for what")->require_subcommand(1);
  auto* explain =
      command(*units, call, "explain", "this text, this place: which unit, by which rule",
              [&call, &text, &place, &category] {
                return app::explain_dispatch(call.foundation, text, place, category);
              });
  explain->add_option("--text", text);
  explain->add_option("--place", place, "code of the place");
  explain->add_option("--category", category, "scheme:code, in place of the text's own");

  auto* tours = cli.add_subcommand("tours", "who goes where on which day")->require_subcommand(1);
  auto& solve = call.keep<app::SolveToursOptions>();
  auto* solve_command = command(*tours, call, "solve", "tours for an instance of the benchmarks",
                                [&solve] { return app::solve_tours(solve); });
  solve_command->add_option("INSTANCE", solve.instance)->required();
  solve_command->add_option("--tours", solve.tours, "how many")->capture_default_str();
  solve_command->add_option("--out", solve.out, "where to write; default: standard output");
  limit_tours(*solve_command, solve.work);
  auto& plan = call.keep<app::PlanToursOptions>();
  auto* plan_command = command(*tours, call, "plan", "visits of several people over several days",
                               [&plan] { return app::plan_tours(plan); });
  plan_command->add_option("PROBLEM", plan.problem, "JSON as in docs/tours.md")->required();
  plan_command->add_option("--language", plan.language, "of the reasons: zh-CN or en")
      ->capture_default_str();
  plan_command->add_option("--out", plan.out, "where to write; default: standard output");
  limit_tours(*plan_command, plan.work);

  auto* visits = cli.add_subcommand("visits", "where leaders go")->require_subcommand(1);
  command(*visits, call, "villages", "where villages lie (code,lon,lat,people[,signal,…])",
          [&call, &file] { return app::import_villages(call.foundation, file); })
      ->add_option("FILE", file)
      ->required();
  auto& visits_audit = call.keep<app::VisitsAuditOptions>();
  auto* visits_audit_command =
      command(*visits, call, "audit", "find what did not go as it was announced",
              [&call, &visits_audit] { return app::audit_visits(call.foundation, visits_audit); });
  visits_audit_command->add_option("--from", visits_audit.from,
                                   "first day, like 2026-11-01; default: the month before this");
  visits_audit_command->add_option("--to", visits_audit.to, "last day");
  auto& lot = call.keep<app::CheckLotOptions>();
  auto* lot_command = command(*visits, call, "check-lot", "draws a published lot again",
                              [&lot] { return app::check_lot(lot); });
  lot_command->add_option("FILE", lot.file, "of /api/v1/plans/MONTH/lot")->required();
  auto* proof = lot_command->add_option("--proof", lot.proof, "of /visits/lots/MONTH/proof");
  lot_command->add_option("--policy", lot.policy, "whose signatures it needs")->needs(proof);
  proof->needs("--policy");
  auto& month = call.keep<app::PlanVisitsOptions>();
  auto* month_command =
      command(*visits, call, "plan", "a month of visits, with a reason for every village",
              [&call, &month] { return app::plan_visits(call.foundation, month); });
  month_command->add_option("MONTH", month.month, "like 2026-12")->required();
  month_command->add_option("--leader", month.leaders, "login=7-11,14: whose days")->required();
  month_command->add_option("--post", month.posts, "login=县委书记: where no register says it");
  month_command->add_option("--portfolio", month.portfolios, "login=全面工作: as --post");
  month_command->add_option("--rank", month.ranks,
                            "login=county_head: nobody of a lower one comes");
  month_command->add_option("--language", month.language, "of the reasons: zh-CN or en")
      ->capture_default_str();
  month_command->add_option("--iterations", month.iterations)->capture_default_str();
  month_command->add_option("--seed", month.seed)->capture_default_str();
  month_command->add_option("--problem", month.problem, "the problem, for `minhu tours plan`");
}

}  // namespace minhu::app
