#include "app/petition_file.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/text_file.h"

namespace minhu::app {

namespace {

constexpr std::size_t rows_at_once = 4096;

struct Row {
  std::string id;
  std::string title;
  std::string detail;
  std::optional<text::MatterTerms> terms;
};

void read_rows(std::vector<Row>& rows, unsigned workers) {
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    constexpr std::size_t step = 64;
    text::TermReader reader;
    for (std::size_t begin = next.fetch_add(step); begin < rows.size();
         begin = next.fetch_add(step)) {
      const std::size_t end = std::min(begin + step, rows.size());
      for (std::size_t i = begin; i < end; ++i) {
        if (!reader.read(rows[i].title, rows[i].detail, rows[i].terms.emplace())) {
          rows[i].terms.reset();
        }
      }
    }
  };
  std::vector<std::jthread> others;
  for (unsigned i = 1; i < workers && rows.size() > 256; ++i) others.emplace_back(work);
  work();
}

}  // namespace

Outcome each_petition(const std::filesystem::path& file,
                      const std::function<void(const Petition&)>& take) {
  return each_text_row(file, WithCategory::no, [&](const TextRow& row) -> Outcome {
    take({row.id, row.title, row.detail});
    return {};
  });
}

Outcome each_petition(const std::filesystem::path& file, unsigned workers,
                      const std::function<void(const Petition&, text::MatterTerms*)>& take) {
  std::vector<Row> rows;
  const auto give = [&] {
    read_rows(rows, workers);
    for (Row& row : rows) {
      take({row.id, row.title, row.detail}, row.terms ? &*row.terms : nullptr);
    }
    rows.clear();
  };
  MINHU_CHECK_OK(each_petition(file, [&](const Petition& row) {
    rows.push_back({std::string(row.id), std::string(row.title), std::string(row.detail), {}});
    if (rows.size() == rows_at_once) give();
  }));
  give();
  return {};
}

}  // namespace minhu::app
