// text_classify LABELLED [ROUNDS]: prints `figure value unit goal` for the classifier and the
// reader.
//
// Nested cross-validation: five parts, near-duplicates in one part; for each part a model is
// trained on the other four as `minhu text train` would, with its own inner folds for the
// calibration, and judged on the part. No constant of the model was chosen on these folds. Each
// round deals anew.
#include <fmt/core.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <numeric>

#include "engines/text/calibration.h"
#include "engines/text/classifier.h"
#include "engines/text/folds.h"
#include "kernel/assert.h"
#include "kernel/csv.h"
#include "kernel/utf8.h"

namespace {

using namespace minhu;

constexpr std::size_t parts = 5;

struct Petition {
  std::string id;
  std::string title;
  std::string detail;
  std::string category;
};

std::vector<Petition> petitions_of(const char* file) {
  std::vector<Petition> petitions;
  std::ifstream in(file, std::ios::binary);
  CsvReader reader(in);
  CsvRow row;
  if (!in || !reader.next(row).value_or(false)) return petitions;
  const auto id = column_of(row, "id");
  const auto title = column_of(row, "title");
  const auto detail = column_of(row, "detail");
  const auto category = column_of(row, "category");
  if (!id || !title || !detail || !category) return petitions;
  while (reader.next(row).value_or(false)) {
    petitions.push_back(
        {row.fields[*id], row.fields[*title], row.fields[*detail], row.fields[*category]});
  }
  return petitions;
}

// Sooner or later by a number that has nothing to do with the text.
void shuffle(std::vector<Petition>& petitions, std::uint64_t round) {
  const auto place = [&](const Petition& petition) {
    return text::word_hash(petition.id + "/" + std::to_string(round));
  };
  std::sort(petitions.begin(), petitions.end(), [&](const Petition& a, const Petition& b) {
    return std::pair(place(a), a.id) < std::pair(place(b), b.id);
  });
}

void add(const text::Lexicon& lexicon, const Petition& p, text::TrainingSet& set) {
  MINHU_ASSERT(set.add(lexicon, p.id, p.title, p.detail, p.category).has_value());
}

std::size_t place_in(const std::vector<std::string>& names, const std::string& name) {
  return static_cast<std::size_t>(std::lower_bound(names.begin(), names.end(), name) -
                                  names.begin());
}

std::vector<text::Judged> judge_unseen(const text::Lexicon& lexicon,
                                       const std::vector<Petition>& petitions,
                                       const std::vector<std::string>& names) {
  std::vector<std::vector<std::uint32_t>> sketches;
  std::vector<std::size_t> categories;
  for (const Petition& petition : petitions) {
    sketches.push_back(
        text::sketch_of(text::read(lexicon, petition.title, petition.detail).value()));
    categories.push_back(place_in(names, petition.category));
  }
  const auto fold_of = text::deal_folds(text::near_duplicates(sketches), categories, parts);
  std::vector<text::Judged> judged;
  for (std::size_t part = 0; part < parts; ++part) {
    text::TrainingSet set;
    for (std::size_t i = 0; i < petitions.size(); ++i) {
      const Petition& p = petitions[i];
      if (fold_of[i] != part) add(lexicon, p, set);
    }
    const text::Model model = set.train().value();
    for (std::size_t i = 0; i < petitions.size(); ++i) {
      if (fold_of[i] != part) continue;
      const text::Suggestion found =
          model.suggest(text::read(lexicon, petitions[i].title, petitions[i].detail).value());
      judged.push_back(
          {categories[i], place_in(names, model.categories()[found.category]), found.confidence});
    }
  }
  return judged;
}

double accuracy_of_surest(std::vector<text::Judged> judged) {
  std::stable_sort(judged.begin(), judged.end(),
                   [](const auto& a, const auto& b) { return a.confidence > b.confidence; });
  judged.resize(judged.size() * 9 / 10);
  return text::accuracy(judged);
}

// Millions of characters a second of one core's time, CSV left out.
struct Speed {
  double reading = 0;
  double with_reasons = 0;
};
Speed measure_speed(const text::Lexicon& lexicon, const std::vector<Petition>& petitions,
                    const text::Model& model) {
  std::size_t characters = 0;
  for (const Petition& p : petitions) characters += code_points(p.title) + code_points(p.detail);
  const auto seconds = [&](auto use) {
    const std::clock_t start = std::clock();
    for (const Petition& p : petitions) use(text::read(lexicon, p.title, p.detail).value());
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  };
  std::size_t seen = 0;  // so that nothing is optimised away
  const double reading = seconds([&](const text::Read& page) { seen += page.tokens.size(); });
  const double all =
      seconds([&](const text::Read& page) { seen += model.explain(page).reasons.size(); });
  const double millions = seen > 0 ? static_cast<double>(characters) / 1e6 : 0;
  return {millions / reading, millions / all};
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return 2;
  std::vector<Petition> petitions = petitions_of(arguments[1]);
  if (petitions.empty()) return 1;
  const int rounds = count > 2 ? std::max(1, std::atoi(arguments[2])) : 1;
  const text::Lexicon lexicon;
  std::vector<std::string> names;
  for (const Petition& petition : petitions) names.push_back(petition.category);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());

  double f1 = 0;
  double right = 0;
  double error = 0;
  double surest = 0;
  for (int round = 0; round < rounds; ++round) {
    shuffle(petitions, static_cast<std::uint64_t>(round));
    const auto judged = judge_unseen(lexicon, petitions, names);
    f1 += text::macro_f1(judged, names.size()) / rounds;
    right += text::accuracy(judged) / rounds;
    error += text::calibration_error(judged) / rounds;
    surest += accuracy_of_surest(judged) / rounds;
  }
  text::TrainingSet set;
  for (const Petition& p : petitions) {
    add(lexicon, p, set);
  }
  const std::clock_t start = std::clock();
  const text::Model model = set.train().value();
  const double training = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  const Speed speed = measure_speed(lexicon, petitions, model);
  fmt::print("categories_macro_f1 {:.4f} share >= 0.895\n", f1);
  fmt::print("categories_accuracy {:.4f} share -\n", right);
  fmt::print("categories_calibration_error {:.4f} share <= 0.03\n", error);
  fmt::print("categories_accuracy_of_surest_nine_tenths {:.4f} share >= 0.93\n", surest);
  fmt::print("categories_training {:.1f} s -\n", training);
  fmt::print("categories_model {:.1f} MB -\n", static_cast<double>(model.file().size()) / 1e6);
  fmt::print("reading {:.2f} Mchar/s -\n", speed.reading);
  fmt::print("reading_classifying_reasons {:.2f} Mchar/s >= 1.5\n", speed.with_reasons);
}
