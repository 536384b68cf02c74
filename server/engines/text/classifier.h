// Which category a petition belongs to, how sure that is, and which words say so.
//
//   TrainingSet set;                              // base and corrections alike
//   set.add(lexicon, id, title, detail, category);
//   MINHU_TRY(const Model model, set.train());
//   const Suggestion found = model.suggest(page);  // page: what read() gave
//
// A linear model over the features of features.h: every suggestion is a sum of words' weights, and
// explain() gives the sum. Trained by liblinear (one category against the rest, squared hinge
// loss), confidence calibrated on pages that the model had not seen.
//
// What a model holds of people: nothing that can be read. It keeps hashes of features and their
// weights, no text and no id, and only features that stand in at least `least_pages` pages, so that
// no single person's words leave a trace. To erase a page or take back a correction, leave it out
// and train again (seconds): training depends on nothing but the set, so the model is the same,
// byte for byte, as if the page had never been there.
//
// Pure and thread-safe (Model is immutable; a TrainingSet belongs to one thread while it changes).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engines/text/reading.h"
#include "kernel/bytes.h"
#include "kernel/crypto.h"
#include "kernel/result.h"

namespace minhu::text {

// A feature in fewer pages is dropped.
constexpr std::uint32_t least_pages = 3;
// Fewer pages are too few to learn from, in all and of one category.
constexpr std::size_t least_training_pages = 20;
constexpr std::size_t least_pages_of_category = 5;
constexpr std::size_t most_categories = 255;

// What the model could do on pages that it had not seen: cross-validation in ten parts, texts that
// are nearly the same kept in one part, confidence calibrated on the other nine.
struct ModelScores {
  double accuracy = 0;
  double macro_f1 = 0;            // mean over the categories of 2·tp / (2·tp + fp + fn)
  double calibration_error = 0;   // expected, ten bins of equal width
  double accuracy_of_surest = 0;  // of the nine tenths with the highest confidence
};

struct Suggestion {
  std::size_t category = 0;  // of Model::categories()
  double confidence = 0;     // 0 … 1: how often such a suggestion is right
  bool sure = false;         // false: say "not sure"; one in ten pages of training was below
  std::size_t runner_up = 0;
  double runner_up_confidence = 0;
};

struct Reason {
  std::string word;   // in normal form; never a name, a number or a door
  double weight = 0;  // above 0: for the category, below: for the runner-up
};

struct Explained {
  Suggestion suggestion;
  std::vector<Reason> reasons;
};

class TrainingSet;
struct ModelParts;

class Model {
 public:
  // Faults text.model_foreign (not a model file), text.model_newer (of a version that this program
  // does not know), text.model_damaged (the checksum does not fit, or the file is cut short).
  static Result<Model> open(BytesView file);
  Bytes file() const;  // ends in the SHA-256 of all before it

  // The checksum of the file: two models of the same version are the same.
  const Digest& version() const;
  const std::vector<std::string>& categories() const;  // in the order of their bytes
  const ModelScores& scores() const;
  std::size_t training_pages() const;
  // SHA-256 over keys, categories and features of what it was trained on.
  const Digest& training_data() const;
  // Whether it was trained with the words that are built in now; if not, train again when you can.
  bool knows_these_words() const;
  std::size_t features() const;

  Suggestion suggest(const Read& page) const;
  // The same with the words that weigh most between the category and the runner-up: those for it,
  // then those against, heaviest first, at most `most` of each. Nothing that masks hide, nothing
  // without a matter.
  Explained explain(const Read& page, std::size_t most = 5) const;
  // The sums before calibration, one a category.
  std::vector<double> sums(const Read& page) const;

 private:
  friend class TrainingSet;
  explicit Model(std::shared_ptr<const ModelParts> parts) : parts_(std::move(parts)) {}
  std::shared_ptr<const ModelParts> parts_;
};

// Pages with their categories, kept as counted features, not as texts.
class TrainingSet {
 public:
  TrainingSet();
  ~TrainingSet();
  TrainingSet(TrainingSet&&) noexcept;
  TrainingSet& operator=(TrainingSet&&) noexcept;

  // A key that is there already is replaced: so a clerk's correction of page 17 is add("17", …)
  // with the right category. Faults as read(), text.no_category.
  Outcome add(const Lexicon& lexicon, std::string_view key, std::string_view title,
              std::string_view detail, std::string_view category);
  // Erased, or a correction taken back. False when it is not there.
  bool remove(std::string_view key);
  std::size_t size() const;

  // Deterministic: the same pages give the same bytes, in whatever order they came. Faults
  // text.too_few_pages, text.too_few_categories (below two with enough pages),
  // text.too_many_categories. Pages of categories below `least_pages_of_category` are left out.
  Result<Model> train() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

// Two models on the same labelled pages, none of which either should have been trained on.
struct Comparison {
  std::size_t pages = 0;
  double first_accuracy = 0;
  double second_accuracy = 0;
  double first_macro_f1 = 0;
  double second_macro_f1 = 0;
  std::size_t only_first_right = 0;
  std::size_t only_second_right = 0;
  // How likely so uneven a split is when both are equally good (exact sign test, two-sided).
  double chance = 1;
};
struct LabelledPage {
  Read page;
  std::string category;
};
Comparison compare(const Model& first, const Model& second, std::span<const LabelledPage> pages);

// Mean F1 over the categories that stand in `truth`.
double macro_f1(std::span<const std::string> truth, std::span<const std::string> predicted);

}  // namespace minhu::text
