// One look of a monitor (outside_monitor.h).
#pragma once

#include "engines/merkle/outside_monitor.h"
#include "engines/merkle/published_times.h"
#include "engines/merkle/tile_reader.h"

namespace minhu::merkle {

class OutsideLook {
 public:
  // What it is given must outlive it; `known` has grown by what was read, for better or worse.
  OutsideLook(const TrustPolicy& policy, const ReadFile& log, const Mirror& mirror, KnownLog& known,
              const LookOptions& options)
      : policy_(policy), log_(log), mirror_(mirror), known_(known), options_(options) {}

  // `next_again` moves on over the part that was read before.
  Result<Look> run(std::uint64_t& next_again);

 private:
  Outcome look_at(const Accepted& accepted, std::uint64_t& next_again);
  Outcome read_history(TileReader& reader, const Accepted& accepted);
  Outcome read_day(Date day, std::uint64_t size);
  void await_in_history(const Published& shown);
  bool is_published(const TreeHead& shown) const;
  bool is_overdue(std::optional<std::uint64_t> seen) const;
  void take_published(const std::string& path, const std::string& note);
  Outcome follow(TileReader& reader, const Checkpoint& next);
  Outcome read_again(TileReader& reader, std::uint64_t& next_again);
  Outcome read_new(TileReader& reader);
  Outcome read_bundle(TileReader& reader, std::uint64_t bundle);
  void take_leaf(BytesView entry);
  Outcome compare_elsewhere(TileReader& reader);
  std::optional<Published> accept_held(const std::string& note) const;
  Outcome keep(const std::string& note);

  // Adds the finding; or, when the fault says that nothing can be known, gives it back.
  Outcome found(const Fault& fault);
  Result<Bytes> read(const std::string& path);
  // One broken tile far up makes every bundle below it unreadable; it need not be read so often.
  bool is_enough() const {
    return look_.findings.size() >= most_findings || unreadable_bundles_ >= most_findings;
  }

  const TrustPolicy& policy_;
  const ReadFile& log_;
  const Mirror& mirror_;
  KnownLog& known_;
  const LookOptions& options_;

  Look look_;
  std::size_t unreadable_bundles_ = 0;
  std::string last_path_;  // read from the log
  std::optional<PublishedTimes> times_;
  std::map<std::string, Bytes> days_to_keep_;
};

}  // namespace minhu::merkle
