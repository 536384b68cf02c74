// `minhu text index` and `minhu text similar`: the petitions of a file that are nearest to a text.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <thread>

#include "app/commands.h"
#include "app/petition_file.h"
#include "app/terminal.h"
#include "app/text_file.h"
#include "engines/text/evidence.h"
#include "engines/text/similar.h"

namespace minhu::app {

namespace {

// The note of the index: the id of each petition, in the order of its keys, a line each.
std::vector<std::string> ids_of(BytesView note) {
  std::vector<std::string> ids;
  std::string id;
  for (const std::uint8_t byte : note) {
    if (byte == '\n') {
      ids.push_back(std::move(id));
      id.clear();
    } else {
      id += static_cast<char>(byte);
    }
  }
  return ids;
}

Result<text::SimilarIndex::Opened> open_index(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    return fail(FaultCode::not_found, "text.cannot_read_file", "",
                std::map<std::string, std::string>{{"file", file.string()}});
  }
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  return text::SimilarIndex::from_bytes(as_bytes(bytes));
}

}  // namespace

int index_texts(const TextIndexOptions& options) {
  const auto begun = std::chrono::steady_clock::now();
  const unsigned workers =
      options.workers > 0 ? options.workers : std::max(1U, std::thread::hardware_concurrency());
  text::GroundCounter counter;
  const auto counted =
      each_petition(options.file, workers, [&](const Petition&, text::MatterTerms* terms) {
        if (terms != nullptr) counter.add(*terms);
      });
  if (!counted) return refuse(counted.error());
  text::SimilarIndex index(counter.ground());
  Bytes note;
  std::uint64_t row = 0;
  const auto added =
      each_petition(options.file, workers, [&](const Petition& petition, text::MatterTerms* terms) {
        for (const char byte : petition.id) {
          note.push_back(byte == '\n' ? ' ' : static_cast<std::uint8_t>(byte));
        }
        note.push_back('\n');
        if (terms != nullptr) index.add(row, *terms);
        ++row;
      });
  if (!added) return refuse(added.error());
  const Bytes bytes = index.to_bytes(note);
  if (const Outcome kept = write_whole(options.out, to_text(bytes)); !kept) {
    return refuse(kept.error());
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  return finish(fmt::format("indexed {} petitions, {} not readable, {:.1f} MB, in {:.2f} s",
                            index.size(), row - index.size(),
                            static_cast<double>(bytes.size()) / 1e6, took.count()));
}

int similar_texts(const TextSimilarOptions& options) {
  auto opened = open_index(options.index);
  if (!opened) return refuse(opened.error());
  const text::SimilarIndex& index = opened->index;
  const std::vector<std::string> ids = ids_of(opened->note);
  std::vector<text::Near> near;
  std::optional<text::Matter> asked;
  if (!options.id.empty()) {
    const auto found = std::find(ids.begin(), ids.end(), options.id);
    const auto key = static_cast<std::uint64_t>(found - ids.begin());
    asked = index.matter(key);
    if (!asked) {
      return refuse(Fault(FaultCode::not_found, "text.not_in_index", "id"));
    }
    near = index.nearest(key, options.most);
  } else {
    text::MatterTerms terms;
    // One text counts as both: what stands in it is its title as well.
    if (const Outcome read = text::TermReader().read(options.query, options.query, terms); !read) {
      return refuse(read.error());
    }
    asked = text::Matter(terms, index.ground());
    near = index.nearest(terms, options.most);
  }
  const text::Lexicon lexicon;
  for (const text::Near& one : near) {
    const text::Matter other = index.matter(one.key).value_or(text::Matter());
    const std::array<const text::Matter*, 2> both = {&*asked, &other};
    std::string shared;
    if (const auto pieces =
            text::shared_pieces(lexicon, options.query, text::common_terms(both), 5)) {
      for (const std::string& piece : *pieces) shared += (shared.empty() ? "" : "、") + piece;
    }
    const std::string id = one.key < ids.size() ? ids[one.key] : std::to_string(one.key);
    finish(fmt::format("{}\t{:.3f}\t{:+.1f}\t{}\t{}", id, one.score, one.odds,
                       one.copy ? "copy" : "-", shared));
  }
  return finish(fmt::format("{} of {} petitions: id, score, odds of one issue (log), copy, shared",
                            near.size(), index.size()));
}

}  // namespace minhu::app
