#include "features/record/following.h"

#include "engines/merkle/checkpoint.h"
#include "engines/merkle/note.h"
#include "features/record/files.h"
#include "features/record/restore.h"
#include "features/record/rows.h"

namespace minhu::record {

namespace {

Result<merkle::TreeHead> head_in(std::string_view text) {
  MINHU_TRY(const merkle::Note note, merkle::parse_note(text));
  MINHU_TRY(const merkle::Checkpoint checkpoint, merkle::parse_checkpoint(note.text));
  return checkpoint.head;
}

}  // namespace

Result<std::uint64_t> Follower::catch_up(const std::function<bool()>& stopping) {
  auto size = take_in(stopping);
  // What a step left half done is looked at anew.
  if (!size) has_begun_ = false;
  return size;
}

Outcome Follower::begin() {
  merkle::TreeHead head = merkle::empty_tree_head();
  if (const auto own = files_.get(checkpoint_path)) {
    MINHU_TRY(head, head_in(to_text(*own)));
  }
  const merkle::Fetch fetch = fetch_from(files_);
  auto builder = merkle::TreeBuilder::resume(head, fetch);
  if (!builder) {
    MINHU_CHECK_OK(restore_files(database_, region_, head, files_));
    builder = merkle::TreeBuilder::resume(head, fetch);
  }
  MINHU_TRY(builder_, std::move(builder));
  published_ = head.size;
  has_begun_ = true;
  return {};
}

Result<std::uint64_t> Follower::take_in(const std::function<bool()>& stopping) {
  if (!has_begun_) MINHU_CHECK_OK(begin());
  while (!stopping || !stopping()) {
    const auto notes = database_.read([&](Reading& reading) {
      return published_after(reading, region_, published_, most_published_at_once);
    });
    if (notes.empty()) break;
    MINHU_TRY(const merkle::TreeHead head, head_in(notes.back().note));
    MINHU_CHECK_OK(grow_to(head));
    MINHU_CHECK_OK(published_files_.write(notes));
    remove_replaced(files_, published_, head.size);
    published_ = head.size;
  }
  return published_;
}

Outcome Follower::reach_head() {
  const auto head = database_.read([&](Reading& reading) { return find_head(reading, region_); });
  return head ? grow_to(head->tree) : Outcome();
}

// What is signed, and so what is published, ends where a batch does.
Outcome Follower::grow_to(const merkle::TreeHead& head) {
  while (builder_.head().size < head.size) {
    const auto first = static_cast<std::int64_t>(builder_.head().size);
    const auto batch =
        database_.read([&](Reading& reading) { return batch_at(reading, region_, first); });
    if (!batch || batch->entries.empty()) break;
    MINHU_TRY(const auto grown, builder_.append(batch->entries));
    std::vector<NamedBytes> files;
    for (const merkle::LogFile& file : grown) {
      files.push_back({merkle::path_of(file.id), file.bytes});
    }
    MINHU_CHECK_OK(files_.put_all(files));
  }
  if (builder_.head() != head) return fail(FaultCode::conflict, "record.batches_do_not_fit");
  return {};
}

}  // namespace minhu::record
