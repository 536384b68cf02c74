// Words in, a receipt out: the one door for pages, desk, phone, visits, surveys, Open311 and
// imports.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "features/cases/content.h"
#include "features/cases/context.h"
#include "features/cases/event.h"
#include "features/cases/receipt_number.h"
#include "ports/storage.h"

namespace minhu::cases {

struct NewAttachment {
  std::string media_type;
  Bytes bytes;  // already presentable: re-encoded, stripped (features/attachments)
};

// How many of them somebody has to listen to and write down.
std::int64_t recordings_among(const std::vector<NewAttachment>& attachments);

// How the speaker wants to hear from us, and who they are if they said so. Sealed as one content.
struct Contact {
  std::string name;
  std::string phone;
  std::string address;  // mail or postal
  std::string way;      // "sms", "mail", "voice", "paper", or empty: they will look themselves
  std::string language = "zh-CN";
};

struct Words {
  ClientToken token{};  // sent again, it means the same words
  Track track = Track::petition;
  Channel channel = Channel::web;
  std::string title;        // imports and letters have one; pages do not ask for it
  std::string text;         // what was said; may be empty when a voice recording is attached
  std::string place;        // code, or empty
  std::string place_words;  // "by the old mill", in the speaker's own words
  std::optional<Sealed<Contact>> contact;
  // What the speaker chose; when nobody asked them, confidential with a contact and else anonymous.
  std::optional<IdentityLevel> identity_level;
  bool may_be_called = false;  // about the answer, by the body that dispatched
  std::vector<NewAttachment> attachments;
  std::optional<Instant> happened_at;  // when it was said, if not now
  bool helped_by_clerk =
      false;  // the speaker gets an activation code and makes the query code their own later
  std::string noted;   // what the office wrote down beside it, for colleagues alone
  std::string source;  // of an import: "petitions-2019", else empty
  // Version of the privacy notice that the speaker was shown before; empty where none was.
  std::string notice;
};

struct Receipt {
  CaseId case_id;
  std::string number;
  Sealed<std::string> query_code;  // empty when a clerk helped: then activation_code is set
  Sealed<std::string> activation_code;
  Instant received_at;
  bool repeated = false;  // the token was known: this is the receipt of then
};

// Everything that can be done before the write: checks, keys, sealing. Not bound to a transaction
// or a thread.
struct PreparedWords;
struct PreparedWordsDeleter {
  void operator()(PreparedWords*) const noexcept;
};
using PreparedWordsPtr = std::unique_ptr<PreparedWords, PreparedWordsDeleter>;

// Faults: invalid_input cases.words_empty, cases.words_too_long, kernel.not_utf8, …; too_large
// cases.too_many_attachments.
Result<PreparedWordsPtr> prepare(const Context& context, Words words);
// Keeps them: the event, the row of today, the clocks, the receipt. The same token gives the same
// receipt.
Result<Receipt> receive(Transaction& transaction, const Context& context,
                        const PreparedWords& words);

// The same with facts of the program's own beside what `prepare` knew, for cases that do not go to
// the body that takes words in (retaliation.h).
Result<Receipt> receive_with(Transaction& transaction, const Context& context,
                             const PreparedWords& words, const Facts& more);

// Words whose receipt was printed before they arrived, on a number that was given out beforehand
// (printed_numbers.h): the receipt keeps that number and opens with the activation code on the
// paper, which is not given again. Words of `prepare` with helped_by_clerk. The same token gives
// the same receipt, whatever became of the block since. Faults: conflict cases.number_revoked,
// cases.number_used; invalid_input cases.number_not_given_out.
Result<Receipt> receive_printed(Transaction& transaction, const Context& context,
                                const PreparedWords& words, std::string_view number,
                                const Facts& more);

inline constexpr std::size_t longest_words = 2000;  // characters typed by a person
inline constexpr std::size_t longest_import =
    20000;  // characters of a letter or an imported petition
inline constexpr std::size_t most_attachments = 10;

}  // namespace minhu::cases
