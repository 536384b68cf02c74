#include <condition_variable>
#include <exception>
#include <fstream>
#include <mutex>
#include <thread>

#include "features/cases/receive.h"
#include "features/cases/said.h"
#include "features/cases/store.h"
#include "features/imports/columns.h"
#include "features/imports/imports.h"
#include "features/imports/rejects.h"
#include "features/imports/row.h"
#include "features/places_and_units/places_and_units.h"
#include "kernel/utf8.h"

namespace minhu::imports {

namespace {

using Details = std::map<std::string, std::string>;

constexpr std::size_t longest_source_name = 64;

tl::unexpected<Fault> refuse(const char* key, Details details = {}) {
  return fail(FaultCode::invalid_input, key, std::string(), std::move(details));
}

// A disk or the database, not the row.
bool stops_the_import(const Fault& fault) {
  return fault.code == FaultCode::out_of_storage || fault.code == FaultCode::unavailable;
}

// A row on its way, and what became of it.
struct Item {
  CsvRow row;
  Result<cases::Words> words;
  std::uint64_t position = 0;  // in the file, after it
};
enum class Became { imported, already_there, repeated_in_file, rejected };
struct Verdict {
  Became became = Became::rejected;
  std::size_t line = 0;
  bool without_time = false;
  std::optional<Fault> fault;       // of a rejected row
  std::vector<std::string> fields;  // of a rejected row
  std::uint64_t position = 0;
};

// Many threads take rows, because a row is a write of its own and the storage groups those that
// wait together into one commit. What became of them is told in the order of the file.
class Import {
 public:
  Import(const cases::Installation& installation, accounts::Principal actor,
         const catalogue::Catalogue& catalogue, const Watch& watch, std::istream& in)
      : installation_(installation),
        actor_(actor),
        catalogue_(catalogue),
        watch_(watch),
        reader_(in),
        started_(installation.clock.now()) {}

  Result<Imported> run(const Order& order, std::string source, std::filesystem::path rejects_file);

 private:
  void work();
  std::optional<std::pair<std::uint64_t, Item>> next_item();
  Verdict take(Item item);
  Result<Became> keep(cases::Words words);
  Result<Became> compare(const cases::Receipt& receipt, const cases::Said& said);
  void tell(std::uint64_t index, Verdict verdict);
  void count(const Verdict& verdict);
  void stop(Fault fault);
  std::vector<std::string> of_file(std::vector<std::string> fields) const;

  const cases::Installation& installation_;
  const accounts::Principal actor_;
  const catalogue::Catalogue& catalogue_;
  const Watch& watch_;

  std::mutex reading_;
  CsvReader reader_;
  Columns columns_;
  std::string source_;
  cases::Track track_ = cases::Track::petition;
  std::uint64_t read_ = 0;  // rows, by now
  bool at_end_ = false;

  std::mutex telling_;
  std::condition_variable told_some_;
  std::map<std::uint64_t, Verdict> waiting_;  // for an earlier row
  std::uint64_t told_ = 0;
  std::uint64_t most_ahead_ = 0;
  bool stopped_ = false;
  std::optional<Fault> fault_;
  std::exception_ptr thrown_;
  std::optional<Rejects> rejects_;
  Imported result_;
  std::uint64_t bytes_in_all_ = 0;

