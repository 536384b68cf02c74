#include "features/demo/story.h"

namespace minhu::demo {

namespace {

constexpr std::int64_t fewest_cases = 50;

bool any_case(Reading& reading, RegionId region) {
  return reading
      .first("SELECT 1 FROM case_file WHERE region_id = ?1 LIMIT 1", {param(region)},
             [](const Row&) { return true; })
      .value_or(false);
}

}  // namespace

Result<Played> simulate(Database& database, const cases::County& county,
                        const cases::Keyring& keyring, Entropy& entropy, const Options& options,
                        const OnProgress& on_progress) {
  if (options.cases < fewest_cases || options.months < 1) {
    return fail(FaultCode::invalid_input, "demo.not_so_few");
  }
  if (database.read([&](Reading& reading) { return any_case(reading, county.region); })) {
    return fail(FaultCode::conflict, "demo.not_empty");
  }
  const Book book = read_book();
  Story story(book, county, keyring, entropy, options);
  MINHU_CHECK_OK(story.play(database, on_progress));
  return story.played();
}

}  // namespace minhu::demo
