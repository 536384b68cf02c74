// What an official's answer to a petition lacks: hints for whoever writes it, before it is sent,
// and counts of an office's answers afterwards. A hint is about a text; nothing here knows who
// wrote it.
//
//   MINHU_TRY(const ReplyWords words, ReplyWords::built_in());
//   for (const ReplyHint& hint : check_reply(words, petition, answer)) show(hint.sentence_key(),
//   …);
//
// A hint is a hint: an answer may be right without a date, and a court of appeal is not in here.
// Precision of each on real answers: docs/text.md. The words: policies/words/replies.toml.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engines/text/reading.h"
#include "kernel/result.h"

namespace minhu::text {

enum class ReplySignal : std::uint8_t {
  empty,              // courtesies and "it has been passed on": nothing of the matter
  off_matter,         // hardly a word of what the petition asks about
  no_result,          // nothing found, done, ruled or explained, and no way shown
  undated_promise,    // will do, and not by when
  refusal_unfounded,  // no, and no rule that says so
  no_contact,         // nobody to ask about it
  same_words,         // the words of an answer to another matter
};
std::string_view name(ReplySignal) noexcept;

struct Passage {
  std::uint32_t begin = 0;  // bytes of the answer as it was given
  std::uint32_t end = 0;
};

struct ReplyHint {
  ReplySignal signal = ReplySignal::empty;
  // Where it shows, in order. Empty where the hint is that something is not there at all.
  std::vector<Passage> where;
  // The key of the sentence that tells it to the writer: pages/messages/<language>/replies.json.
  std::string_view sentence_key() const noexcept;
};

struct ReplyLists;  // replies.cc

// Immutable, thread-safe, cheap to copy.
class ReplyWords {
 public:
  static Result<ReplyWords> built_in();
  // Fault text.bad_word_list (details: reason).
  static Result<ReplyWords> read(std::string_view toml);
  const ReplyLists& lists() const { return *lists_; }

 private:
  std::shared_ptr<const ReplyLists> lists_;
};

// Everything but same_words, which needs the other answers. The answer is read as a detail:
// text::read(lexicon, "", answer). Each signal at most once; of an empty answer `empty` alone.
std::vector<ReplyHint> check_reply(const ReplyWords& words, const Read& petition,
                                   const Read& reply);

// Answers that were given, to find one that has been copied to another matter. It keeps hashes of
// pieces of texts and no text; what is erased is removed and gone. One thread at a time writes.
class RepliesGiven {
 public:
  explicit RepliesGiven(ReplyWords words) : words_(std::move(words)) {}

  struct Match {
    std::string id;
    double share = 0;  // of the pieces of the answer that the other one has, too
    // The petitions speak of the same thing, as far as their words tell: the same answer is right.
    bool same_matter = false;
  };

  // Takes the place of an answer that has the same id.
  void add(std::string id, const Read& petition, const Read& reply);
  void remove(std::string_view id);
  std::size_t size() const { return numbers_.size(); }
  // The nearest other answer that shares at least `same_share`; one to another matter comes before
  // one to the same. Nothing for an answer that is too short to be told from courtesies.
  std::optional<Match> find(const Read& petition, const Read& reply,
                            std::string_view except_id = {}) const;

  static constexpr double same_share = 0.8;

 private:
  struct Kept {
    std::string id;
    std::vector<std::uint64_t> pieces;    // sorted
    std::vector<std::uint64_t> matter;    // words of the petition's title, sorted
    std::vector<std::uint64_t> names;     // estates, roads, schools, firms of the petition, sorted
    std::vector<std::uint64_t> petition;  // pieces of the petition, sorted
  };
  Kept kept(std::string id, const Read& petition, const Read& reply) const;

  ReplyWords words_;
  std::vector<Kept> kept_;
  std::vector<std::uint32_t> free_;
  std::unordered_map<std::string, std::uint32_t> numbers_;  // id → place in kept_
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> by_piece_;
};

}  // namespace minhu::text
