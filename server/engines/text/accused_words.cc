#include "engines/text/accused_words.h"

#include <array>

#include "kernel/toml.h"
#include "text_words.h"  // generated: minhu_embed

namespace minhu::text {

namespace {

// Thrown inside this file alone, turned into a Fault at its edge.
struct Bad {
  std::string reason;
};

struct CueList {
  std::string_view name;
  std::uint32_t bit;
};
constexpr std::array<CueList, 17> cue_lists{{{"wrong", cue::wrong},
                                             {"fail", cue::fail},
                                             {"turn", cue::turn},
                                             {"towards", cue::towards},
                                             {"going", cue::going},
                                             {"complaint", cue::complaint},
                                             {"request", cue::request},
                                             {"reform", cue::reform},
                                             {"help", cue::help},
                                             {"punish", cue::punish},
                                             {"question", cue::question},
                                             {"blame", cue::question | cue::blame},
                                             {"act", cue::act},
                                             {"praise", cue::praise},
                                             {"tone", cue::tone},
                                             {"urge", cue::urge},
                                             {"none", 0}}};

template <class Use>
void each_word(const toml::table& table, std::string_view key, const Use& use) {
  const auto* node = table.get(key);
  if (node == nullptr) return;
  if (!node->is_array()) throw Bad{"\"" + std::string(key) + "\" is not a list"};
  for (const toml::node& item : *node->as_array()) {
    const auto word = item.value<std::string>();
    if (!word || word->empty()) {
      throw Bad{"\"" + std::string(key) + "\" holds something that is no word"};
    }
    use(*word);
  }
}

const toml::table& table_of(const toml::table& root, std::string_view key) {
  const auto* node = root.get(key);
  if (node == nullptr || !node->is_table()) {
    throw Bad{"there is no [" + std::string(key) + "]"};
  }
  return *node->as_table();
}

void read_family(const toml::table& table, AccusedLists& lists) {
  OfficeFamily family;
  family.code = table["code"].value_or(std::string());
  if (family.code.empty()) throw Bad{"a family has no code"};
  const std::string kind = table["kind"].value_or(std::string("unit"));
  if (kind == "general") {
    family.kind = AccusedKind::general;
  } else if (kind == "firm") {
    family.kind = AccusedKind::firm;
  } else if (kind != "unit") {
    throw Bad{"family " + family.code + " is of no known kind"};
  }
  each_word(table, "names", [&](const std::string& word) { family.names.push_back(word); });
  each_word(table, "without", [&](const std::string& word) { family.without.push_back(word); });
  family.local = table["local"].value_or(false);
  const bool bare = table["bare"].value_or(true);
  const bool listed = table["listed"].value_or(false);
  const auto index = static_cast<std::uint32_t>(lists.families.size());
  const auto add = [&](const std::string& word, bool post) {
    std::uint32_t& value = lists.offices[word];
    if (value != 0) throw Bad{"the word " + word + " stands twice"};
    lists.words.push_back({.family = index, .post = post, .bare = bare, .listed = listed});
    value = static_cast<std::uint32_t>(lists.words.size());
  };
  each_word(table, "words", [&](const std::string& word) { add(word, false); });
  each_word(table, "posts", [&](const std::string& word) { add(word, true); });
  lists.families.push_back(std::move(family));
}

AccusedLists read_lists(std::string_view text) {
  const toml::table root = toml::parse(text);
  AccusedLists lists;
  const auto* families = root.get("family");
  if (families == nullptr || !families->is_array_of_tables()) throw Bad{"there is no [[family]]"};
  for (const toml::node& family : *families->as_array()) read_family(*family.as_table(), lists);
  const auto mark = [&](std::string_view key, bool OfficeWord::* what) {
    each_word(table_of(root, key), "words", [&](const std::string& word) {
      const std::uint32_t value = lists.offices[word];
      if (value == 0)
        throw Bad{"the word " + word + " of [" + std::string(key) + "] is of no family"};
      lists.words[value - 1].*what = true;
    });
  };
  mark("addressed", &OfficeWord::addressed);
  mark("many", &OfficeWord::many);
  each_word(table_of(root, "decoys"), "words",
            [&](const std::string& word) { lists.offices[word] = 0; });

  const toml::table& cues = table_of(root, "cues");
  for (const CueList& list : cue_lists) {
    each_word(cues, list.name, [&](const std::string& word) { lists.cues[word] |= list.bit; });
  }
  const toml::table& endings = table_of(root, "endings");
  each_word(endings, "behind", [&](const std::string& word) { lists.not_behind_ending[word] = 1; });
  each_word(endings, "before", [&](const std::string& word) { lists.not_before_ending[word] = 1; });
  const auto fill = [&](std::string_view key, WordFinder& finder) {
    each_word(cues, key, [&](const std::string& word) { finder[word] = 1; });
    if (finder.empty()) throw Bad{"the list \"" + std::string(key) + "\" is missing"};
  };
  fill("place_after", lists.place_after);
  fill("people_after", lists.people_after);
  fill("people_before", lists.people_before);
  fill("source_before", lists.source_before);
  fill("source_after", lists.source_after);
  fill("address_before", lists.address_before);
  fill("address_after", lists.address_after);
  fill("reader", lists.reader);
  fill("asking", lists.asking);
  return lists;
}

}  // namespace

Result<AccusedWords> AccusedWords::read(std::string_view toml) {
  const auto bad = [](std::string reason) {
    return fail(FaultCode::invalid_input, "text.bad_word_list", "",
                std::map<std::string, std::string>{{"reason", std::move(reason)}});
  };
  try {
    AccusedWords words;
    words.lists_ = std::make_shared<const AccusedLists>(read_lists(toml));
    return words;
  } catch (const Bad& reason) {
    return bad(reason.reason);
  } catch (const toml::parse_error& error) {
    return bad(std::string(error.description()));
  }
}

Result<AccusedWords> AccusedWords::built_in() {
  return read(find_embedded(embedded::text_words(), "accused.toml"));
}

}  // namespace minhu::text
