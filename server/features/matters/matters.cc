#include "features/matters/matters.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <span>

#include "engines/text/evidence.h"
#include "features/cases/store.h"
#include "features/cases/together.h"
#include "features/matters/apart.h"
#include "features/matters/changes.h"
#include "features/matters/every_case.h"
#include "features/matters/index.h"
#include "features/matters/models.h"
#include "features/matters/suggestions.h"
#include "features/matters/words_of.h"
#include "kernel/giving_way.h"

namespace minhu::matters {

namespace {

constexpr std::int64_t most_changes = 500;
// Of its time at most one part in so many goes into reading everything anew because the county has
// outgrown what was counted: a small one in which much is said at once would be read on and on.
constexpr std::int64_t rest_after_reading = 10;

// What reading needs of the county. Made once; names that come later are read as the words that
// they are made of until the next start.
struct CountyText {
  text::Lexicon lexicon;
  text::AccusedWords accused;
};

struct InUse {
  std::string version;
  std::optional<text::Model> model;  // none that opens: a newer program made it
};

text::AccusedWords accused_words() {
  auto words = text::AccusedWords::built_in();
  MINHU_ASSERT(words.has_value());  // built into the program, held by a test of the engine
  return std::move(*words);
}

// What both speak of, as pieces of the asking text: the title where it has some, else the text.
std::vector<std::string> evidence(const CountyText& county, std::string_view title,
                                  std::string_view text, const std::vector<std::uint32_t>& terms) {
  for (const std::string_view field : {title, text}) {
    auto pieces = text::shared_pieces(county.lexicon, field, terms);
    if (pieces && !pieces->empty()) return std::move(*pieces);
  }
  return {};
}

std::vector<Alike> told(const CountyText& county, std::string_view title, std::string_view text,
                        std::vector<Nearest>&& found) {
  std::vector<Alike> alike;
  for (Nearest& one : found) {
    Alike shown;
    shown.id = one.id;
    shown.score = std::clamp<std::int64_t>(std::llround(one.score * 100), 0, 100);
    shown.words = evidence(county, title, text, one.terms);
    shown.same_text = one.same_text;
    alike.push_back(std::move(shown));
  }
  return alike;
}

}  // namespace

struct Matters::Parts {
  explicit Parts(const cases::Installation& the_installation) : installation(the_installation) {}

  const cases::Installation& installation;
  RegionId region = installation.county.region;

  mutable std::shared_mutex mutex;  // of everything below
  std::shared_ptr<const CountyText> county =
      std::make_shared<CountyText>(CountyText{text::Lexicon(), accused_words()});
  std::shared_ptr<const InUse> in_use;
  std::shared_ptr<Index> index = std::make_shared<Index>();
  bool all_read = false;
  std::int64_t looked_at = 0;
  std::int64_t there_were = 0;
  Change last;  // of the feed

  // The reader's. What is in the overlap of the feed and has been read: each round sees it again,
  // and with hundreds of new cases a second each would be read five times.
  std::map<cases::CaseId, Change> already_read;
  std::int64_t reading_took_ms = 0;
  Instant read_at;

  // With the lock, in full turn: the reader gives way to whoever asks.
  void change(const std::function<void()>& what) {
    in_full_turn([&] {
      const std::unique_lock lock(mutex);
      what();
    });
  }

  bool is_known(const Change& change) const {
    const auto found = already_read.find(change.id);
    return found != already_read.end() && found->second.seq == change.seq &&
           found->second.apart == change.apart;
  }

  std::shared_ptr<Index> the_index() const {
    const std::shared_lock lock(mutex);
    return index;
  }

  std::shared_ptr<const CountyText> county_text() const {
    const std::shared_lock lock(mutex);
    return county;
  }

  void read_county() {
    std::shared_ptr<const CountyText> fresh =
        std::make_shared<CountyText>(CountyText{installation.database.read([&](Reading& reading) {
                                                  return county_lexicon(reading, region);
                                                }),
                                                accused_words()});
    change([&] { county.swap(fresh); });
  }

  // The model that is to be used, when it is another one than until now.
  void read_model(Reading& reading) {
    const auto wanted = model_in_use(reading, region);
    {
      const std::shared_lock lock(mutex);
      const std::string known = in_use ? in_use->version : std::string();
      if (known == (wanted ? wanted->version : std::string())) return;
    }
    std::shared_ptr<const InUse> fresh;
    if (wanted) {
      InUse read{wanted->version, std::nullopt};
      if (const auto bytes = model_bytes(reading, region, wanted->version)) {
        if (auto model = text::Model::open(*bytes)) read.model.emplace(std::move(*model));
      }
      fresh = std::make_shared<const InUse>(std::move(read));
    }
    change([&] { in_use.swap(fresh); });
  }

