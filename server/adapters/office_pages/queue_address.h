// What the address of a queue says: which part of it, and where the page before ended, as one
// opaque word.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "features/cases/queue.h"

namespace minhu::office_pages {

std::optional<cases::Part> part_named(std::string_view text);

std::string write_cursor(const cases::QueueCursor& cursor);
// Nothing when it is not one of ours.
std::optional<cases::QueueCursor> read_cursor(std::string_view text);

}  // namespace minhu::office_pages
