#include "engines/text/accused.h"

#include <algorithm>
#include <array>
#include <optional>

#include "engines/text/office_mentions.h"

namespace minhu::text {

namespace {

// Three bytes a Chinese character: "right behind" is within so many characters.
constexpr std::uint32_t near = 3 * 12;
constexpr std::uint32_t adjoining = 3 * 3;
constexpr std::uint32_t untitled_head = 3 * 40;
// How many clauses behind "we told X about it" may say that nothing came of it.
constexpr std::size_t outcome_clauses = 3;

struct Judgement {
  Sureness sureness;
  Grounds ground;
  std::uint32_t cue_begin = 0;
  std::uint32_t cue_end = 0;
};

// … 没有来, 却不说: what is said of them begins with a no.
bool denies(std::string_view after) {
  constexpr std::array<std::string_view, 18> before_no{
      "也",   "又", "都",   "却", "就",   "还",   "一直", "根本", "至今",
      "从来", "仍", "仍然", "竟", "居然", "总是", "并",   "但",   "始终"};
  constexpr std::array<std::string_view, 4> no{"不", "没", "未", "拒"};
  for (std::size_t words = 0; words < 3; ++words) {
    if (std::any_of(no.begin(), no.end(),
                    [&](std::string_view one) { return after.starts_with(one); })) {
      return true;
    }
    const auto skipped = std::find_if(before_no.begin(), before_no.end(),
                                      [&](std::string_view one) { return after.starts_with(one); });
    if (skipped == before_no.end()) return false;
    after.remove_prefix(skipped->size());
  }
  return false;
}

// Everything that the rules below look at, of one mention.
class Judge {
 public:
  Judge(const AccusedLists& lists, const Read& read, const Mentions& mentions)
      : lists_(lists), text_(read.normal), mentions_(mentions) {
    // Many texts have no title, and say what they are about in their first words.
    const std::uint32_t head =
        read.title_bytes > 0
            ? read.title_bytes
            : std::min<std::uint32_t>(untitled_head, static_cast<std::uint32_t>(text_.size()));
    complains_ = lists.asking.find(piece(0, head)).empty();
    for (const WordFinder::Hit& hit : mentions.cues) {
      constexpr std::uint32_t complaining =
          cue::wrong | cue::fail | cue::complaint | cue::tone | cue::blame;
      if ((hit.value & complaining) != 0) complains_ = true;
    }
    for (const OfficeMention& mention : mentions.offices) {
      if (mention.begin < head) in_title_.push_back(mention.family);
    }
    blames_reader_ = blames_reader();
    school_ = family_of("school");
    hospital_ = family_of("hospital");
  }

  std::optional<Judgement> operator()(const OfficeMention& mention);

 private:
  using Hit = WordFinder::Hit;

  std::uint32_t family_of(std::string_view code) const {
    const auto found =
        std::find_if(lists_.families.begin(), lists_.families.end(),
                     [&](const OfficeFamily& family) { return family.code == code; });
    return static_cast<std::uint32_t>(found - lists_.families.begin());
  }
  std::string_view piece(std::uint32_t begin, std::uint32_t end) const {
    return begin < end ? text_.substr(begin, end - begin) : std::string_view{};
  }
  const Hit* first_of(std::span<const Hit> hits, std::uint32_t bits) const {
    const auto found = std::find_if(hits.begin(), hits.end(),
                                    [&](const Hit& hit) { return (hit.value & bits) != 0; });
    return found == hits.end() ? nullptr : &*found;
  }
  const Hit* last_of(std::span<const Hit> hits, std::uint32_t bits) const {
    const auto found = std::find_if(hits.rbegin(), hits.rend(),
                                    [&](const Hit& hit) { return (hit.value & bits) != 0; });
    return found == hits.rend() ? nullptr : &*found;
  }
  static Judgement judged(Sureness sureness, Grounds ground, const Hit* hit) {
    if (hit == nullptr) return {sureness, ground, 0, 0};
    return {sureness, ground, hit->begin, hit->end};
  }

