// What a leaf commits to: the facts of one event, in the one way they can be written. Never
// published; the person has it in their receipt.
//
//     minhu-event/v1
//     case <uuid>
//     seq <n, from 0>
//     kind <the event's kind>
//     at <seconds since 1970: when it happened; the leaf says when it was written down>
//     by <code of the office, or "citizen">
//     due <seconds since 1970, or ->
//     prev <base64 of the leaf hash of the event before, or ->
//     body <base64 of the commitment to its words, or ->
//     att <number of attachments>
//     a <base64 of the commitment to an attachment>      once for each
//
// Words and attachments have salts of their own: when they are erased, the facts can still be
// proved.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engines/merkle/hash.h"
#include "kernel/ids.h"

namespace minhu::merkle {

struct EventPayload {
  Uuid case_id{};
  std::uint32_t number = 0;
  std::string kind;  // printable ASCII without blanks, as `by`
  std::uint64_t happened = 0;
  std::string by;
  std::optional<std::uint64_t> due;
  std::optional<Hash> previous;
  std::optional<Hash> body;
  std::vector<Hash> attachments;
  bool operator==(const EventPayload&) const = default;
};

std::string format_payload(const EventPayload& payload);
// Only what format_payload gives. Fault merkle.payload_broken.
Result<EventPayload> parse_payload(std::string_view text);

// The commitment to words or to an attachment, under a salt of their own.
Hash content_commitment(const Key& salt, BytesView content);

}  // namespace minhu::merkle
