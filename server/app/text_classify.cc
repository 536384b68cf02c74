// minhu text train, classify, compare: the classifier of engines/text at the terminal.
#include <fmt/core.h>

#include <chrono>
#include <cstdio>

#include "app/commands.h"
#include "app/sentences.h"
#include "app/terminal.h"
#include "app/text_file.h"
#include "kernel/csv.h"

namespace minhu::app {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string joined(const std::vector<text::Reason>& reasons, bool is_for) {
  std::string out;
  for (const text::Reason& reason : reasons) {
    if ((reason.weight > 0) != is_for) continue;
    if (!out.empty()) out += ' ';
    out += reason.word;
  }
  return out;
}

std::string why(const text::Model& model, const text::Explained& found) {
  const catalogue::Catalogue& say = terminal_language();
  std::vector<std::string> parts;
  if (const std::string words = joined(found.reasons, true); !words.empty()) {
    parts.push_back(say.say("text.why_for", {{"words", words}}));
  }
  if (const std::string words = joined(found.reasons, false); !words.empty()) {
    parts.push_back(say.say("text.why_against", {{"words", words}}));
  }
  if (parts.empty()) parts.push_back(say.say("text.why_nothing"));
  const text::Suggestion& suggestion = found.suggestion;
  if (!suggestion.sure) {
    parts.push_back(
        say.say("text.why_unsure",
                {{"category", model.categories()[suggestion.runner_up]},
                 {"confidence", fmt::format("{:.2f}", suggestion.runner_up_confidence)}}));
  }
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : "; ") + part;
  return out;
}

}  // namespace

int train_classifier(const TrainClassifierOptions& options) {
  const text::Lexicon lexicon;
  text::TrainingSet set;
  std::size_t rows = 0;
  const Outcome read =
      each_text_row(options.labelled, WithCategory::yes, [&](const TextRow& row) -> Outcome {
        ++rows;
        return set.add(lexicon, row.id, row.title, row.detail, row.category);
      });
  if (!read) return refuse(read.error());
  const auto start = Clock::now();
  const Result<text::Model> model = set.train();
  if (!model) return refuse(model.error());
  const double took = seconds_since(start);
  if (const Outcome kept = write_whole(options.out, to_text(model->file())); !kept) {
    return refuse(kept.error());
  }
  if (set.size() < rows) {
    std::fprintf(stderr, "%zu rows repeat an id: the last of each counts\n", rows - set.size());
  }
  const text::ModelScores& scores = model->scores();
  return finish(fmt::format(
      "trained {} on {} pages of {} categories in {:.1f} s: unseen macro-F1 {:.4f}, accuracy "
      "{:.4f}, calibration error {:.4f}, accuracy of the surest nine tenths {:.4f}",
      short_version(*model), model->training_pages(), model->categories().size(), took,
      scores.macro_f1, scores.accuracy, scores.calibration_error, scores.accuracy_of_surest));
}

int classify_file(const ClassifyOptions& options) {
  const Result<text::Model> model = open_model(options.model);
  if (!model) return refuse(model.error());
  const text::Lexicon lexicon;
  std::string out = "id,category,confidence,why\n";
  std::size_t rows = 0;
  std::size_t unsure = 0;
  const auto start = Clock::now();
  const Outcome read =
      each_text_row(options.input, WithCategory::no, [&](const TextRow& row) -> Outcome {
        MINHU_TRY(const text::Read page, text::read(lexicon, row.title, row.detail));
        const text::Explained found = model->explain(page);
        ++rows;
        if (!found.suggestion.sure) ++unsure;
        out += csv_field(row.id) + ',' + csv_field(model->categories()[found.suggestion.category]) +
               ',' + fmt::format("{:.4f}", found.suggestion.confidence) + ',' +
               csv_field(why(*model, found)) + '\n';
        return {};
      });
  if (!read) return refuse(read.error());
  if (const Outcome kept = write_whole(options.out, out); !kept) return refuse(kept.error());
  return finish(fmt::format("classified {} petitions with {} in {:.2f} s, {} not sure", rows,
                            short_version(*model), seconds_since(start), unsure));
}

int compare_models(const CompareModelsOptions& options) {
  const Result<text::Model> first = open_model(options.first);
  if (!first) return refuse(first.error());
  const Result<text::Model> second = open_model(options.second);
  if (!second) return refuse(second.error());
  const text::Lexicon lexicon;
  std::vector<text::LabelledPage> pages;
  const Outcome read =
      each_text_row(options.labelled, WithCategory::yes, [&](const TextRow& row) -> Outcome {
        MINHU_TRY(text::Read page, text::read(lexicon, row.title, row.detail));
        pages.push_back({std::move(page), row.category});
        return {};
      });
  if (!read) return refuse(read.error());
  const text::Comparison found = text::compare(*first, *second, pages);
  std::fprintf(stderr, "%s: trained on %zu pages, macro-F1 %.4f, accuracy %.4f here\n",
               short_version(*first).c_str(), first->training_pages(), found.first_macro_f1,
               found.first_accuracy);
  std::fprintf(stderr, "%s: trained on %zu pages, macro-F1 %.4f, accuracy %.4f here\n",
               short_version(*second).c_str(), second->training_pages(), found.second_macro_f1,
               found.second_accuracy);
  const bool second_is_better = found.only_second_right > found.only_first_right;
  const char* verdict = found.chance > 0.05 ? "no difference that chance would not make"
                        : second_is_better  ? "the second is better"
                                            : "the first is better";
  return finish(fmt::format(
      "{} pages: {} right by the first alone, {} by the second alone; {} (p = {:.3f})", found.pages,
      found.only_first_right, found.only_second_right, verdict, found.chance));
}

}  // namespace minhu::app
