// What the cases of the county speak of: kept in memory, read from the content store, never
// written anywhere. Suggestions for people, each with its reasons; nothing here decides.
//
// One object for the running program, thread-safe. After a start it reads every case that may be
// compared, on the thread of a job; until then it knows part of them and says how much.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "features/cases/installation.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::matters {

struct SuggestedCategory {
  std::string category;                 // "scheme:code"
  std::int64_t confidence = 0;          // of a hundred such suggestions, so many are right
  std::vector<std::string> because_of;  // words of the text; masked
  std::vector<std::string> against;
};

struct ComplainedOf {
  std::string said;        // as the text names it
  std::string because_of;  // the words that make it so, masked; may be empty
  UnitId unit;             // of the county, or none that it could be told from
  bool certain = false;
};

struct WordsRead {
  bool unsure = true;                         // no category is likely enough to be put first
  std::vector<SuggestedCategory> categories;  // the likeliest first, three at most
  std::string model;                          // its version; empty: the county's words alone
  std::vector<ComplainedOf> complained_of;
};

// Another case of the same matter. Who may know which one it is, the caller asks.
struct Alike {
  cases::CaseId id;
  std::int64_t score = 0;          // 0 to 100
  std::vector<std::string> words;  // what both speak of, as the asking text says it; masked
  bool same_text = false;          // nearly the same wording
  bool same_issue = false;         // the same concrete trouble, as far as can be told
};

struct Standing {
  std::int64_t read = 0;     // cases in the index
  std::int64_t percent = 0;  // of what there was when reading began that has been looked at
};

class Matters {
 public:
  // The installation outlives it. Reads nothing yet.
  explicit Matters(const cases::Installation& installation);
  ~Matters();

  // Reads what has changed since the last call, at first everything; returns when nothing is left
  // or `stop` says so. For one thread at a time.
  void catch_up(const std::function<bool()>& stop = {});
  Standing standing() const;

  // Of words that may not be a case yet; they are kept nowhere. `place`: a code, or empty.
  Result<WordsRead> read(Reading& reading, std::string_view title, std::string_view text,
                         std::string_view place) const;
  // The nearest first. Without those that somebody said are not the same.
  Result<std::vector<Alike>> alike(std::string_view title, std::string_view text,
                                   std::string_view place, Instant at, std::size_t most) const;
  // The same for a case; empty when it has not been read yet or may not be compared.
  std::vector<Alike> alike_to(Reading& reading, cases::CaseId id, std::size_t most) const;
  // How many other cases seem to be about the same concrete trouble.
  std::int64_t same_issue(cases::CaseId id) const;

  // Cases by what texts say, three and more about one concrete trouble, none named twice.
  struct Issue {
    std::vector<cases::CaseId> cases;
  };
  std::vector<Issue> issues(std::size_t least) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

// What a person has said of two matters; remembered for both. Fault invalid_input
// matters.same_case.
Outcome keep_apart(Transaction& transaction, RegionId region, cases::CaseId id, cases::CaseId other,
                   Instant now);
// What they are kept apart from.
std::vector<cases::CaseId> kept_apart(Reading& reading, RegionId region, cases::CaseId id);

}  // namespace minhu::matters
