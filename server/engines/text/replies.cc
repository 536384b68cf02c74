#include "engines/text/replies.h"

#include <algorithm>
#include <array>

#include "engines/text/clauses.h"
#include "engines/text/reply_lists.h"
#include "kernel/toml.h"
#include "text_words.h"  // generated: minhu_embed

namespace minhu::text {

namespace {

// Of an answer that says nothing, at most so many characters are left without its formulas: a
// unit's name under it, a greeting that no list knows.
constexpr std::uint32_t empty_characters = 12;
// Without courtesies, promises and considerations: what is left of an answer without a result.
constexpr std::uint32_t considered_characters = 40;
// An answer that shares not one of so many words of the petition speaks of something else.
constexpr std::size_t least_words = 5;
constexpr std::size_t first_words = 40;

struct ListName {
  std::string_view name;
  std::uint32_t bit;
};
constexpr std::array<ListName, 10> list_names{{{"formula", reply::formula},
                                               {"forwarded", reply::forwarded},
                                               {"substance", reply::substance},
                                               {"considered", reply::considered},
                                               {"promise", reply::promise},
                                               {"no_promise", 0},
                                               {"by_when", reply::by_when},
                                               {"refusal", reply::refusal},
                                               {"basis", reply::basis},
                                               {"contact", reply::contact}}};

// What makes a clause and what makes a promise are searched apart: a word may be in both.
WordFinder& finder_of(ReplyLists& lists, std::string_view name) {
  if (name == "promise" || name == "no_promise") return lists.promises;
  if (name == "by_when") return lists.days;
  if (name == "refusal") return lists.refusals;
  if (name == "basis") return lists.bases;
  if (name == "contact") return lists.contacts;
  return lists.clauses;
}

std::string fill(const toml::table& root, ReplyLists& lists) {
  for (const ListName& list : list_names) {
    const auto* node = root.get(list.name);
    if (node == nullptr || !node->is_array() || node->as_array()->empty()) {
      return "the list \"" + std::string(list.name) + "\" is missing";
    }
    for (const toml::node& item : *node->as_array()) {
      const auto word = item.value<std::string>();
      if (!word || word->empty()) {
        return "\"" + std::string(list.name) + "\" holds something that is no word";
      }
      finder_of(lists, list.name)[*word] |= list.bit;
    }
  }
  return {};
}

bool is_chinese(std::string_view character) {
  return character.size() == 3 && character >= "\xE4\xB8\x80" && character <= "\xE9\xBF\xBF";
}

std::uint32_t chinese_characters(std::string_view text) {
  std::uint32_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = character_bytes(text[at]);
    if (is_chinese(text.substr(at, bytes))) ++count;
    at += bytes;
  }
  return count;
}

class Check {
 public:
  Check(const ReplyLists& lists, const Read& petition, const Read& reply)
      : lists_(lists), petition_(petition), reply_(reply), clauses_(cut_clauses(reply)) {}

  std::vector<ReplyHint> run() {
    if (is_empty()) {
      hint(ReplySignal::empty);
      return std::move(hints_);
    }
    if (!has_result_ && kept_ <= considered_characters) hint(ReplySignal::no_result);
    look_at_matter();
    look_at_promises();
    look_at_refusals();
    look_at_contact();
    return std::move(hints_);
  }

 private:
  std::string_view text_of(const Clause& clause) const {
    return std::string_view(reply_.normal).substr(clause.begin, clause.end - clause.begin);
  }
  void hint(ReplySignal signal, std::vector<Passage> where = {}) {
    hints_.push_back({signal, std::move(where)});
  }
  Passage passage(std::uint32_t begin, std::uint32_t end) const {
    return {given_begin(reply_, begin), given_end(reply_, end)};
  }
  bool holds(const Clause& clause, std::initializer_list<EntityKind> kinds) const {
    return std::any_of(reply_.entities.begin(), reply_.entities.end(), [&](const Entity& entity) {
      return entity.normal_begin < clause.end && entity.normal_end > clause.begin &&
             std::find(kinds.begin(), kinds.end(), entity.kind) != kinds.end();
    });
  }

  bool is_empty() {
    std::uint32_t content = 0;
    for (const Clause& clause : clauses_) {
      const std::string_view text = text_of(clause);
      std::uint32_t found = 0;
      for (const WordFinder::Hit& hit : lists_.clauses.find(text)) found |= hit.value;
      // 已转县交通局调查处理 forwards, whatever else stands in it.
      if ((found & reply::forwarded) != 0) continue;
      if ((found & reply::substance) != 0) has_result_ = true;
      if ((found & reply::formula) != 0 && (found & reply::substance) == 0) continue;
      const std::uint32_t characters = chinese_characters(without_dates(clause));
      content += characters;
      const bool undecided =
          (found & reply::considered) != 0 || !lists_.promises.find(text).empty();
      if (!undecided) kept_ += characters;
    }
    return content <= empty_characters && !has_result_;
  }
  // A signature under the answer is a name and a date, and says nothing.
  std::string without_dates(const Clause& clause) const {
    std::string rest(text_of(clause));
    for (const Entity& entity : reply_.entities) {
      const bool date = entity.kind == EntityKind::date || entity.kind == EntityKind::phone;
      if (!date || entity.normal_begin < clause.begin || entity.normal_end > clause.end) continue;
      for (std::uint32_t at = entity.normal_begin; at < entity.normal_end; ++at) {
        rest[at - clause.begin] = ' ';
      }
    }
    return rest;
  }

