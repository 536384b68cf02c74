// text_accused DATA LABELS: how many of the labelled offices and posts are found, and how many of
// those found are right. DATA is the folder of the petitions, LABELS accused_units.csv. Exit 3
// when the data is not there.
#include "engines/text/accused.h"

#include <algorithm>
#include <set>

#include "bench/text/labels.h"

namespace {

namespace text = minhu::text;

struct Span {
  std::string field;
  std::size_t begin = 0;  // characters
  std::size_t end = 0;
};

struct Office {
  std::vector<Span> spans;
  std::string kind;
  std::string accused;
};

struct Labelled {
  std::string half;
  std::map<std::string, Office> offices;  // by `same`
};

struct Counts {
  double offices = 0, offices_found = 0, texts = 0, texts_whole = 0;
  double texts_told = 0, texts_rightly_told = 0, names = 0, names_right = 0;
};

std::size_t characters(std::string_view text, std::size_t bytes) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(bytes),
                    [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

bool touches(const Office& office, const Span& found) {
  return std::any_of(office.spans.begin(), office.spans.end(), [&](const Span& span) {
    return span.field == found.field && span.begin < found.end && span.end > found.begin;
  });
}

bool is_office(std::string_view kind) {
  return kind == "unit" || kind == "post";
}

void count(const Labelled& labelled, const bench::Row& petition,
           const std::vector<text::Accused>& accused, Counts& counts) {
  std::vector<Span> found;
  std::map<std::string, std::vector<Span>> by_word;
  for (const text::Accused& one : accused) {
    const bool title = one.field == text::Field::title;
    const std::string& whole = petition.at(title ? "title" : "detail");
    const Span span{title ? "title" : "detail", characters(whole, one.begin),
                    characters(whole, one.end)};
    found.push_back(span);
    if (is_office(name(one.kind))) by_word[one.word].push_back(span);
  }
  bool any = false;
  bool all = true;
  bool unclear = false;
  for (const auto& [number, office] : labelled.offices) {
    if (!is_office(office.kind)) continue;
    unclear = unclear || office.accused == "unclear";
    if (office.accused != "yes") continue;
    const bool hit = std::any_of(found.begin(), found.end(),
                                 [&](const Span& span) { return touches(office, span); });
    any = true;
    all = all && hit;
    counts.offices += 1;
    counts.offices_found += hit ? 1 : 0;
  }
  counts.texts += any ? 1 : 0;
  counts.texts_whole += any && all ? 1 : 0;
  if (!by_word.empty() && (any || !unclear)) {
    counts.texts_told += 1;
    counts.texts_rightly_told += any ? 1 : 0;
  }
  for (const auto& [word, spans] : by_word) {
    std::set<std::string> said;
    for (const auto& [number, office] : labelled.offices) {
      if (std::any_of(spans.begin(), spans.end(),
                      [&](const Span& span) { return touches(office, span); })) {
        said.insert(office.accused);
      }
    }
    if (!said.contains("yes") && said.contains("unclear")) continue;
    counts.names += 1;
    counts.names_right += said.contains("yes") ? 1 : 0;
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const std::string data = argv[1];
  std::map<std::pair<std::string, std::string>, Labelled> labels;
  for (const bench::Row& row : bench::rows_of(argv[2])) {
    Labelled& labelled = labels[{row.at("file"), row.at("id")}];
    labelled.half = row.at("half");
    if (row.at("kind") == "none") continue;
    Office& office = labelled.offices[row.at("same")];
    office.kind = row.at("kind");
    office.accused = row.at("accused");
    office.spans.push_back(
        {row.at("field"), std::stoul(row.at("start")), std::stoul(row.at("end"))});
  }
  const auto words = text::AccusedWords::built_in();
  if (!words || labels.empty()) return 1;
  const text::Lexicon lexicon;
  std::map<std::string, Counts> halves;
  for (const std::string file : {"unlabelled", "labelled", "answered"}) {
    const auto petitions = bench::rows_of(data + "/" + file + ".csv");
    if (petitions.empty()) return 3;
    for (const bench::Row& petition : petitions) {
      const auto labelled = labels.find({file, petition.at("id")});
      if (labelled == labels.end()) continue;
      const auto read = text::read(lexicon, petition.at("title"), petition.at("detail"));
      if (!read) return 1;
      count(labelled->second, petition, find_accused(*words, *read), halves[labelled->second.half]);
    }
  }
  for (const auto& [half, counts] : halves) {
    const std::string name = "accused_" + half;
    bench::tell_share(name + "_offices_found", counts.offices_found, counts.offices,
                      half == "held_out" ? ">= 0.95" : "-");
    bench::tell_share(name + "_texts_with_all_found", counts.texts_whole, counts.texts, "-");
    bench::tell_share(name + "_texts_rightly_told", counts.texts_rightly_told, counts.texts_told,
                      "-");
    bench::tell_share(name + "_names_right", counts.names_right, counts.names, "-");
  }
  return 0;
}
