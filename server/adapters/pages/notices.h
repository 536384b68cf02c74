// The privacy notice by version: what a person was told before their words were taken, readable for
// as long as a case may name it (PIPL 17). The files of pages/notices are never changed; a notice
// that says something else is a new file and a new version.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace minhu::pages {

// The one that /privacy shows and that is kept with each case from now on.
inline constexpr std::string_view current_notice = "2026-11c";

std::vector<std::string> notice_versions();  // newest first
// With {organiser} and {phone} still in it. Nothing when there is none.
std::optional<std::string_view> notice_text(std::string_view version, std::string_view language);

}  // namespace minhu::pages
