#include "features/matters/learning.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "features/cases/store.h"
#include "features/matters/changes.h"
#include "features/matters/county_words.h"
#include "features/matters/every_case.h"
#include "features/matters/words_of.h"

namespace minhu::matters {

namespace {

std::string scheme_of(std::string_view category) {
  return std::string(category.substr(0, category.find(':')));
}

bool may_be_learnt(const cases::CaseFile& file) {
  return !file.category.empty() && may_be_compared(file);
}

// Ids of sorted cases by scheme, the oldest first: an id begins with its moment.
std::map<std::string, std::vector<cases::CaseId>> sorted_cases(Database& database,
                                                               RegionId region) {
  std::map<std::string, std::vector<cases::CaseId>> sorted;
  each_case(database, region, [&](Reading& reading, const cases::CaseFile& file) {
    if (may_be_learnt(file) && !is_left_out(reading, region, file.id)) {
      sorted[scheme_of(file.category)].push_back(file.id);
    }
    return true;
  });
  return sorted;
}

// Whether one of these sorted ids has changed since then into one that may not be learnt.
bool any_to_be_unlearnt(Reading& reading, RegionId region, Instant since,
                        const std::vector<cases::CaseId>& learnt) {
  constexpr std::int64_t a_page = 500;
  Change last{Instant{since.unix_ms - overlap_ms}, {}};
  for (;;) {
    const auto changed = changes_after(reading, region, last, a_page);
    for (const Change& change : changed) {
      if (!std::binary_search(learnt.begin(), learnt.end(), change.id)) continue;
      const auto file = cases::load_file(reading, region, change.id);
      if (!file || !may_be_learnt(*file) || is_left_out(reading, region, change.id)) return true;
    }
    if (static_cast<std::int64_t>(changed.size()) < a_page) return false;
    last = changed.back();
  }
}

std::int64_t millionths(double share) {
  return std::llround(share * 1'000'000);
}

Fault too_few(std::size_t found) {
  return {
      FaultCode::conflict,
      "matters.too_few_sorted",
      {},
      {{"least", std::to_string(text::least_training_pages)}, {"found", std::to_string(found)}}};
}

}  // namespace

std::int64_t learnable(Database& database, RegionId region) {
  std::size_t most = 0;
  for (const auto& [scheme, ids] : sorted_cases(database, region))
    most = std::max(most, ids.size());
  return static_cast<std::int64_t>(std::min(most, most_learnt));
}

Result<Model> make_model(const cases::Installation& installation) {
  Database& database = installation.database;
  const RegionId region = installation.county.region;
  const Instant begun = installation.clock.now();
  auto sorted = sorted_cases(database, region);
  const auto largest = std::max_element(
      sorted.begin(), sorted.end(),
      [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
  if (largest == sorted.end()) return tl::unexpected<Fault>(too_few(0));
  std::vector<cases::CaseId>& ids = largest->second;
  if (ids.size() > most_learnt) {
    ids.erase(ids.begin(), ids.end() - static_cast<std::ptrdiff_t>(most_learnt));
  }
  const text::Lexicon lexicon =
      database.read([&](Reading& reading) { return county_lexicon(reading, region); });
  text::TrainingSet set;
  constexpr std::size_t a_page = 200;
  for (std::size_t from = 0; from < ids.size(); from += a_page) {
    database.read_job([&](Reading& reading) {
      const std::size_t size = std::min(a_page, ids.size() - from);
      auto files = cases::load_files(reading, region, std::span(ids).subspan(from, size));
      std::erase_if(files, [](const cases::CaseFile& file) { return !may_be_learnt(file); });
      const auto words = words_of(reading, region, installation.keyring, files);
      for (const cases::CaseFile& file : files) {
        const auto found = words.find(file.id);
        if (found == words.end()) continue;
        // What reading refuses teaches nothing.
        const auto& [title, said] = found->second;
        (void)set.add(lexicon, file.id.text(), title, said, file.category);
      }
    });
  }
  auto trained = set.train();
  if (!trained) return tl::unexpected<Fault>(too_few(set.size()));
  const text::ModelScores& scores = trained->scores();
  const auto pages = static_cast<std::int64_t>(trained->training_pages());
  Model model;
  model.version = to_hex(trained->version());
  model.scheme = largest->first;
  model.made_at = installation.clock.now();
  model.learnt = pages;
  model.scores = {pages, millionths(scores.accuracy), millionths(scores.macro_f1),
                  millionths(scores.calibration_error), millionths(scores.accuracy_of_surest)};
  const Bytes bytes = trained->file();
  MINHU_CHECK_OK(database.write_job([&](Transaction& transaction) -> Outcome {
    store_model(transaction, region, model, bytes);
    // What was erased meanwhile outdated the models that there were, and this was none of them.
    model.outdated = any_to_be_unlearnt(transaction, region, begun, ids);
    if (model.outdated) outdate_models(transaction, region, model.made_at);
    return {};
  }));
  return model;
}

bool renew_models(const cases::Installation& installation) {
  const RegionId region = installation.county.region;
  const auto all =
      installation.database.read([&](Reading& reading) { return all_models(reading, region); });
  const bool in_use_is_outdated = std::any_of(all.begin(), all.end(), [](const Model& model) {
    return model.outdated && model.state == ModelState::in_use;
  });
  std::optional<std::string> renewed;
  if (in_use_is_outdated) {
    if (const auto made = make_model(installation)) renewed = made->version;
  }
  bool done = false;
  const Outcome kept = installation.database.write_job([&](Transaction& transaction) -> Outcome {
    for (const Model& model : all) {
      if (!model.outdated || model.version == renewed) continue;
      forget_model(transaction, region, model.version);
      done = true;
    }
    if (renewed) MINHU_CHECK_OK(use_model(transaction, region, *renewed));
    return {};
  });
  return kept && done;
}

}  // namespace minhu::matters
