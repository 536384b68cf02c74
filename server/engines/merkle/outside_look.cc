#include "engines/merkle/outside_look.h"

#include <algorithm>

namespace minhu::merkle {

namespace {

using Details = std::map<std::string, std::string>;

// From the first cosignature of a checkpoint to its publication, and then some.
constexpr std::uint64_t longest_publishing = 10 * 60;  // seconds

Fault finding(const char* key, Details details) {
  return {FaultCode::conflict, key, "record", std::move(details)};
}

Fault sentence_of(const Breach& breach) {
  const Details at{{"index", std::to_string(breach.index)}};
  switch (breach.kind) {
    case LeafBreach::not_a_leaf:
      return finding("merkle.no_leaf_at", at);
    case LeafBreach::time_going_back:
      return finding("merkle.time_back_at", at);
    case LeafBreach::tag_twice:
      break;
  }
  return finding("merkle.tag_twice", {{"index", std::to_string(breach.index)},
                                      {"other", std::to_string(breach.other)}});
}

}  // namespace

Result<Bytes> OutsideLook::read(const std::string& path) {
  last_path_ = path;
  return log_(path);
}

Outcome OutsideLook::found(const Fault& fault) {
  Fault named = fault;
  // Not found where the checkpoint says that it must be, or not of its form: the file is named.
  if (fault.code == FaultCode::not_found) {
    const auto file = fault.details.find("file");
    named = finding("merkle.file_missing",
                    {{"file", file == fault.details.end() ? last_path_ : file->second}});
  } else if (fault.key == "merkle.tile_length" || fault.key == "merkle.bundle_broken") {
    named = finding("merkle.file_broken", {{"file", last_path_}});
  } else if (!fault.key.starts_with("merkle.")) {
    return tl::unexpected<Fault>(fault);
  }
  if (std::find(look_.findings.begin(), look_.findings.end(), named) == look_.findings.end()) {
    look_.findings.push_back(std::move(named));
  }
  return {};
}

Result<Look> OutsideLook::run(std::uint64_t& next_again) {
  const auto note = read("checkpoint");
  if (!note) {
    MINHU_CHECK_OK(found(note.error()));
    return std::move(look_);
  }
  const auto accepted = accept_checkpoint(policy_, to_text(*note));
  if (!accepted) {
    MINHU_CHECK_OK(found(accepted.error()));
    return std::move(look_);
  }
  const Outcome looked = look_at(*accepted, next_again);
  // What was found before the line broke was found.
  if (!looked && look_.findings.empty()) return tl::unexpected<Fault>(looked.error());
  if (look_.findings.empty()) MINHU_CHECK_OK(keep(to_text(*note)));
  known_.last = accepted->checkpoint;
  await_in_history({look_.head, accepted->time()});
  return std::move(look_);
}

Outcome OutsideLook::look_at(const Accepted& accepted, std::uint64_t& next_again) {
  look_.head = accepted.checkpoint.head;
  const Fetch fetch = [&](const TileId& tile) { return read(path_of(tile)); };
  TileReader reader(look_.head, fetch);
  MINHU_CHECK_OK(follow(reader, accepted.checkpoint));
  MINHU_CHECK_OK(compare_elsewhere(reader));
  MINHU_CHECK_OK(read_again(reader, next_again));
  if (look_.findings.empty()) {
    MINHU_CHECK_OK(read_history(reader, accepted));
  }
  MINHU_CHECK_OK(read_new(reader));
  if (const auto fresh = check_freshness(accepted, options_.now_seconds, options_.longest_age);
      !fresh && !accepted.witnesses.empty()) {
    return found(fresh.error());
  }
  return {};
}

Outcome OutsideLook::follow(TileReader& reader, const Checkpoint& next) {
  if (!known_.last) return {};
  const TreeHead& before = known_.last->head;
  Proof proof;
  if (before.size > 0 && before.size < next.head.size) {
    auto made = make_consistency_proof(reader, before.size, next.head.size);
    if (!made) return found(made.error());
    proof = std::move(*made);
  }
  const Outcome progress = check_progress(*known_.last, proof, next);
  return progress ? Outcome{} : found(progress.error());
}

// A witness that was shown another history than we are holds a root that our tree does not have;
// one that was long ago shown more than we are knows that something is kept from us.
Outcome OutsideLook::compare_elsewhere(TileReader& reader) {
  for (const SeenElsewhere& seen : options_.elsewhere) {
    const auto shown = accept_held(seen.note);
    if (!shown) continue;  // not signed by the log: proves nothing
    ++look_.compared;
    const std::map<std::string, std::string> details{{"where", seen.where},
                                                     {"size", std::to_string(shown->head.size)}};
    if (shown->head.size > look_.head.size) {
      if (shown->seconds.value_or(options_.now_seconds) + longest_publishing <
          options_.now_seconds) {
        MINHU_CHECK_OK(found(finding("merkle.shown_less", details)));
      }
      continue;
    }
    const auto root = root_at(reader, shown->head.size);
    if (!root) {
      MINHU_CHECK_OK(found(root.error()));
    } else if (*root != shown->head.root) {
      MINHU_CHECK_OK(found(finding("merkle.shown_otherwise", details)));
    }
  }
  return {};
}

// A note of the log that a witness holds, with the latest time that any witness gives.
std::optional<Published> OutsideLook::accept_held(const std::string& note) const {
  TrustPolicy of_the_log = policy_;
  of_the_log.quorum = "none";
  const auto accepted = accept_checkpoint(of_the_log, note);
  if (!accepted) return std::nullopt;
  Published held{accepted->checkpoint.head, std::nullopt};
  for (const WitnessedAt& at : accepted->witnesses) {
    held.seconds = std::max(held.seconds.value_or(0), at.seconds);
  }
  return held;
}

Outcome OutsideLook::read_again(TileReader& reader, std::uint64_t& next_again) {
  const std::uint64_t size = std::min(known_.range.size(), look_.head.size);
  const std::uint64_t bundles = (size + tile_width - 1) / tile_width;
  const std::uint64_t count = std::min(bundles, options_.most_read_again);
  if (next_again >= bundles) next_again = 0;
  for (std::uint64_t i = 0; i < count && !is_enough(); ++i) {
    const std::uint64_t bundle = next_again;
    next_again = next_again + 1 == bundles ? 0 : next_again + 1;
    const auto theirs = reader.entries(bundle);
    if (!theirs) {
      MINHU_CHECK_OK(found(theirs.error()));
      ++unreadable_bundles_;
      continue;
    }
    MINHU_TRY(const Bytes kept, mirror_.read(kept_bundle_path(bundle)));
    MINHU_TRY(const std::vector<Bytes> ours, parse_growing_bundle(kept));
    const unsigned width = width_in_tree(0, bundle, size);
    for (unsigned at = 0; at < width; ++at) {
      ++look_.read_again;
      if (at < ours.size() && (*theirs)[at] == ours[at]) continue;
      MINHU_CHECK_OK(found(
          finding("merkle.entry_changed", {{"index", std::to_string(bundle * tile_width + at)}})));
      if (is_enough()) break;
    }
  }
  return {};
}

Outcome OutsideLook::read_history(TileReader& reader, const Accepted& accepted) {
  if (look_.head.size == 0) return {};
  std::optional<std::uint64_t> first = known_.first_leaf_seconds;
  if (!first) {
    const auto entry = reader.entry(0);
    if (!entry) return found(entry.error());
    const auto leaf = parse_leaf(*entry);
    if (!leaf) return {};  // read_new says so
    first = leaf->seconds;
  }
  // The clocks of log and witnesses may stand on two sides of midnight.
  const Date end = day_of(std::max(options_.now_seconds, accepted.time().value_or(0)));
  for (Date day = day_of(*first) - std::chrono::days(1); day <= end && !is_enough();
       day += std::chrono::days(1)) {
    MINHU_CHECK_OK(read_day(day, look_.head.size));
  }
  std::erase_if(known_.awaited, [&](const Published& one) { return is_published(one.head); });
  for (const Published& one : known_.awaited) {
    if (!is_overdue(one.seconds)) continue;
    return found(finding("merkle.history_incomplete", {{"size", std::to_string(one.head.size)}}));
  }
  std::vector<Published> published = known_.published;
  if (published.empty() || published.back().head != look_.head) {
    const auto seen = accepted.time();
    if (is_overdue(seen)) {
      return found(
          finding("merkle.history_incomplete", {{"size", std::to_string(look_.head.size)}}));
    }
    published.push_back({look_.head, seen});
  }
  times_.emplace(std::move(published), known_.range.size());
  return {};
}

bool OutsideLook::is_published(const TreeHead& shown) const {
  return shown.size == 0 || std::any_of(known_.published.rbegin(), known_.published.rend(),
                                        [&](const Published& one) { return one.head == shown; });
}

// What is published comes into the history in the same breath; what lies between us and the log may
// keep a file for a minute.
bool OutsideLook::is_overdue(std::optional<std::uint64_t> seen) const {
  return seen && *seen + clock_tolerance < options_.now_seconds;
}

void OutsideLook::await_in_history(const Published& shown) {
  const bool is_new = known_.awaited.empty() || known_.awaited.back().head != shown.head;
  if (is_new && shown.seconds) known_.awaited.push_back(shown);
}

Outcome OutsideLook::read_day(Date day, std::uint64_t size) {
  const std::string path = history_path(day);
  const auto known = known_.days.find(day);
  const std::size_t before = known == known_.days.end() ? 0 : known->second;
  const auto bytes = read(path);
  if (!bytes && bytes.error().code == FaultCode::not_found && before == 0) return {};
  if (!bytes) return found(bytes.error());
  const std::string text = to_text(*bytes);
  if (before > 0) {
    MINHU_TRY(const Bytes kept, mirror_.read(path));
    if (!text.starts_with(to_text(kept))) {
      return found(finding("merkle.history_changed", {{"file", path}}));
    }
  }
  const HistoryDay history = parse_history(std::string_view(text).substr(before));
  std::size_t whole = before;
  for (const std::string& note : history.notes) {
    const auto parsed = parse_note(note);
    const auto checkpoint =
        parsed ? parse_checkpoint(parsed->text) : Result<Checkpoint>(tl::unexpect, parsed.error());
    // Published after the checkpoint at hand: for the next look. Not what merely says so, or one
    // line that nobody signed would hide all behind it.
    if (checkpoint && checkpoint->head.size > size && accept_published(policy_, note)) break;
    take_published(path, note);
    if (!look_.findings.empty()) return {};
    whole += note.size();
  }
  if (whole > before) {
    known_.days[day] = whole;
    days_to_keep_[path] =
        Bytes(bytes->begin(), bytes->begin() + static_cast<std::ptrdiff_t>(whole));
  }
  return {};
}

void OutsideLook::take_published(const std::string& path, const std::string& note) {
  const auto published = accept_published(policy_, note);
  const Published* before = known_.published.empty() ? nullptr : &known_.published.back();
  const bool is_in_order =
      published &&
      (before == nullptr || (published->head.size >= before->head.size &&
                             published->seconds.value_or(largest_size) + clock_tolerance >=
                                 before->seconds.value_or(0)));
  // A size that was passed by at an earlier look cannot be compared any more.
  const bool is_late = published && known_.last && published->head != known_.last->head &&
                       published->head.size <= known_.last->head.size;
  if (!is_in_order || is_late) {
    look_.findings.push_back(finding("merkle.history_broken", {{"file", path}}));
    return;
  }
  known_.published.push_back(*published);
}

Outcome OutsideLook::read_new(TileReader& reader) {
  for (std::uint64_t bundle = known_.range.size() / tile_width;
       bundle * tile_width < look_.head.size && !is_enough(); ++bundle) {
    MINHU_CHECK_OK(read_bundle(reader, bundle));
  }
  return {};
}

Outcome OutsideLook::read_bundle(TileReader& reader, std::uint64_t bundle) {
  const auto entries = reader.entries(bundle);
  if (!entries) {
    ++unreadable_bundles_;
    return found(entries.error());
  }
  // After one that could not be read, the others are read for their own sake: no leaf can be
  // counted on from there.
  const std::uint64_t begin = bundle * tile_width;
  if (known_.range.size() < begin || known_.range.size() >= begin + entries->size()) return {};
  for (std::size_t at = known_.range.size() - begin; at < entries->size(); ++at) {
    take_leaf((*entries)[at]);
  }
  if (!look_.findings.empty()) return {};
  MINHU_TRY(const Bytes bytes, encode_bundle(*entries));
  return mirror_.write(kept_bundle_path(bundle), bytes);
}

void OutsideLook::take_leaf(BytesView entry) {
  const std::uint64_t index = known_.range.size();
  if (times_ && times_->root_is_published_otherwise(known_.range)) {
    (void)found(finding("merkle.published_otherwise", {{"size", std::to_string(index)}}));
  }
  for (const Breach& breach : known_.watch.read(entry)) (void)found(sentence_of(breach));
  if (const auto leaf = parse_leaf(entry)) {
    if (!known_.first_leaf_seconds) known_.first_leaf_seconds = leaf->seconds;
    const Outcome in_time = times_ ? times_->check(index, *leaf) : Outcome{};
    if (!in_time) (void)found(in_time.error());
  }
  known_.range.append(leaf_hash(entry));
  ++look_.new_leaves;
}

Outcome OutsideLook::keep(const std::string& note) {
  // Every tile was checked on the way down; this is the way up, from the leaves alone.
  if (known_.range.head() != look_.head ||
      (times_ && times_->root_is_published_otherwise(known_.range))) {
    return found(
        finding("merkle.published_otherwise", {{"size", std::to_string(look_.head.size)}}));
  }
  for (const auto& [path, bytes] : days_to_keep_) MINHU_CHECK_OK(mirror_.write(path, bytes));
  return mirror_.write("checkpoint", as_bytes(note));
}

}  // namespace minhu::merkle
