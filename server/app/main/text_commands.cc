// Commands that read petitions, files in and files out: text.
#include "app/commands.h"
#include "app/main/call.h"

namespace minhu::app {

void add_texts(CLI::App& cli, Call& call) {
  auto* texts =
      cli.add_subcommand("text", "reading petitions: files in, files out")->require_subcommand(1);
  auto& train = call.keep<app::TrainClassifierOptions>();
  auto* train_command =
      file_command(*texts, call, "train", "learn categories from id,title,detail,category",
                   [&train] { return app::train_classifier(train); });
  train_command->add_option("LABELLED", train.labelled)->required();
  train_command->add_option("--out", train.out, "where the model is written")->required();
  auto& classify = call.keep<app::ClassifyOptions>();
  auto* classify_command =
      file_command(*texts, call, "classify", "suggest a category for each id,title,detail",
                   [&classify] { return app::classify_file(classify); });
  classify_command->add_option("MODEL", classify.model)->required();
  classify_command->add_option("INPUT", classify.input)->required();
  classify_command->add_option("--out", classify.out, "id,category,confidence,why")->required();
  auto& accused = call.keep<app::TextAccusedOptions>();
  auto* accused_command =
      file_command(*texts, call, "accused", "which offices and posts the texts complain of",
                   [&accused] { return app::find_accused_units(accused); });
  accused_command->add_option("INPUT", accused.file, "CSV: id,title,detail")->required();
  accused_command->add_option("--out", accused.out, "CSV: a row for each mention")->required();
  accused_command->add_option("--units", accused.units, "CSV: code,name of the county's units");
  auto& replies = call.keep<app::TextRepliesOptions>();
  auto* replies_command =
      file_command(*texts, call, "replies", "what the answers to petitions lack",
                   [&replies] { return app::check_replies(replies); });
  replies_command->add_option("INPUT", replies.file, "CSV: id,title,detail,reply")->required();
  replies_command->add_option("--out", replies.out, "CSV: a row for each hint")->required();
  auto& compare = call.keep<app::CompareModelsOptions>();
  auto& group = call.keep<app::TextGroupOptions>();
  auto* group_command =
      file_command(*texts, call, "group", "which petitions speak of the same issue",
                   [&group] { return app::group_texts(group); });
  group_command->add_option("INPUT", group.file, "CSV: id,title,detail")->required();
  group_command->add_option("--out", group.out, "CSV: id,group,why; no group: alone")->required();
  group_command->add_option("--workers", group.workers, "threads; default: one a processor");

  auto& index = call.keep<app::TextIndexOptions>();
  auto* index_command =
      file_command(*texts, call, "index", "an index of petitions to ask for similar ones",
                   [&index] { return app::index_texts(index); });
  index_command->add_option("INPUT", index.file, "CSV: id,title,detail")->required();
  index_command->add_option("--out", index.out, "the index")->required();
  index_command->add_option("--workers", index.workers, "threads; default: one a processor");

  auto& similar = call.keep<app::TextSimilarOptions>();
  auto* similar_command =
      file_command(*texts, call, "similar", "the petitions nearest to a text, or to one of them",
                   [&similar] { return app::similar_texts(similar); });
  similar_command->add_option("INDEX", similar.index)->required();
  auto* query_option = similar_command->add_option("--query", similar.query, "a text");
  similar_command->add_option("--id", similar.id, "a petition of the index")
      ->excludes(query_option);
  similar_command->add_option("--most", similar.most)->capture_default_str();

  auto* compare_command =
      file_command(*texts, call, "compare", "two models on the same labelled petitions",
                   [&compare] { return app::compare_models(compare); });
  compare_command->add_option("FIRST", compare.first)->required();
  compare_command->add_option("SECOND", compare.second)->required();
  compare_command->add_option("LABELLED", compare.labelled)->required();
}

}  // namespace minhu::app
