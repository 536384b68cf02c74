// What lies inside the seal: the first letter, who wrote it, and what was written to and fro.
#pragma once

#include <string>
#include <vector>

#include "features/accusations/accusations.h"
#include "kernel/ids.h"

namespace minhu::accusations {

using SealedId = Id<struct SealedContentTag>;

// A file that was sent along: the copy that is shown, and, if the reporter wanted it, the original
// with whatever it knows of where and by what it was made.
struct LetterFile {
  SealedId id;
  std::string media_type;
  std::int64_t size = 0;
  SealedId original;  // empty: not kept
  std::string original_type;
};

struct Letter {
  Level level = Level::anonymous;
  std::string words;
  std::vector<LetterFile> files;
  std::string complaint;  // number of the ordinary case that was made of a part, or empty
  bool has_identity = false;
  std::vector<std::string> kept_from;  // accounts that must never be let in, by id
};

struct Identity {
  std::string name;
  std::string contact;
};

// Oldest first they are the conversation.
struct Message {
  enum class From : std::uint8_t { reporter, handler, custodians };
  From from = From::reporter;
  Instant at;        // to the hour
  std::string unit;  // of the handler; the reporter is told the office, not the person
  std::string words;
  std::string decision;  // a State, "name_asked", …_agreed, …_declined, …_opened,
                         // "complaint_made"; empty: only words
};

std::string to_json(const Letter&);
std::string to_json(const Identity&);
std::string to_json(const Message&);
// Of what to_json wrote and the seal kept unchanged.
Letter letter_of(std::string_view json);
Identity identity_of(std::string_view json);
Message message_of(std::string_view json);

}  // namespace minhu::accusations
