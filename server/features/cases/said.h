// What a person said, as it lies in the content store.
#pragma once

#include <string>
#include <string_view>

#include "features/cases/receive.h"

namespace minhu::cases {

inline constexpr std::string_view said_type = "application/vnd.minhu.said+json";
inline constexpr std::string_view contact_type = "application/vnd.minhu.contact+json";
inline constexpr std::string_view plain_type = "text/plain; charset=utf-8";

struct Said {
  std::string title;
  std::string text;
  std::string place_words;
};
std::string to_json(const Said& said);
Said said_of(std::string_view json);

std::string to_json(const Contact& contact);
Contact contact_of(std::string_view json);

// What a list shows of it: the title, or the first characters of the words, on one line.
std::string headline(const Said& said);

}  // namespace minhu::cases