  void look_at_matter() {
    std::size_t words = 0;
    std::size_t answered = 0;
    std::vector<std::uint64_t> said;
    for (const Token& token : reply_.tokens) said.push_back(token.word);
    std::sort(said.begin(), said.end());
    for (const Token& token : petition_.tokens) {
      // The title says what it is about, and where it says little, the first words.
      if (token.field != Field::title && words >= first_words) break;
      if (token.kind != TokenKind::word || token.characters < 2) continue;
      ++words;
      if (std::binary_search(said.begin(), said.end(), token.word)) ++answered;
    }
    if (words >= least_words && answered == 0) {
      hint(ReplySignal::off_matter);
    }
  }

  bool in_a_title(std::uint32_t at) const {
    const std::string_view before = std::string_view(reply_.normal).substr(0, at);
    const std::size_t opened = before.rfind("《");
    return opened != std::string_view::npos && before.find("》", opened) == std::string_view::npos;
  }
  bool names_a_day(std::size_t at) const {
    return !lists_.days.find(text_of(clauses_[at])).empty() ||
           holds(clauses_[at], {EntityKind::date});
  }
  void look_at_promises() {
    std::vector<Passage> promises;
    for (std::size_t at = 0; at < clauses_.size(); ++at) {
      const auto hits = lists_.promises.find(text_of(clauses_[at]));
      const auto promise =
          std::find_if(hits.begin(), hits.end(), [](const auto& hit) { return hit.value != 0; });
      if (promise == hits.end()) continue;
      // 《希望尽快修路》 is a title. The day may stand a clause or two away.
      if (in_a_title(clauses_[at].begin + promise->begin)) continue;
      bool day = false;
      for (std::size_t near = at > 2 ? at - 2 : 0; near <= at + 2 && near < clauses_.size();
           ++near) {
        day = day || names_a_day(near);
      }
      if (day) return;
      promises.push_back(passage(clauses_[at].begin + promise->begin, clauses_[at].end));
    }
    if (!promises.empty()) hint(ReplySignal::undated_promise, std::move(promises));
  }

  void look_at_refusals() {
    std::vector<Passage> refusals;
    for (const Clause& clause : clauses_) {
      const std::string_view text = text_of(clause);
      if (!lists_.bases.find(text).empty()) return;
      const auto hits = lists_.refusals.find(text);
      if (!hits.empty()) refusals.push_back(passage(clause.begin + hits.front().begin, clause.end));
    }
    if (!refusals.empty()) hint(ReplySignal::refusal_unfounded, std::move(refusals));
  }

  void look_at_contact() {
    const bool phone =
        std::any_of(reply_.entities.begin(), reply_.entities.end(),
                    [](const Entity& entity) { return entity.kind == EntityKind::phone; });
    if (!phone && lists_.contacts.find(reply_.normal).empty()) hint(ReplySignal::no_contact);
  }

  const ReplyLists& lists_;
  const Read& petition_;
  const Read& reply_;
  std::vector<Clause> clauses_;
  std::vector<ReplyHint> hints_;
  bool has_result_ = false;
  std::uint32_t kept_ = 0;  // characters that are no courtesy and more than a consideration
};

}  // namespace

std::vector<ReplyHint> check_reply(const ReplyWords& words, const Read& petition,
                                   const Read& reply) {
  return Check(words.lists(), petition, reply).run();
}

Result<ReplyWords> ReplyWords::read(std::string_view toml) {
  std::string reason;
  try {
    ReplyLists lists;
    reason = fill(toml::parse(toml), lists);
    if (reason.empty()) {
      ReplyWords words;
      words.lists_ = std::make_shared<const ReplyLists>(std::move(lists));
      return words;
    }
  } catch (const toml::parse_error& error) {
    reason = std::string(error.description());
  }
  return fail(FaultCode::invalid_input, "text.bad_word_list", "",
              std::map<std::string, std::string>{{"reason", std::move(reason)}});
}

Result<ReplyWords> ReplyWords::built_in() {
  return read(find_embedded(embedded::text_words(), "replies.toml"));
}

std::string_view name(ReplySignal signal) noexcept {
  constexpr std::array<std::string_view, 7> names{
      "empty",      "off_matter", "no_result", "undated_promise", "refusal_unfounded",
      "no_contact", "same_words"};
  return names[static_cast<std::size_t>(signal)];
}

std::string_view ReplyHint::sentence_key() const noexcept {
  constexpr std::array<std::string_view, 7> keys{
      "replies.empty",           "replies.off_matter",        "replies.no_result",
      "replies.undated_promise", "replies.refusal_unfounded", "replies.no_contact",
      "replies.same_words"};
  return keys[static_cast<std::size_t>(signal)];
}

}  // namespace minhu::text
