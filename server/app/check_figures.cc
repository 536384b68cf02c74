// Proof that the figures are what the events give.
#include <fmt/core.h>

#include <chrono>
#include <cstdio>

#include "app/commands.h"
#include "app/terminal.h"
#include "features/insight/sums.h"

namespace minhu::app {

int check_figures(const FoundationOptions& options, bool write_anew) {
  constexpr std::size_t most_named = 50;
  auto opened = Foundation::open(options, WhenMissing::refuse);
  if (!opened) return refuse(opened.error());
  const auto county = (*opened)->county();
  if (!county) return refuse(county.error());
  const auto begun = std::chrono::steady_clock::now();
  const insight::Checked checked =
      insight::check(*(*opened)->database, *county,
                     write_anew ? insight::OnWrong::put_right : insight::OnWrong::report);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  for (std::size_t i = 0; i < checked.wrong.size() && i < most_named; ++i) {
    std::fprintf(stderr, "%s\n", checked.wrong[i].c_str());
  }
  finish(fmt::format("added up {} cases into {} sums in {:.1f} s, {} different", checked.cases,
                     checked.cells, took.count(), checked.wrong.size()));
  return checked.wrong.empty() || write_anew ? done : not_done;
}

}  // namespace minhu::app