  bool blames_reader() const;
  bool is_addressed(const OfficeMention& mention) const;
  bool is_a_place(const OfficeMention& mention) const;
  bool is_background(const OfficeMention& mention) const;
  bool is_turned_to(const OfficeMention& mention) const;
  std::optional<Judgement> asked(const OfficeMention& mention, const Hit& request) const;
  std::optional<Judgement> in_vain(const OfficeMention& mention) const;
  std::optional<Judgement> by_what_follows(const OfficeMention& mention) const;
  std::optional<Judgement> by_what_precedes(const OfficeMention& mention) const;
  const Hit* in_the_next_clause(const OfficeMention& mention) const;
  const Hit* outcome(const OfficeMention& mention, std::size_t clauses) const;

  const AccusedLists& lists_;
  std::string_view text_;
  const Mentions& mentions_;
  bool complains_ = false;               // the text complains of something
  bool blames_reader_ = false;           // … and of whom it is written to
  std::vector<std::uint32_t> in_title_;  // families that the title names
  std::uint32_t school_ = 0;
  std::uint32_t hospital_ = 0;
  // Of the mention that is being judged.
  std::span<const Hit> left_;   // cues of its clause before its list
  std::span<const Hit> right_;  // … and behind it
  std::string_view before_;
  std::string_view after_;
};

// 教育局: 为什么…, 这是不是你们的懒政?
bool Judge::blames_reader() const {
  return std::any_of(mentions_.clauses.begin(), mentions_.clauses.end(), [&](const Clause& clause) {
    const auto cues = cues_within(mentions_, clause.begin, clause.end);
    return first_of(cues, cue::wrong | cue::fail | cue::blame) != nullptr &&
           !lists_.reader.find(piece(clause.begin, clause.end)).empty();
  });
}

// 尊敬的王局长: · 教育局领导您好
bool Judge::is_addressed(const OfficeMention& mention) const {
  const std::size_t reach = before_.size() > near ? before_.size() - near : 0;
  for (std::size_t at = 0; at < before_.size(); at += character_bytes(before_[at])) {
    // 致 alone is found inside other words too often.
    if (at >= reach && lists_.address_before.begins(before_.substr(at)) > 3) return true;
  }
  // 领导 may stand between the office and the greeting.
  std::string_view rest = text_.substr(mention.name_end);
  for (const std::string_view title : {"的", "各位", "领导", "同志", "们", "负责人"}) {
    if (rest.starts_with(title)) rest.remove_prefix(title.size());
  }
  if (!rest.empty() && (rest.front() == ',' || rest.front() == ' ')) {
    return lists_.address_after.begins(rest.substr(1)) > 3;
  }
  const std::size_t greeting = lists_.address_after.begins(rest);
  if (greeting == 0) return false;
  // "城管局: 不归我们管" is speech, unless it stands where a letter begins.
  return greeting > 1 || before_.size() <= adjoining;
}

bool Judge::is_a_place(const OfficeMention& mention) const {
  // 《A市城市管理局关于…》 is a paper.
  const std::size_t opened = before_.rfind("《");
  if (opened != std::string_view::npos && before_.find("》", opened) == std::string_view::npos) {
    return true;
  }
  const std::string_view rest = text_.substr(mention.name_end);
  if (lists_.place_after.begins(rest) > 0) return true;
  return rest.starts_with("的") && lists_.place_after.begins(rest.substr(3)) > 3;
}

// Named in passing: where somebody belongs, or where a paper comes from.
bool Judge::is_background(const OfficeMention& mention) const {
  return lists_.people_before.ends(before_) > 0 || lists_.people_after.begins(after_) > 0 ||
         lists_.source_before.ends(before_) > 0 || lists_.source_after.begins(after_) > 0 ||
         (mention.post && !after_.empty() && lists_.place_after.begins(after_) > 0);
}

// 向城管反映 · 打12345 · 找过社区: the name is the goal of the verb before it.
bool Judge::is_turned_to(const OfficeMention& mention) const {
  if (left_.empty()) return false;
  const Hit& last = left_.back();
  const bool adjoins = mention.list_begin - last.end <= 2 * adjoining;
  if (adjoins && (last.value & cue::towards) != 0) return true;
  if (adjoins && (last.value & cue::going) != 0 &&
      (first_of(left_, cue::turn) != nullptr || first_of(right_, cue::turn) != nullptr)) {
    return true;
  }
  return adjoins && (last.value & cue::turn) != 0 && (last.value & cue::complaint) == 0;
}

// The first sign that it failed, in the rest of the clause and the `clauses` behind it.
const Judge::Hit* Judge::outcome(const OfficeMention& mention, std::size_t clauses) const {
  if (const Hit* here = first_of(right_, cue::fail)) return here;
  const Field field = mentions_.clauses[mention.end_clause].field;
  for (std::size_t ahead = 1; ahead <= clauses; ++ahead) {
    const std::size_t at = mention.end_clause + ahead;
    if (at >= mentions_.clauses.size() || mentions_.clauses[at].field != field) break;
    const Clause& clause = mentions_.clauses[at];
    if (const Hit* hit = first_of(cues_within(mentions_, clause.begin, clause.end), cue::fail)) {
      return hit;
    }
  }
  return nullptr;
}

// 校长某某身为教师, 不懂得…: nothing in its own clause, and the next begins with no other.
const Judge::Hit* Judge::in_the_next_clause(const OfficeMention& mention) const {
  const std::size_t at = mention.end_clause + 1;
  if (!right_.empty() || at >= mentions_.clauses.size()) return nullptr;
  const Clause& clause = mentions_.clauses[at];
  const auto office = std::lower_bound(
      mentions_.offices.begin(), mentions_.offices.end(), clause.begin,
      [](const OfficeMention& other, std::uint32_t place) { return other.begin < place; });
  const bool another = office != mentions_.offices.end() && office->begin < clause.end;
  if (another || clause.field != mentions_.clauses[mention.end_clause].field) return nullptr;
  return first_of(cues_within(mentions_, clause.begin, clause.end), cue::fail | cue::wrong);
}

// 请城管来管 asks for help. 请城管不要再罚款, 请严查城管 complain.
std::optional<Judgement> Judge::asked(const OfficeMention& mention, const Hit& request) const {
  const auto between = cues_within(mentions_, request.end, mention.list_begin);
  if (const Hit* punish = last_of(between, cue::punish)) {
    return judged(Sureness::likely, Grounds::punishment, punish);
  }
  if ((request.value & cue::urge) != 0 && mention.kind == AccusedKind::unit) {
    return judged(Sureness::possibly, Grounds::failed_duty, &request);
  }
  for (const Hit& hit : right_) {
    if ((hit.value & (cue::reform | cue::wrong | cue::fail)) != 0 && (hit.value & cue::help) == 0) {
      return judged(Sureness::likely,
                    (hit.value & cue::wrong) != 0 ? Grounds::misdeed : Grounds::failed_duty, &hit);
    }
    if ((hit.value & cue::help) != 0) return std::nullopt;
  }
  return std::nullopt;
}

std::optional<Judgement> Judge::in_vain(const OfficeMention& mention) const {
  if (!is_turned_to(mention)) return std::nullopt;
  if (const Hit* nothing = outcome(mention, outcome_clauses)) {
    return judged(Sureness::likely, Grounds::in_vain, nothing);
  }
  if (!complains_ || mention.kind != AccusedKind::unit || mention.addressed) return std::nullopt;
  return judged(Sureness::possibly, Grounds::in_vain, left_.empty() ? nullptr : &left_.back());
}

std::optional<Judgement> Judge::by_what_follows(const OfficeMention& mention) const {
  const Hit* bad = first_of(right_, cue::wrong | cue::fail);
  const Hit* question = first_of(right_, cue::question);
  if (bad != nullptr) {
    const Grounds ground = (bad->value & cue::wrong) != 0 ? Grounds::misdeed : Grounds::failed_duty;
    const bool close = bad->begin - mention.list_end <= near;
    return judged(close ? Sureness::stated : Sureness::likely, ground, bad);
  }
  if (denies(after_)) return judged(Sureness::likely, Grounds::failed_duty, nullptr);
  if (question != nullptr && !mention.addressed &&
      (complains_ || (question->value & cue::blame) != 0)) {
    return judged(complains_ ? Sureness::likely : Sureness::possibly, Grounds::asked_why, question);
  }
  return std::nullopt;
}

std::optional<Judgement> Judge::by_what_precedes(const OfficeMention& mention) const {
  const bool passive =
      before_.ends_with("被") || before_.ends_with("遭") || before_.ends_with("受");
  if (passive && complains_) return judged(Sureness::likely, Grounds::misdeed, nullptr);
  if (const Hit* punish = last_of(left_, cue::punish)) {
    if (mention.list_begin - punish->end <= near) {
      return judged(Sureness::possibly, Grounds::punishment, punish);
    }
  }
  if (const Hit* question = last_of(left_, cue::question)) {
    if (complains_ || (question->value & cue::blame) != 0 || outcome(mention, 1) != nullptr) {
      return judged(Sureness::possibly, Grounds::asked_why, question);
    }
  }
  if (const Hit* bad = last_of(left_, cue::wrong | cue::fail)) {
    return judged(Sureness::possibly,
                  (bad->value & cue::wrong) != 0 ? Grounds::misdeed : Grounds::failed_duty, bad);
  }
  return std::nullopt;
}

std::optional<Judgement> Judge::operator()(const OfficeMention& mention) {
  const Clause& clause = mentions_.clauses[mention.clause];
  const Clause& end_clause = mentions_.clauses[mention.end_clause];
  const std::uint32_t left_begin = std::min(clause.begin, mention.list_begin);
  left_ = cues_within(mentions_, left_begin, mention.list_begin);
  right_ = cues_within(mentions_, mention.list_end, end_clause.end);
  before_ = piece(left_begin, mention.list_begin);
  after_ = piece(mention.list_end, end_clause.end);

  if (is_a_place(mention)) return std::nullopt;
  if (lists_.reader.begins(after_) > 0 && complains_ && mention.kind != AccusedKind::general) {
    return judged(Sureness::possibly, Grounds::asked_why, nullptr);
  }
  if (is_addressed(mention)) {
    if (!blames_reader_ || mention.kind == AccusedKind::general) return std::nullopt;
    return judged(Sureness::possibly, Grounds::asked_why, nullptr);
  }
  const bool title = clause.field == Field::title;
  const Hit* request = last_of(left_, cue::request);
  const Hit* complaint = last_of(left_, cue::complaint);
  const bool background = is_background(mention);
  const bool turned_to = is_turned_to(mention);

  if (!mention.bare) {
    // 社区 alone is a place, unless something is done by it or to it right there.
    const bool passed_to = !left_.empty() && (left_.back().value & cue::fail) != 0 &&
                           left_.back().end == mention.list_begin;
    const bool named = mention.name_begin < mention.begin;
    const Hit* deed = first_of(right_, cue::wrong | cue::fail | (named ? cue::question : cue::act));
    const bool acts = deed != nullptr && (named || deed->begin - mention.list_end <= near);
    if (!acts && !passed_to && !denies(after_) && !turned_to) return std::nullopt;
  }
  if (complaint != nullptr && !turned_to && request == nullptr) {
    const bool close = mention.list_begin - complaint->end <= adjoining;
    return judged(title || close ? Sureness::stated : Sureness::likely, Grounds::titled, complaint);
  }
  if (request != nullptr && !turned_to) return asked(mention, *request);
  if (!left_.empty() && (left_.back().value & cue::praise) != 0 &&
      first_of(right_, cue::wrong | cue::fail) == nullptr) {
    return std::nullopt;
  }
  if (const auto vain = in_vain(mention)) return vain;
  if (const auto follows = by_what_follows(mention)) {
    if (!background || follows->sureness == Sureness::stated) return follows;
    return Judgement{Sureness::possibly, follows->ground, follows->cue_begin, follows->cue_end};
  }
  if (background) return std::nullopt;
  if (mention.addressed) return std::nullopt;
  if (const auto precedes = by_what_precedes(mention)) return precedes;
  if (const Hit* next = in_the_next_clause(mention)) {
    return judged(Sureness::possibly, Grounds::failed_duty, next);
  }
  if (!complains_) return std::nullopt;
  const Hit* act = first_of(right_, cue::act);
  if (act != nullptr && act->begin - mention.list_end <= near) {
    return judged(Sureness::possibly, Grounds::acted, act);
  }
  const bool office = mention.kind == AccusedKind::unit || mention.kind == AccusedKind::post;
  if (!office || !mention.bare || mention.by_name_alone || mention.many) return std::nullopt;
  // Schools and hospitals are where things happen; a name of its own, or the title, says whether
  // one is the matter.
  const bool nameless = mention.kind == AccusedKind::unit && mention.name_begin == mention.begin;
  if (nameless && (mention.family == school_ || mention.family == hospital_) &&
      std::find(in_title_.begin(), in_title_.end(), mention.family) == in_title_.end()) {
    return std::nullopt;
  }
  return judged(Sureness::possibly, Grounds::named, nullptr);
}

}  // namespace

std::vector<Accused> find_accused(const AccusedWords& words, const Read& read) {
  const AccusedLists& lists = words.lists();
  const Mentions mentions = find_mentions(lists, read);
  Judge judge(lists, read, mentions);
  std::vector<Accused> accused;
  for (const OfficeMention& mention : mentions.offices) {
    const auto judgement = judge(mention);
    if (!judgement) continue;
    Accused found;
    found.kind = mention.kind;
    found.sureness = judgement->sureness;
    found.ground = judgement->ground;
    found.field = mention.begin < read.title_bytes ? Field::title : Field::detail;
    // A post is shown without what stands before it: that may be a name.
    const std::uint32_t begin = mention.post ? mention.begin : mention.name_begin;
    const std::uint32_t end = mention.post ? mention.end : mention.name_end;
    found.begin = given_begin(read, begin);
    found.end = given_end(read, end);
    if (judgement->cue_end > 0) {
      found.cue_begin = given_begin(read, judgement->cue_begin);
      found.cue_end = given_end(read, judgement->cue_end);
    }
    found.name = read.normal.substr(begin, end - begin);
    found.word = read.normal.substr(mention.begin, mention.end - mention.begin);
    found.family = lists.families[mention.family].code;
    accused.push_back(std::move(found));
  }
  return accused;
}

std::string_view name(AccusedKind kind) noexcept {
  constexpr std::array<std::string_view, 4> names{"unit", "post", "firm", "general"};
  return names[static_cast<std::size_t>(kind)];
}

std::string_view name(Sureness sureness) noexcept {
  constexpr std::array<std::string_view, 3> names{"possibly", "likely", "stated"};
  return names[static_cast<std::size_t>(sureness)];
}

std::string_view name(Grounds ground) noexcept {
  constexpr std::array<std::string_view, 8> names{"misdeed",    "failed_duty", "in_vain", "titled",
                                                  "punishment", "asked_why",   "acted",   "named"};
  return names[static_cast<std::size_t>(ground)];
}

}  // namespace minhu::text
