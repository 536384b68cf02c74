#include <fmt/core.h>

#include "app/commands.h"
#include "app/sentences.h"
#include "app/terminal.h"
#include "features/imports/imports.h"

namespace minhu::app {

namespace {

constexpr std::uint64_t rows_between_progress = 50;

std::string bar(const imports::Progress& progress) {
  constexpr std::uint64_t width = 30;
  const std::uint64_t filled =
      progress.bytes_in_all == 0 ? 0
                                 : std::min(width, progress.bytes * width / progress.bytes_in_all);
  return fmt::format("[{}{}] imported {}, already there {}, rejected {}", std::string(filled, '#'),
                     std::string(width - filled, ' '), progress.imported, progress.already_there,
                     progress.rejected);
}

// "内容=text": the column of the file, then the field it is.
Result<std::map<std::string, std::string>> columns_of(const std::vector<std::string>& maps) {
  std::map<std::string, std::string> columns;
  for (const std::string& map : maps) {
    const auto sign = map.rfind('=');
    if (sign == std::string::npos || sign == 0 || sign + 1 == map.size()) {
      return fail(FaultCode::invalid_input, "app.bad_map", "map",
                  std::map<std::string, std::string>{{"map", map}});
    }
    columns[map.substr(0, sign)] = map.substr(sign + 1);
  }
  return columns;
}

}  // namespace

int import_petitions(const FoundationOptions& foundation_options,
                     const ImportPetitionsOptions& options) {
  imports::Order order;
  order.file = options.file;
  order.source = options.source;
  order.rejects = options.rejects;
  const auto columns = columns_of(options.maps);
  if (!columns) return refuse(columns.error());
  order.columns = *columns;
  const auto track = cases::named<cases::Track>(options.track);
  if (!track) return refuse(Fault(FaultCode::invalid_input, "app.no_such_track", "track"));
  order.track = *track;

  auto opened = Foundation::open(foundation_options, WhenMissing::refuse);
  if (!opened) return refuse(opened.error());
  Foundation& foundation = **opened;
  const auto county = foundation.county();
  if (!county) return refuse(county.error());
  const cases::Installation installation{*foundation.database, *county, foundation.keyring,
                                         foundation.entropy, foundation.clock};
  std::uint64_t rows = 0;
  const auto imported =
      imports::import_petitions(installation, {accounts::Role::system, {}, {}}, terminal_language(),
                                order, [&](const imports::Progress& now) {
                                  if (++rows % rows_between_progress == 0) progress(bar(now));
                                });
  progress("");
  if (!imported) return refuse(imported.error());
  for (const std::string& line : imports::report(*imported, terminal_language())) finish(line);
  return done;
}

}  // namespace minhu::app