  const Instant started_;
};

std::vector<std::string> Import::of_file(std::vector<std::string> fields) const {
  // A list of rejects does not become a list of rejects of a list of rejects.
  if (columns_.of_rejects()) {
    fields.erase(fields.begin(), fields.begin() + std::min<std::ptrdiff_t>(2, std::ssize(fields)));
  }
  return fields;
}

void Import::stop(Fault fault) {
  {
    const std::lock_guard lock(telling_);
    stopped_ = true;
    if (!fault_) fault_ = std::move(fault);
  }
  told_some_.notify_all();
}

std::optional<std::pair<std::uint64_t, Item>> Import::next_item() {
  const std::lock_guard reading(reading_);
  {
    // One slow row must not let thousands of answers pile up behind it.
    std::unique_lock lock(telling_);
    told_some_.wait(lock, [&] { return stopped_ || read_ < told_ + most_ahead_; });
    if (stopped_) return std::nullopt;
  }
  while (!at_end_) {
    Item item{{}, cases::Words(), 0};
    const Result<bool> more = reader_.next(item.row);
    item.position = reader_.position();
    if (!more) {
      item.row.fields = {std::string(reader_.passed())};
      if (columns_.of_rejects()) item.row.fields.insert(item.row.fields.begin(), 2, std::string());
      item.words = tl::unexpected<Fault>(more.error());
    } else if (!*more) {
      at_end_ = true;
      break;
    } else if (item.row.fields.size() == 1 && item.row.fields.front().empty()) {
      continue;  // an empty line says nothing
    } else {
      item.words = words_of(item.row, columns_, {source_, track_}, installation_.keyring);
    }
    return std::pair(read_++, std::move(item));
  }
  return std::nullopt;
}

Result<Became> Import::compare(const cases::Receipt& receipt, const cases::Said& said) {
  const RegionId region = installation_.county.region;
  return installation_.database.read([&](Reading& reading) -> Result<Became> {
    const auto file = cases::load_file(reading, region, receipt.case_id);
    MINHU_ASSERT(file.has_value());
    // What was erased since stays erased: its row is known and does not come back.
    if (!file->erased) {
      MINHU_TRY(const auto key,
                cases::load_case_key(reading, region, file->id, installation_.keyring));
      MINHU_TRY(const Bytes kept, cases::read_content(reading, region, key, file->words));
      const cases::Said there = cases::said_of(to_text(kept));
      if (there.title != said.title || there.text != said.text) {
        return refuse("imports.same_id_other_words");
      }
    }
    return file->registered_at >= started_ ? Became::repeated_in_file : Became::already_there;
  });
}

Result<Became> Import::keep(cases::Words words) {
  const cases::Context context = installation_.as(actor_);
  if (!words.place.empty()) {
    const bool known = installation_.database.read([&](Reading& reading) {
      return places_and_units::find_place(reading, context.county.region, words.place).has_value();
    });
    if (!known) return refuse("imports.bad_place");
  }
  cases::Said said;
  MINHU_TRY(said.title, clean_text(words.title));
  MINHU_TRY(said.text, clean_text(words.text));
  MINHU_TRY(const auto prepared, cases::prepare(context, std::move(words)));
  MINHU_TRY(const cases::Receipt receipt, installation_.database.write([&](Transaction& t) {
    return cases::receive(t, context, *prepared);
  }));
  return receipt.repeated ? compare(receipt, said) : Became::imported;
}

Verdict Import::take(Item item) {
  Verdict verdict;
  verdict.line = item.row.line;
  verdict.position = item.position;
  Result<Became> became = Became::rejected;
  if (item.words) {
    verdict.without_time = !item.words->happened_at.has_value();
    became = keep(std::move(*item.words));
  } else {
    became = tl::unexpected<Fault>(std::move(item.words).error());
  }
  if (became) {
    verdict.became = *became;
  } else {
    verdict.fault = fault_of_row(std::move(became).error());
    verdict.fields = of_file(std::move(item.row.fields));
  }
  return verdict;
}

void Import::count(const Verdict& verdict) {
  switch (verdict.became) {
    case Became::imported:
      ++result_.imported;
      if (verdict.without_time) ++result_.without_time;
      break;
    case Became::repeated_in_file:
      ++result_.repeated_in_file;
      if (result_.repeated_lines.size() < most_lines_named) {
        result_.repeated_lines.push_back(verdict.line);
      }
      [[fallthrough]];
    case Became::already_there:
      ++result_.already_there;
      break;
    case Became::rejected:
      ++result_.rejected;
      break;
  }
  if (watch_) {
    watch_({result_.imported, result_.already_there, result_.rejected, verdict.position,
            bytes_in_all_});
  }
}

void Import::tell(std::uint64_t index, Verdict verdict) {
  {
    const std::lock_guard lock(telling_);
    waiting_.emplace(index, std::move(verdict));
    for (auto next = waiting_.begin(); !stopped_ && next != waiting_.end() && next->first == told_;
         next = waiting_.erase(next), ++told_) {
      Verdict& row = next->second;
      if (row.became == Became::rejected) {
        row.fault->details["line"] = std::to_string(row.line);
        const Outcome written = rejects_->add(row.line, catalogue_.say(*row.fault), row.fields);
        if (!written) {
          stopped_ = true;
          fault_ = written.error();
          break;
        }
      }
      count(row);
    }
  }
  told_some_.notify_all();
}

void Import::work() {
  try {
    while (auto next = next_item()) {
      Verdict verdict = take(std::move(next->second));
      if (verdict.fault && stops_the_import(*verdict.fault)) {
        stop(std::move(*verdict.fault));
        return;
      }
      tell(next->first, std::move(verdict));
    }
  } catch (...) {
    {
      const std::lock_guard lock(telling_);
      stopped_ = true;
      if (!thrown_) thrown_ = std::current_exception();
    }
    told_some_.notify_all();
  }
}

Result<Imported> Import::run(const Order& order, std::string source,
                             std::filesystem::path rejects_file) {
  std::error_code error;
  bytes_in_all_ = std::filesystem::file_size(order.file, error);
  if (error) bytes_in_all_ = 0;
  source_ = std::move(source);
  track_ = order.track;
  most_ahead_ = order.at_once * 4;

  CsvRow header;
  const Result<bool> first = reader_.next(header);
  if (!first) {
    Fault fault = fault_of_row(first.error());
    fault.details["imported"] = "0";
    return tl::unexpected<Fault>(std::move(fault));
  }
  if (!*first) return refuse("imports.empty");
  MINHU_TRY(columns_, Columns::find(header, order.columns));
  result_.columns_not_kept = columns_.not_kept();
  rejects_.emplace(rejects_file, of_file(columns_.names()));

  std::vector<std::thread> workers;
  for (std::size_t i = 0; i < std::max<std::size_t>(order.at_once, 1); ++i) {
    workers.emplace_back([this] { work(); });
  }
  for (std::thread& worker : workers) worker.join();

  if (thrown_) std::rethrow_exception(thrown_);
  if (fault_) {
    // Rows that were kept behind the one that stopped are kept all the same.
    for (const auto& [index, verdict] : waiting_) {
      if (verdict.became == Became::imported) ++result_.imported;
    }
    Fault fault = std::move(*fault_);
    if (fault.code == FaultCode::out_of_storage) fault.key = "imports.disk_full";
    fault.details["imported"] = std::to_string(result_.imported);
    return tl::unexpected<Fault>(std::move(fault));
  }
  if (read_ == 0) return refuse("imports.only_a_header");
  MINHU_CHECK_OK(rejects_->finish());
  if (result_.rejected > 0) result_.rejects = std::move(rejects_file);
  return std::move(result_);
}

// Two bytes tell UTF-16: its mark, or the zero in every plain letter.
bool is_utf16(std::istream& in) {
  char two[2] = {'x', 'x'};
  in.read(two, 2);
  const std::string_view start(two, 2);
  in.clear();
  in.seekg(0);
  return start == "\xFF\xFE" || start == "\xFE\xFF" || start.find('\0') != std::string_view::npos;
}

// The file without its ending, and without what marks our own list of rejects, whose rows belong to
// the source they came from.
std::string stem_of(const std::filesystem::path& file) {
  std::filesystem::path stem = file.stem();
  if (stem.extension() == ".rejects") stem = stem.stem();
  return stem.string();
}

}  // namespace

Result<Imported> import_petitions(const cases::Installation& installation,
                                  const accounts::Principal& actor,
                                  const catalogue::Catalogue& catalogue, const Order& order,
                                  const Watch& watch) {
  auto source = clean_text(order.source.empty() ? stem_of(order.file) : order.source);
  if (!source || source->empty() || code_points(*source) > longest_source_name) {
    return refuse("imports.bad_source");
  }
  std::ifstream in(order.file, std::ios::binary);
  std::error_code error;
  if (!in || !std::filesystem::is_regular_file(order.file, error)) {
    return refuse("imports.cannot_read", {{"file", order.file.string()}});
  }
  if (is_utf16(in)) return refuse("imports.utf16");
  std::filesystem::path rejects = order.rejects;
  if (rejects.empty())
    rejects = std::filesystem::path(order.file).replace_extension(".rejects.csv");
  Import import(installation, actor, catalogue, watch, in);
  return import.run(order, std::move(*source), std::move(rejects));
}

}  // namespace minhu::imports
