#include "features/cases/known_cases.h"

#include <algorithm>
#include <array>
#include <set>

#include "features/cases/key_store.h"
#include "features/cases/said.h"
#include "features/cases/store.h"
#include "features/cases/together.h"
#include "kernel/assert.h"
#include "kernel/crypto.h"

namespace minhu::cases {

namespace {

std::vector<CaseAsOf> as_they_are(Reading& reading, RegionId region, std::span<const CaseId> ids) {
  std::map<CaseId, CaseAsOf> found;
  for_cases_at_once(region, ids, [&](const Parameters& these) {
    reading.query(
        "SELECT case_id, seq, changed_at FROM case_file "
        "WHERE region_id = ?1 AND case_id IN " MINHU_CASES_AT_ONCE,
        these, [&](const Row& row) {
          const auto id = row.id<CaseId>(0);
          found.emplace(id, CaseAsOf{id, row.integer(1), row.instant(2)});
        });
  });
  std::vector<CaseAsOf> cases;
  for (const CaseId id : ids) {
    if (const auto each = found.extract(id)) cases.push_back(each.mapped());
  }
  return cases;
}

Doing doing_in(const Row& row) {
  const std::string_view kind = row.text(1);
  const auto role = accounts::role_named(row.text(2)).value_or(accounts::Role::anyone);
  Doing doing{row.integer(5), row.id<UnitId>(3), row.instant(4)};
  doing.spoke_up = role == accounts::Role::speaker &&
                   (kind == name(EventKind::supplemented) || kind == name(EventKind::urged));
  doing.of_an_office = role != accounts::Role::speaker && role != accounts::Role::anyone &&
                       role != accounts::Role::system;
  doing.is_work = kind != name(EventKind::signed_in) && kind != name(EventKind::noted);
  return doing;
}

std::map<CaseId, Doings> doings_of(Reading& reading, RegionId region, std::span<const CaseId> ids) {
  std::map<CaseId, Doings> doings;
  for_cases_at_once(region, ids, [&](const Parameters& these) {
    reading.query(
        "SELECT case_id, kind, role, unit_id, recorded_at, seq FROM case_event "
        "WHERE region_id = ?1 AND case_id IN " MINHU_CASES_AT_ONCE,
        these, [&](const Row& row) { doings[row.id<CaseId>(0)].push_back(doing_in(row)); });
  });
  const auto earlier = [](const Doing& a, const Doing& b) { return a.seq < b.seq; };
  for (auto& [id, each] : doings) {
    if (!std::is_sorted(each.begin(), each.end(), earlier)) {
      std::sort(each.begin(), each.end(), earlier);
    }
  }
  return doings;
}

constexpr std::int64_t few_erased = 100;

// Cases whose key is about to be destroyed: they stand here until that is done, within minutes.
std::set<CaseId> erased_of(Reading& reading, RegionId region) {
  std::set<CaseId> erased;
  reading.query("SELECT case_id FROM erased_key WHERE region_id = ?1 LIMIT ?2",
                {param(region), few_erased + 1},
                [&](const Row& row) { erased.insert(row.id<CaseId>(0)); });
  return erased;
}

// load_case_keys for cases most of which came in long ago, so that their keys lie in the key store.
std::map<CaseId, CaseKey> keys_of(Reading& reading, RegionId region, std::span<const CaseId> ids,
                                  const Keyring& keyring) {
  const std::set<CaseId> erased = erased_of(reading, region);
  if (static_cast<std::int64_t>(erased.size()) > few_erased) {
    return load_case_keys(reading, region, ids, keyring);
  }
  std::vector<CaseId> there;
  for (const CaseId id : ids) {
    if (!erased.contains(id)) there.push_back(id);
  }
  std::map<CaseId, CaseKey> keys;
  for (const CaseKey& key : keyring.store->find(region, there)) keys.emplace(key.case_id, key);
  std::erase_if(there, [&](CaseId id) { return keys.contains(id); });
  if (!there.empty()) keys.merge(load_case_keys(reading, region, there, keyring));
  return keys;
}

// Binds a headline to its case and to the words that it was made from.
Bytes place_of(const CaseFile& file) {
  Bytes place = to_bytes("minhu/line-headline/v1/");
  for (const BytesView part : {file.id.bytes(), file.words.bytes()}) {
    place.insert(place.end(), part.begin(), part.end());
  }
  return place;
}

Bytes sealed_headline(const CaseKey& key, const CaseFile& file, std::string_view headline) {
  // The same words have the same headline, so the same nonce never meets two texts.
  const Digest drawn =
      keyed_hash(key.key, {as_bytes("minhu/line-headline-nonce/v1"), file.words.bytes()});
  std::array<std::uint8_t, 24> nonce{};
  std::copy_n(drawn.begin(), nonce.size(), nonce.begin());
  return seal(key.key, as_bytes(headline), place_of(file), nonce);
}

}  // namespace

KnownCases::KnownCases(Reading& reading, const Context& context)
    : reading_(reading), context_(context) {
  MINHU_ASSERT(context.keyring.store != nullptr);
  const bool is_reading_alone = dynamic_cast<Transaction*>(&reading) == nullptr;
  memory_ = is_reading_alone ? &context.keyring.store->lines() : nullptr;
  view_ = is_reading_alone ? dynamic_cast<const SoleWritersView*>(&reading) : nullptr;
}

std::vector<KnownCase> KnownCases::find(std::span<const CaseId> ids) {
  const RegionId region = context_.county.region;
  const auto read = [&](std::span<const CaseId> these) {
    std::vector<KnownCase> cases;
    for (CaseFile& file : load_files(reading_, region, these)) {
      cases.push_back({std::make_shared<const CaseFile>(std::move(file)), nullptr, nullptr});
    }
    return cases;
  };
  if (memory_ == nullptr) return read(ids);
  std::map<CaseId, KnownCase> cases;
  const auto take = [&](const auto& asked, std::vector<KnownCase> found) {
    std::vector<CaseId> missing;
    for (std::size_t i = 0; i < found.size(); ++i) {
      const CaseId id = asked(i);
      if (found[i].file) {
        cases.emplace(id, std::move(found[i]));
      } else {
        missing.push_back(id);
      }
    }
    return missing;
  };
  std::vector<CaseId> uncertain(ids.begin(), ids.end());
  if (view_ != nullptr) {
    uncertain =
        take([&](std::size_t i) { return ids[i]; }, memory_->find_unchanged(region, ids, *view_));
  }
  const std::vector<CaseAsOf> there = as_they_are(reading_, region, uncertain);
  const std::vector<CaseId> missing =
      take([&](std::size_t i) { return there[i].id; }, memory_->find(region, there, view_));
  for (KnownCase& each : read(missing)) cases.emplace(each.file->id, std::move(each));
  std::vector<KnownCase> all;
  for (const CaseId id : ids) {
    if (auto found = cases.extract(id)) all.push_back(std::move(found.mapped()));
  }
  return all;
}

void KnownCases::add_doings(std::span<KnownCase> cases) {
  std::vector<CaseId> missing;
  for (const KnownCase& each : cases) {
    if (!each.doings) missing.push_back(each.file->id);
  }
  std::sort(missing.begin(), missing.end());
  missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
  std::map<CaseId, std::shared_ptr<const Doings>> read;
  for (auto& [id, doings] : doings_of(reading_, context_.county.region, missing)) {
    doings.shrink_to_fit();
    read.emplace(id, std::make_shared<const Doings>(std::move(doings)));
  }
  for (KnownCase& each : cases) {
    if (each.doings) continue;
    const auto found = read.find(each.file->id);
    each.doings = found == read.end() ? std::make_shared<const Doings>() : found->second;
  }
}

std::map<CaseId, std::string> KnownCases::headlines(std::span<KnownCase> cases) {
  const RegionId region = context_.county.region;
  std::vector<CaseId> with_words;
  for (const KnownCase& each : cases) {
    if (!each.file->erased && !each.file->words.empty()) with_words.push_back(each.file->id);
  }
  // Each time: a key that was destroyed takes along what is remembered.
  const auto keys = keys_of(reading_, region, with_words, context_.keyring);
  std::map<CaseId, std::string> all;
  std::map<CaseId, CaseKey> missing;
  for (const KnownCase& each : cases) {
    const auto key = keys.find(each.file->id);
    if (key == keys.end()) continue;
    if (each.headline) {
      if (const auto plain = open_sealed(key->second.key, *each.headline, place_of(*each.file))) {
        all.emplace(key->first, to_text(*plain));
        continue;
      }
    }
    missing.emplace(key->first, key->second);
  }
  if (missing.empty()) return all;
  for (const auto& [id, words] : read_words(reading_, region, missing)) {
    all.emplace(id, headline(said_of(to_text(words))));
  }
  if (memory_ == nullptr) return all;
  for (KnownCase& each : cases) {
    const auto key = missing.find(each.file->id);
    const auto found = all.find(each.file->id);
    if (key == missing.end() || found == all.end()) continue;
    each.headline =
        std::make_shared<const Bytes>(sealed_headline(key->second, *each.file, found->second));
  }
  return all;
}

void KnownCases::remember(std::span<const KnownCase> cases) {
  if (memory_ != nullptr) memory_->keep(context_.county.region, cases, view_);
}

}  // namespace minhu::cases
