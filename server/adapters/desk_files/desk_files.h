// The officials' application (web/desk) as files: one page for every address below /desk, and its
// scripts and styles. They say nothing about anybody; whatever the application shows it asks /api
// for.
#pragma once

#include <span>
#include <vector>

#include "kernel/embedded_file.h"
#include "ports/http.h"

namespace minhu::desk_files {

// `files` must outlive the routes. Without index.html (built without Node.js) every address is 503
// with a sentence that says where to go instead.
std::vector<http::Route> routes(std::span<const EmbeddedFile> files);
// The files that are built in.
std::span<const EmbeddedFile> built_in();

}  // namespace minhu::desk_files
