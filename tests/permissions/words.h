// Whose words stand in an answer, and who may read which of them.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "expectations.h"

namespace minhu::permission_matrix {

// Every word of ours ("zq-assigned-note") in a text.
std::set<std::string> canaries_in(std::string_view text);
// May this person read that word, in whatever answer?
bool may_read_word(const Person& person, std::string_view canary);

}  // namespace minhu::permission_matrix
