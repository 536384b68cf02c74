#include "adapters/pages/public_figures.h"

#include "kernel/crypto.h"

namespace minhu::pages {

namespace {

// A year of quarters that are over.
constexpr int quarters_shown = 4;

std::shared_ptr<const PublicFigures> put_together(const cases::Installation& installation,
                                                  Instant now) {
  const cases::County& county = installation.county;
  auto made = std::make_shared<PublicFigures>();
  made->made_at = now;
  made->next = insight::next_published(county, now);
  installation.database.read_job([&](Reading& reading) {
    made->quarters = insight::finished_quarters(reading, county, now, quarters_shown);
  });
  made->csv = figures_csv(*made, county.name);
  made->json = figures_json(*made, county.name);
  made->csv_sha256 = to_hex(sha256(as_bytes(made->csv)));
  made->json_sha256 = to_hex(sha256(as_bytes(made->json)));
  return made;
}

}  // namespace

const insight::Quarter* PublicFigures::quarter(std::string_view name) const {
  for (const insight::Quarter& one : quarters) {
    if (one.period.name == name) return &one;
  }
  return quarters.empty() ? nullptr : &quarters.front();
}

std::shared_ptr<const PublicFigures> FiguresKept::of(const cases::Installation& installation) {
  const Instant now = installation.clock.now();
  return kept_.of(now, [&] { return put_together(installation, now); });
}

void FiguresKept::renew(const cases::Installation& installation) {
  const Instant now = installation.clock.now();
  const auto zone = installation.county.rules.zone;
  const auto kept = kept_.now_kept();
  if (kept && to_date(kept->made_at, zone) == to_date(now, zone)) return;
  kept_.renew(now, [&] { return put_together(installation, now); });
}

}  // namespace minhu::pages
