// text_replies DATA LABELS: how many of the labelled hints of answers are right, and how many of
// the empty answers of a random sample are found. Exit 3 when the data is not there.
#include "engines/text/replies.h"

#include <set>

#include "bench/text/labels.h"

namespace {

namespace text = minhu::text;

struct Answer {
  text::Read petition;
  text::Read reply;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const auto rows = bench::rows_of(std::string(argv[1]) + "/answered.csv");
  const auto labels = bench::rows_of(argv[2]);
  if (rows.empty()) return 3;
  const auto words = text::ReplyWords::built_in();
  if (!words || labels.empty()) return 1;
  const text::Lexicon lexicon;
  text::RepliesGiven given(*words);
  std::map<std::string, Answer> answers;
  for (const bench::Row& row : rows) {
    auto petition = text::read(lexicon, row.at("title"), row.at("detail"));
    auto reply = text::read(lexicon, "", row.at("reply"));
    if (!petition || !reply) continue;
    given.add(row.at("id"), *petition, *reply);
    answers[row.at("id")] = {*std::move(petition), *std::move(reply)};
  }
  std::map<std::string, std::set<std::string>> hints;
  std::map<std::string, double> in_all;
  for (const auto& [id, answer] : answers) {
    for (const text::ReplyHint& hint : check_reply(*words, answer.petition, answer.reply)) {
      hints[id].insert(std::string(name(hint.signal)));
    }
    const auto copied = given.find(answer.petition, answer.reply, id);
    if (copied && !copied->same_matter) hints[id].insert("same_words");
    for (const std::string& signal : hints[id]) in_all[signal] += 1;
  }
  struct Right {
    double told = 0, right = 0;
  };
  std::map<std::string, Right> precision;
  Right empty;
  for (const bench::Row& label : labels) {
    const std::string& signal = label.at("signal");
    const bool told = hints[label.at("id")].contains(signal);
    const bool yes = label.at("label") == "yes";
    if (label.at("label") == "unclear") continue;
    if (label.at("drawn") == "random") {
      empty.told += yes ? 1 : 0;
      empty.right += yes && told ? 1 : 0;
    } else if (told) {
      precision[signal].told += 1;
      precision[signal].right += yes ? 1 : 0;
    }
  }
  for (const auto& [signal, count] : precision) {
    bench::tell_share("replies_" + signal + "_right", count.right, count.told, "-");
  }
  bench::tell_share("replies_empty_found", empty.right, empty.told, "-");
  for (const auto& [signal, count] : in_all) {
    std::printf("replies_%s_in_all %.0f answers -\n", signal.c_str(), count);
  }
  return 0;
}
