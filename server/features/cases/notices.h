// Telling the speaker that something waits for them: which steps are told, and the rows that wait
// until features/messages takes them over. A row holds ids and one of two words, nothing of the
// case; it is written in the transaction of the step, so a step that is kept is told and one that
// is not is not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/cases/case_file.h"
#include "features/cases/context.h"
#include "kernel/sealed.h"
#include "ports/storage.h"

namespace minhu::cases {

using NoticeId = Id<struct NoticeTag>;

// All that a message says: more would tell whoever else reads the telephone.
enum class Occasion : std::uint8_t {
  answer,    // a written answer or opinion has been served
  news,      // anything else that the speaker should read
  question,  // whether it is still solved, some weeks later
};
std::string_view name(Occasion) noexcept;
std::optional<Occasion> occasion_named(std::string_view) noexcept;

// Told are steps that end in something to read, to decide or to come to; `file` is the case after
// the step. Not told:
//   * what goes on inside the house (sent to a unit, signed in, noted, urged): it stands on the
//   page
//     of the receipt, and a message at every turn is soon one that nobody reads
//   * what the speaker did themselves
//   * accusations and held cases, ever; cases without a contact; erased cases
//   * a step that is typed in more than a week after it happened (imports, old letters): not news
std::optional<Occasion> occasion_of(const CaseFile& file, const Event& event);

// Part of every step that is appended; writes a row when there is an occasion.
void remember_notice(Transaction& transaction, const Context& context, const CaseFile& file,
                     const Event& event);

struct PendingNotice {
  NoticeId id;
  CaseId case_id;
  Occasion occasion = Occasion::news;
  Instant made_at;
};
// The oldest first, at most `most`.
std::vector<PendingNotice> pending_notices(Reading& reading, RegionId region, std::int64_t most);
// Taken over: somebody else remembers it from here on.
void remove_notice(Transaction& transaction, RegionId region, NoticeId id);

// Where the speaker wants to be told, for the program alone (Role::system): nothing else of the
// contact comes with it, and no account can ask.
struct NoticeAddress {
  std::string way;              // "sms", "mail", "voice" or "paper"
  Sealed<std::string> address;  // of that way
  std::string language;
};
// Faults: not_allowed cases.identity_sealed (an accusation, or not the program), gone cases.erased,
// not_found cases.no_contact (none was left, or they will look themselves).
Result<NoticeAddress> address_for_notice(Reading& reading, const Context& context, CaseId id);

}  // namespace minhu::cases
