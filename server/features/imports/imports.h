// Petitions out of somebody else's file, through the same door as every other word: each row
// becomes a case with a receipt, its words sealed, its day the day it was written.
//
// Sent again, a row is the same row: its token is a keyed hash over the name of the source and the
// row's own id (its content where the file has none). So a second run, and a run after the power
// went, add nothing twice. What cannot be taken goes, with the reason, into a file beside the
// first.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engines/catalogue/catalogue.h"
#include "features/accounts/principal.h"
#include "features/cases/installation.h"

namespace minhu::imports {

struct Order {
  std::filesystem::path file;  // comma-separated, UTF-8, with a header
  // Columns of the file by the field they are ("内容" → "text"), where their names do not say it.
  // The fields: id, title, text, time, place (a division code), place_words, name, phone, address;
  // "-" is a column that is not to be kept.
  std::map<std::string, std::string> columns;
  cases::Track track = cases::Track::petition;
  std::string source;             // empty: the name of the file without its ending
  std::filesystem::path rejects;  // empty: beside the file, with .rejects.csv as its ending
  std::size_t at_once = 64;       // rows on their way into the database at the same time
};

struct Progress {
  std::uint64_t imported = 0;
  std::uint64_t already_there = 0;
  std::uint64_t rejected = 0;
  std::uint64_t bytes = 0;  // of the file that have been read
  std::uint64_t bytes_in_all = 0;
};

struct Imported {
  std::uint64_t imported = 0;
  std::uint64_t already_there = 0;  // by an earlier run, or by another line of this file
  std::uint64_t rejected = 0;
  std::uint64_t repeated_in_file = 0;         // of already_there
  std::vector<std::size_t> repeated_lines;    // the first `most_lines_named` of them
  std::uint64_t without_time = 0;             // of imported: they count as said today
  std::vector<std::string> columns_not_kept;  // we have no field for them
  std::filesystem::path rejects;              // empty when nothing was rejected
};
inline constexpr std::size_t most_lines_named = 20;

// Called after every row, in the order of the file, by one thread at a time.
using Watch = std::function<void(const Progress&)>;

// Blocks until the file is through. Memory does not grow with the file. The sentences of the
// rejects are those of `catalogue`.
//
// Faults, before any row is taken: imports.cannot_read, imports.empty, imports.only_a_header,
// imports.not_utf8, imports.utf16, imports.wrong_separator, imports.no_words_column,
// imports.unknown_column, imports.unknown_field, imports.two_columns_for_one_field,
// imports.bad_source. On the way: imports.cannot_write_rejects; out_of_storage imports.disk_full;
// unavailable imports.not_read, where the file itself cannot be read to its end. What was imported
// until then stays, and the same order goes on from there.
Result<Imported> import_petitions(const cases::Installation& installation,
                                  const accounts::Principal& actor,
                                  const catalogue::Catalogue& catalogue, const Order& order,
                                  const Watch& watch = {});

// What the command prints at the end, line by line; the last one is `closing_line`.
std::vector<std::string> report(const Imported& imported, const catalogue::Catalogue& catalogue);
// "imported 4326, already there 0, rejected 0": the same in every language, because scripts read
// it.
std::string closing_line(const Imported& imported);

}  // namespace minhu::imports
