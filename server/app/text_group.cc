// `minhu text group`: which petitions of a file speak of the same concrete issue.
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <thread>

#include "app/commands.h"
#include "app/petition_file.h"
#include "app/terminal.h"
#include "app/text_file.h"
#include "engines/text/evidence.h"
#include "engines/text/groups.h"
#include "kernel/csv.h"

namespace minhu::app {

namespace {

// The groups of a file: petitions are numbered in the order of their ids, so that the order of the
// rows changes nothing.
struct Grouped {
  std::vector<std::uint32_t> key_of_row;
  std::vector<std::string> id_of_key;
  std::optional<text::Groups> groups;
  std::uint64_t unreadable = 0;
};

// Shorter ids first, then as text: 7 < 12 < 120.
bool id_before(const std::string& a, const std::string& b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

Result<Grouped> group_rows(const std::filesystem::path& file, unsigned workers) {
  Grouped grouped;
  std::vector<std::string> ids;
  auto counter = std::make_unique<text::GroundCounter>();
  MINHU_CHECK_OK(each_petition(file, workers, [&](const Petition& row, text::MatterTerms* terms) {
    ids.emplace_back(row.id);
    if (terms != nullptr) counter->add(*terms);
  }));
  std::vector<std::uint32_t> rows(ids.size());
  std::iota(rows.begin(), rows.end(), 0U);
  std::stable_sort(rows.begin(), rows.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return id_before(ids[a], ids[b]); });
  grouped.key_of_row.resize(rows.size());
  for (std::uint32_t key = 0; key < rows.size(); ++key) grouped.key_of_row[rows[key]] = key;
  grouped.id_of_key.resize(rows.size());
  for (std::size_t row = 0; row < ids.size(); ++row) {
    grouped.id_of_key[grouped.key_of_row[row]] = std::move(ids[row]);
  }
  std::vector<std::string>().swap(ids);
  grouped.groups.emplace(counter->ground(), workers);
  counter.reset();  // of a million petitions more than a hundred MiB
  std::size_t row = 0;
  MINHU_CHECK_OK(each_petition(file, workers, [&](const Petition&, text::MatterTerms* terms) {
    if (terms != nullptr) {
      grouped.groups->add(grouped.key_of_row[row], *terms);
    } else {
      ++grouped.unreadable;
    }
    ++row;
  }));
  grouped.groups->settle();
  return grouped;
}

// 「魅力花园、楼板开裂 (7)」: what of this title the others of the group have, and how many they
// are.
std::string why(const text::Lexicon& lexicon, std::string_view title,
                std::span<const text::CaseKey> members, std::span<const std::uint32_t> common) {
  std::string words;
  if (const auto pieces = text::shared_pieces(lexicon, title, common)) {
    for (const std::string& piece : *pieces) {
      if (!words.empty()) words += "、";
      words += piece;
    }
  }
  return fmt::format("{} ({})", words.empty() ? "…" : words, members.size());
}

}  // namespace

int group_texts(const TextGroupOptions& options) {
  const auto begun = std::chrono::steady_clock::now();
  const unsigned workers =
      options.workers > 0 ? options.workers : std::max(1U, std::thread::hardware_concurrency());
  auto grouped = group_rows(options.file, workers);
  if (!grouped) return refuse(grouped.error());
  const text::Groups& groups = *grouped->groups;
  const text::Lexicon lexicon;
  std::map<text::CaseKey, std::vector<std::uint32_t>> common_of;
  std::string out = "id,group,why\n";
  std::size_t row = 0;
  std::size_t in_groups = 0;
  const auto written = each_petition(options.file, [&](const Petition& petition) {
    const std::uint32_t key = grouped->key_of_row[row++];
    const auto group = groups.group_of(key);
    const auto members = group ? groups.members(*group) : std::vector<text::CaseKey>();
    out += csv_field(petition.id) + ',';
    if (members.size() > 1) {
      ++in_groups;
      auto [common, is_new] = common_of.try_emplace(*group);
      if (is_new) {
        std::vector<const text::Matter*> matters;
        for (const text::CaseKey member : members) matters.push_back(groups.matter(member));
        common->second = text::common_terms(matters);
      }
      out += csv_field(grouped->id_of_key[*group]) + ',' +
             csv_field(why(lexicon, petition.title, members, common->second));
    } else {
      out += ',';
    }
    out += '\n';
  });
  if (!written) return refuse(written.error());
  if (const Outcome kept = write_whole(options.out, out); !kept) return refuse(kept.error());
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  return finish(fmt::format("{} petitions, {} of them in {} groups, {} not readable, in {:.2f} s",
                            row, in_groups, common_of.size(), grouped->unreadable, took.count()));
}

}  // namespace minhu::app
