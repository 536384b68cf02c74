#include "features/record/published_files.h"

#include "engines/merkle/checkpoint.h"
#include "engines/merkle/note.h"
#include "features/record/files.h"

namespace minhu::record {

namespace {

// 0 for what is no checkpoint.
std::uint64_t size_in(const std::string& text) {
  const auto note = merkle::parse_note(text);
  if (!note) return 0;
  const auto checkpoint = merkle::parse_checkpoint(note->text);
  return checkpoint ? checkpoint->head.size : 0;
}

}  // namespace

Outcome PublishedFiles::write(std::span<const PublishedNote> notes) {
  if (notes.empty()) return {};
  for (const PublishedNote& note : notes) {
    if (std::string path = history_path(note.at); path != path_) {
      MINHU_CHECK_OK(begin_day(std::move(path)));
    }
    if (note.size <= in_path_) continue;
    if (const Outcome appended = files_.append(path_, as_bytes(note.note)); !appended) {
      path_.clear();  // what is there now is looked at again
      return appended;
    }
    in_path_ = note.size;
  }
  return files_.put(checkpoint_path, as_bytes(notes.back().note));
}

Outcome PublishedFiles::begin_day(std::string path) {
  const auto there = files_.get(path);
  if (!there && there.error().code != FaultCode::not_found) {
    return tl::unexpected<Fault>(there.error());
  }
  std::uint64_t size = 0;
  if (there) {
    const std::string text = to_text(*there);
    const merkle::HistoryDay day = merkle::parse_history(text);
    if (day.whole != text.size()) {
      MINHU_CHECK_OK(files_.put(path, as_bytes(text.substr(0, day.whole))));
    }
    if (!day.notes.empty()) size = size_in(day.notes.back());
  }
  path_ = std::move(path);
  in_path_ = size;
  return {};
}

}  // namespace minhu::record
