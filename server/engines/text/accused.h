// Whom a text complains of: offices, and posts in them. For the guard (INV-02): a complaint is
// never sent to whom it accuses. A miss is harm, a false find costs a person a look; so it finds
// too many rather than too few and says how sure it is. What it gives is a suggestion to whoever
// triages the case, and closes no door by itself.
//
//   MINHU_TRY(const AccusedWords words, AccusedWords::built_in());
//   MINHU_TRY(const Read read, text::read(lexicon, title, detail));
//   const std::vector<Accused> found = find_accused(words, read);
//   const std::vector<AccusedUnit> units = match_units(words, found, known, {.places =
//   {"柳溪村"}});
//
// Posts are found as posts (局长, 民警, 村支书); the name of a person is neither looked for nor
// given. By rules over word lists (policies/words/accused.toml): each find says which words made
// it. Recall and precision measured on real texts: docs/text.md.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engines/text/reading.h"
#include "kernel/result.h"

namespace minhu::text {

enum class AccusedKind : std::uint8_t {
  unit,     // an office, a committee, a school, a hospital
  post,     // who works there
  firm,     // nobody to send a case to, as a rule; named for whoever reads
  general,  // 有关部门, 政府: accused, and no office can be told from it
};
// A text is a complaint of somebody as: what it says in so many words, what its sentences make
// likely, what must be looked at because it names them in a complaining text.
enum class Sureness : std::uint8_t { possibly, likely, stated };

enum class Grounds : std::uint8_t {
  misdeed,      // 城管局乱罚款
  failed_duty,  // 派出所不管
  in_vain,      // 多次向环保局反映，没有结果
  titled,       // the title says: 投诉…
  punishment,   // 请求严查…
  asked_why,    // 教育局为什么…
  acted,        // 社区要求…, in a text that complains
  named,        // only named, in a text that complains
};
std::string_view name(AccusedKind) noexcept;
std::string_view name(Sureness) noexcept;
std::string_view name(Grounds) noexcept;

// One mention. The same office has one for each place where the text accuses it.
struct Accused {
  AccusedKind kind = AccusedKind::unit;
  Sureness sureness = Sureness::possibly;
  Grounds ground = Grounds::named;
  Field field = Field::detail;
  std::uint32_t begin = 0;  // bytes of the field as it was given
  std::uint32_t end = 0;
  // The words that made it: bytes of the same field; 0, 0 when there are none (Grounds::named).
  std::uint32_t cue_begin = 0;
  std::uint32_t cue_end = 0;
  std::string name;    // in normal form, with its place where it is said: "a3区城管局", "局长"
  std::string word;    // the word of the list alone: "城管局"
  std::string family;  // which kind of office: "urban_management"
};

struct AccusedLists;  // accused_words.h

// The word lists. Immutable, thread-safe, cheap to copy.
class AccusedWords {
 public:
  static Result<AccusedWords> built_in();
  // Fault text.bad_word_list (details: reason) when the file is not what it should be.
  static Result<AccusedWords> read(std::string_view toml);
  const AccusedLists& lists() const { return *lists_; }

 private:
  std::shared_ptr<const AccusedLists> lists_;
};

// In the order of the text. Any text: an empty one accuses nobody.
std::vector<Accused> find_accused(const AccusedWords& words, const Read& read);

// ---- which of the county's units they are

struct KnownUnit {
  std::string code;
  std::string name;                  // 青溪县城市管理局, 上溪村村民委员会
  std::vector<std::string> aliases;  // short names that the county knows
};
struct Whereabouts {
  // Names of the places that the case lies in, the smallest first: 上溪村, 竹源镇. A general word
  // (村干部, 镇政府) means the unit of that place, as a "possibly".
  std::vector<std::string> places;
};
struct AccusedUnit {
  std::string code;  // of the known unit
  Sureness sureness = Sureness::possibly;
  std::size_t mention = 0;  // the surest of its mentions, as an index of `accused`
};
// Each known unit at most once, the surest first. By name or alias; by what people call it (住建局
// is 住房和城乡建设局, 城管 is 综合行政执法局); a post by its office. Where a mention fits several
// units equally (two village committees, no place) each is given as possibly. What fits none gives
// none: `accused` still holds it.
std::vector<AccusedUnit> match_units(const AccusedWords& words, std::span<const Accused> accused,
                                     std::span<const KnownUnit> known, const Whereabouts& where);

}  // namespace minhu::text