  // What the index is to know of each of these cases; no entry: that it must not know it.
  std::vector<IndexChange> changes_of(Reading& reading,
                                      std::span<const cases::CaseFile> files) const {
    const auto words = words_of(reading, region, installation.keyring, files);
    std::vector<cases::CaseId> known;
    for (const auto& [id, each] : words) known.push_back(id);
    auto apart = kept_apart(reading, region, known);
    std::vector<IndexChange> changes;
    for (const cases::CaseFile& file : files) {
      IndexChange& change = changes.emplace_back(IndexChange{file.id, std::nullopt, {}, {}});
      const auto said = words.find(file.id);
      if (said == words.end()) continue;
      auto entry = Index::read(said->second.title, said->second.text, file.place, file.received_at);
      if (!entry) continue;  // not readable: it is alike to nothing
      change.entry = std::move(*entry);
      change.apart = std::move(apart[file.id]);
      if (!file.merged_into.empty()) change.together = file.merged_into;
    }
    return changes;
  }

  void apply(Index& into, std::vector<IndexChange>& changes, std::int64_t seen) {
    for (IndexChange& one : changes) into.apply(std::move(one));
    changes.clear();
    if (seen > 0) change([&] { looked_at += seen; });
  }

  void read_all(const std::function<bool()>& stop) {
    // What changes from now on is in the feed, also while we read.
    const Instant begun = installation.clock.now();
    const auto there = installation.database.read([&](Reading& reading) {
      return reading
          .first("SELECT COUNT(*) FROM case_file WHERE region_id = ?1", {param(region)},
                 [](const Row& row) { return row.integer(0); })
          .value_or(0);
    });
    const auto fresh = std::make_shared<Index>();
    auto before = fresh;  // and what was there until now ends without the lock
    change([&] {
      index.swap(before);
      all_read = false;  // whatever ends this reading: the next call begins it again
      looked_at = 0;
      there_were = there;
    });
    before.reset();
    already_read.clear();
    std::vector<IndexChange> changes;
    std::int64_t seen = 0;
    bool stopped = false;
    const auto read = [&](Reading& reading, std::span<const cases::CaseFile> files) {
      seen += std::ssize(files);
      std::vector<cases::CaseFile> some;
      std::copy_if(files.begin(), files.end(), std::back_inserter(some), may_be_compared);
      for (IndexChange& one : changes_of(reading, some)) {
        changes.push_back(std::move(one));
        stopped = stop && stop();
        if (stopped) break;
      }
      return !stopped;
    };
    each_group(installation.database, region, read, [&] {
      apply(*fresh, changes, seen);
      seen = 0;
    });
    if (stopped || !fresh->settle(stop)) return;
    last = {Instant{begun.unix_ms - overlap_ms}, {}};
    read_at = installation.clock.now();
    reading_took_ms = read_at.unix_ms - begun.unix_ms;
    change([&] { all_read = true; });
  }

  void read_changes(const std::function<bool()>& stop) {
    for (;;) {
      const auto changed = installation.database.read(
          [&](Reading& reading) { return changes_after(reading, region, last, most_changes); });
      if (changed.empty()) break;
      std::vector<IndexChange> changes;
      bool stopped = false;
      installation.database.read_job([&](Reading& reading) {
        std::vector<cases::CaseId> ids;
        for (const Change& change : changed) {
          if (!is_known(change)) ids.push_back(change.id);
        }
        for (std::size_t from = 0; from < ids.size() && !stopped; from += cases::cases_at_once) {
          const std::size_t size = std::min(cases::cases_at_once, ids.size() - from);
          const auto files = cases::load_files(reading, region, std::span(ids).subspan(from, size));
          for (IndexChange& one : changes_of(reading, files)) {
            changes.push_back(std::move(one));
            stopped = stop && stop();
            if (stopped) break;
          }
        }
      });
      if (stopped) return;  // the next call begins with these again
      apply(*index, changes, 0);
      for (const Change& one : changed) already_read.insert_or_assign(one.id, one);
      last = changed.back();
      if (changed.size() < static_cast<std::size_t>(most_changes)) break;
    }
    if (!index->settle(stop)) return;
    const Instant reread{installation.clock.now().unix_ms - overlap_ms};
    last = {reread, {}};
    std::erase_if(already_read, [&](const auto& one) { return one.second.at < reread; });
  }

  bool has_rested() const {
    const std::int64_t rest = installation.clock.now().unix_ms - read_at.unix_ms;
    // A clock that was set back says nothing.
    return rest < 0 || rest >= reading_took_ms * (rest_after_reading - 1);
  }
};

Matters::Matters(const cases::Installation& installation)
    : parts_(std::make_unique<Parts>(installation)) {}
Matters::~Matters() = default;

void Matters::catch_up(const std::function<bool()>& stop) {
  Parts& parts = *parts_;
  parts.installation.database.read([&](Reading& reading) -> Outcome {
    parts.read_model(reading);
    return {};
  });
  const Instant now = parts.installation.clock.now();
  const bool too_late = parts.all_read && now.unix_ms - parts.last.at.unix_ms > kept_ms / 2;
  bool outgrown = false;
  in_full_turn([&] {
    const std::shared_lock lock(parts.mutex);
    outgrown = parts.all_read && parts.index->outgrown();
  });
  outgrown = outgrown && parts.has_rested();
  if (!parts.all_read || too_late || outgrown) {
    parts.read_county();
    parts.read_all(stop);
  }
  if (parts.all_read) parts.read_changes(stop);
}

Standing Matters::standing() const {
  const std::shared_lock lock(parts_->mutex);
  Standing standing;
  standing.read = static_cast<std::int64_t>(parts_->index->size());
  standing.percent = parts_->all_read ? 100
                     : parts_->there_were == 0
                         ? 0
                         : std::min<std::int64_t>(99, 100 * parts_->looked_at / parts_->there_were);
  return standing;
}

Result<WordsRead> Matters::read(Reading& reading, std::string_view title, std::string_view text,
                                std::string_view place) const {
  const auto county = parts_->county_text();
  MINHU_TRY(const text::Read page, text::read(county->lexicon, title, text));
  WordsRead told;
  if (page.tokens.empty()) return told;
  // Whoever put another model to use sees it at work in the next words, here and on every server.
  parts_->read_model(reading);
  std::shared_ptr<const InUse> in_use;
  {
    const std::shared_lock lock(parts_->mutex);
    in_use = parts_->in_use;
  }
  if (in_use && in_use->model) {
    suggest_categories(*in_use->model, page, told);
    told.model = in_use->version;
  } else if (auto guess = places_and_units::guess_category(reading, parts_->region, text)) {
    // How often that is right nobody has measured: it is told as not sure.
    told.categories.push_back({std::move(guess->category), 0, std::move(guess->words), {}});
  }
  told.complained_of = matters::complained_of(county->accused, {title, text, page},
                                              county_units(reading, parts_->region),
                                              whereabouts(reading, parts_->region, place));
  return told;
}

Result<std::vector<Alike>> Matters::alike(std::string_view title, std::string_view text,
                                          std::string_view place, Instant at,
                                          std::size_t most) const {
  MINHU_TRY(const IndexEntry entry, Index::read(title, text, place, at));
  return told(*parts_->county_text(), title, text, parts_->the_index()->nearest(entry, {}, most));
}

std::vector<Alike> Matters::alike_to(Reading& reading, cases::CaseId id, std::size_t most) const {
  const auto file = cases::load_file(reading, parts_->region, id);
  if (!file) return {};
  const auto words = words_of(reading, parts_->region, parts_->installation.keyring, *file);
  if (!words) return {};
  const auto entry = Index::read(words->title, words->text, file->place, file->received_at);
  if (!entry) return {};
  auto apart = kept_apart(reading, parts_->region, id);
  apart.push_back(id);
  const auto index = parts_->the_index();
  std::vector<Nearest> found = index->nearest(*entry, apart, most);
  std::vector<bool> same_issue;
  for (const Nearest& one : found) same_issue.push_back(index->same_issue(id, one.id));
  auto alike = told(*parts_->county_text(), words->title, words->text, std::move(found));
  for (std::size_t i = 0; i < alike.size(); ++i) alike[i].same_issue = same_issue[i];
  return alike;
}

std::int64_t Matters::same_issue(cases::CaseId id) const {
  return parts_->the_index()->others_of_issue(id);
}

std::vector<Matters::Issue> Matters::issues(std::size_t least) const {
  std::vector<Issue> issues;
  for (auto& cases : parts_->the_index()->issues(least)) issues.push_back({std::move(cases)});
  return issues;
}

}  // namespace minhu::matters
